#!/bin/sh
# pytest.sh -- records tests/formats/pytest-text.
. "$(dirname "$0")/record.sh"
begin pytest-text "$(pytest --version 2>&1 | tail -n 1 | cut -d' ' -f2)"
normal='s| in [0-9][0-9.]*s| in 0.05s|; s|at 0x[0-9a-f]\{9,\}|at 0x7f81062d3e90|'

run() {
	pytest -p no:cacheprovider -p no:randomly "$@"
}

keep collection-error run checks
keep all run --continue-on-collection-errors -rA checks/test_broken.py checks/test_cart.py checks/test_good.py
keep plain run checks/test_cart.py checks/test_good.py
keep quiet run -q --continue-on-collection-errors checks/test_broken.py checks/test_cart.py
keep quiet-clean run -q checks/test_good.py
keep clean run checks/test_good.py
keep verbose run -v checks/test_cart.py
keep verbose-output run -v -s checks/test_cart.py
keep short-tracebacks run --tb=short checks/test_cart.py
keep native-tracebacks run --tb=native checks/test_cart.py
keep line-tracebacks run -q --tb=line checks/test_cart.py
keep no-summary run -rN checks/test_cart.py
keep no-texts run -v --tb=no -rN checks/test_cart.py
keep coloured run --color=yes --tb=short -k 'discount or pear or database' checks/test_cart.py
keep deselected run -k nothing checks/test_good.py
keep stopped run -x --tb=short checks/test_cart.py
keep missing-file run checks/nofile.py
keep collect-only run --collect-only -q checks/test_good.py
keep nested run checks/test_nested.py
keep no-last-line run -q -q --tb=no checks/test_cart.py
two_runs() {
	run checks/test_good.py
	run -k discount --tb=short checks/test_cart.py
	run -q checks/test_good.py
}
keep several-runs two_runs
cut_run() {
	run -q checks/test_cart.py | head -n 30
}
keep cut cut_run
progress_only() {
	run -q checks/test_cart.py | head -n 1
}
keep cut-progress progress_only
