// A virtual input device that looks like a physical one: what one target sees of one source.
#pragma once

#include <libevdev/libevdev.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/evdev/capabilities.h"
#include "base/error.h"
#include "base/unique_fd.h"

namespace hotseat::adapters::evdev {

// What the kernel keeps of a clone for as long as anybody has its descriptor: its `phys`,
// "hotseat/guest/win11-keyboard". The udev rule and a restarted hotseatd know a clone by it.
struct CloneIdentity {
  bool of_host = false;
  std::string name;  // "win11-keyboard"
  bool operator==(const CloneIdentity&) const = default;
};

std::string phys_of(const CloneIdentity& identity);
std::optional<CloneIdentity> identity_in(const std::string& phys);

// Its node exists while this, or a copy of its descriptor in systemd's fd store, does.
class Clone {
 public:
  // Keeps name, ids, version, properties, axes, LEDs and force feedback of the source. The host's
  // says all that the source says; a guest's says no EV_MSC (scan codes, time stamps).
  static Expected<std::unique_ptr<Clone>> create(const CloneIdentity& identity,
                                                 const libevdev* source);
  // One that an earlier hotseatd made. Nothing when the descriptor is of something else.
  static std::unique_ptr<Clone> adopt(UniqueFd fd);

  const CloneIdentity& identity() const { return identity_; }
  // Non-blocking; what the target sends to the device (LEDs, force feedback) is read from it.
  int fd() const { return fd_.get(); }
  const std::string& node() const { return node_; }  // "/dev/input/event9"

  std::optional<Capabilities> capabilities() const;
  // Which LEDs its target has lit; nothing where the kernel tells of none (CONFIG_INPUT_LEDS).
  std::optional<std::vector<unsigned>> lit_leds() const;
  // Made by an earlier hotseatd.
  bool is_adopted() const { return is_adopted_; }
  // Every key up, every touch ended, whatever was held when its last owner died.
  void release_everything() const;
  // Nobody but us reads it: false. A QEMU that has it grabbed: true.
  bool is_grabbed() const;

 private:
  Clone(CloneIdentity identity, UniqueFd fd, std::string node);

  CloneIdentity identity_;
  UniqueFd fd_;
  std::string node_;
  bool is_adopted_ = false;
};

// Links to clones' nodes: udev can give no name with a blank in it, and domains are called
// anything.
class CloneLinks {
 public:
  // `directory` is /dev/input/by-id, but for tests.
  explicit CloneLinks(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Makes or corrects the link. Fails for a name that something other than a clone has.
  Expected<void> set(const std::string& name, const std::string& node) const;
  void remove(const std::string& name, const std::string& node) const;

 private:
  std::filesystem::path directory_;
};

}  // namespace hotseat::adapters::evdev
