#include "domain/plan_devices.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "domain/input_setup.h"

namespace hotseat {

namespace {

constexpr std::string_view kPrefix{kAliasPrefix};

bool is_ours(const UsbAttachment& attachment) {
  return attachment.alias.compare(0, kPrefix.size(), kPrefix) == 0;
}

DeviceName device_of(const UsbAttachment& attachment) {
  return DeviceName{attachment.alias.substr(kPrefix.size())};
}

// Every hold on this very device, whoever made it. What the host drives all the same is held in
// name only: the kernel took it back.
std::vector<Holding> holdings_of(const World& world, const UsbDevice& device) {
  const UsbAddress& address = device.address;
  const bool in_name_only = device.driver == UsbDriver::host;
  std::vector<Holding> holdings;
  for (const Domain& domain : world.hypervisor.domains) {
    for (const UsbAttachment& attachment : domain.usb) {
      if (attachment.address == address) {
        holdings.push_back({domain.name, address, attachment.alias, in_name_only});
      }
    }
  }
  return holdings;
}

std::string listed(const std::vector<const UsbDevice*>& devices) {
  std::string text;
  for (const UsbDevice* device : devices) {
    if (!text.empty()) text += ", ";
    text += to_string(device->id) + " on port " + device->port;
  }
  return text;
}

std::string listed(const std::vector<const InputNode*>& nodes) {
  std::string text;
  for (const InputNode* node : nodes) {
    if (!text.empty()) text += ", ";
    text += node->name + " (" + node->node + ")";
  }
  return text;
}

class DevicePlanner {
 public:
  DevicePlanner(const World& world, const Seat& seat, const TargetName& target, Leniency leniency)
      : world_(world), seat_(seat), leniency_(leniency) {
    if (const GuestSpec* guest = seat.guest(target)) into_ = guest->domain;
  }

  tl::expected<DeviceMoves, Refusal> run() {
    if (!world_.hypervisor.connected) {
      // Only the way home gets here. Holds are ended when libvirt is back; the devices themselves
      // are taken back through the kernel.
      result_.notes.push_back("libvirt is away: guests cannot be asked to let go of devices");
      return std::move(result_);
    }
    for (const DeviceSpec& spec : seat_.devices) {
      if (spec.transport == Transport::evdev) {
        if (auto refusal = routed(spec)) return tl::make_unexpected(*refusal);
        continue;
      }
      auto refusal = into_ ? to_guest(spec) : to_host(spec);
      if (refusal) return tl::make_unexpected(*refusal);
    }
    drop_leftovers();
    return std::move(result_);
  }

 private:
  // Everything that matches comes home, ambiguous or not: nothing may stay behind.
  std::optional<Refusal> to_host(const DeviceSpec& spec) {
    for (const UsbDevice* device : resolve(world_, spec)) {
      auto holdings = holdings_of(world_, *device);
      if (holdings.empty() || !claim(spec, *device)) continue;
      result_.moves.push_back({spec.name, std::move(holdings), {}, device->address, true});
    }
    return std::nullopt;
  }

  std::optional<Refusal> to_guest(const DeviceSpec& spec) {
    auto devices = resolve(world_, spec);
    if (devices.empty()) return absent(spec);
    if (devices.size() > 1) {
      return ambiguous(spec, listed(devices));
    }
    const UsbDevice& device = *devices.front();
    if (const DeviceSpec* forwarded = forwarded_as(spec)) {
      return refuse_or_note(
          {Rule::device_claimed_twice,
           to_string(device.id) + " on port " + device.port + " is both " + forwarded->name.str() +
               ", which is forwarded, and " + spec.name.str() + ", which moves as a whole",
           "tell them apart by serial or port"},
          spec.optional);
    }
    if (!claim(spec, device)) {
      return refuse_or_note({Rule::device_claimed_twice,
                             to_string(device.id) + " on port " + device.port + " is both " +
                                 claimed_[device.address].str() + " and " + spec.name.str(),
                             "tell them apart by serial or port"});
    }
    auto holdings = holdings_of(world_, device);
    const bool there = std::any_of(holdings.begin(), holdings.end(), [&](const Holding& held) {
      return held.domain == *into_ && !held.stale;
    });
    if (there) return std::nullopt;
    if (device.driver == UsbDriver::none && holdings.empty()) {
      // Attaching between udev `add` and `bind` fails; it follows by itself once it is bound.
      result_.notes.push_back(spec.name.str() + " is still settling; it follows in a moment");
      return std::nullopt;
    }
    add_stale(spec, holdings);
    result_.moves.push_back(
        {spec.name, std::move(holdings), into_, device.address, !spec.optional});
    return std::nullopt;
  }

