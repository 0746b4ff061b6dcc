#!/bin/sh
# keyboard
echo 'win10 attach 046d:c31c' | socat - UNIX-CONNECT:/var/run/vm-usbserver.sock
# mouse
echo "win10 attach 046D:C077" | socat - UNIX-CONNECT:/var/run/vm-usbserver.sock
sleep 1
notify-send "moved"
echo 'linux detach 046d:c31c' | socat - UNIX-CONNECT:/var/run/vm-usbserver.sock
echo 'linux detach vendor_id:device_id' | socat - UNIX-CONNECT:/var/run/vm-usbserver.sock
