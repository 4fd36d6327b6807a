#!/bin/sh
# `gate explain`: from a run made now and from a decision made earlier; unknown names.
. "$(dirname "$0")/../lib.sh"
case=$top/tests/reporters/console/blocked
cp "$case"/* .
now="--now 2026-02-03T04:05:06Z"
gate run $now --out json=decision.json
exits 1 "a blocked run"

gate explain --decision decision.json
exits 0 "why the verdict"
says out "fail: new-failures: 3 new failures, 0 allowed" "the rule that fails"
says out "inconclusive: incomplete-input" "the rule that can't conclude"
says out "tool-not-found at line 1" "what is wrong with the input"

for how in "$now" "--decision decision.json"; do
	gate explain $how tests/test_cart.py::test_total
	exits 0 "explain a test ($how)"
	says out "likely, file, audit.md:19" "its evidence ($how)"
	says out "=> too weak: likely evidence suggests, it never excuses" "the clause that failed ($how)"
	says out "or an entry of a structured register or a list names it" "a way out ($how)"
	says out "See it here: pytest tests/test_cart.py::test_total" "how to run it ($how)"
	gate explain $how AU-2
	exits 0 "explain a finding by its bare ID ($how)"
	says out "tests/test_login.py::test_lockout" "what rests on it ($how)"
done
gate explain $now AU-2
says out "done in status.md:4" "judged now, the place that says done is known"
gate explain $now tests/test_login.py::test_ok
exits 0 "a case that only passed"
says out "passed in unit; nothing in the decision rests on it" "is told as such"

gate explain --decision decision.json test_stock
exits 2 "an unknown name"
says err "did you mean one of these?" "names that hold it"
says err "  tests/test_stock.py::test_put" "each on a line"
gate explain --decision decision.json tests/test_cart.py::test_totla
says err "  tests/test_cart.py::test_total" "the nearest name"
gate explain --decision decision.json new-failures known-failures
exits 0 "several names"

echo '{}' >no.json
gate explain --decision no.json
exits 2 "JSON that is no decision"
says err "no.json: error: this is no decision" "says so"
head -c 300 decision.json >cut.json
gate explain --decision cut.json
exits 2 "a cut decision"
gate explain --decision missing.json
exits 2 "a decision that is not there"
mkdir empty
cd empty || exit 1
touch .git
gate explain
exits 2 "nothing to judge"
cd ..
done_testing
