#!/bin/sh
# What a scanner calls its results elsewhere (CWE-89) is held against what findings mention.
. "$(dirname "$0")/../lib.sh"

cp "$top/tests/formats/sarif/taxonomies/input.sarif" scan.sarif
cat >audit.md <<'END'
# Audit

### SEC-1 Queries
- Severity: high
- Status: open

They are built from text (CWE-89), and so are pages: `CWE-79`.

### SEC-2 Paths
- Severity: high
- Status: open

See CWE-222 and CWE-2.
END
cat >known.yaml <<'END'
version: 1
findings:
  - {id: SEC-3, title: Objects, severity: high, identifiers: [CWE-502]}
  - {id: CWE-22, title: Paths again, severity: high}
END
cat >gate.yaml <<'END'
version: 1
registers: [audit.md, known.yaml]
reports: {scan: scan.sarif}
rules: {new-issues: info}
END
gate run --trusted-ref none --out json=-
exits 0 "the run"
python3 - out >got <<'END'
import json, sys
for i in json.load(open(sys.argv[1]))["issues"]:
    print(i["rule"], i["class"], i["finding"],
          " ".join(f'{e["kind"]}/{e["strength"]}/{e["finding"]}' for e in i["evidence"]))
END
is "$(cat got)" "A1 new-issue None identifier/possible/audit/SEC-1
A2 new-issue None identifier/possible/audit/SEC-1
A3 new-issue None 
A4 new-issue None identifier/possible/known/SEC-3" \
	"a relationship, a tag, a taxon by its number; nothing that is only part of a name, no finding's own ID"
# The tool may stand behind its results.
python3 - <<'END'
import json
d = json.load(open("scan.sarif"))
run = d["runs"][0]
d["runs"][0] = {"results": run["results"], "taxonomies": run["taxonomies"], "tool": run["tool"]}
json.dump(d, open("scan.sarif", "w"))
END
gate run --trusted-ref none --out json=-
python3 - out >again <<'END'
import json, sys
for i in json.load(open(sys.argv[1]))["issues"]:
    print(i["rule"], i["class"], i["finding"],
          " ".join(f'{e["kind"]}/{e["strength"]}/{e["finding"]}' for e in i["evidence"]))
END
is "$(sed -n 1,3p again)" "$(sed -n 1,3p got)" "the rules behind the results say the same"
done_testing
