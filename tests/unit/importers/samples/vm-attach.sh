#!/usr/bin/env bash
# Shaped like the article's, in words of our own.
monitor=1
input=3
devices=(1234:5678 9ABC:DEFG)
vmname=$(virsh list --state-running --name | head -n 1)

move() {
  vm=$1
  id=$2
  what=$3
  file=/tmp/seat-$id.xml
  printf '%s\n' "<hostdev mode='subsystem' type='usb'><source>" > $file
  printf "<vendor id='0x%s'/><product id='0x%s'/>\n" ${id%:*} ${id#*:} >> $file
  echo "</source></hostdev>" >> $file
  virsh $what-device $vm $file
}

if [ "$1" == "attach" ]; then
  for one in "${devices[@]}"; do
    move "$vmname" $one attach
  done
  ddcutil setvcp 60 $input --bus=$monitor
else
  for one in "${devices[@]}"; do
    move "$vmname" $one detach
  done
fi
