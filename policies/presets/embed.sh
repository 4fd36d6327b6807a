#!/bin/sh
# embed.sh PRESET.yaml... -- the presets as C: an array of bytes each, and the table of them.
set -eu
export LC_ALL=C

echo '/* Made by policies/presets/embed.sh; edit the .yaml files instead. */'
echo '#include "policies/engine/policy.h"'
for file; do
	name=$(basename "$file" .yaml)
	printf '\nstatic const char text_%s[] = {\n' "$(printf %s "$name" | tr -c 'a-z0-9\n' _)"
	od -An -v -td1 "$file" | sed 's/[^ ][^ ]*/&,/g'
	printf '0,\n};\n'
done
printf '\nconst struct preset presets[] = {\n'
for file; do
	name=$(basename "$file" .yaml)
	printf '\t{ "%s", text_%s },\n' "$name" "$(printf %s "$name" | tr -c 'a-z0-9\n' _)"
done
printf '\t{ NULL, NULL },\n};\n'
