#!/bin/sh
# ctest.sh -- records tests/formats/ctest: CMake's test driver.
. "$(dirname "$0")/record.sh"
begin ctest "$(ctest --version | sed -n 's/ctest version //p')"
normal='s|[A-Z][a-z]* [0-9]* [0-9:]* UTC|Jan 02 03:04 UTC|; s|Time>[0-9]*<|Time>1767323045<|;
s|<Value>[0-9]*\.[0-9e-]*</Value>|<Value>0.012</Value>|; s|<ElapsedMinutes>.*<|<ElapsedMinutes>0<|;
s|BuildStamp="[^"]*"|BuildStamp="20260102-0304-Experimental"|; s| Name="[^"]*"| Name="runner"|;
s|Hostname="[^"]*"|Hostname="runner"|; s|Is64Bits=.*|Is64Bits="1"|;
s|\(OSRelease\|OSVersion\|VendorString\|VendorID\|FamilyID\|ModelID\|ProcessorCacheSize\|NumberOfLogicalCPU\|NumberOfPhysicalCPU\|TotalVirtualMemory\|TotalPhysicalMemory\|LogicalProcessorsPerPhysical\|ProcessorClockFrequency\)="[^"]*"|\1="1"|'

run() {
	cmake -S ctest -B out && cmake --build out && cd out && ctest -T Test "$@"
}
keep_file recorded input.xml 'out/Testing/2*/Test.xml' run
keep_file recorded-plain input.xml 'out/Testing/2*/Test.xml' run --no-compress-output
keep_file recorded-clean input.xml 'out/Testing/2*/Test.xml' run -R adds
