#!/bin/sh
# all.sh -- records everything again, and says which tools are not here. Those of npm are put
# under build/record. `git diff tests/formats` then shows what the tools do differently.
cd "$(dirname "$0")" || exit 1
for script in *.sh; do
	case $script in
	all.sh | record.sh) continue ;;
	esac
	sh "./$script" || echo "$script: not recorded (status $?)"
done
