// A physical device's evdev node, opened.
#pragma once

#include <libevdev/libevdev.h>

#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "domain/router.h"

namespace hotseat::adapters::evdev {

// What the router's thread needs of a device: events to read, and to be the only one who does.
class EventSource {
 public:
  virtual ~EventSource() = default;
  virtual int fd() const = 0;  // InputEvents can be read from it, without blocking
  // Without waiting or allocating. False when the device has gone.
  virtual bool ask_state(Router::DeviceState& state) const = 0;
  // Nobody else gets its events from now on; 0, or errno. Giving it back waits for a grace period
  // of the kernel, tens of milliseconds (evdev_ungrab in drivers/input/evdev.c).
  virtual int grab() const = 0;
  virtual int give_back() const = 0;
};

// Opened by the loop thread, then used by the router's thread, which closes nothing.
class Device : public EventSource {
 public:
  // Fails with what to do about it. Its events have CLOCK_MONOTONIC times from then on.
  static Expected<std::unique_ptr<Device>> open(const std::string& node);

  const std::string& node() const { return node_; }
  const libevdev* description() const { return description_.get(); }
  // Has keys, axes or switches to forward; a node that only beeps has none.
  bool says_anything() const;
  bool has_key(KeyCode code) const;
  // One that must be let go of before it is grabbed (domain/held_keys.h): "KEY_LEFTSHIFT".
  std::optional<std::string> held_key() const;

  int fd() const override { return fd_.get(); }
  bool ask_state(Router::DeviceState& state) const override;
  int grab() const override;
  int give_back() const override;

 private:
  struct Free {
    void operator()(libevdev* description) const { libevdev_free(description); }
  };
  Device(std::string node, UniqueFd fd, libevdev* description);
  bool springs_back(unsigned axis) const;
  bool ask_switches(Router::DeviceState& state) const;

  std::string node_;
  UniqueFd fd_;
  std::unique_ptr<libevdev, Free> description_;
};

}  // namespace hotseat::adapters::evdev
