#!/bin/sh
# gate fetch: what a run of CI keeps comes into a folder, whole or not at all; what is not here is
# said and ends in 3. Archives are strangers', and the token goes to the forge alone.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
serve fake "$top/tests/forge/fake_forge.py" $specs
url=http://127.0.0.1:$port
elsewhere=http://localhost:$port
python3 -W ignore "$top/tests/forge/zips.py"
A=1111111111111111111111111111111111111111
B=2222222222222222222222222222222222222222

# fetch ARGS: into a new `got`; all that is printed is kept
fetch() {
	rm -rf got
	gate fetch -o got "$@"
	cat out err >>everything
}
# got: the files that came
got() { (cd got 2>/dev/null && find . -type f | sed 's,^\./,,' | sort | tr '\n' ' '); }
nothing_left() { is "$(ls -d got got.* 2>/dev/null)" "" "$1"; }
# hub PYTHON: a state of GitHub; run(id, ...) and art(id, run, name, zip) add to it
hub() {
	python3 - "$A" "$1" "$url" <<'P'
import json, sys, urllib.request
s = {"runs": [], "artifacts": [], "zips": {}, "storage": "", "hidden": 0, "per_page": 0}
def run(ident, sha=sys.argv[1], workflow=5, status="completed", conclusion="success", branch="main", repo="acme/app", name="CI"):
    s["runs"].append({"id": ident, "workflow_id": workflow, "name": name, "head_sha": sha, "head_branch": branch, "status": status,
                      "conclusion": conclusion, "event": "push", "head_repository": {"full_name": repo, "name": repo.split("/")[1]}})
def art(ident, of, name, zipped="good.zip", expired=False):
    s["artifacts"].append({"id": ident, "run": of, "name": name, "expired": expired, "expires_at": "2026-01-02T03:04:05Z", "size_in_bytes": 9})
    s["zips"][ident] = zipped
exec(sys.argv[2])
urllib.request.urlopen(urllib.request.Request(sys.argv[3] + "/_set", json.dumps(s).encode(), method="PUT"))
P
}

# nothing says which run
gate fetch
exits 2 "no build, no checkout"
says err "neither a job of GitHub or GitLab nor a checkout" "is said"
git init -q desk && cd desk || exit 1
git config user.name t && git config user.email t@example.test
gate fetch
exits 2 "a checkout without a remote"
says err "no remote" "is said"
git remote add origin https://git.example.test/acme/app.git
gate fetch --run 1
exits 2 "a host that nobody knows"
says err "is git.example.test GitHub or GitLab?" "is not guessed: it would get the token"
says err "hint: --from github or --from gitlab" "with what to do"
git remote set-url origin git@github.com:acme/app.git
gate fetch
exits 2 "a checkout without a commit"
git commit -q --allow-empty -m one
head=$(git rev-parse HEAD)
gate fetch
exits 2 "no token"
says err "set GITHUB_TOKEN" "is said"
export GITHUB_TOKEN=$FAKE_TOKEN GITHUB_API_URL=$url
for bad in "--run 7x" "--run 1 --revision $A" "--branch=" "--run 1 https://github.com/acme/app/actions/runs/1" "--revision nowhere" \
	"--from sourcehut" "--output=" "https://github.com/acme/app/pull/7" "https://github.com/acme/app/actions/runs/x" "--run" "--what" \
	"https://github.com/acme/actions/runs/1" "https://github.com/acme/app/actions/runs/1/attempts/2" "ftp://github.com/acme/app/actions/runs/1" \
	"http://gitlab.example.test/a/b/-/pipelines/9" "--token-file none --run 1" "--cacert none --run 1"; do
	gate fetch $bad
	exits 2 "$bad"
	[ -s err ]
	ok $? "has a message"
