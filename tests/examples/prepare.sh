#!/bin/sh
# Installs what checks the CI examples into a folder, once for each package.json; says why not where
# that can't be, and ends in 0 all the same: the tests then skip. usage: prepare.sh FOLDER
here=$(cd "$(dirname "$0")" && pwd)
to=$1
mkdir -p "$to" || exit 1
lacking() {
	echo "check-examples: $*: the examples are checked without npm's tools"
	rm -f "$to/ready"
	exit 0
}
command -v node >/dev/null || lacking "no node"
command -v npm >/dev/null || lacking "no npm"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || lacking "node is older than 20"
if ! cmp -s "$here/package.json" "$to/ready"; then
	cp "$here/package.json" "$to/package.json"
	rm -rf "$to/node_modules" "$to/package-lock.json" "$to/ready"
	(cd "$to" && npm install --no-audit --no-fund --loglevel=error) >"$to/npm.log" 2>&1 || {
		tail -n 5 "$to/npm.log"
		lacking "npm could not install"
	}
	# esbuild's own program may wait for a permission to be put in place; its package brings it.
	cp "$here/package.json" "$to/ready"
fi
# GitHub's packages are published in a form that node alone does not load.
cp "$here/workflow.mjs" "$to/workflow.mjs"
(cd "$to" && node_modules/.bin/esbuild workflow.mjs --bundle --platform=node --format=esm --log-level=warning \
	--banner:js="import {createRequire} from 'node:module';const require=createRequire(import.meta.url);" \
	--outfile=run-workflow.mjs) || lacking "esbuild"
