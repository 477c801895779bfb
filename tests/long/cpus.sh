#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tests/long/cpus.sh [PAIRS]: the distance kernel on other processors, by emulation (qemu-user): 64-bit and 32-bit ARM, s390x
# (big-endian), 32-bit x86, and this one, each with GCC at -O2. All must print the same digest over the same pairs of places,
# datums included. By hand, as root on Debian (installs cross compilers); some minutes.
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
install_packages gcc qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-arm-linux-gnueabihf libc6-dev-armhf-cross \
    gcc-s390x-linux-gnu libc6-dev-s390x-cross gcc-i686-linux-gnu libc6-dev-i386-cross
pairs=${1:-2000000}
work=build/long/cpus
mkdir -p "$work"
cat >"$work/digest.c" <<'C'
#include "base/geo.h"
#include <stdio.h>
#include <stdlib.h>
static uint64_t seed = 20210918;
static uint64_t next_random(void) {
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}
int main(int argc, char **argv) {
    enum { BLOCK = 1001 };
    static int32_t p[4][BLOCK];
    static int64_t mm[BLOCK];
    long pairs = argc > 1 ? atol(argv[1]) : 100000;
    uint64_t digest = 0;
    const char *name = "";
    for (long done = 0; done < pairs; done += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
            uint64_t a = next_random(), b = next_random();
            int any = (b & 15) == 0;
            p[0][i] = any ? (int32_t)(uint32_t)a : (int32_t)(a % 1760000001u) - 880000000;
            p[1][i] = any ? (int32_t)(uint32_t)(a >> 32) : (int32_t)((a >> 32) % 3600000001u - 1800000000u);
            p[2][i] = any ? (int32_t)(uint32_t)b : p[0][i] + (int32_t)(b >> 16 & 0xFFFF) - 32768;
            p[3][i] = any ? (int32_t)(uint32_t)(b >> 32) : p[1][i] + (int32_t)(b >> 40 & 0xFFFF) - 32768;
        }
        gg_geo_distances(mm, p[0], p[1], p[2], p[3], BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            int32_t lat = p[0][i], lon = p[1][i];
            if (i % 8 == 0) {
                gg_geo_from_bd09(&lat, &lon);
                gg_geo_to_gcj02(&lat, &lon);
            }
            digest = (digest + (uint64_t)mm[i]) * 0x9E3779B97F4A7C15u + (uint32_t)lat * 31u + (uint32_t)lon;
        }
    }
    for (size_t k = 0; gg_geo_kernel_at(k, &name) != NULL; k++) {
    }
    printf("%016llx %s\n", (unsigned long long)digest, name);
    return 0;
}
C
first=
check() { # NAME COMPILER EMULATOR FLAG…
    local name=$1 compiler=$2 emulator=$3
    shift 3
    "$compiler" -std=c11 -O2 -ffp-contract=off -fno-fast-math -fno-math-errno "$@" -static -Ilib -o "$work/$name" \
        "$work/digest.c" lib/base/geo.c lib/base/geo_datum.c lib/base/geo_trig.c lib/base/simd_geo.c
    local line
    line=$($emulator "$work/$name" "$pairs")
    printf '%-8s %s\n' "$name" "$line"
    first=${first:-${line%% *}}
    [ "${line%% *}" = "$first" ] || { echo "$name differs"; exit 1; }
}
check native gcc ""
check aarch64 aarch64-linux-gnu-gcc qemu-aarch64
check armhf arm-linux-gnueabihf-gcc qemu-arm
check s390x s390x-linux-gnu-gcc qemu-s390x
check i686 i686-linux-gnu-gcc qemu-i386 -msse2 -mfpmath=sse
echo "all the same"
