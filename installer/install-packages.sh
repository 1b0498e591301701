#!/bin/bash
# Installs the packages of the named sections of installer/packages, as far as they are missing.
#   installer/install-packages.sh [--list] SECTION…
# Needs root (or sudo) only when something is missing. Services that come along are neither started nor enabled:
# the demo and the tests start nginx and CUPS themselves, as an ordinary user.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

usage() {
    echo "usage: ${0##*/} [--list] SECTION…   sections: $(sed -n 's/^\[\(.*\)\]$/\1/p' "$here/packages" | xargs)" >&2
    exit 2
}

names_in() { # SECTION
    grep -qx "\[$1\]" "$here/packages" || { echo "${0##*/}: no section [$1] in installer/packages" >&2; exit 2; }
    awk -v want="[$1]" '{ sub(/#.*/, "") } /^\[/ { on = ($1 == want); next } on && NF { print $1 }' "$here/packages"
}

# A package whose line says unless:COMMAND is not needed where that command is there already.
provided() { # NAME
    local command
    command=$(awk -v name="$1" '{ sub(/#.*/, "") } $1 == name && sub(/^unless:/, "", $2) { print $2; exit }' "$here/packages")
    [[ -n $command ]] && command -v "$command" >/dev/null
}

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        echo "Missing packages: ${missing[*]}" >&2
        echo "Run as root:  $here/${0##*/} ${sections[*]}" >&2
        exit 1
    fi
}

# invoke-rc.d asks this file whether a package's service may be started; 101 means no (Debian Policy 9.3.3).
without_services() {
    local policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    as_root "$@"
}

list=no
[[ ${1:-} == --list ]] && { list=yes; shift; }
[[ $# -gt 0 ]] || usage
sections=("$@")

names=()
for section in "${sections[@]}"; do
    found=$(names_in "$section")
    mapfile -t -O ${#names[@]} names <<<"$found"
done
if [[ $list == yes ]]; then printf '%s\n' "${names[@]}"; exit; fi

missing=()
for name in "${names[@]}"; do installed "$name" || provided "$name" || missing+=("$name"); done
[[ ${#missing[@]} -gt 0 ]] || exit 0

echo "Installing: ${missing[*]}"
unwanted=() # what would start at the next boot, of packages that were not here before
[[ " ${missing[*]} " == *" nginx "* ]] && unwanted+=(nginx)
[[ " ${missing[*]} " == *" cups-daemon "* ]] && unwanted+=(cups.service cups.socket cups.path)
as_root apt-get update -qq
without_services env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}"
if [[ ${#unwanted[@]} -gt 0 && -d /run/systemd/system ]]; then as_root systemctl disable -q "${unwanted[@]}"; fi
