#!/bin/sh
# Turns preset files into C: `struct preset presets[]`, one string each.
# usage: embed.sh FILE.yaml... > presets.c
set -eu
echo '/* Made by policies/presets/embed.sh from policies/presets/; do not edit. */'
echo '#include "policies/engine/policy.h"'
echo
echo 'const struct preset presets[] = {'
for f; do
	printf '\t{ "%s",\n' "$(basename "$f" .yaml)"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/\t\t"/; s/$/\\n"/' "$f"
	printf '\t},\n'
done
printf '\t{ 0 },\n};\n'
