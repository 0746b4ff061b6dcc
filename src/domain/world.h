// The world: what was observed, as one immutable snapshot that the planner reads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/name.h"
#include "domain/hotkey.h"
#include "domain/input_node.h"
#include "domain/router_status.h"
#include "domain/seat.h"
#include "domain/usb.h"

namespace hotseat {

enum class DomainState {
  shutoff,
  running,
  paused,    // by a person, an I/O error or suspend to RAM: cannot react to input
  stopping,  // shutting down
  crashed,
};

// A USB host device that a running domain holds, hot-plugged by us or by anybody.
struct UsbAttachment {
  std::string alias;   // libvirt device alias; ours start with kAliasPrefix
  UsbAddress address;  // {0,0} when the domain does not say
  bool operator==(const UsbAttachment&) const = default;
};

// libvirt keeps user aliases only when they start with "ua-" (formatdomain.html, "alias").
inline constexpr const char* kAliasPrefix = "ua-hotseat-";
std::string alias_of(const DeviceName& name);

// An evdev node that a domain reads: <input type='passthrough'> (virtio-input-host), <input
// type='evdev'> or "-object input-linux" (input-linux). Of the live definition while it is active,
// else of the one that it would start with.
struct EvdevInput {
  enum class Kind { virtio, input_linux };
  Kind kind = Kind::virtio;
  std::string path;        // "/dev/input/by-id/win11-keyboard"
  bool grabs_all = false;  // input-linux: its chord moves all of the domain's devices
  Chord toggle;            // input-linux: what makes QEMU grab it, or let go
  bool operator==(const EvdevInput&) const = default;
};

struct Domain {
  DomainName name;
  std::string uuid;
  DomainState state = DomainState::shutoff;
  std::uint64_t started = 0;  // order in which domains came up, 0 while it is not active
  std::vector<UsbAttachment> usb;
  std::vector<EvdevInput> inputs = {};
  Chord hotkey = {};                       // from its <metadata>; empty when there is none
  std::vector<std::string> problems = {};  // what in its definition cannot be used, for a person
  bool operator==(const Domain&) const = default;
};

// What is known of a monitor's input.
enum class InputCertainty {
  unknown,    // never read, or it does not answer
  requested,  // written and acknowledged on the wire; 0x60 cannot be trusted sooner
  verified,   // a late read-back agrees
};

struct MonitorStatus {
  MonitorName name;
  bool present = false;
  std::optional<int> bus;
  std::optional<std::uint8_t> input;
  InputCertainty certainty = InputCertainty::unknown;
  std::string problem;  // empty when all is well
  bool operator==(const MonitorStatus&) const = default;
};

struct HypervisorStatus {
  bool connected = false;
  std::string problem = "not asked yet";  // why not connected
  std::vector<Domain> domains;
  bool operator==(const HypervisorStatus&) const = default;

  const Domain* domain(const DomainName& name) const;
};

struct World {
  TargetName owner = kHost;  // who has the input
  std::vector<UsbDevice> usb;
  std::vector<InputNode> inputs;
  RouterStatus router;
  HypervisorStatus hypervisor;
  // What domains read that are about to start, as libvirt's hook told. The hypervisor need not know
  // them yet, or only as they were before.
  std::map<DomainName, std::vector<EvdevInput>> announced;
  std::vector<MonitorStatus> monitors;

  bool operator==(const World&) const = default;

  const MonitorStatus* monitor(const MonitorName& name) const;
  const UsbDevice* device_at(const UsbAddress& address) const;
  // The running guest that has the device at this address, if any. libvirt's list alone is no
  // proof: a device that was taken back through the kernel stays on it until it is detached.
  const Domain* holder_of(const UsbAddress& address) const;
  // What the domain reads, or will once it starts; nullptr when nobody has told.
  const std::vector<EvdevInput>* inputs_of(const DomainName& domain) const;
  // On libvirt's list of some domain, whoever drives it.
  bool is_listed(const UsbAddress& address) const;
};

// Can take input right now: the host always, a guest while its domain runs.
bool is_alive(const World& world, const Seat& seat, const TargetName& target);

const char* to_string(DomainState state);
const char* to_string(InputCertainty certainty);

}  // namespace hotseat
