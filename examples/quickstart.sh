#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# examples/quickstart.sh: installs what is missing (Debian packages, as root or with sudo), builds the library and the gridgov
# command, and makes the September 2021 bulletin of 百官街道 from raw rows in out/. From any folder, as often as you like.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. examples/packages.sh

install_packages gcc libc6-dev cmake make pkg-config libjansson-dev libmd-dev libminizip-dev zlib1g-dev libexpat1-dev
cmake -S . -B build/quickstart -DCMAKE_BUILD_TYPE=Release -DGRIDGOV_BUILD_TESTS=OFF >/dev/null
cmake --build build/quickstart -j "$(nproc)" >/dev/null

echo "gridgov bulletin examples/data/baiguan-2021-09 --month 2021-09 -o out"
build/quickstart/examples/gridgov bulletin examples/data/baiguan-2021-09 --month 2021-09 -o out
echo
echo "The bulletin stands in $PWD/out: open bulletin.html in a browser, bulletin.docx to print."
