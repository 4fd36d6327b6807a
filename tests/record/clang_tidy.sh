#!/bin/sh
# clang_tidy.sh -- records tests/formats/clang-tidy.
. "$(dirname "$0")/record.sh"
begin clang-tidy "$(clang-tidy --version | sed -n 's/.*LLVM version //p')"

keep c clang-tidy --checks='bugprone-*,clang-analyzer-*,readability-magic-numbers' native/cart.c --
keep cpp clang-tidy --checks='modernize-*,google-explicit-constructor,bugprone-*' --quiet native/cart.cpp --
keep warnings clang-tidy --checks='bugprone-*,clang-diagnostic-*' native/faults.c -- -Wall
keep as-errors clang-tidy --checks='bugprone-*' --warnings-as-errors='*' native/faults.c --
keep broken clang-tidy --checks='bugprone-*' native/broken.c --
