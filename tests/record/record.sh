# record.sh -- what the recording scripts share. Sourced.
#
# A script runs a real tool on a copy of tests/record/sample and keeps what it printed as
# the input of golden folders. Run it again when a new version prints something else, then
# `GOLDEN=rewrite make check` and look at the diff.
set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export COLUMNS=80 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

# from_npm PACKAGE@VERSION...: puts the tools of these on the path
from_npm() {
	tools=${RECORD_TOOLS:-$top/build/record}/$(echo "$*" | tr -c 'a-z0-9@.\n' '-')
	[ -d "$tools/node_modules" ] ||
		npm install --silent --no-audit --no-fund --prefix "$tools" "$@" || exit 77
	PATH=$tools/node_modules/.bin:$PATH
}

# begin FORMAT VERSION: which golden folders are written; notes the version. A tool that is not
# here has none, and nothing is written over.
begin() {
	case $2 in
	'' | *' ' | *' ,'*)
		echo "$0: a tool is not installed" >&2
		exit 77
		;;
	esac
	formats="$top/tests/formats/$1"
	mkdir -p "$formats"
	grep -v "^$1 " "$here/versions.txt" 2>/dev/null >"$work/versions"
	echo "$1 $2" >>"$work/versions"
	LC_ALL=C sort "$work/versions" >"$here/versions.txt"
}

# A sed script that makes what changes from run to run stand still.
normal=

# keep CASE COMMAND...: both outputs of the command become the case's input; the folder that
# it ran in is written /build/sample
keep() {
	rm -rf "$work/sample"
	cp -r "$here/sample" "$work/sample"
	mkdir -p "$formats/$1"
	case=$1
	shift
	(cd "$work/sample" && "$@" </dev/null 2>&1) |
		sed -e "s|$work/sample|/build/sample|g" -e "$normal" >"$formats/$case/input.txt"
}

# keep_file CASE NAME FILE COMMAND...: what the command leaves in FILE ("-": prints) becomes
# the case's NAME
keep_file() {
	rm -rf "$work/sample"
	cp -r "$here/sample" "$work/sample"
	mkdir -p "$formats/$1"
	kept=$formats/$1/$2
	file=$3
	shift 3
	(cd "$work/sample" && "$@" </dev/null) >"$work/printed" 2>"$work/errors"
	[ "$file" = - ] && file=$work/printed || file=$(ls -d "$work/sample"/$file)
	sed -e "s|$work/sample|/build/sample|g" -e "$normal" "$file" >"$kept"
	[ -s "$kept" ] || cat "$work/errors" >&2
}