done
is "$(state 'log')" "[]" "and the forge was asked nothing"
cp -r . ../other && cp ../*.zip .

# at a desk: the runs of HEAD at origin
hub "run(40, '$head', workflow=6, name='Docs'); run(41, '$head'); run(42, '$head'); run(43, '$A'); art(1, 42, 'unit'); art(2, 42, 'web: [a, b/c]', 'words.zip'); art(3, 40, 'unit', 'other.zip'); art(4, 43, 'no')"
fetch
exits 0 "the runs of HEAD"
is "$(got)" "unit-1/deep/er/web.xml unit-1/unit.xml unit-3/unit.xml web---a--b-c-/a report of 1 Größe/ü b.xml web---a--b-c-/run.sh " \
	"each artifact in a folder of its own"
says out "got/unit-1: 2 files of 'unit'" "which is named"
says out "GitHub: run 42 of CI: success" "and so is the run"
says err "run 41 of CI is left out: 42 is newer" "an older run of the same workflow is left out, and said"
is "$(find got -perm /111 -type f; find got -perm /6000)" "" "no file may be run, nor is setuid"
is "$(stat -c %a got)" "$(mkdir a-folder && stat -c %a a-folder)" "the folder is as the umask says"
is "$(state 'set(r["headers"]["Authorization"] for r in requests) == {"Bearer " + "'"$FAKE_TOKEN"'"}')" "True" "the forge gets the token"
gate run got/*/*.xml --no-progress --trusted-ref none
exits 0 "and \`gate run\` reads what came"
fetch --revision HEAD --name 'un*'
is "$status $(got)" "0 unit-1/deep/er/web.xml unit-1/unit.xml unit-3/unit.xml " "--name"
fetch --name unit --name nix
exits 3 "a --name that matches nothing"
says err "'nix' matches none of 3" "is said"
is "$(got)" "unit-1/deep/er/web.xml unit-1/unit.xml unit-3/unit.xml " "and what there is has come"
gate fetch -o got
exits 2 "a folder that is there"
says err "got is there already" "is left alone"
rm -rf got && mkdir got
gate fetch -o got/ --run 43
exits 0 "an empty one may be there"
is "$(got)" "no/deep/er/web.xml no/unit.xml " "--run"
gate fetch -o no/such/folder --run 43
exits 3 "a folder that can't be made"
touch file && gate fetch -o file --run 43
exits 2 "a file in its place"
rm -rf fetched && gate fetch --run 43 && [ -f fetched/no/unit.xml ]
ok $? "the default folder"
fetch https://github.com/acme/app/actions/runs/43/job/7?pr=1
is "$status $(got)" "0 no/deep/er/web.xml no/unit.xml " "a URL, as a browser shows it"
fetch https://github.example.test/acme/app/actions/runs/43
exits 2 "a URL of a host that nobody knows"
fetch --revision $B
exits 3 "a revision that never ran"
says err "no run of revision $B in acme/app" "is said"
says err "hint: was it pushed" "with what to do"
fetch --run 99
exits 3 "a run that is not there"
says err "the run: 404" "is said"

# a branch: its newest revision, and no fork's of the same name
hub "run(50); run(51, '$B'); run(52, '$B', workflow=6); run(53, '3' * 40, repo='eve/app'); art(1, 50, 'old'); art(2, 51, 'new'); art(3, 52, 'docs'); art(4, 53, 'evil')"
fetch --branch main
is "$status $(got)" "0 docs/deep/er/web.xml docs/unit.xml new/deep/er/web.xml new/unit.xml " "a branch's newest revision, not the fork's"
fetch --branch none
exits 3 "a branch that never ran"
says err "no run of branch none" "is said"

# what is not whole
hub "run(60); art(1, 60, 'unit'); art(2, 60, 'logs', expired=True)"
fetch --run 60
exits 3 "an expired artifact"
says err "'logs': it expired at 2026-01-02T03:04:05Z" "is named"
is "$(got)" "unit/deep/er/web.xml unit/unit.xml " "the others have come"
fetch --run 60 --name unit
exits 0 "who names the others wants no more"
hub "run(60); art(1, 60, 'unit', 'other.zip'); art(5, 60, 'unit')"
fetch --run 60
is "$status $(got)" "0 unit/deep/er/web.xml unit/unit.xml " "of two attempts the newest artifact"
says err "'unit' is there more than once: 5 is the newest" "which is said"
hub "run(60, status='in_progress', conclusion=None); art(1, 60, 'unit')"
fetch --run 60
exits 3 "a run that goes on"
says err "60 goes on (in_progress): what it has not uploaded yet is not here" "is said"
is "$(got)" "unit/deep/er/web.xml unit/unit.xml " "with what it has so far"
for end in cancelled timed_out; do
	hub "run(60, conclusion='$end'); art(1, 60, 'unit')"
	fetch --run 60
	exits 3 "a run that ended as $end"
	says err "60 did not come to its end ($end)" "is said"
