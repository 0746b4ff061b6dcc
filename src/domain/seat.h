// The seat: the validated, immutable configuration. Built by config/, read by everybody.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/name.h"
#include "domain/device_match.h"
#include "domain/hotkey.h"
#include "domain/policy.h"

namespace hotseat {

using Milliseconds = std::chrono::milliseconds;

inline const TargetName kHost{"host"};

enum class Transport {
  usb,    // the whole device moves, by libvirt's hot-plug
  evdev,  // it stays with the host, which forwards what it says
};

struct DeviceSpec {
  DeviceName name;
  DeviceMatch match;
  Transport transport = Transport::usb;
  bool optional = false;  // absent is fine; follows the seat when it is plugged in later
};

// What sets a monitor apart from MCCS. Found in the quirks table by EDID, overridden by config.
struct MonitorQuirks {
  std::uint8_t feature = 0x60;         // MCCS 2.2a: Input Select
  std::uint8_t source_address = 0x51;  // DDC/CI 1.1, 4.1: host
  bool get_before_set = false;         // ignores a Set without a Get on the same handle
  Milliseconds settle{0};              // how long after a Set it is deaf, beyond the standard 50 ms
  std::uint8_t read_mask = 0xff;       // bits of the read-back that mean something
  bool operator==(const MonitorQuirks&) const = default;
};

// What the config overrides; unset keeps the table's value.
struct MonitorQuirkOverrides {
  std::optional<std::uint8_t> feature;
  std::optional<std::uint8_t> source_address;
  std::optional<bool> get_before_set;
  std::optional<Milliseconds> settle;
  std::optional<std::uint8_t> read_mask;
  bool operator==(const MonitorQuirkOverrides&) const = default;
};

// Which monitor a [[monitor]] means. Everything given must match; at least one is given.
struct MonitorMatch {
  std::optional<std::string> manufacturer;  // EDID PNP id, three letters
  std::optional<std::string> model;         // EDID display product name (descriptor 0xFC)
  std::optional<std::string> serial;        // EDID serial string (0xFF), or the number in decimal
  std::optional<std::string> connector;     // DRM connector, "DP-1" or "card0-DP-1"
  std::optional<int> bus;                   // N of /dev/i2c-N; numbers move, prefer the others
  bool operator==(const MonitorMatch&) const = default;
};

struct MonitorSpec {
  MonitorName name;
  MonitorMatch match;
  std::map<TargetName, std::uint8_t> inputs;  // a target without an entry leaves the monitor alone
  MonitorQuirkOverrides quirks;
};

struct CommandSpec {
  std::vector<std::string> argv;  // argv[0] is an absolute path; never a shell
  Milliseconds timeout{5000};     // then SIGTERM, and SIGKILL a second later
  bool required = false;          // a failure rolls the switch back, else it is a warning
  bool operator==(const CommandSpec&) const = default;
};

enum class StartPolicy { automatic, never };

struct TargetSpec {
  TargetName name;  // kHost, or a guest
  std::vector<CommandSpec> on_enter;
  std::vector<CommandSpec> on_leave;
};

struct GuestSpec : TargetSpec {
  DomainName domain;  // defaults to the target's name
  StartPolicy start = StartPolicy::never;
  Milliseconds start_timeout{120'000};
};

// Bounds of every kind of step. Configurable under [timeouts].
struct Timeouts {
  Milliseconds usb{10'000};     // one attach or detach
  Milliseconds monitor{2'000};  // one monitor, retries included
  Milliseconds release{3'000};  // for libvirt in a release; then the kernel takes the devices back
  bool operator==(const Timeouts&) const = default;
};

// [compat]: clients of vfio-kvm find hotseatd under its name.
struct Compat {
  bool vfio_kvm = false;
  std::string vfio_kvm_bus_name = "vfio.kvm";
  std::string vfio_kvm_object_path = "/vfio/kvm";
  bool operator==(const Compat&) const = default;
};

// What `hotseat switch` and policies already use as words: no guest can be called so.
bool is_reserved_name(const std::string& name);

struct Seat {
  std::string libvirt_uri = "qemu:///system";
  std::vector<DeviceSpec> devices;
  std::vector<MonitorSpec> monitors;
  TargetSpec host{kHost, {}, {}};
  std::vector<GuestSpec> guests;  // in the order of the file: `next` cycles in this order
  // Cycle, release, then the targets' own. There is always one that releases.
  std::vector<Hotkey> hotkeys;
  Timeouts timeouts;
  Policy policy = standard_policy();
  Compat compat;
  std::vector<std::string> notes;  // what the config says that this version does not act on

  const GuestSpec* guest(const TargetName& name) const;
  const GuestSpec* guest_by_domain(const DomainName& name) const;
  const DeviceSpec* device(const DeviceName& name) const;
  const MonitorSpec* monitor(const MonitorName& name) const;
  // The host's or a guest's commands; nullptr for an unknown name.
  const TargetSpec* target(const TargetName& name) const;
};

}  // namespace hotseat
