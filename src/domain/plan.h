// Planning a switch: a pure function of world, seat and target.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "base/name.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat {

// ---- what a step does -------------------------------------------------------------------------

struct StartGuest {
  TargetName guest;
  DomainName domain;
  bool operator==(const StartGuest&) const = default;
};

struct AttachUsb {
  DeviceName device;
  DomainName domain;
  UsbAddress address;
  std::string alias;
  bool operator==(const AttachUsb&) const = default;
};

// Done when libvirt said DEVICE_REMOVED, not when the call returned.
struct DetachUsb {
  DeviceName device;
  DomainName domain;
  UsbAddress address;  // {0,0}: only the alias is known; the physical device has gone
  std::string alias;
  bool operator==(const DetachUsb&) const = default;
};

struct SetInput {
  MonitorName monitor;
  TargetName target;  // whose picture it shows afterwards
  std::uint8_t input = 0;
  bool operator==(const SetInput&) const = default;
};

struct RunCommand {
  CommandSpec command;
  std::map<std::string, std::string> environment;  // all of it: nothing is inherited
  bool operator==(const RunCommand&) const = default;
};

// All that devices with transport evdev say goes to this target from now on.
struct RouteInput {
  TargetName target;
  bool operator==(const RouteInput&) const = default;
};

using Action = std::variant<StartGuest, AttachUsb, DetachUsb, SetInput, RunCommand, RouteInput>;

// ---- the plan ---------------------------------------------------------------------------------

using StepIndex = std::size_t;

struct Step {
  Action action;
  std::vector<StepIndex> after;  // starts when all of these have ended well (or only warned)
  Milliseconds deadline{0};      // from its start
  bool required = true;          // failing rolls the switch back; else it is a warning
  bool moves_input = false;      // the seat has moved once every such step is done
  std::optional<Action> undo;
  bool operator==(const Step&) const = default;
};

struct Plan {
  TargetName from;
  TargetName to;
  std::vector<Step> steps;         // a step comes after every step it waits for
  std::vector<std::string> notes;  // "gamepad is not plugged in; skipped"
  bool operator==(const Plan&) const = default;
};

// The rules a switch can be refused by. The names are part of the D-Bus and JSON interface.
enum class Rule {
  unknown_target,
  no_running_guest,   // "guest" alone, and none is running
  hypervisor_away,    // libvirt is not reachable
  unknown_domain,     // libvirt knows no such domain
  guest_not_running,  // and start = "never"
  guest_paused,
  guest_stopping,
  device_absent,         // a device that is not optional is not plugged in
  device_ambiguous,      // several devices match one [[device]]
  device_claimed_twice,  // one device matches several [[device]]
  input_missing,         // the guest has no input that a device could be forwarded to
  superseded,            // a later request took its place before it began
  not_permitted,         // by policy
};

struct Refusal {
  Rule rule;
  std::string reason;
  std::string hint;
  bool operator==(const Refusal&) const = default;
};

const char* to_string(Rule rule);
std::string describe(const Action& action);  // "attach keyboard (1:7) to win11"
const char* kind_of(const Action& action);   // "attach-usb", stable, for machines

// ---- planning ---------------------------------------------------------------------------------

enum class Scope {
  whole,    // a switch: inputs, monitors and commands
  picture,  // inputs and monitors, no commands: undoing, bringing home
  inputs,   // devices only: a replugged device follows the seat
};

// What takes the seat from where the world is to `target`. Only what is needed: a device that is
// there already is not touched. Monitors are always written: what they show cannot be trusted.
// The way to the host is never refused. With a scope other than `whole`, a device that cannot be
// told apart, is absent or that the guest has no input for is a note instead of a refusal.
tl::expected<Plan, Refusal> plan(const World& world, const Seat& seat, const TargetName& target,
                                 Scope scope = Scope::whole);

// "host", a guest, or "guest": the only one configured, else the first one running.
tl::expected<TargetName, Refusal> resolve_target(const World& world, const Seat& seat,
                                                 const std::string& text);

// The target after the current owner: host, then the guests that run or start on demand, in the
// order of the config.
TargetName next_target(const World& world, const Seat& seat);

// Who has the input, judged by what is observed alone (at start, after a crash): the running guest
// that holds every device of the seat that is plugged in, else the host.
TargetName observed_owner(const World& world, const Seat& seat);

// Which plugged-in devices a [[device]] with transport usb means just now: by match, or by the
// alias it was given to a guest under.
std::vector<const UsbDevice*> resolve(const World& world, const DeviceSpec& spec);

}  // namespace hotseat
