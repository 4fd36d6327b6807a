#!/bin/sh
# gcc.sh -- records tests/formats/gcc: gcc's texts, and clang's.
. "$(dirname "$0")/record.sh"
begin gcc "$(gcc -dumpfullversion), clang $(clang -dumpversion)"
export LC_ALL=C TERM=dumb

keep c gcc -Wall -Wextra -c -o /dev/null native/cart.c
keep cpp g++ -Wall -Wextra -c -o /dev/null native/cart.cpp
keep werror gcc -Wall -Wextra -Werror -c -o /dev/null native/cart.c
keep no-column gcc -Wall -fno-show-column -fno-diagnostics-show-caret -c -o /dev/null native/cart.c
keep analyzer gcc -fanalyzer -fdiagnostics-plain-output -c -o /dev/null native/faults.c
keep broken gcc -c -o /dev/null native/broken.c
keep no-such-file gcc -c -o /dev/null native/nofile.c
keep linker gcc -o /dev/null native/good.c
keep make make -C native good.o cart.o
keep make-clean make -C native good.o
keep clang clang -Wall -Wextra -c -o /dev/null native/cart.c
keep clang-werror clang -Wall -Werror -c -o /dev/null native/cart.c
keep clang-ranges clang -Wall -fdiagnostics-print-source-range-info -fdiagnostics-show-category=name -c -o /dev/null native/cart.c
keep clang-cpp clang++ -Wall -c -o /dev/null native/cart.cpp
keep clang-driver clang -Wall -lnothing -c -o /dev/null native/good.c