done
hub "run(60, conclusion='failure'); art(1, 60, 'unit')"
fetch --run 60
exits 0 "a run that failed is whole"
hub "run(60)"
fetch --run 60
exits 3 "a run without artifacts"
says err "there are no artifacts" "is said"
nothing_left "and leaves no folder"
hub "run(60); run(61, workflow=6); art(1, 60, 'unit')"
fetch --revision $A
exits 0 "one workflow of several without artifacts"
says err "run 61 keeps no artifacts" "is worth a note"
hub "run(60, conclusion='skipped'); run(61, workflow=6); art(1, 61, 'unit')"
fetch --revision $A
exits 0 "a workflow that was skipped keeps nothing back"
hub "run(60, conclusion='skipped')"
fetch --run 60
exits 3 "a skipped run alone has nothing to bring"
hub "run(60); s['hidden'] = 1; art(1, 60, 'unit')"
fetch --run 60
exits 3 "a list shorter than its count"
says err "1 are listed of 2" "is not taken for whole"

# pages
hub "run(60); s['per_page'] = 2; [art(i, 60, 'leg %d' % i) for i in range(1, 8)]"
fetch --run 60
is "$status $(ls got | wc -l)" "0 7" "artifacts on four pages"
hub "s['per_page'] = 1; run(60); run(61, workflow=6); run(62, workflow=7); art(1, 60, 'a'); art(2, 61, 'b'); art(3, 62, 'c')"
fetch --revision $A
is "$status $(ls got | tr '\n' ' ')" "0 a b c " "runs on three pages"
hub "run(60); s['per_page'] = 2; [art(i, 60, 'leg %d' % i) for i in range(1, 8)]"
script '[{"on": "artifacts.*page=3", "status": 404}]'
fetch --run 60
exits 3 "a page that can't be had"
says err "the run's artifacts: 404" "is said"
script '[{"on": "60/artifacts", "headers": {"Link": "<https://evil.test/x?page=2>; rel=\"next\""}, "body": {"total_count": 0, "artifacts": []}}]'
fetch --run 60
exits 3 "a next page at another host"
says err "at another host" "is not asked, and said"

# another host keeps the files
hub "run(60); s['storage'] = '$elsewhere'; art(1, 60, 'unit')"
fetch --run 60 -v
is "$status $(got)" "0 unit/deep/er/web.xml unit/unit.xml " "a redirect to a storage"
is "$(state '[sorted(h for h in r["headers"] if h in ("Authorization", "PRIVATE-TOKEN", "X-GitHub-Api-Version")) for r in requests if "/storage/" in r["line"]]')" \
	"[[]]" "which is asked without the token"
says err "http: GET $elsewhere/storage/1: 200" "-v shows it"
says_not err "key-to-the-storage" "without its key"
script '[{"on": "/storage/", "status": 503, "times": 2}]'
fetch --run 60
exits 0 "a storage that is down for a moment"
script '[{"on": "/storage/", "status": 403, "body": "<Error>expired</Error>"}]'
fetch --run 60
exits 3 "a storage that refuses"
says err "'unit': 403 (where the forge keeps it)" "is said"
says_not err "actions: read" "and is no question of the token's permission"
nothing_left "and nothing is left"
script "[{\"on\": \"/storage/\", \"status\": 302, \"headers\": {\"Location\": \"$url/repos/acme/app/actions/artifacts/1/zip\"}}]"
fetch --run 60
exits 3 "a storage that sends back to the forge"
is "$(state '"Authorization" in requests[-1]["headers"], requests[-1]["line"]')" "(False, 'GET /repos/acme/app/actions/artifacts/1/zip')" \
	"does not get the token there, either"
