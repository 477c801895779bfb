#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# banned.sh ROOT COMPILER: a call of each banned function does not compile behind lib/base/banned.h, and
# would without it.
set -eu
root=$1 compiler=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0
while read -r name arguments; do
    count=$((count + 1))
    printf '#include <locale.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <time.h>\n' \
        >"$work/call.c"
    printf 'void call(void *p, char *s, const char *t);\nvoid call(void *p, char *s, const char *t) {\n' \
        >>"$work/call.c"
    printf '    (void)p; (void)s; (void)t;\n    %s(%s);\n}\n' "$name" "$arguments" >>"$work/call.c"
    if ! "$compiler" -std=c11 -w -fsyntax-only "$work/call.c"; then
        echo "$name does not compile at all"
        failed=1
    fi
    if "$compiler" -std=c11 -w -fsyntax-only -include "$root/lib/base/banned.h" "$work/call.c" \
        2>/dev/null; then
        echo "$name is not banned"
        failed=1
    fi
done <<'CALLS'
strcpy s, t
strcat s, t
sprintf s, "x"
strtok s, t
strncpy s, t, 1
atoi t
strtod t, 0
gmtime p
localtime p
mktime p
ctime p
setlocale 0, t
rand
getenv t
exit 0
abort
printf "x"
malloc 1
calloc 1, 1
realloc p, 1
free p
CALLS
echo "$count functions"
exit $failed
