// The simulated host's USB bus: what is plugged in, where, and who drives it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/name.h"
#include "domain/usb.h"
#include "sim/agenda.h"
#include "sim/bell.h"
#include "sim/pace.h"

namespace hotseat::sim {

class UsbBus {
 public:
  UsbBus(ports::Clock& clock, Pace& pace) : pace_(pace), agenda_(clock) {}

  // A device that may be plugged in under this label. `by_id` appears with the host's drivers.
  void make(const std::string& label, UsbDevice device);
  // Plugs it in: at a new address, driven by nobody at first, by the host a little later.
  UsbAddress plug(const std::string& label);
  void unplug(const std::string& label);
  UsbAddress replug(const std::string& label);

  bool is_plugged(const std::string& label) const;
  // {0,0} while it is not plugged in.
  UsbAddress address_of(const std::string& label) const;
  // "host", the domain that has it, or "" while nobody has (unplugged, or still settling).
  std::string holder_of(const std::string& label) const;
  std::vector<std::string> labels() const;

  // What sysfs says this instant.
  std::vector<UsbDevice> devices() const;
  // Nothing when no such device is plugged in.
  std::optional<UsbDriver> driver_at(const UsbAddress& address) const;

  // QEMU opens the device: the host's drivers go at once; usbfs comes when the guest configures it,
  // if it ever does.
  Expected<void> claim(const UsbAddress& address, const DomainName& domain, bool configured);
  // QEMU gives it back, and the host's drivers bind a little later.
  void release(const UsbAddress& address, const DomainName& domain);
  // QEMU was killed: nobody gives it back. It stays without a driver until it is reclaimed or
  // plugged in anew (usbdev_release in drivers/usb/core/devio.c binds no drivers).
  void abandon(const UsbAddress& address, const DomainName& domain);
  // The kernel takes the device from whoever has it; the host's drivers bind a little later.
  Expected<void> reclaim(const UsbAddress& address);

  [[nodiscard]] Listening listen(std::function<void()> changed) {
    return bell_.listen(std::move(changed));
  }

 private:
  struct Socket {
    UsbDevice device;
    std::vector<std::string> by_id;
    bool plugged = false;
    std::optional<DomainName> claimed;
    Agenda::Entry binding = 0;
  };

  Socket* at(const UsbAddress& address);
  const Socket* at(const UsbAddress& address) const;
  unsigned next_device_number();
  void let_go(Socket& socket);
  void drive_later(Socket& socket, UsbDriver driver);

  Pace& pace_;
  std::map<std::string, Socket> sockets_;
  unsigned last_number_ = 1;  // the root hub
  Bell<> bell_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
