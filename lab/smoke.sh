#!/bin/bash
# Proves the lab, not hotseat: lab/run lab/smoke.sh. One line a check, with its time; ends with "N passed, N failed".
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=lab/workstation/lib.sh
. "$here/workstation/lib.sh"
inside_the_lab
PATH=$workstation:$PATH
passed=0 failed=0

tally() { case $1 in ok*) passed=$((passed + 1)) ;; FAIL*) failed=$((failed + 1)) ;; esac; }

# check NAME COMMAND…: what the command says is shown only if it fails.
check() {
    local name=$1 said status outcome='ok  ' started=${EPOCHREALTIME//./}
    shift
    # Not `said=… || …`: that would switch off errexit inside, and only the last line of a check would count.
    set +e
    said=$(set -e; "$@" 2>&1)
    status=$?
    set -e
    [ "$status" = 0 ] || outcome=FAIL
    tally "$outcome"
    started=$((${EPOCHREALTIME//./} - started))
    printf '%s %3d.%02d s  %s\n' "$outcome" $((started / 1000000)) $((started / 10000 % 100)) "$name"
    [ "$outcome" != FAIL ] || printf '     | %s\n' "${said//$'\n'/$'\n     | '}"
}

has() { grep -q -- "$1" <<< "$2" || { echo "no $1 in:"; echo "$2"; return 1; }; }
lacks() { if grep -- "$1" <<< "$2"; then return 1; fi; }

usb_is_there() {
    local all
    all=$(lsusb)
    has 'Bus 001 Device .* ID 046d:c31c' "$all"
    has 'Bus 002 Device .* ID 046d:c08d' "$all"
    has 'Bus 003 Device .* ID 1209:0001' "$all"
    has 'Bus 004 Device .* ID 1209:0001' "$all"
    lacks 045e:028e "$all"
    has '"serial": "T2"' "$(gadget list --json)"
}

evdev_is_there() {
    local all
    udevadm settle
    all=$(ls /dev/input/by-id)
    has '_A1-event-kbd' "$all"
    has '_M1-event-mouse' "$all"
    has '_T1-event-kbd' "$all"
    has '_T2-event-kbd' "$all"
}

# listen NODE COMMAND…: the events that the node saw meanwhile.
listen() {
    local node=$1 log=/run/lab/events listener
    shift
    stdbuf -oL evtest "$node" > "$log" 2>&1 &
    listener=$!
    wait_until 20 grep -q Testing "$log"
    "$@"
    sleep 0.5
    kill "$listener"
    wait "$listener" 2> /dev/null || true
    grep '^Event' "$log"
}

keys_arrive() {
    local events
    events=$(listen "$(gadget get keyboard events)" gadget type keyboard j leftctrl+rightctrl)
    has 'KEY_J), value 1' "$events"
    has 'KEY_LEFTCTRL), value 1' "$events"
    has 'KEY_RIGHTCTRL), value 0' "$events"
}

motion_arrives() { has 'REL_Y), value -10' "$(listen "$(gadget get mouse events)" gadget move mouse 10 -10)"; }

pad_works() {
    gadget plug gamepad
    has 'BTN_SOUTH), value 1' "$(listen "$(gadget get gamepad events)" gadget pad gamepad 0x1000)"
    has xpad "$(gadget get gamepad driver)"
    gadget unplug gamepad
}

ddcutil_finds_both() {
    local all
    all=$(ddcutil detect)
    has 'Model: *HOT24' "$all"
    has 'Model: *HOT27' "$all"
    has 'HOT27-B0002' "$all"
}

ddcutil_works() {
    local mon=/sys/class/ddcmon/mon$1 bus
    bus=$(< "$mon/bus")
    has 'DisplayPort-1' "$(ddcutil --bus "$bus" capabilities)"
    ddcutil --bus "$bus" setvcp 60 0x11
    has 0x11 "$(< "$mon/input")"
    has 'sl=0x11' "$(ddcutil --bus "$bus" getvcp 60)"
    ddcutil --bus "$bus" setvcp 60 0x0f
}

hostdev() {
    printf "<hostdev mode='subsystem' type='usb'><source><address bus='%s' device='%s'/></source></hostdev>" \
        "$(gadget get "$1" busnum)" "$(gadget get "$1" devnum)" > "/run/lab/$1.xml"
}

owner_is() { [ "$(gadget get "$1" owner)" = "$2" ]; }
attach() { virsh -q attach-device "$1" "/run/lab/$2.xml"; wait_until 30 owner_is "$2" "$1"; }
detach() { virsh -q detach-device "$1" "/run/lab/$2.xml"; wait_until 30 owner_is "$2" host; }

replug() {
    local before
    before=$(gadget get keyboard devnum)
    gadget unplug keyboard
    lacks 046d:c31c "$(lsusb)"
    gadget plug keyboard
    [ "$(gadget get keyboard devnum)" != "$before" ]
    [ "$(gadget get keyboard port)" = 1-1 ]
}

idle() {
    local percent
    percent=$(guest cpu win11 10)
    echo "$percent % of a CPU"
    [ "${percent%.*}" -lt 5 ]
}

killed() { guest kill win11; has 'shut off' "$(guest state win11)"; }

# libusb takes the driver off a device without a promise to put it back: after a SIGKILL nobody does.
orphan_is_rebound() {
    owner_is twin2 -
    echo 4-1:1.0 > /sys/bus/usb/drivers_probe
    wait_until 30 owner_is twin2 host
}

iommu_groups() { [ -d /sys/bus/pci/devices/0000:01:00.0/iommu_group ] && [ -d /sys/bus/pci/devices/0000:02:00.0/iommu_group ]; }

check 'workstation: up' up
gadget list
check 'workstation: up, twice' up
check 'USB devices' usb_is_there
check 'event nodes' evdev_is_there
check 'keys arrive' keys_arrive
check 'motion arrives' motion_arrives
check 'gamepad: plug, press, unplug' pad_works
check 'unplug and replug the keyboard' replug
check 'IOMMU groups' iommu_groups
check 'ddcutil detect' ddcutil_finds_both
check 'ddcutil capabilities, setvcp, getvcp: left' ddcutil_works 0
check 'ddcutil capabilities, setvcp, getvcp: right' ddcutil_works 1
while read -r line; do tally "$line"; echo "$line"; done < <(python3 "$here/smoke_monitors.py" 2>&1)
check 'guest start' guest start win11
check 'guest state' has running "$(guest state win11)"
check 'guest is idle' idle
hostdev keyboard
check 'attach the keyboard: host, guest' attach win11 keyboard
check 'detach the keyboard: guest, host' detach win11 keyboard
hostdev twin2
check 'attach one of the twins' attach win11 twin2
check 'the other twin stays' owner_is twin1 host
check 'guest killed' killed
check 'what it had is nobody'"'"'s until it is bound again' orphan_is_rebound

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
