#!/bin/bash
# The way people do it by hand: a virsh process for each device, with an XML file, and a ddcutil process for each monitor.
# usage: script.sh attach|detach DOMAIN USBBUS:DEVICE… -- I2CBUS=INPUT…

action=$1 domain=$2
shift 2

move_device() {
    local bus=${1%:*} device=${1#*:} xml
    xml=/tmp/device-$bus:$device.xml
    echo "<hostdev mode='subsystem' type='usb'>" > "$xml"
    echo "  <source>" >> "$xml"
    echo "    <address bus='$bus' device='$device'/>" >> "$xml"
    echo "  </source>" >> "$xml"
    echo "</hostdev>" >> "$xml"
    virsh "$action-device" "$domain" "$xml"
}

while [ "$1" != -- ]; do
    move_device "$1" || exit
    shift
done
shift
for monitor in "$@"; do
    ddcutil setvcp 60 "${monitor#*=}" --bus "${monitor%=*}" || exit
done