for to in "file:///etc/passwd" "//evil.test/x" "http://evil.test/x" "ftp://evil.test/x" "http://ann:pw@localhost/x"; do
	hub "run(60); art(1, 60, 'unit')"
	script "[{\"on\": \"/zip\", \"status\": 302, \"headers\": {\"Location\": \"$to\"}}]"
	fetch --run 60
	exits 3 "a redirect to $to"
	says err "which was not followed" "is not followed"
done
script '[{"on": "actions/runs/60", "status": 302, "headers": {"Location": "'"$elsewhere/x"'"}}]'
fetch --run 60
exits 3 "a redirect of anything but a file to another host"
says err "a redirect to another host, which was not followed" "is not followed"

# refusals, and answers that break
for status_is in 401 403 404 429 500; do
	for on in "runs/60$" "60/artifacts" "/zip"; do
		hub "run(60); art(1, 60, 'unit')"
		script "[{\"on\": \"$on\", \"status\": $status_is, \"times\": 9, \"headers\": {\"Retry-After\": \"200\"}, \"body\": {\"message\": \"no way\"}}]"
		fetch --run 60
		exits 3 "$status_is of $on"
		says err "$status_is: no way" "is said"
		nothing_left "and nothing is left"
	done
done
hub "run(60); art(1, 60, 'a'); art(2, 60, 'b'); art(3, 60, 'c')"
script '[{"on": "artifacts/1/zip", "status": 401, "body": {"message": "Bad credentials"}}]'
fetch --run 60
exits 3 "a token that expired meanwhile"
says err "2 more are not brought" "the others are counted"
GITHUB_TOKEN=wrong fetch --run 60
exits 3 "a wrong token"
says err "hint: the token is wrong or expired" "is said"
GITHUB_TOKEN="$(printf 'a\nb')" fetch --run 60
exits 2 "a token that is none"
script '[{"on": "artifacts/1/zip", "status": 403, "body": {"message": "Resource not accessible by integration"}}]'
fetch --run 60
exits 3 "no permission"
says err "actions: read" "says which is needed"
is "$(ls got | tr '\n' ' ')" "b c " "the others have come"
for fault in '"reset": true' '"close": true' '"garbage": true' '"truncate": 5'; do
	script "[{\"on\": \"artifacts/1/zip\", $fault}]"
	fetch --run 60
	exits 0 "$fault: asked again"
done
script '[{"on": "artifacts/1/zip", "truncate": 5, "times": 9}]'
fetch --run 60
exits 3 "a download that never ends well"
says err "2 more are not brought" "and no other is tried"
script '[{"on": "runs/60$", "body": "<html>"}]'
fetch --run 60
exits 3 "a page that is no JSON"
says err "no JSON" "is said"

# hostile archives
for case in "up:'../evil.xml' in it has a name that is not plain and relative" "middle:not plain" "absolute:not plain" "back:not plain" \
	"control:not plain" "long:not plain" "deep:not plain" "link:'out' in it is a link" "device:is no regular file" \
	"many:more than the 50000 files" "file-folder:can't write" "twice:there twice" "bomb:more than the 2048 MiB" "lies:broken zip archive" \
	"cut:cut or broken" "tail:cut or broken" "nothing:cut or broken" "page:cut or broken" "empty:cut or broken" "crc:cut or broken"; do
	zip=${case%%:*}
	hub "run(60); art(1, 60, 'a', '$zip.zip'); art(2, 60, 'fine')"
	fetch --run 60
	exits 3 "$zip.zip"
	says err "${case#*:}" "is said"
	is "$(got)" "fine/deep/er/web.xml fine/unit.xml " "and nothing of it is here"
	is "$(ls -d got.* ../evil* /tmp/evil-of-gate* 2>/dev/null)" "" "nor anywhere"
	is "$(tr -d '\n' <err | LC_ALL=C tr -d '[:print:]')" "" "and the terminal is left alone"
