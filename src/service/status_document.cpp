#include <algorithm>

#include "domain/input_setup.h"
#include "service/documents.h"
#include "service/report_json.h"
#include "wire/mccs.h"

namespace hotseat::service {

namespace {

const std::string kByIdPath = "/dev/input/by-id/";

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json host_entry(const World& world) {
  return {{"name", kHost.str()}, {"kind", "host"},
          {"state", "running"},  {"active", world.owner == kHost},
          {"domain", nullptr},   {"start", nullptr}};
}

const char* guest_state(const World& world, const GuestSpec& guest) {
  if (!world.hypervisor.connected) return "unknown";
  const Domain* domain = world.hypervisor.domain(guest.domain);
  return domain == nullptr ? "undefined" : to_string(domain->state);
}

Json guest_entry(const World& world, const GuestSpec& guest) {
  return {{"name", guest.name.str()},
          {"kind", "guest"},
          {"state", guest_state(world, guest)},
          {"active", world.owner == guest.name},
          {"domain", guest.domain.str()},
          {"start", guest.start == StartPolicy::automatic ? "auto" : "never"}};
}

Json targets(const World& world, const Seat& seat) {
  Json list = Json::array({host_entry(world)});
  for (const GuestSpec& guest : seat.guests) list.push_back(guest_entry(world, guest));
  return list;
}

const char* to_text(Transport transport) {
  switch (transport) {
    case Transport::usb:
      return "usb";
    case Transport::evdev:
      return "evdev";
  }
  return "unknown";
}

// A domain may hold a device without saying which address it has; our alias then tells. What the
// host drives nobody else has, whatever is on libvirt's list.
const Domain* holder(const World& world, const DeviceSpec& spec, const UsbDevice& device) {
  if (device.driver == UsbDriver::host) return nullptr;
  if (const Domain* domain = world.holder_of(device.address)) return domain;
  const std::string alias = alias_of(spec.name);
  for (const Domain& domain : world.hypervisor.domains) {
    if (std::any_of(domain.usb.begin(), domain.usb.end(),
                    [&](const UsbAttachment& held) { return held.alias == alias; })) {
      return &domain;
    }
  }
  return nullptr;
}

Json owner_of(const World& world, const Seat& seat, const DeviceSpec& spec,
              const UsbDevice& device) {
  const Domain* domain = holder(world, spec, device);
  if (domain == nullptr) {
    // A user program has it that is no domain we see: libvirt is away, or it is no QEMU at all.
    return device.driver == UsbDriver::usbfs ? Json() : Json(kHost.str());
  }
  const GuestSpec* guest = seat.guest_by_domain(domain->name);
  return guest == nullptr ? "other:" + domain->name.str() : guest->name.str();
}

Json bare_entry(const DeviceSpec& spec) {
  return {{"name", spec.name.str()},
          {"transport", to_text(spec.transport)},
          {"present", false},
          {"owner", nullptr},
          {"usb", spec.match.id ? Json(to_string(*spec.match.id)) : Json()},
          {"address", nullptr},
          {"optional", spec.optional},
          {"problem", nullptr}};
}

// By target: the paths of each of the device's nodes, the main one first.
Json clones_of(const DeviceSpec& spec, const InputSetup& setup) {
  Json clones = Json::object();
  for (const InputTarget& target : setup.targets) {
    Json nodes = Json::array();
    for (const InputSource& source : setup.sources) {
      if (source.device != spec.name) continue;
      Json paths = Json::array();
      for (const auto& name : clone_names(target, source)) paths.push_back(kByIdPath + name);
      nodes.push_back(std::move(paths));
    }
    clones[target.name.str()] = std::move(nodes);
  }
  return clones;
}

// Of a device's nodes the one that is worst off counts.
int concern(SourceState state) {
  switch (state) {
    case SourceState::routed:
      return 0;
    case SourceState::let_go:
      return 1;
    case SourceState::waiting:
      return 2;
    case SourceState::failed:
      return 3;
  }
  return 0;
}

// What the router does not have is the host's own.
Json input_entry(const World& world, const InputSetup& setup, const DeviceSpec& spec) {
  Json entry = bare_entry(spec);
  entry["nodes"] = Json::array();
  for (const InputNode* node : resolve_inputs(world, spec)) {
    entry["present"] = true;
    entry["owner"] = kHost.str();
    entry["usb"] = to_string(node->id);
    entry["nodes"].push_back(node->node);
  }
  entry["clones"] = clones_of(spec, setup);
  std::optional<SourceState> state;
  for (const SourceStatus& source : world.router.sources) {
    if (source.device != spec.name) continue;
    if (!state || concern(source.state) > concern(*state)) state = source.state;
    if (entry["problem"].is_null() && !source.problem.empty()) entry["problem"] = source.problem;
  }
  if (state) entry["state"] = to_string(*state);
  if (state == SourceState::routed) entry["owner"] = world.router.route.str();
  return entry;
}

// What only domains name is of the seat all the same.
std::vector<DeviceSpec> implied_devices(const Seat& seat, const InputSetup& setup) {
  std::vector<DeviceSpec> found;
  for (const InputSource& source : setup.sources) {
    if (seat.device(source.device) != nullptr) continue;
    DeviceSpec& spec = found.emplace_back();
    spec.name = source.device;
    spec.match.by_id = source.device.str();
    spec.transport = Transport::evdev;
    spec.optional = true;
  }
  return found;
}

Json device_entry(const World& world, const Seat& seat, const InputSetup& setup,
                  const DeviceSpec& spec) {
  if (spec.transport == Transport::evdev) return input_entry(world, setup, spec);
  const auto found = resolve(world, spec);
  Json entry = bare_entry(spec);
  entry["present"] = !found.empty();
  if (found.size() == 1) {
    const UsbDevice& device = *found.front();
    entry["owner"] = owner_of(world, seat, spec, device);
    entry["usb"] = to_string(device.id);
    entry["address"] = to_string(device.address);
  } else if (!found.empty()) {
    entry["problem"] = std::to_string(found.size()) + " devices match";
  }
  return entry;
}

// Whose picture a monitor shows with this input. Targets may share one: the owner then counts.
Json shown_target(const MonitorSpec& spec, std::uint8_t input, const TargetName& owner) {
  auto of_owner = spec.inputs.find(owner);
  if (of_owner != spec.inputs.end() && of_owner->second == input) return owner.str();
  for (const auto& [target, its_input] : spec.inputs) {
    if (its_input == input) return target.str();
  }
  return nullptr;
}

Json monitor_entry(const World& world, const MonitorSpec& spec) {
  const MonitorStatus* known = world.monitor(spec.name);
  const MonitorStatus status = known == nullptr ? MonitorStatus{} : *known;
  Json entry = {{"name", spec.name.str()},
                {"present", status.present},
                {"input", nullptr},
                {"input_name", nullptr},
                {"target", nullptr},
                {"verified", status.certainty == InputCertainty::verified},
                {"certainty", to_string(status.certainty)},
                {"bus", status.bus ? Json(*status.bus) : Json()},
                {"problem", text_or_null(status.problem)}};
  if (status.input) {
    entry["input"] = wire::hex(*status.input);
    entry["input_name"] = wire::input_name(*status.input);
    entry["target"] = shown_target(spec, *status.input, world.owner);
  }
  return entry;
}

Json report_or_null(const std::optional<SwitchReport>& report) {
  return report ? to_json(*report) : Json();
}

}  // namespace

std::string status_document(const app::Status& status) {
  const World& world = status.world;
  const Seat& seat = *status.seat;
  const InputSetup setup = input_setup(world, seat).setup;
  Json devices = Json::array();
  for (const DeviceSpec& spec : seat.devices) {
    devices.push_back(device_entry(world, seat, setup, spec));
  }
  for (const DeviceSpec& spec : implied_devices(seat, setup)) {
    devices.push_back(device_entry(world, seat, setup, spec));
  }
  Json monitors = Json::array();
  for (const MonitorSpec& spec : seat.monitors) monitors.push_back(monitor_entry(world, spec));
  Json libvirt = {{"uri", seat.libvirt_uri}, {"connected", world.hypervisor.connected}};
  return to_text({{"target", world.owner.str()},
                  {"state", app::to_string(status.state)},
                  {"targets", targets(world, seat)},
                  {"devices", std::move(devices)},
                  {"monitors", std::move(monitors)},
                  {"libvirt", std::move(libvirt)},
                  {"problems", status.problems},
                  {"notes", seat.notes},
                  {"current", report_or_null(status.current)},
                  {"last", report_or_null(status.last)}});
}

}  // namespace hotseat::service
