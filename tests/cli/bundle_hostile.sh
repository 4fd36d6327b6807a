#!/bin/sh
# Bundles that strangers made: each is refused with one clear message, and nothing is ever
# written to the disk.
. "$(dirname "$0")/../lib.sh"

cat >gate.yaml <<'END'
version: 1
reports: {unit: unit.xml}
rules: {new-failures: 0}
END
echo '<testsuite name="s"><testcase classname="t" name="a"/></testsuite>' >unit.xml
gate bundle -o good.tgz --now 2026-11-20T12:00:00Z
exits 0 "a good one"

cat >mutate.py <<'END'
"""mutate.py KIND: reads good.tgz, writes bad.tgz."""
import gzip, hashlib, io, json, os, sys, tarfile

kind = sys.argv[1]
with tarfile.open("good.tgz") as t:
    members = [[m, t.extractfile(m).read()] for m in t.getmembers()]
by_name = {m.name: i for i, (m, _) in enumerate(members)}

def info(name, data=b"", **more):
    m = tarfile.TarInfo(name)
    m.size = len(data)
    for k, v in more.items():
        setattr(m, k, v)
    members.append([m, data])

def put(name, data):
    m = members[by_name[name]]
    m[0].size, m[1] = len(data), data

def manifest(change):
    doc = json.loads(members[0][1])
    change(doc)
    put("manifest.json", json.dumps(doc).encode())

def listed(name, data):
    """Changes a member, and the manifest with it."""
    put(name, data)
    def change(doc):
        for m in doc["members"]:
            if m["path"] == name:
                m["sha256"], m["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
    manifest(change)

def write(fmt=tarfile.USTAR_FORMAT):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=fmt) as t:
        for m, data in members:
            t.addfile(m, io.BytesIO(data))
    open("bad.tgz", "wb").write(gzip.compress(raw.getvalue(), mtime=0))

link = dict(linkname="/etc/passwd")
names = {"up": "../evil", "deep": "a/../../evil", "absolute": "/tmp/evil", "drive": "C:/evil",
         "backslash": "a\\..\\evil", "control": "a\x1b[31mb", "dot": "./a", "doubled": "a//b",
         "blank": "a b", "long": "n" * 90 + "/" + "m" * 90 + "/" + "k" * 90}
types = {"symlink": tarfile.SYMTYPE, "hardlink": tarfile.LNKTYPE, "fifo": tarfile.FIFOTYPE,
         "device": tarfile.CHRTYPE, "block": tarfile.BLKTYPE, "folder": tarfile.DIRTYPE}
if kind in names:
    info(names[kind], b"x")
    write(tarfile.PAX_FORMAT)
elif kind in types:
    info("text/evil", b"", type=types[kind], **(link if "link" in kind else {}))
    write()
elif kind == "setuid":
    info("text/evil", b"x", mode=0o4755)
    write()
elif kind == "twice":
    info("decision.json", members[by_name["decision.json"]][1])
    write()
elif kind == "unlisted":
    info("text/999-more", b"x")
    write()
elif kind == "missing":
    del members[by_name["answers.json"]]
    write()
elif kind == "changed":
    put("decision.json", members[by_name["decision.json"]][1].replace(b"pass", b"fail"))
    write()
elif kind == "forged":
    listed("decision.json",
           members[by_name["decision.json"]][1].replace(b'"Passed', b'"Failed'))
    write()
elif kind == "forged-manifest":
    manifest(lambda d: d["decision"].update(digest="0" * 64))
    write()
elif kind == "verdict":
    manifest(lambda d: d["decision"].update(verdict="fail"))
    write()
elif kind == "exit":
    manifest(lambda d: d["decision"].update(exit=1))
    write()
elif kind == "bytes":
    manifest(lambda d: d["members"][0].update(bytes=1))
    write()
elif kind == "unreadable":
    # Whole in itself, but its policy can't be read any more.
    doc = json.loads(members[by_name["answers.json"]][1])
    for a in doc["answers"]:
        if a["kind"] == "text" and "gate.yaml" in a["key"]:
            del a["member"]
            a["text"] = "version: 1\\x0arules: {nonsense: 0}\\x0a"
    listed("answers.json", json.dumps(doc).encode())
    write()
