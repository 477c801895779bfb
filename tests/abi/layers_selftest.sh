#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layers_selftest.sh LAYERS: plants one violation after another in a small tree and demands that layers.sh
# finds each, names the file, and lets the clean tree pass.
set -eu
layers=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/include/gridgov" "$work/lib/base" "$work/lib/record" "$work/lib/score" \
    "$work/examples" "$work/tests/flow"
cd "$work"
echo '#include <stdint.h>' >include/gridgov/base.h
echo '#include <gridgov/base.h>' >include/gridgov/units.h
echo '#include <gridgov/base.h>' >include/gridgov/score.h
echo '#include <stddef.h>' >lib/base/mem.h
echo '#include "base/mem.h"' >lib/record/model.h
printf '#include "model.h"\n#include "record/model.h"\n#include <gridgov/units.h>\n' >lib/record/ledger.c
echo '#include "base/mem.h"' >lib/score/model_score.h
echo '#include <gridgov/gridgov.h>' >examples/minimal.c

failed=0
if ! sh "$layers" "$work" >log; then
    echo "the clean tree does not pass:"
    cat log
    failed=1
fi
plant() { # plant FILE LINE: adding LINE to FILE must be found
    cp "$1" saved 2>/dev/null || : >saved
    echo "$2" >>"$1"
    if sh "$layers" "$work" >log; then
        echo "not found: $2 in $1"
        failed=1
    elif ! grep -q "^$1:" log; then
        echo "found, but not named: $2 in $1"
        cat log
        failed=1
    fi
    cp saved "$1"
}
plant lib/record/ledger.c '#include <gridgov/score.h>'
plant lib/record/ledger.c '#  include   <gridgov/score.h>'
plant lib/record/ledger.c '#include "score/model_score.h"'
plant lib/record/ledger.c '#include "../score/model_score.h"'
plant lib/record/ledger.c '#include "model_score.h"'
plant lib/record/ledger.c '#include <gridgov/gridgov.h>'
plant lib/record/ledger.c '#include <gridgov/unknown.h>'
plant lib/record/ledger.c '#include <unistd.h>'
plant lib/record/ledger.c '#include <jansson.h>'
plant lib/base/mem.h '#include <gridgov/units.h>'
plant lib/base/mem.h '#include "record/model.h"'
plant include/gridgov/units.h '#include <gridgov/score.h>'
plant include/gridgov/units.h '#include <stdio.h>'
plant include/gridgov/units.h '#include "base.h"'
plant examples/minimal.c '#include "base/mem.h"'
plant tests/flow/test_month.c '#include "base/mem.h"'
[ "$failed" -eq 0 ] && echo "every planted violation was found"
exit $failed
