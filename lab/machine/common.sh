# shellcheck shell=bash
# Where things are and how to say what goes wrong; sourced by the scripts that make and boot the machine.

machine=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
lab=$(dirname -- "$machine")
tree=$(dirname -- "$lab")
cache=$tree/build/lab
export machine lab tree cache

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 125; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

# need PROGRAM PACKAGE [PROGRAM PACKAGE…]: installs what this machine lacks, and says so.
need() {
    local missing=()
    while [ $# -gt 1 ]; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$1" > /dev/null || missing+=("$2")
        shift 2
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing on this machine: ${missing[*]}"
    command -v apt-get > /dev/null || die "the lab needs Debian's ${missing[*]}; install them by hand"
    apt_update_once
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" > /dev/null || die "could not install ${missing[*]} (see apt-get's message above)"
}

# A fresh container has no package lists at all; a desktop has them already.
apt_update_once() {
    [ -n "$(apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages' | while read -r list; do
        for file in "$list"*; do [ -e "$file" ] && echo "$file"; done; done)" ] || as_root apt-get update -qq
}

# hash_of FILE…: a short name for their contents.
hash_of() { cat -- "$@" | sha256sum | cut -c1-16; }
