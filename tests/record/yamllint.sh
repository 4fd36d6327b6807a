#!/bin/sh
# yamllint.sh -- records tests/formats/yamllint.
. "$(dirname "$0")/record.sh"
begin yamllint "$(yamllint --version | cut -d' ' -f2)"

keep standard yamllint -f standard deploy/values.yaml deploy/broken.yaml deploy/good.yaml
keep parsable yamllint -f parsable deploy/values.yaml deploy/broken.yaml
keep coloured yamllint -f colored deploy/values.yaml
keep no-such-file yamllint -f parsable deploy/values.yaml deploy/nofile.yaml