elif kind == "nowhere":
    doc = json.loads(members[by_name["answers.json"]][1])
    doc["answers"][0]["member"] = "text/nowhere\x1b"
    listed("answers.json", json.dumps(doc).encode())
    write()
elif kind == "large-answers":
    # Parsed, brackets and commas take far more memory than the archive's ceilings let through.
    listed("answers.json", b'{"answers":[' + b"[]," * (12 << 20) + b"[]]}")
    info("text/noise", os.urandom(1 << 20))
    manifest(lambda d: d["members"].append({"path": "text/noise", "bytes": 1 << 20,
             "sha256": hashlib.sha256(members[-1][1]).hexdigest()}))
    write()
elif kind == "other":
    # Whole in itself, but what it was decided from gives something else.
    doc = json.loads(members[by_name["answers.json"]][1])
    for a in doc["answers"]:
        if a["kind"] == "text" and "gate.yaml" in a["key"]:
            del a["member"]
            a["sha256"] = "0" * 64
            a["text"] = "version: 1\\x0areports: {unit: unit.xml}\\x0arules: {skipped-tests: 0}\\x0a"
    listed("answers.json", json.dumps(doc).encode())
    write()
elif kind == "lost":
    doc = json.loads(members[by_name["answers.json"]][1])
    doc["answers"] = [a for a in doc["answers"] if a["kind"] != "report"]
    listed("answers.json", json.dumps(doc).encode())
    write()
elif kind == "newer":
    manifest(lambda d: d.update(schema="regression-gate/bundle@2", version="9.9.9"))
    write()
elif kind == "other-version":
    manifest(lambda d: d.update(version="0.0.1\x1b[31m"))
    write()
elif kind == "unequal":
    manifest(lambda d: d.update(equal=False))
    write()
elif kind == "left-out":
    manifest(lambda d: d.update(equal=False, left_out=[{"kind": "report", "key": "big\x1b.xml"}]))
    write()
elif kind == "preset":
    doc = json.loads(members[by_name["answers.json"]][1])
    doc["answers"].append({"kind": "preset", "key": "ratchet", "text": "version: 1\\x0a"})
    listed("answers.json", json.dumps(doc).encode())
    write()
elif kind == "other-schema":
    manifest(lambda d: d.update(schema="regression-gate/baseline@1"))
    write()
elif kind == "option":
    manifest(lambda d: d["arguments"].append(["frobnicate", "1"]))
    write()
elif kind == "deep-json":
    listed("answers.json", b"[" * 100000)
    write()
elif kind == "first":
    members.append(members.pop(0))
    write()
elif kind == "many":
    for i in range(20001):
        info("text/%d" % i)
    write()
elif kind == "ratio":
    info("text/zeros", b"\0" * (64 << 20))
    write()
elif kind == "declared":
    # A header that promises 8 GiB minus one, and no more than that.
    m = tarfile.TarInfo("text/huge")
    m.size = 0o77777777777
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for x, data in members:
            t.addfile(x, io.BytesIO(data))
    data = raw.getvalue()[:-10240] if len(raw.getvalue()) > 10240 else raw.getvalue()
    body = b"".join(x.tobuf(tarfile.USTAR_FORMAT) + d + b"\0" * (-len(d) % 512) for x, d in members)
    open("bad.tgz", "wb").write(gzip.compress(body + m.tobuf(tarfile.USTAR_FORMAT), mtime=0))
