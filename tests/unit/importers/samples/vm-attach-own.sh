#!/bin/bash
# What has become of the script on one desk.
VM="win10"
URI=qemu:///system
left="HP 24o"
RETRIES=3
devices=(
  046d:c31c   # keyboard
  # big mouse
  046d:c077
)
headset=0d8c:0014

case "$1" in
  attach)
    virsh -c $URI start "$VM"
    virsh -c $URI attach-device "$VM" "$(dirname "$0")/usb-pad.xml"
    virsh -c $URI attach-device "$VM" /etc/vm/usb-pad.xml --live
    sudo ddcutil --model "$left" setvcp 60 0x11
    ddcutil setvcp 0x60 x0f -b 5
    pactl set-sink-mute @DEFAULT_SINK@ 1
    ;;
  detach)
    virsh -c $URI detach-device "$VM" /etc/vm/usb-pad.xml
    ddcutil --model="$left" setvcp 60 15 && echo back
    ddcutil -d 2 setvcp 60 15
    echo 1 > /sys/class/leds/desk/brightness
    ;;
esac
ddcutil setvcp 10 50 --bus 5
