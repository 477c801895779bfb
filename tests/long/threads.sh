#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/long/threads.sh: the tests in C under ThreadSanitizer. Objects that are shared, and every call with several workers, must be
# free of races.
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
prepare threads clang Debug "-DCMAKE_C_FLAGS_DEBUG=-g -O1" -DGRIDGOV_SANITIZE=thread -DGRIDGOV_WITH_OFFICE=OFF
ctest --test-dir build/threads -j "$jobs" --output-on-failure -R '^(unit|flow|property)\.' -E 'oracle_|audit_mutation'
