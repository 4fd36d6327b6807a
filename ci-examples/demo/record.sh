#!/bin/sh
# Writes reports/ again with the real tools (Debian: python3-pytest isort).
# bandit is left out on purpose: the shell's complaint is what the demo's CI kept as its report.
cd "$(dirname "$0")" || exit 1
rm -rf reports && mkdir reports
PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider --rootdir=. --junitxml=reports/unit.xml >/dev/null 2>&1
echo $? >reports/unit.exit
# Times and host names change from run to run; the demo's output must not.
sed -i 's/ time="[^"]*"/ time="0.012"/g; s/ timestamp="[^"]*"/ timestamp="2026-03-09T08:00:00"/; s/ hostname="[^"]*"/ hostname="ci"/' reports/unit.xml
sed -i "s|$PWD|/build|g" reports/unit.xml
isort --check-only shop tests 2>&1 | sed "s|$PWD|/build|" >reports/isort.txt
echo 'bash: line 1: bandit: command not found' >reports/bandit.txt
