# SPDX-License-Identifier: Apache-2.0
# install_packages PACKAGE…: installs those Debian packages that are missing, as root or with sudo, and fetches the lists
# only if something is. Does nothing where there is no dpkg. Sourced by quickstart.sh and tests/run.sh.
install_packages() {
    command -v dpkg-query >/dev/null || return 0
    local missing=() package root=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "sudo is needed to install packages" >&2; return 1; }
        root=(sudo)
    fi
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    "${apt[@]}" install --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
        { "${apt[@]}" update >/dev/null && "${apt[@]}" install --no-install-recommends "${missing[@]}" >/dev/null; }
}
