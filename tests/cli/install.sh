#!/bin/sh
# make install puts the program, the schemas, the manual and completions under PREFIX, below
# DESTDIR; make uninstall takes them away, and nothing else. What was installed is then used.
. "$(dirname "$0")/../lib.sh"
unset MAKEFLAGS MFLAGS
build=$(dirname "$GATE")
run_make() { make -s -C "$top" BUILD="$build" DESTDIR="$scratch/root" PREFIX=/opt/gate "$@" >log 2>&1 || cat log; }
run_make install
to=root/opt/gate
[ -x $to/bin/gate ]
ok $? "the program is installed"
$to/bin/gate --version >out
says out "gate " "and runs"
for library in libxml2 jansson zlib libyaml cmark-gfm PCRE2 SQLite OpenSSL libcurl libarchive; do
	says out "$library " "it names its $library"
done
for schema in gate register; do
	cmp -s "$top/policies/schema/$schema.schema.json" $to/share/regression-gate/$schema.schema.json
	ok $? "$schema.schema.json is beside it, for editors"
done

# The manual: a word about every command and option, and nothing a formatter complains of.
page=$to/share/man/man1/gate.1
for c in $(sed -n 's/^COMMAND(\([a-z]*\)).*/\1/p' "$top/gate/commands.h"); do
	grep -qx "\.SS gate $c" $page
	ok $? "gate(1) has $c"
	missing=
	gate "$c" --help
	for o in $(sed -n 's/^  .*  --\([a-z-]*\).*/\1/p; s/^  -., --\([a-z-]*\).*/\1/p' out); do
		[ "$o" = help ] || sed 's/\\-/-/g' $page | grep -q -- "--$o" || missing="$missing $o"
	done
	is "$missing" "" "and all of its options"
done
gate list man
cmp -s out $page
ok $? "the same table, the same bytes"
if command -v mandoc >/dev/null; then
	is "$(mandoc -Tlint -W warning $page 2>&1)" "" "mandoc finds nothing to warn of"
else
	skip "no mandoc here"
fi
if command -v man >/dev/null && command -v troff >/dev/null; then
	is "$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$scratch/$page" 2>&1 >/dev/null)" \
		"" "man --warnings has none"
else
	skip "no man and groff here"
fi

# complete_bash WORD...: what bash offers for the last one
cat >complete.bash <<'B'
. "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_gate 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
B
mkdir files && touch files/a.xml files/b.yaml
bash_offers() {
	want=$1 what=$2
	shift 2
	is "$(bash complete.bash $to/share/bash-completion/completions/gate "$@" | tr '\n' ' ')" "$want" "$what"
}
if command -v bash >/dev/null; then
	bash_offers "run " "bash: gate ru" gate ru
	bash_offers "--json " "bash: gate inspect --j" gate inspect --j
	bash_offers "auto always never " "bash: gate run --color" gate run --color ""
	bash_offers "auto always " "bash: gate run --color=a" gate run --color = a
	bash_offers "check " "bash: gate policy c" gate policy c
	bash_offers "junit " "bash: gate inspect --format juni" gate inspect --format juni
	bash_offers "console= " "bash: gate run -o cons" gate run -o cons
	bash_offers "files/a.xml " "bash: gate run files/a" gate run files/a
	bash_offers "files/b.yaml " "bash: gate run --policy files/b" gate run --policy files/b
else
	skip "no bash here"
fi

# zsh: the function is called as the completion system would, with its helpers telling what they got.
if command -v zsh >/dev/null; then
	cat >complete.zsh <<'Z'
autoload -Uz compinit && compinit -D
source $1
print -r -- "bound: $_comps[gate]"
_arguments() { print -rl -- "$@" }
_describe() { print -rl -- $verbs }
words=(gate ru) CURRENT=2; _gate
words=(gate run --co) CURRENT=3; _gate
words=(gate policy '') CURRENT=3; _gate
Z
	zsh -f complete.zsh $to/share/zsh/site-functions/_gate >out 2>err
	is "$(cat err)" "" "zsh reads it without a word"
	says out "bound: _gate" "zsh: bound to gate"
	says out "run:read reports" "zsh: commands with their help"
	says out "--color=[colours" "zsh: options with theirs"
	says out ":(auto always never)" "zsh: and their words"
	says out "1:verb:(check show test)" "zsh: verbs"
else
	skip "no zsh here"
fi
if command -v fish >/dev/null; then
	export HOME="$scratch"
	fish_offers() {
		is "$(fish --no-config -c "source $to/share/fish/vendor_completions.d/gate.fish; complete -C '$1'" 2>&1 |
			cut -f 1 | tr '\n' ' ')" "$2" "fish: $1"
	}
	fish_offers "gate ru" "run "
	fish_offers "gate inspect --j" "--json "
	fish_offers "gate run --color " "always auto never "
	fish_offers "gate policy ch" "check "
	fish_offers "gate run --policy files/b" "files/b.yaml "
else
	skip "no fish here"
fi

run_make uninstall
is "$(cd root && find . -type f)" "" "uninstall leaves no file"
[ ! -d $to/share/regression-gate ]
ok $? "and not our folder"
run_make uninstall
is "$(cat log)" "" "a second uninstall has nothing to do, and nothing to say"

# The version names the checkout's revision, and never makes the program again for nothing.
version_of() { make -s -C "$1" BUILD="$scratch/v" "$scratch/v/gen/revision.c" && sed -n 's/.*"\(.*\)";/\1/p' v/gen/revision.c; }
mkdir tree && (cd "$top" && tar cf - --exclude=.git --exclude=build Makefile gate policies/presets) | tar xf - -C tree
is "$(version_of tree)" "" "a tarball has no revision"
git -C tree -c init.defaultBranch=main init -q
git -C tree add .
git -C tree -c user.name=t -c user.email=t@localhost commit -qm all
rev=$(git -C tree rev-parse --short=12 HEAD)
is "$(version_of tree)" "$rev" "a checkout has its own"
touch -d '2020-01-01' v/gen/revision.c
is "$(version_of tree)" "$rev" "the same again"
is "$(find v/gen/revision.c -newermt 2021-01-01)" "" "is not written again"
echo '# edited' >>tree/Makefile
is "$(version_of tree)" "$rev and changes" "what differs from the revision is said"
done_testing