done
hub "run(60); [art(i, 60, n, 'other.zip') for i, n in enumerate(['../../evil', '.hidden', '-rf', '', 'Unit', 'unit', 'é', '::error::x', 'n' * 300], 1)]"
fetch --run 60
is "$status $(ls got | cut -c 1-60 | tr '\n' ' ')" \
	"0 Unit-5 _- _-error--x _.-..-evil _hidden _rf artifact nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn unit-6 " \
	"names of artifacts become names of folders"
is "$(grep -c '^[[:space:]]*::' out)" 0 "and start no command in a job's log"

# in a job: its own run, or the one it follows
export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app GITHUB_EVENT_NAME=push GITHUB_RUN_ID=70 GITHUB_SHA=$A
hub "run(70, status='in_progress', conclusion=None); run(71); art(1, 70, 'leg'); art(2, 71, 'other')"
fetch
is "$status $(ls got)" "0 leg" "its own run, which goes on"
says err "note: this run goes on" "as a note says"
cat >event.json <<'J'
{"workflow_run": {"id": 71, "head_sha": "1111111111111111111111111111111111111111", "head_repository": {"full_name": "acme/app"}}}
J
GITHUB_EVENT_NAME=workflow_run GITHUB_EVENT_PATH=event.json fetch
is "$status $(ls got)" "0 other" "workflow_run: the run that it follows"
fetch https://github.com/acme/app/actions/runs/71
is "$status $(ls got)" "0 other" "a URL outranks"
unset GITHUB_ACTIONS GITHUB_REPOSITORY GITHUB_EVENT_NAME GITHUB_RUN_ID GITHUB_SHA GITHUB_TOKEN GITHUB_API_URL

# GitLab
lab() {
	python3 - "$A" "$1" "$url" <<'P'
import json, sys, urllib.request
s = {"runs": [], "jobs": [], "zips": {}, "storage": "", "per_page": 0, "link": True}
def run(ident, status="success", source="push", sha=sys.argv[1], ref="main"):
    s["runs"].append({"id": ident, "sha": sha, "ref": ref, "status": status, "source": source})
def job(ident, of, name, zipped="good.zip", **more):
    kept = {"artifacts_file": {"filename": "artifacts.zip", "size": 9}} if zipped else {}
    s["jobs"].append(dict({"id": ident, "run": of, "name": name, "status": "success", "artifacts": []}, **dict(kept, **more)))
    s["zips"][ident] = zipped
exec(sys.argv[2])
urllib.request.urlopen(urllib.request.Request(sys.argv[3] + "/_set", json.dumps(s).encode(), method="PUT"))
P
}
export GITLAB_CI=true CI_API_V4_URL=$url/api/v4 CI_SERVER_URL=https://gitlab.example.test CI_PROJECT_ID=12 CI_PROJECT_PATH=acme/app CI_COMMIT_SHA=$A \
	CI_PIPELINE_ID=80 CI_JOB_TOKEN=job-sesame
