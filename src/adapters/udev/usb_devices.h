// The host's USB devices, observed through udev and sysfs.
#pragma once

#include <systemd/sd-event.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/udev/quiet.h"
#include "adapters/udev/reclaim.h"
#include "adapters/udev/roster.h"
#include "adapters/udev/udev_database.h"
#include "adapters/udev/uevent_monitor.h"
#include "adapters/udev/usb_tree.h"
#include "ports/clock.h"
#include "ports/usb_devices.h"

namespace hotseat::adapters {

// Hubs are left out. When a device counts as the host's: Roster. Loop thread only. Sleeps until a
// uevent comes; a burst of them is one look, and one call when something is different.
class UdevUsbDevices : public ports::UsbDevices {
 public:
  // Throws std::system_error when there is no uevent socket to be had. Event, clock and dispatcher
  // outlive it. Reclaiming writes below `sys_dir`.
  UdevUsbDevices(sd_event* event, ports::Clock& clock, ports::Dispatcher& dispatcher,
                 const std::filesystem::path& sys_dir = "/sys",
                 UdevLookup lookup = look_up_in_udev);
  ~UdevUsbDevices() override;
  UdevUsbDevices(const UdevUsbDevices&) = delete;
  UdevUsbDevices& operator=(const UdevUsbDevices&) = delete;

  void observe(std::function<void(const std::vector<UsbDevice>&)> changed) override;
  // An answer that `changed` has not told yet (usbfs comes and goes without a uevent) makes it look
  // again.
  std::optional<UsbDriver> driver_now(const UsbAddress& address) const override;
  // A device that nobody drives any more is offered to the host's drivers; one that a program holds
  // is cut off from it (`authorized`). Fails when the host has no driver for it and had one before.
  void reclaim(const UsbAddress& address, ports::Done done) override;

  // Called when I2C buses or anything of a GPU came, went or changed, once for a burst of it.
  void on_display_change(std::function<void()> changed);

 private:
  struct Unref {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };
  using Source = std::unique_ptr<sd_event_source, Unref>;

  static Source new_look(sd_event* event, UdevUsbDevices* self);
  void on_uevent(const Uevent& uevent);
  void on_overrun();
  void look_soon() const;
  void look_afresh();
  void look();
  void look_again_later();
  void reclaimed(const UsbAddress& address, const Expected<Reclaimed>& result,
                 const ports::Done& done);

  ports::Clock& clock_;
  UsbTree tree_;
  Roster roster_;
  Reclaimer reclaimer_;
  std::function<void(const std::vector<UsbDevice>&)> changed_;
  std::optional<std::vector<UsbDevice>> told_;
  mutable News news_;  // since the last look
  int looks_ = 0;      // at a device without its driver, since the last uevent
  std::unique_ptr<ports::Timer> next_look_;
  std::function<void()> display_changed_;
  Quiet display_;
  Source look_;
  UeventMonitor monitor_;  // last: calls back into all of the above
};

}  // namespace hotseat::adapters
