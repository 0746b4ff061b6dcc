#include "domain/guest_inputs.h"

#include <algorithm>

#include "domain/input_setup.h"

namespace hotseat {

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "receiver", or "receiver-1b" for the second node of its interface 1 (SetupMaker::add_device).
bool is_id_of(const DeviceSpec& spec, std::string_view id) {
  if (!id.starts_with(spec.name.str())) return false;
  id.remove_prefix(spec.name.str().size());
  if (id.starts_with('-'))
    id.remove_prefix(std::min(id.find_first_not_of("0123456789", 1), id.size()));
  return id.empty() || (id.size() == 1 && id[0] >= 'b' && id[0] <= 'z');
}

class CloneSearch {
 public:
  CloneSearch(const World& world, const Seat& seat, const GuestSpec& guest)
      : world_(world),
        seat_(seat),
        target_{guest.name, guest.domain.str(), {}},
        sources_(input_sources(world, seat)) {}

  Expected<Clones> find(const std::string& path, const std::string& device) const {
    const std::string name = target_.prefix + "-" + device;
    for (const InputSource& source : sources_) {
      const auto names = clone_names(target_, source);
      if (holds(names, name)) return of_source(source, names.front(), path);
    }
    // What may be away may also be away when the guest starts, if its clone is there for it to
    // open.
    const DeviceSpec* spec = device_with(device);
    if (spec != nullptr && spec->optional && world_.router.clones.contains(name)) {
      return Clones::there;
    }
    return fail({"start " + target_.prefix, path, device + " is not plugged in",
                 "plug it in, or take the input out of the domain: virsh edit " + target_.prefix});
  }

 private:
  // Of this name; or else with such a node.
  const DeviceSpec* device_with(const std::string& id) const {
    if (const DeviceSpec* spec = seat_.device(DeviceName{id})) return spec;
    const auto found =
        std::find_if(seat_.devices.begin(), seat_.devices.end(), [&](const DeviceSpec& spec) {
          return spec.transport == Transport::evdev && is_id_of(spec, id);
        });
    return found == seat_.devices.end() ? nullptr : &*found;
  }

  Expected<Clones> of_source(const InputSource& source, const std::string& main_name,
                             const std::string& path) const {
    for (const SourceStatus& status : world_.router.sources) {
      if (status.id != source.id || status.state != SourceState::failed) continue;
      return fail({"start " + target_.prefix, path,
                   source.device.str() + " cannot be forwarded: " + status.problem,
                   "hotseat status tells more"});
    }
    return world_.router.clones.contains(main_name) ? Clones::there : Clones::being_made;
  }

  const World& world_;
  const Seat& seat_;
  InputTarget target_;
  std::vector<InputSource> sources_;
};

bool is_physical(const World& world, std::string_view path) {
  const std::string name(path.substr(kByIdDirectory.size()));
  return std::any_of(world.inputs.begin(), world.inputs.end(),
                     [&](const InputNode& node) { return holds(node.by_id, name); });
}

std::optional<std::string> device_asked_for(const World& world, std::string_view path,
                                            const DomainName& domain) {
  auto device = clone_asked_for(path, domain);
  if (device && is_physical(world, path)) device.reset();
  return device;
}

}  // namespace

std::optional<std::string> clone_asked_for(std::string_view path, const DomainName& domain) {
  const std::string prefix = std::string(kByIdDirectory) + domain.str() + "-";
  if (!path.starts_with(prefix) || path.size() == prefix.size()) return std::nullopt;
  return std::string(path.substr(prefix.size()));
}

bool asks_for_clones(const World& world, const DomainName& domain,
                     const std::vector<EvdevInput>& inputs) {
  return std::any_of(inputs.begin(), inputs.end(), [&](const EvdevInput& input) {
    return device_asked_for(world, input.path, domain).has_value();
  });
}

Expected<Clones> clones_for(const World& world, const Seat& seat, const DomainName& domain,
                            const std::vector<EvdevInput>& inputs) {
  const GuestSpec* guest = seat.guest_by_domain(domain);
  std::optional<CloneSearch> search;
  Clones all = Clones::there;
  for (const EvdevInput& input : inputs) {
    const auto device = device_asked_for(world, input.path, domain);
    if (!device) continue;
    if (guest == nullptr) {
      return fail({"start " + domain.str(), input.path, "the domain is no guest of this seat",
                   "add [guest.NAME] with domain = \"" + domain.str() +
                       "\" to hotseat.toml; with [compat] vfio_kvm = true no domain needs that"});
    }
    if (!search) search.emplace(world, seat, *guest);
    auto found = search->find(input.path, *device);
    if (!found) return found;
    if (*found == Clones::being_made) all = Clones::being_made;
  }
  return all;
}

}  // namespace hotseat
