#!/bin/bash
# The whole thing on this machine: a pretend city behind nginx, and a kiosk to use it from. Ctrl-C ends all of it.
#   installer/demo.sh [--lang vi|en] [--window] [--virtual] [--port N] [--speed N] [--size WxH] [--scan browser|app]
#   installer/demo.sh --lan[=ADDRESS]  the same, and phones in this network can open its pages (TLS, self-made certificate)
#   installer/demo.sh --smoke        unattended: walks through it and says whether it works (pictures in build/smoke)
#
# Root is used only to install packages. Started as root, it builds as the owner of this tree and runs the programs as
# the user behind sudo or the tree's owner; where both are root (a container), as an account made for it: tram-demo.
set -euo pipefail
tree=$(dirname "$(dirname "$(readlink -f "$0")")")
build=$tree/build/release
smoke=no more=()
for argument in "$@"; do
    case $argument in
    --smoke) smoke=yes more=(test) ;;
    --bench) more=(test bench) ;;
    -h | --help) sed -n '2,8s/^# \?//p' "$0"; exit ;;
    esac
done

owner=$(id -un) # builds
if [[ $EUID -eq 0 ]]; then
    owner=$(stat -c %U "$tree")
    id "$owner" >/dev/null 2>&1 || owner=root
fi

become=() # the command that turns what follows it into another user's, with no way back
become_user() { # NAME
    become=()
    [[ $(id -un) == "$1" ]] || become=(setpriv --reuid "$1" --regid "$(id -g "$1")" --init-groups
        --no-new-privs --inh-caps=-all --pdeathsig TERM)
}

ordinary_user() {
    if [[ $EUID -ne 0 ]]; then id -un; return; fi
    for user in "${SUDO_USER:-}" "$owner"; do
        if [[ -n $user && $user != root ]]; then echo "$user"; return; fi
    done
    id tram-demo >/dev/null 2>&1 || useradd --system --create-home --home-dir /var/lib/tram-demo \
        --shell /usr/sbin/nologin tram-demo
    echo tram-demo
}

build_release() {
    become_user "$owner"
    cd "$tree"
    "${become[@]}" cmake --preset release
    "${become[@]}" cmake --build --preset release --target tram-kiosk tram-agent tram-camera tram-print tram-gateway tram words demo_packs
}

"$tree/installer/install-packages.sh" build run gateway demo "${more[@]}"
# A tree that is built already (tests/run.sh; another preset): its programs are taken as they are.
if [[ -n ${TRAM_BUILT:-} ]]; then build=$(readlink -e "$TRAM_BUILT"); else build_release; fi

out=$tree/build/smoke
[[ $smoke == no ]] || { rm -rf "$out"; mkdir -p "$out"; }
if [[ $EUID -ne 0 ]]; then
    exec python3 -B "$tree/installer/demo/main.py" --build "$build" --out "$out" "$@"
fi

user=$(ordinary_user)
home=$(getent passwd "$user" | cut -d: -f6)
[[ -d /tmp/.X11-unix ]] || install -d -m 1777 /tmp/.X11-unix # an X server that is not root's may not make it
handed=$(mktemp -d /tmp/tram-demo-root.XXXXXX)
chmod 711 "$handed"
trap 'rm -rf "$handed"' EXIT
install -d -o "$user" -m 700 "$handed/out"

# A tree inside a directory that is closed to others (a checkout in /root): the programs run from a copy.
become_user "$user"
if ! "${become[@]}" test -r "$tree/installer/demo/main.py" -a -x "$build/bin/tram-kiosk"; then
    mkdir -p "$handed/tree/tests" "$handed/build"
    cp -r "$tree/installer" "$tree/resources" "$handed/tree/"
    cp -r "$tree/tests/smoke" "$tree/tests/house" "$tree/tests/bench" "$handed/tree/tests/"
    cp -rL "$build/bin" "$build/share" "$handed/build/"
    chmod -R a+rX "$handed/tree" "$handed/build"
    tree=$handed/tree build=$handed/build
fi

screen=() # which the user may not be let into: main.py says so
for name in DISPLAY XAUTHORITY WAYLAND_DISPLAY; do [[ -z ${!name:-} ]] || screen+=("$name=${!name}"); done
"${become[@]}" env -i HOME="$home" USER="$user" LOGNAME="$user" PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
    LANG=C.UTF-8 "${screen[@]}" python3 -B "$tree/installer/demo/main.py" --build "$build" --out "$handed/out" "$@" &
child=$!
trap 'kill -TERM $child 2>/dev/null || true' INT TERM HUP
rc=0
wait $child || rc=$?
while kill -0 $child 2>/dev/null; do wait $child || rc=$?; done
if [[ $smoke == yes ]]; then
    cp -r "$handed/out/." "$out/"
    chown -R "$owner" "$out"
fi
exit $rc
