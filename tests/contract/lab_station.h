// The lab's workstation as the contract's rigs play it: what a person would do with virsh and with
// cables. See lab/README.md for the devices and guests there are.
#pragma once

#include <string>

#include "base/name.h"
#include "domain/usb.h"

namespace hotseat::contract {

// Every call blocks until it is done, and throws std::runtime_error when it fails.
class LabStation {
 public:
  // All devices plugged in and the host's, libvirt up, win11 running, zorg off, nothing attached.
  LabStation();

  static UsbAddress address_of(const std::string& gadget);
  static bool host_has(const std::string& gadget);
  static void plug(const std::string& gadget);
  static void unplug(const std::string& gadget);

  static void start(const DomainName& guest);
  static void pause(const DomainName& guest);
  // SIGKILL for its QEMU; does not wait until libvirt has noticed.
  static void kill(const DomainName& guest);
  static void attach(const DomainName& guest, const std::string& gadget);
  static void detach(const DomainName& guest, const std::string& gadget);
  static void detach_alias(const DomainName& guest, const std::string& alias);
  // Begins it, and comes back at once.
  static void restart_libvirtd();
};

}  // namespace hotseat::contract