lab "run(80, 'running'); run(81); job(1, 80, 'unit 1/2'); job(2, 80, 'unit 2/2', 'other.zip'); job(3, 80, 'lint', None); job(4, 81, 'later')"
fetch
exits 2 "GitLab: no token"
GITLAB_TOKEN=job-sesame fetch
exits 2 "GitLab: the job's own token"
says err "CI_JOB_TOKEN may not" "is said"
export GITLAB_TOKEN=$FAKE_TOKEN
fetch
is "$status $(got)" "0 unit-1-2/deep/er/web.xml unit-1-2/unit.xml unit-2-2/unit.xml " "GitLab: its own pipeline"
fetch --run 81
is "$status $(ls got)" "0 later" "GitLab: --run"
fetch --revision $A --name later
is "$status $(ls got)" "0 later" "GitLab: the newest pipeline of a revision"
says err "pipeline 80 of the same revision is left out: 81 is newer" "which is said"
unset GITLAB_CI CI_PROJECT_ID CI_PROJECT_PATH CI_COMMIT_SHA CI_PIPELINE_ID CI_JOB_TOKEN
fetch https://gitlab.example.test/acme/app/-/pipelines/81/builds
is "$status $(ls got)" "0 later" "GitLab: a URL"
CI_SERVER_URL=https://gitlab.example.test/git fetch https://gitlab.example.test/git/acme/app/-/pipelines/81
is "$status $(ls got)" "0 later" "GitLab: below a path of the server"
git remote set-url origin ssh://git@gitlab.example.test:2222/acme/app.git
git config user.name t
lab "run(90, ref='feature/x'); run(91, source='external', ref='feature/x', sha='$head'); run(92, sha='$head'); job(1, 90, 'a'); job(2, 92, 'b')"
fetch
is "$status $(ls got)" "0 b" "GitLab: HEAD at origin, over ssh"
fetch --branch feature/x
is "$status $(ls got)" "0 a" "GitLab: a branch's newest pipeline that has jobs"
lab "run(80); s['per_page'] = 2; s['link'] = False; [job(i, 80, 'leg %d' % i) for i in range(1, 6)]"
fetch --run 80
is "$status $(ls got | wc -l)" "0 5" "GitLab: pages by number"
lab "run(80); job(1, 80, 'unit', 'other.zip'); job(9, 80, 'unit'); job(2, 80, 'web'); job(8, 80, 'web', None)"
fetch --run 80
is "$status $(got)" "0 unit/deep/er/web.xml unit/unit.xml " "GitLab: the newest attempt of a job, also one that kept nothing"
lab "run(80); job(1, 80, 'unit'); job(2, 80, 'old', None, artifacts_expire_at='2026-01-02T03:04:05Z'); job(3, 80, 'gone', None, erased_at='2026-01-02T03:04:05Z'); job(4, 80, 'web', None, artifacts=[{'file_type': 'trace'}, {'file_type': 'junit'}])"
fetch --run 80
exits 3 "GitLab: what is lost"
says err "'old': its artifacts expired at 2026-01-02" "expired"
says err "'gone': it was erased at" "erased"
says err "'web': it keeps its reports (junit) as \`reports:\` only" "kept as reports alone"
is "$(ls got)" "unit" "the rest has come"
for going in running manual canceled; do
	lab "run(80, '$going'); job(1, 80, 'unit')"
	fetch --run 80
	exits 3 "GitLab: a pipeline that is $going"
	says err "($going)" "is said"
done
lab "run(80); s['storage'] = '$elsewhere'; job(1, 80, 'unit')"
fetch --run 80
is "$status $(ls got)" "0 unit" "GitLab: a redirect to a storage"
is "$(state '[sorted(h for h in r["headers"] if "oken" in h or "TOKEN" in h) for r in requests if "/storage/" in r["line"]][-1]')" "[]" \
	"which is asked without the token"
fetch --run 80 --from gitlab
exits 0 "--from"
descriptions_held

# https: no redirect to something less
if command -v openssl >/dev/null; then
	openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj "/CN=ca" -addext "subjectAltName=IP:127.0.0.1" 2>openssl.err
	plain=$url
	serve tls "$top/tests/forge/fake_forge.py" --tls ca.pem ca.key
	cat >set.py <<'P'
import json, ssl, sys, urllib.request
state = {"runs": [{"id": 80, "sha": "1" * 40, "ref": "main", "status": "success"}], "zips": {"1": "good.zip"}, "storage": sys.argv[2],
         "jobs": [{"id": 1, "run": 80, "name": "unit", "artifacts_file": {"filename": "a.zip"}}]}
context = ssl.create_default_context(cafile="ca.pem")
urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "/_set", json.dumps(state).encode(), method="PUT"), context=context)
P
	python3 set.py "https://127.0.0.1:$port" "$elsewhere"
	CI_API_V4_URL=https://127.0.0.1:$port/api/v4 fetch --run 80 --cacert ca.pem
	exits 3 "a redirect from https to http, even on this machine"
	says err "which was not followed" "is not followed"
	python3 set.py "https://127.0.0.1:$port" ""
	CI_API_V4_URL=https://127.0.0.1:$port/api/v4 fetch --run 80 --cacert ca.pem
	exits 0 "--cacert"
else
	skip "no openssl here"
fi
done_testing
