#!/bin/sh
# markdownlint.sh -- records tests/formats/markdownlint (npm install markdownlint-cli@0.39).
. "$(dirname "$0")/record.sh"
from_npm markdownlint-cli@0.39.0
begin markdownlint "$(markdownlint --version)"

keep notes markdownlint docs/notes.md docs/good.md
