// A directory that looks like /sys to the code under test.
#pragma once

#include <filesystem>
#include <string>

#include "adapters/udev/usb_tree.h"
#include "domain/usb.h"

namespace hotseat::adapters {

class FakeSysfs {
 public:
  FakeSysfs();
  ~FakeSysfs();
  FakeSysfs(const FakeSysfs&) = delete;
  FakeSysfs& operator=(const FakeSysfs&) = delete;

  const std::filesystem::path& path() const { return root_; }

  // A bound and authorized device without interfaces.
  void plug(const std::string& port, const UsbAddress& address, const UsbId& id,
            const std::string& serial = "");
  void unplug(const std::string& port);
  // "03/01/01" is class, subclass, protocol. Its name is port:1.number.
  void add_interface(const std::string& port, int number, const std::string& classes,
                     const std::string& driver = "");
  // Of an interface or a device; no driver when empty.
  void bind(const std::string& name, const std::string& driver);
  void set(const std::string& file, const std::string& text);  // below the devices' directory
  std::string get(const std::string& file) const;              // below bus/usb

 private:
  std::filesystem::path directory_of(const std::string& name) const;

  std::filesystem::path root_;
};

// A keyboard on port 1-3: a boot keyboard and a second HID interface, driven by usbhid.
void plug_keyboard(FakeSysfs& sysfs, const UsbAddress& address = {1, 7});
void bind_keyboard(FakeSysfs& sysfs, const std::string& driver);

}  // namespace hotseat::adapters
