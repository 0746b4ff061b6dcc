#include "domain/input_setup.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/guest_inputs.h"

namespace hotseat {

namespace {

// usbhid names an interface's nodes by its number: "usb-0000:00:14.0-3/input1"
// (drivers/hid/usbhid/hid-core.c).
std::string interface_of(const InputNode& node) {
  const auto slash = node.phys.rfind("/input");
  return slash == std::string::npos ? "0" : node.phys.substr(slash + 6);
}

// "/dev/input/event10" comes after "/dev/input/event9".
bool in_order(const InputNode* one, const InputNode* other) {
  const auto key = [](const InputNode* node) {
    return std::make_tuple(interface_of(*node), node->node.size(), node->node);
  };
  return key(one) < key(other);
}

DeviceSpec implied(const std::string& by_id) {
  DeviceSpec spec;
  spec.name = DeviceName{by_id};
  spec.match.by_id = by_id;
  spec.transport = Transport::evdev;
  spec.optional = true;
  return spec;
}

bool is_read_by(const InputTarget& target, const InputSource& source,
                const std::set<std::string>& paths) {
  const auto names = clone_names(target, source);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return paths.contains(std::string(kByIdDirectory) + name);
  });
}

class SetupMaker {
 public:
  SetupMaker(const World& world, const Seat& seat) : world_(world), seat_(seat) {}

  std::vector<InputSource> sources() && {
    add_sources();
    if (any_begin_alike()) {
      add_targets();
      drop_ambiguous();
    }
    return std::move(result_.setup.sources);
  }

  InputPlan run() && {
    add_sources();
    add_targets();
    if (any_begin_alike()) drop_ambiguous();
    add_hotkeys();
    add_watched();
    // Which guests there are besides those of the configuration only libvirt knows.
    result_.setup.keeps_strangers = seat_.compat.vfio_kvm && !world_.hypervisor.connected;
    return std::move(result_);
  }

 private:
  void add_sources() {
    for (const DeviceSpec& spec : seat_.devices) {
      if (spec.transport == Transport::evdev) add_device(spec);
    }
    for (const GuestSpec& guest : seat_.guests) {
      const auto* inputs = world_.inputs_of(guest.domain);
      if (inputs != nullptr) add_implied(guest.domain, *inputs);
    }
  }

  void add_targets() {
    add_target(kHost, kHost.str(), nullptr);
    for (const GuestSpec& guest : seat_.guests) {
      if (is_called_host(guest)) continue;
      add_target(guest.name, guest.domain.str(), world_.inputs_of(guest.domain));
    }
  }

  void add_device(const DeviceSpec& spec) {
    const auto nodes = resolve_inputs(world_, spec);
    if (!are_one_piece(nodes)) {
      result_.problems.push_back(
          spec.name.str() + " matches several devices: add serial, port or by_id to its match");
      return;
    }
    std::map<std::string, int> of_interface;
    for (const InputNode* node : nodes) {
      if (!claim(spec, *node)) continue;
      const std::string number = interface_of(*node);
      std::string id = spec.name.str();
      if (number != "0") id += "-" + number;
      if (const int nth = of_interface[number]++) id += static_cast<char>('a' + nth);
      add_source({std::move(id), spec.name, node->node, node->by_id});
    }
  }

  // Clones are known by their names: no two sources may have one in common. A link leads to one of
  // them only.
  void add_source(InputSource source) {
    for (const InputSource& other : result_.setup.sources) {
      if (other.id != source.id) continue;
      result_.problems.push_back("the clones of " + source.node + " and " + other.node +
                                 " would both be called " + source.id + ": " + other.node +
                                 " it is; give " + source.device.str() + " another name");
      return;
    }
    std::erase_if(source.by_id, [this](const std::string& name) { return is_covered(name); });
    result_.setup.sources.push_back(std::move(source));
  }

  // Its clones would be the host's own.
  bool is_called_host(const GuestSpec& guest) {
    if (guest.domain.str() != kHost.str()) return false;
    if (!result_.setup.sources.empty()) {
      result_.problems.push_back("nothing is forwarded to " + guest.name.str() +
                                 ": its domain is called host, and so are the host's own clones; " +
                                 "give it another name: virsh domrename");
    }
    return true;
  }

  bool any_begin_alike() const {
    const auto& guests = seat_.guests;
    return std::any_of(guests.begin(), guests.end(), [&](const GuestSpec& guest) {
      const std::string beginning = guest.domain.str() + "-";
      return guest.domain.str().starts_with(kHost.str() + "-") ||
             std::any_of(guests.begin(), guests.end(), [&](const GuestSpec& other) {
               return other.domain.str().starts_with(beginning);
             });
    });
  }

