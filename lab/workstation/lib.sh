# shellcheck shell=bash
# Shared by the commands in here, and for scripts that run in the workstation to source.

workstation=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
LAB_TREE=${LAB_TREE:-$(dirname -- "$(dirname -- "$workstation")")}
export LIBVIRT_DEFAULT_URI=qemu:///system

guests=(win11 zorg debby)

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

inside_the_lab() { [ -n "${LAB:-}" ] || die "this is for the inside of the virtual workstation: see lab/run --help"; }

# wait_until SECONDS COMMAND…: polls; says what was waited for in vain.
wait_until() {
    local deadline=$((${EPOCHREALTIME//./} + $1 * 1000000))
    shift
    until "$@"; do
        [ "${EPOCHREALTIME//./}" -lt "$deadline" ] || { printf 'gave up waiting for: %s\n' "$*" >&2; return 1; }
        sleep 0.05
    done
}
