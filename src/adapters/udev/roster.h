// Which USB devices there are and who has each: what sysfs says now, what udev knows, and what is
// remembered of a device for as long as it stays plugged in.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/udev/usb_tree.h"
#include "domain/usb.h"

namespace hotseat::adapters {

// What udev's database says of a device and the input nodes below it.
struct UdevFacts {
  bool initialized = false;        // udev is through with the device and its input nodes
  std::vector<std::string> by_id;  // names of the links to those nodes
  std::string serial_id;           // ID_SERIAL, "Logitech_USB_Keyboard"
};

// What uevents have told of a port since the last refresh.
struct PortNews {
  bool interfaces = false;      // some came or went
  bool anything = false;        // uevents were lost
  std::set<std::string> by_id;  // of input nodes that came or changed
};
using News = std::map<std::string, PortNews>;  // by port

using UdevLookup = std::function<UdevFacts(const UsbNode&)>;

// Who has a device:
//
// usbfs  a user program has claimed one of its interfaces.
// host   a kernel driver has one; or none has and none is missed, see `wanted` below: a device that
//        no driver of this host cares for (a dongle, a programmer) is the host's as well.
// none   udev is not through with it; or it is not authorized or not bound; or its driver was taken
//        away. The last passes when QEMU comes or goes. It lasts while a guest does not configure
//        the device (QEMU claims the interfaces when it does), and when QEMU was killed: closing
//        usbfs does not give the interfaces back to the drivers they had (usbdev_release in
//        drivers/usb/core/devio.c).
//
// Loop thread only; tree and lookup outlive it.
class Roster {
 public:
  Roster(const UsbTree& tree, UdevLookup lookup);

  // Reads anew what there is news of, and what the host does not drive: usbfs comes and goes
  // without a uevent, the host's drivers do not. Udev's database is asked about newcomers, about
  // what udev was not through with, and when uevents were lost.
  std::vector<UsbDevice> refresh(const News& news);

  // From sysfs alone. Nothing when no such device is plugged in.
  std::optional<UsbDriver> driver_now(const UsbAddress& address) const;

  // Some device was seen without the driver it had or usually has; the kernel does not say when
  // usbfs takes it (usbfs suppresses those uevents), so it is worth another look soon.
  bool is_waiting() const { return waiting_; }
  // Waited long enough: what was plugged in meanwhile and found no driver is not going to.
  void stop_waiting();
  // The host's drivers were offered it and did not take it.
  void not_wanted(const UsbAddress& address);

 private:
  // A device from plugging in to unplugging. The number is new after every replug.
  using Key = std::pair<std::string, UsbAddress>;
  struct Plug {
    UsbNode node;  // as of the last refresh
    std::string serial;
    std::string serial_id;
    std::set<std::string> by_id;
    bool witnessed = false;  // seen before udev was through with it: its whole story is known
    bool settled = false;    // udev has been through with it once
    UsbDriver driver = UsbDriver::none;  // as of the last refresh
    std::optional<bool> wanted;  // some driver of the host had it; no driver of the host takes it
  };

  std::optional<Plug> refreshed(const std::string& port, const PortNews* news) const;
  std::optional<Plug> known_on(const std::string& port, const PortNews* news) const;
  void learn(Plug& plug, const PortNews* news) const;
  static UsbDevice describe(const Plug& plug);
  static UsbDriver driver_of(const UsbNode& node, const Plug& plug);
  std::optional<UsbNode> find(const UsbAddress& address) const;

  const UsbTree& tree_;
  UdevLookup lookup_;
  std::map<Key, Plug> plugs_;
  bool waiting_ = false;
};

}  // namespace hotseat::adapters
