#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layers.sh ROOT: reads every #include and fails on one that the plan of the house forbids: upwards, across
# folders, or past base/ to the operating system or another library. A new public header needs a level here.
set -eu
cd "$1"
find lib include examples tests/flow tests/consume -name '*.[ch]' 2>/dev/null | LC_ALL=C sort |
    xargs -r grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null |
    awk '
    function fail(why) { printf "%s:%s: %s: %s\n", path, line, target, why; failed++ }
    function exists(name,   row, found) {
        if (!(name in seen)) {
            seen[name] = (getline row < name) >= 0
            close(name)
        }
        return seen[name]
    }
    function levels(text, table,   n, pair, i) {
        n = split(text, pair, " ")
        for (i = 1; i < n; i += 2) table[pair[i]] = pair[i + 1] + 0
    }
    BEGIN {
        levels("base 0 core 0 refdata 1 record 2 ingest 3 analyse 4 score 5 report 6 office 7", folder_level)
        levels("base 0 civil 0 codes 0 codes_case 0 codes_count 0 codes_data 0 codes_document 0 codes_score 0 issues 0 io 0 job 0 pack 1 calendar 1 lifecycle 1 taxonomy 1 units 1 worktime 1 " \
               "ledger 2 case 2 track 2 rows 3 rank 3 ingest 3 stream 3 metrics 3 facts 4 flow 4 ratio 4 tally 4 evidence 4 validity 4 audit 4 policy 5 discrimination 5 policy_text 5 lint 5 standing 5 score 5 explain 5 certificate 5 replay 5 bulletin 6 slip 6 restate 6 caselist 6 render 6 " \
               "month 6 office 7 office_render 7", header_level)
        levels("assert.h 1 errno.h 1 inttypes.h 1 limits.h 1 stdarg.h 1 stdatomic.h 1 stdbool.h 1 " \
               "stdalign.h 1 stddef.h 1 stdint.h 1 stdlib.h 1 string.h 1", plain)
    }
    # A public header of at most the given level; the umbrella is for customers.
    function public(level,   name) {
        name = target
        sub(/^gridgov\//, "", name); sub(/\.h$/, "", name)
        if (name == "gridgov") fail("the umbrella header is for customers")
        else if (!(name in header_level)) fail("a public header without a level in tests/abi/layers.sh")
        else if (header_level[name] > level) fail("looks upwards")
    }
    function in_library(   part, folder) {
        split(path, part, "/")
        folder = part[2]
        if (!(folder in folder_level)) { fail("a folder without a level in tests/abi/layers.sh"); return }
        if (quoted) {
            if (target ~ /\.\./) fail("leaves its folder")
            else if (target !~ /\//) { if (!exists("lib/" folder "/" target)) fail("is not in its folder") }
            else if (target !~ "^base/" && target !~ ("^" folder "/")) fail("a private header of another folder")
            else if (!exists("lib/" target)) fail("does not exist")
        } else if (target ~ /^gridgov\//) public(folder_level[folder])
        else if (path == "lib/base/os.c" || path == "lib/base/banned.h") return
        else if ((target == "pthread.h" || target == "signal.h") && path == "lib/base/workers.c") return
        else if (target == "jansson.h" && path == "lib/base/json.h") return
        else if ((target == "sha2.h" || target == "sys/types.h") && path == "lib/base/digest.h") return
        else if (target == "float.h" && path ~ /^lib\/base\/geo/) return
        else if ((target == "immintrin.h" || target == "arm_neon.h") && path ~ /^lib\/base\/simd_/) return
        else if (target == "iconv.h" && path == "lib/base/decoder.c") return
        else if (target == "unzip.h" && path == "lib/office/package.c") return
        else if (target == "zip.h" && path == "lib/office/package_writer.c") return
        else if (target == "expat.h" && path == "lib/office/xml_reader.c") return
        else if (!(target in plain)) fail("only base/ may include this")
    }
    function in_public(   name) {
        name = path
        sub(/.*\//, "", name); sub(/\.h$/, "", name)
        if (name == "gridgov") return
        if (!(name in header_level)) fail("stands in a header without a level in tests/abi/layers.sh")
        else if (quoted) fail("a public header includes public headers as <gridgov/…>")
        else if (target ~ /^gridgov\//) public(header_level[name])
        else if (target != "stddef.h" && target != "stdint.h") fail("public headers need stddef.h and stdint.h only")
    }
    # Examples and whole-pipeline tests are customers: public headers, and files of their own.
    function in_customer(   folder, name) {
        folder = path
        sub(/[^\/]*$/, "", folder)
        if (quoted && !exists(folder target) && !(path ~ /^tests\// && target ~ /^support\//))
            fail("a customer has public headers only")
        name = target
        sub(/^gridgov\//, "", name); sub(/\.h$/, "", name)
        if (target ~ /^gridgov\// && name != "gridgov" && !(name in header_level)) fail("is no public header")
    }
    {
        path = $0; sub(/:.*/, "", path)
        line = $0; sub(/^[^:]*:/, "", line); sub(/:.*/, "", line)
        target = $0; sub(/^[^:]*:[^:]*:[ \t]*#[ \t]*include[ \t]*/, "", target)
        quoted = target ~ /^"/
        target = substr(target, 2); sub(/[">].*/, "", target)
        count++
        if (path ~ /^lib\//) in_library()
        else if (path ~ /^include\//) in_public()
        else in_customer()
    }
    END { printf "%d includes, %d forbidden\n", count, failed; exit failed || !count }'
