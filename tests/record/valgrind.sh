#!/bin/sh
# valgrind.sh -- records tests/formats/valgrind.
. "$(dirname "$0")/record.sh"
begin valgrind "$(valgrind --version | sed 's/valgrind-//')"
normal='s|<pid>[0-9]*|<pid>4711|; s|<ppid>[0-9]*|<ppid>4710|; s|<ip>0x[0-9A-F]*|<ip>0x401000|;
s|<time>[^<]*|<time>00:00:00:00.100 |; s|address 0x[0-9a-f]*|address 0x4a4b040|;
s|Address 0x[0-9a-f]*|Address 0x4a4b040|; s|at 0x[0-9A-Fa-f]*|at 0x10c014|;
s|<threadid>[0-9]*|<threadid>1|'

run() {
	tool=$1
	shift
	gcc -g -O0 -pthread -w -o faults native/faults.c
	valgrind --tool="$tool" --xml=yes --xml-file=report.xml ./faults "$@"
}
keep_file recorded-use-after-free input.xml report.xml run memcheck use-after-free
keep_file recorded-overflow input.xml report.xml run memcheck overflow
leak() {
	gcc -g -O0 -pthread -w -o faults native/faults.c
	valgrind --leak-check=full --xml=yes --xml-file=report.xml ./faults leak
}
keep_file recorded-leak input.xml report.xml leak
keep_file recorded-race input.xml report.xml run helgrind race
keep_file recorded-clean input.xml report.xml run memcheck
crash() {
	gcc -g -O0 -w -o cart ctest/cart.c
	valgrind --xml=yes --xml-file=report.xml ./cart crash
}
keep_file recorded-crash input.xml report.xml crash

begin valgrind-text "$(valgrind --version | sed 's/valgrind-//')"
normal='s|^==[0-9]*==|==4711==|; s|0x[0-9A-Fa-f][0-9A-Fa-f]*|0x401000|g'
text() {
	gcc -g -O0 -pthread -w -o faults native/faults.c
	valgrind "$@"
}
keep use-after-free text ./faults use-after-free
keep leak text --leak-check=full ./faults leak
keep race text --tool=helgrind ./faults race
keep clean text ./faults
text_crash() {
	gcc -g -O0 -w -o cart ctest/cart.c
	valgrind ./cart crash
}
keep crash text_crash
cut_run() {
	text ./faults use-after-free 2>&1 | head -n 9
}
keep cut cut_run