  // With domains "win11" and "win11-gaming" the clone "win11-gaming-mouse" could be that of two
  // devices.
  void drop_ambiguous() {
    std::map<std::string, const InputTarget*> owners;
    std::erase_if(result_.setup.sources, [&](const InputSource& source) {
      for (const InputTarget& target : result_.setup.targets) {
        const auto [owner, is_new] = owners.emplace(clone_names(target, source).front(), &target);
        if (is_new) continue;
        result_.problems.push_back(source.device.str() + " is not forwarded: " + owner->first +
                                   " would be a clone of " + owner->second->name.str() +
                                   " and of " + target.name.str() + "; give " +
                                   source.device.str() + " another name");
        return true;
      }
      return false;
    });
  }

  bool claim(const DeviceSpec& spec, const InputNode& node) {
    const auto [owner, is_new] = claimed_.emplace(node.node, spec.name);
    if (!is_new) claimed_twice(node, owner->second, spec.name);
    return is_new;
  }

  // What is optional may go away with the device that it is part of: the volume keys of a headset.
  static bool is_to_be_forwarded(const DeviceSpec& spec) {
    return spec.transport == Transport::evdev && !spec.optional;
  }

  void claimed_twice(const InputNode& node, const DeviceName& one, const DeviceName& other) {
    result_.problems.push_back(node.name + " (" + node.node + ") is both " + one.str() + " and " +
                               other.str() + ": tell them apart by serial, port or by_id");
  }

  void add_target(const TargetName& name, const std::string& prefix,
                  const std::vector<EvdevInput>* inputs) {
    InputTarget target{name, prefix, {}};
    if (inputs != nullptr) target.grabs = grab_chords(target, *inputs);
    const Domain* domain = world_.hypervisor.domain(DomainName{prefix});
    target.is_off = name != kHost && domain != nullptr && domain->state == DomainState::shutoff;
    result_.setup.targets.push_back(std::move(target));
  }

  std::vector<InputTarget::GrabChord> grab_chords(const InputTarget& target,
                                                  const std::vector<EvdevInput>& inputs) const {
    std::vector<InputTarget::GrabChord> found;
    for (const EvdevInput& input : inputs) {
      if (input.kind != EvdevInput::Kind::input_linux) continue;
      const InputSource* source = source_behind(target, input.path);
      if (source != nullptr) found.push_back({source->id, input.toggle, input.grabs_all});
    }
    return found;
  }

  const InputSource* source_behind(const InputTarget& target, const std::string& path) const {
    for (const InputSource& source : result_.setup.sources) {
      if (is_read_by(target, source, {path})) return &source;
    }
    return nullptr;
  }

  // What a domain names as VM-DEVICE and no [[device]] covers is a device of the seat all the same.
  void add_implied(const DomainName& domain, const std::vector<EvdevInput>& inputs) {
    for (const EvdevInput& input : inputs) {
      const auto device = clone_asked_for(input.path, domain);
      if (!device || is_covered(*device)) continue;
      const auto nodes = resolve_inputs(world_, implied(*device));
      if (!are_one_piece(nodes)) {
        result_.problems.push_back("several devices are called " + *device + ", which " +
                                   domain.str() +
                                   " reads: add a [[device]] with port or serial in its match");
        continue;
      }
      // A link leads to one of several nodes.
      if (nodes.empty() || !claimed_.emplace(nodes.front()->node, DeviceName{*device}).second) {
        continue;
      }
      const InputNode& node = *nodes.front();
      add_source({*device, DeviceName{*device}, node.node, node.by_id});
    }
  }

  bool is_covered(const std::string& device) const {
    const auto& sources = result_.setup.sources;
    return std::any_of(sources.begin(), sources.end(), [&](const InputSource& source) {
      return source.id == device ||
             std::find(source.by_id.begin(), source.by_id.end(), device) != source.by_id.end();
    });
  }

  // A domain's own chord wins over the config's, as it did in vfio-kvm.
  void add_hotkeys() {
    for (const Hotkey& hotkey : seat_.hotkeys) {
      if (own_chord(hotkey.target) == nullptr) result_.setup.hotkeys.push_back(hotkey);
    }
    for (const GuestSpec& guest : seat_.guests) {
      if (const Domain* domain = own_chord(guest.name)) add_own(guest.name, *domain);
    }
  }

  // While the host has the seat there is nothing to release: that chord alone wakes nobody.
  void add_watched() {
    const auto& hotkeys = result_.setup.hotkeys;
    const bool any = std::any_of(hotkeys.begin(), hotkeys.end(), [](const Hotkey& hotkey) {
      return hotkey.action != HotkeyAction::release;
    });
    for (const DeviceSpec& spec : seat_.devices) {
      if (spec.transport != Transport::usb) continue;
      const auto nodes = resolve_inputs(world_, spec);
      // Of several devices none could be moved either, and that is told.
      if (!are_one_piece(nodes)) continue;
      for (const InputNode* node : nodes) {
        const auto [owner, is_new] = claimed_.emplace(node->node, spec.name);
        const DeviceSpec* other = seat_.device(owner->second);
        // Of two that move by USB the planner tells.
        if (!is_new && other != nullptr && is_to_be_forwarded(*other)) {
          claimed_twice(*node, owner->second, spec.name);
        }
        if (is_new && any) result_.setup.watched.push_back({spec.name, node->node});
      }
    }
  }

