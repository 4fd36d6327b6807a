#!/bin/sh
# Writes the source that holds the checkout's revision, for `gate --version`.
cd "$(dirname "$0")/.." || exit 1
revision=
if [ -e .git ] && revision=$(git rev-parse --short=12 HEAD 2>/dev/null); then
	git diff --quiet HEAD -- 2>/dev/null || revision="$revision and changes"
else
	revision=
fi
cat <<C
/* Made by gate/revision.sh. */
#include "gate/version.h"

const char gate_revision[] = "$revision";
C