  // Moved as a USB device it would be gone from who forwards it.
  const DeviceSpec* forwarded_as(const DeviceSpec& spec) const {
    const auto nodes = resolve_inputs(world_, spec);
    const auto is_its = [&](const DeviceSpec& other) {
      if (other.transport != Transport::evdev || other.optional) return false;  // it may go
      const auto others = resolve_inputs(world_, other);
      return are_one_piece(others) && std::find_first_of(nodes.begin(), nodes.end(), others.begin(),
                                                         others.end()) != nodes.end();
    };
    const auto found = std::find_if(seat_.devices.begin(), seat_.devices.end(), is_its);
    return nodes.empty() || found == seat_.devices.end() ? nullptr : &*found;
  }

  // It does not move; but a seat without its keyboard is no seat.
  std::optional<Refusal> routed(const DeviceSpec& spec) {
    if (!into_) return std::nullopt;
    const auto nodes = resolve_inputs(world_, spec);
    if (nodes.empty()) return absent(spec);
    if (are_one_piece(nodes)) return std::nullopt;
    return ambiguous(spec, listed(nodes));
  }

  std::optional<Refusal> absent(const DeviceSpec& spec) {
    if (spec.optional) {
      result_.notes.push_back(spec.name.str() + " is not plugged in; skipped");
      return std::nullopt;
    }
    return refuse_or_note({Rule::device_absent, spec.name.str() + " is not plugged in",
                           "plug it in, or set optional = true for it"});
  }

  std::optional<Refusal> ambiguous(const DeviceSpec& spec, const std::string& found) {
    return refuse_or_note(
        {Rule::device_ambiguous, spec.name.str() + " matches several devices: " + found,
         spec.transport == Transport::evdev ? "add serial, port or by_id to its match"
                                            : "add serial or port to its match"});
  }

  std::optional<Refusal> refuse_or_note(Refusal refusal, bool optional = false) {
    if (leniency_ == Leniency::refuse && !optional) return refusal;
    result_.notes.push_back(refusal.reason);
    return std::nullopt;
  }

  bool claim(const DeviceSpec& spec, const UsbDevice& device) {
    return claimed_.emplace(device.address, spec.name).second;
  }

  bool is_stale(const UsbAttachment& attachment) const {
    return is_ours(attachment) && world_.device_at(attachment.address) == nullptr;
  }

  // The alias must be free again before the same device can be attached under it.
  void add_stale(const DeviceSpec& spec, std::vector<Holding>& holdings) {
    for (const Domain& domain : world_.hypervisor.domains) {
      for (const UsbAttachment& attachment : domain.usb) {
        if (!is_stale(attachment) || device_of(attachment) != spec.name) continue;
        holdings.push_back({domain.name, attachment.address, attachment.alias, true});
        dropped_.emplace_back(domain.name, attachment.alias);
      }
    }
  }

  // What we once attached and has no device any more, or belongs to no [[device]] any more.
  void drop_leftovers() {
    for (const Domain& domain : world_.hypervisor.domains) {
      for (const UsbAttachment& attachment : domain.usb) {
        if (!is_ours(attachment)) continue;
        const DeviceSpec* spec = seat_.device(device_of(attachment));
        const bool known = spec != nullptr && spec->transport == Transport::usb;
        if (known && !is_stale(attachment)) continue;
        std::pair<DomainName, std::string> hold{domain.name, attachment.alias};
        if (std::find(dropped_.begin(), dropped_.end(), hold) != dropped_.end()) continue;
        const bool stale = is_stale(attachment);
        result_.moves.push_back({device_of(attachment),
                                 {{domain.name, attachment.address, attachment.alias, stale}},
                                 {},
                                 attachment.address,
                                 !stale});
      }
    }
  }

  const World& world_;
  const Seat& seat_;
  Leniency leniency_;
  std::optional<DomainName> into_;
  std::map<UsbAddress, DeviceName> claimed_;
  std::vector<std::pair<DomainName, std::string>> dropped_;
  DeviceMoves result_;
};

}  // namespace

std::vector<const UsbDevice*> resolve(const World& world, const DeviceSpec& spec) {
  if (spec.transport != Transport::usb) return {};
  const std::string alias = alias_of(spec.name);
  auto held_as_this = [&](const UsbDevice& device) {
    for (const Domain& domain : world.hypervisor.domains) {
      for (const UsbAttachment& attachment : domain.usb) {
        if (attachment.address == device.address && attachment.alias == alias) return true;
      }
    }
    return false;
  };
  std::vector<const UsbDevice*> found;
  for (const UsbDevice& device : world.usb) {
    if (matches(spec.match, device) || held_as_this(device)) found.push_back(&device);
  }
  return found;
}

tl::expected<DeviceMoves, Refusal> plan_devices(const World& world, const Seat& seat,
                                                const TargetName& target, Leniency leniency) {
  return DevicePlanner(world, seat, target, leniency).run();
}

}  // namespace hotseat