elif kind == "cut":
    data = open("good.tgz", "rb").read()
    open("bad.tgz", "wb").write(data[:len(data) * 2 // 3])
elif kind == "cut-tail":
    data = open("good.tgz", "rb").read()
    open("bad.tgz", "wb").write(data[:-12])
elif kind == "noise":
    data = bytearray(open("good.tgz", "rb").read())
    data[len(data) // 2] ^= 0x55
    open("bad.tgz", "wb").write(bytes(data))
elif kind == "empty":
    open("bad.tgz", "wb").close()
elif kind == "zip":
    import zipfile
    with zipfile.ZipFile("bad.tgz", "w") as z:
        z.writestr("manifest.json", members[0][1])
elif kind == "text":
    open("bad.tgz", "w").write("hello\n")
else:
    sys.exit("no such kind: " + kind)
END

# refused KIND STATUS TEXT DESCRIPTION
refused() {
	python3 mutate.py "$1" || { ok 1 "$1: can't be made"; return; }

	gate replay bad.tgz
	exits "$2" "$4"
	says err "$3" "... said so"
	is "$(grep -c 'error:' err)" "$5" "... in one message"
}
r() { refused "$1" 2 "$2" "$3" 1; }

for kind in up deep absolute drive backslash control doubled blank long; do
	r $kind "has a name that is not plain and relative" "a name: $kind"
done
says_not err "$(printf '\033')" "a name never reaches the terminal raw"
r symlink "is a link" "a symbolic link"
r hardlink "is a link" "a hard link"
r fifo "is a named pipe" "a named pipe"
r device "is a device" "a character device"
r block "is a device" "a block device"
r folder "is a folder" "a folder"
r setuid "special permissions" "setuid"
r twice "'decision.json' is there twice" "a member that is there twice"
r unlisted "which manifest.json does not list" "a member that is not listed"
r missing "the archive lacks 'answers.json'" "a member that is listed and missing"
r changed "'decision.json' is not what manifest.json says" "a member that was changed"
r forged "a forged digest" "a decision that is not what its digest says"
r forged-manifest "a forged digest" "a manifest with another digest"
r newer "a bundle of a newer version: regression-gate/bundle@2, made by gate 9.9.9" "a newer version"
says err "replay it with that version" "... and what to do"
r other-schema "this is no bundle" "another of our documents"
r option "--frobnicate, which this version does not know" "an option from the future"
says err "bad.tgz: error:" "... of which file"
r deep-json "answers.json is missing, too large, or no list of answers" "JSON without a bottom"
r large-answers "answers.json is missing, too large" "JSON that takes more memory than it shows"
r nowhere 'bad.tgz: error: answers.json names '"'"'text/nowhere\x1b' "an answer that is not there"
r verdict "manifest.json says another verdict than its decision" "a manifest with another verdict"
r exit "manifest.json says another verdict than its decision" "a manifest with another exit status"
r bytes "'decision.json' is not as long as manifest.json says" "a manifest with another size"
r unreadable "gate.yaml:2:9: error: unknown rule" "a policy that can't be read any more"
r first "its first member is not manifest.json" "members in another order"
r many "more than 20000 members" "thousands of members"
r ratio "inflates to far more than its size" "a bomb"
r declared "inflates to" "a bomb that only says so"
r cut "cut or broken archive" "a cut bundle"
r cut-tail "cut or broken archive" "a bundle that lacks its last bytes"
r noise "bad.tgz: error: " "a flipped byte"
r empty "no tar.gz archive" "an empty file"
r zip "no tar.gz archive" "another sort of archive"
r text "no tar.gz archive" "a text"
gate replay nothing.tgz
exits 2 "a file that is not there"
says err "nothing.tgz: error: can't read it: no such file" "... is named"
gate replay .
exits 2 "a folder"
gate replay
exits 2 "no bundle at all"
gate replay good.tgz good.tgz
exits 2 "two"

# ---- whole, but not what it says
python3 mutate.py other
gate replay bad.tgz
exits 3 "answers that give another decision"
says out "digest-mismatch" "... is called by its name"
says out "policy: it differs" "... and what differs is shown"
says out "new-failures: pass (0, limit 0; fail) -> not there" "... rule by rule"
python3 mutate.py lost
gate replay bad.tgz
exits 3 "a bundle that lost a report"
says out "digest-mismatch" "... is a mismatch"
python3 mutate.py other-version
gate replay bad.tgz
exits 0 "one made by another version of gate"
says err 'made by gate 0.0.1\x1b[31m, replayed by gate' "... is noted, harmlessly"
python3 mutate.py unequal
gate replay bad.tgz
exits 0 "one that did not replay equal when it was made"
says err "warning: it did not replay equal" "... is told of"
python3 mutate.py left-out
gate replay bad.tgz
says err 'left out of this bundle, for its size: big\x1b.xml' "what was left out is named, harmlessly"
python3 mutate.py preset
gate replay bad.tgz
exits 0 "one with another preset"
says err "the preset ratchet of this gate is another one" "... is told of"
is "$(find . -name evil)" "" "nothing was extracted"
ls >after
gate replay good.tgz
exits 0 "the good one is still good"
done_testing
