// What a USB interface is, by its descriptor. Numbers: usb.org "Defined Class Codes".
#pragma once

#include "adapters/udev/usb_tree.h"

namespace hotseat::adapters {

inline bool is_hid(const UsbInterface& interface) {
  return interface.device_class == 0x03;
}

// HID 1.11, 4.2 and 4.3: subclass 1 is the boot interface, its protocol says which.
inline bool is_boot_keyboard(const UsbInterface& interface) {
  return is_hid(interface) && interface.subclass == 1 && interface.protocol == 1;
}
inline bool is_boot_mouse(const UsbInterface& interface) {
  return is_hid(interface) && interface.subclass == 1 && interface.protocol == 2;
}

// Vendor-specific, and still known to every Linux: the signatures the kernel's xpad binds to
// (drivers/input/joystick/xpad.c, Xbox 360 wired and wireless, Xbox One).
inline bool is_xbox_gamepad(const UsbInterface& interface) {
  if (interface.device_class != 0xff) return false;
  const bool xbox_360 =
      interface.subclass == 0x5d && (interface.protocol == 0x01 || interface.protocol == 0x81);
  const bool xbox_one = interface.subclass == 0x47 && interface.protocol == 0xd0;
  return xbox_360 || xbox_one;
}

// A host's kernel drives these as a rule: without a driver, somebody has taken it away.
inline bool is_usually_driven(const UsbInterface& interface) {
  constexpr std::uint8_t kAudio = 0x01;
  constexpr std::uint8_t kMassStorage = 0x08;
  constexpr std::uint8_t kVideo = 0x0e;
  return is_hid(interface) || is_xbox_gamepad(interface) || interface.device_class == kAudio ||
         interface.device_class == kMassStorage || interface.device_class == kVideo;
}

}  // namespace hotseat::adapters