  const Domain* own_chord(const TargetName& target) const {
    const GuestSpec* guest = seat_.guest(target);
    const Domain* domain = guest == nullptr ? nullptr : world_.hypervisor.domain(guest->domain);
    return domain == nullptr || domain->hotkey.empty() ? nullptr : domain;
  }

  void add_own(const TargetName& target, const Domain& domain) {
    Hotkey own;
    own.action = HotkeyAction::switch_to;
    own.target = target;
    own.keys = domain.hotkey;
    own.from = "the metadata of domain " + domain.name.str();
    if (const Hotkey* other = shadowed_by(own)) {
      result_.problems.push_back("the hotkey in " + own.from + " gets in the way of " +
                                 other->from + ": the former is not used");
      return add_configured(target);
    }
    result_.setup.hotkeys.push_back(std::move(own));
  }

  // After all: the domain's own is of no use.
  void add_configured(const TargetName& target) {
    for (const Hotkey& hotkey : seat_.hotkeys) {
      const bool is_its = hotkey.target == target && shadowed_by(hotkey) == nullptr;
      if (is_its) result_.setup.hotkeys.push_back(hotkey);
    }
  }

  const Hotkey* shadowed_by(const Hotkey& hotkey) const {
    const auto& set = result_.setup.hotkeys;
    const auto found = std::find_if(set.begin(), set.end(),
                                    [&](const Hotkey& other) { return collide(hotkey, other); });
    return found == set.end() ? nullptr : &*found;
  }

  const World& world_;
  const Seat& seat_;
  std::map<std::string, DeviceName> claimed_;  // by node
  InputPlan result_;
};

}  // namespace

bool routes_input(const Seat& seat) {
  return std::any_of(seat.devices.begin(), seat.devices.end(),
                     [](const DeviceSpec& spec) { return spec.transport == Transport::evdev; });
}

std::vector<const InputNode*> resolve_inputs(const World& world, const DeviceSpec& spec) {
  std::vector<const InputNode*> found;
  for (const InputNode& node : world.inputs) {
    if (matches(spec.match, node)) found.push_back(&node);
  }
  std::sort(found.begin(), found.end(), in_order);
  return found;
}

bool are_one_piece(const std::vector<const InputNode*>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [&](const InputNode* node) {
    return piece_of(*node) == piece_of(*nodes.front());
  });
}

InputPlan input_setup(const World& world, const Seat& seat) {
  return SetupMaker(world, seat).run();
}

std::vector<InputSource> input_sources(const World& world, const Seat& seat) {
  return SetupMaker(world, seat).sources();
}

std::vector<std::string> clone_names(const InputTarget& target, const InputSource& source) {
  std::vector<std::string> names{target.prefix + "-" + source.id};
  for (const std::string& name : source.by_id) {
    if (name != source.id) names.push_back(target.prefix + "-" + name);
  }
  return names;
}

bool is_clone_of_any(const std::vector<InputTarget>& targets, const std::string& clone) {
  return std::any_of(targets.begin(), targets.end(), [&](const InputTarget& target) {
    return clone.starts_with(target.prefix + "-");
  });
}

// Asked for each plan, before anything of it is done.
std::vector<DeviceName> inputs_missing(const World& world, const Seat& seat,
                                       const GuestSpec& guest) {
  const bool may_all_be_missing = std::none_of(
      seat.devices.begin(), seat.devices.end(),
      [](const DeviceSpec& spec) { return spec.transport == Transport::evdev && !spec.optional; });
  const Domain* domain = world.hypervisor.domain(guest.domain);
  if (may_all_be_missing || domain == nullptr) return {};
  std::set<std::string> read;
  for (const EvdevInput& input : domain->inputs) read.insert(input.path);
  std::map<DeviceName, bool> devices;  // is any node of it read?
  const InputTarget target{guest.name, guest.domain.str(), {}};
  for (const InputSource& source : input_sources(world, seat)) {
    const DeviceSpec* spec = seat.device(source.device);
    if (spec == nullptr || spec->optional) continue;
    devices[source.device] = devices[source.device] || is_read_by(target, source, read);
  }
  std::vector<DeviceName> missing;
  for (const auto& [device, is_read] : devices) {
    if (!is_read) missing.push_back(device);
  }
  return missing;
}

}  // namespace hotseat
