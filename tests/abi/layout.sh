#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# layout.sh ROOT COMPILER FLAG…: size of every public struct, and offset and size of every field, against
# tests/abi/layout.txt, which is the promise on 64-bit machines. A new struct or field adds lines; no line ever changes.
set -eu
export LC_ALL=C
root=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# struct and field names out of `typedef struct gridgov_x { … } gridgov_x;`, comments taken out first.
cat "$root"/include/gridgov/*.h | awk '
    {
        text = text $0 "\n"
    }
    END {
        while ((from = index(text, "/*")) > 0) {
            rest = substr(text, from + 2)
            text = substr(text, 1, from - 1) " " substr(rest, index(rest, "*/") + 2)
        }
        gsub(/[ \t\n]+/, " ", text)
        while (match(text, /typedef struct gridgov_[a-z_]+ \{[^}]*\}/)) {
            body = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            name = body
            sub(/^typedef struct /, "", name); sub(/ .*/, "", name)
            sub(/^[^{]*\{/, "", body); sub(/\}$/, "", body)
            print name, "-"
            count = split(body, member, ";")
            for (i = 1; i <= count; i++) {
                if (member[i] ~ /^ *$/) continue
                if (member[i] ~ /\(\*/) {               # a callback: type (*name)(parameters)
                    sub(/^[^(]*\(\*/, "", member[i]); sub(/\).*/, "", member[i])
                    print name, member[i]
                    continue
                }
                fields = split(member[i], field, ",")
                for (j = 1; j <= fields; j++) {
                    sub(/\[.*/, "", field[j]); sub(/ +$/, "", field[j]); sub(/.*[ *]/, "", field[j])
                    print name, field[j]
                }
            }
        }
    }' >"$work/fields"

{
    printf '#include <gridgov/gridgov.h>\n#include <gridgov/office.h>\n#include <stdio.h>\nint main(void) {\n'
    printf '    if (sizeof(void *) != 8) return 77;\n'
    while read -r name field; do
        if [ "$field" = - ]; then
            printf '    printf("%s - %%zu\\n", sizeof(%s));\n' "$name" "$name"
        else
            printf '    printf("%s %s %%zu %%zu\\n", offsetof(%s, %s), sizeof(((%s *)0)->%s));\n' \
                "$name" "$field" "$name" "$field" "$name" "$field"
        fi
    done <"$work/fields"
    printf '    return 0;\n}\n'
} >"$work/layout.c"
"$@" -I"$root/include" -o "$work/layout" "$work/layout.c"
status=0
"$work/layout" >"$work/found" || status=$?
[ "$status" -eq 0 ] || exit "$status"
if ! diff -u "$root/tests/abi/layout.txt" "$work/found" >"$work/diff"; then
    echo "layout differs from tests/abi/layout.txt:"
    sed '1,2d' "$work/diff"
    exit 1
fi
grep -q '^gridgov_error - 512$' "$work/found"
echo "$(grep -c ' - ' "$work/found") structs, $(grep -vc ' - ' "$work/found") fields"
