# SPDX-License-Identifier: Apache-2.0
# Sourced by the long tests beside it: goes to the root of the source tree, installs what is missing, and builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. examples/packages.sh
jobs=$(nproc)

# prepare NAME COMPILER TYPE [OPTION…]: configure and build into build/NAME.
prepare() {
    local name=$1 compiler=$2 type=$3
    shift 3
    install_packages gcc g++ libc6-dev cmake make pkg-config libjansson-dev libmd-dev libcmocka-dev libminizip-dev zlib1g-dev \
        libexpat1-dev python3
    [ "$compiler" != clang ] || install_packages clang libclang-rt-14-dev
    mkdir -p build
    { cmake -S . -B "build/$name" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_BUILD_TYPE="$type" "$@" &&
        cmake --build "build/$name" -j "$jobs"; } >"build/$name.log" 2>&1 || { tail -n 50 "build/$name.log"; return 1; }
}
