#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/long/memcheck.sh [PATTERN]: the tests of a debug build under Valgrind, those whose name matches PATTERN (default: all programs in C but
# the longest oracles). A read of what was never written, which the other sanitizers do not see, or a leak fails the test.
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
install_packages valgrind
prepare memcheck gcc Debug "-DCMAKE_C_FLAGS_DEBUG=-g -O1"
pattern=${1:-'^(unit|flow|property|fault|fuzz)\.'}
failed=0 passed=0
while read -r name program argument; do
    log=build/memcheck-$name.log
    status=0
    # shellcheck disable=SC2086
    timeout 1800 valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
        --num-callers=30 "$program" $argument >"$log" 2>&1 || status=$?
    if [ "$status" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%-40s FAILED (%s), see %s\n' "$name" "$status" "$log"
    fi
done < <(python3 - "$pattern" <<'PY'
import json, re, subprocess, sys
told = json.loads(subprocess.run(["ctest", "--test-dir", "build/memcheck", "--show-only=json-v1"], capture_output=True, check=True).stdout)
slow = re.compile(r"property\.oracle_|property\.audit_mutation")
for test in told["tests"]:
    command = test.get("command", [])
    if re.search(sys.argv[1], test["name"]) and "/build/memcheck/" in (command or [""])[0] and not slow.search(test["name"]):
        print(test["name"], *command)
PY
)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
