#include "adapters/evdev/clone_rack.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace hotseat::adapters::evdev {

namespace {

// sd_pid_notify_with_fds(3): a name has no ':' and no control characters; a domain's may. FNV-1a.
std::string stored_name(const CloneIdentity& identity) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : phys_of(identity)) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "clone-%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

}  // namespace

CloneRack::CloneRack(CloneStore& store, std::filesystem::path by_id)
    : store_(store), links_(std::move(by_id)) {}

void CloneRack::adopt(std::vector<UniqueFd> kept) {
  for (UniqueFd& fd : kept) {
    auto clone = Clone::adopt(std::move(fd));
    if (!clone) continue;
    clone->release_everything();
    const std::string name = clone->identity().name;
    clones_[name] = std::move(clone);
  }
  names_.reset();
}

Expected<CloneRack::Found> CloneRack::get(const CloneIdentity& identity, const libevdev* source) {
  auto found = clones_.find(identity.name);
  if (found != clones_.end() && found->second->identity() != identity) {
    return fail({"make the virtual input device", identity.name,
                 "there is one of this name, and it is somebody else's", ""});
  }
  if (found != clones_.end()) return Found{found->second.get(), false};
  auto made = Clone::create(identity, source);
  if (!made) return fail(made.error());
  Clone* clone = made->get();
  clones_[identity.name] = std::move(*made);
  names_.reset();
  store_.keep(stored_name(identity), clone->fd());
  return Found{clone, true};
}

Expected<void> CloneRack::link(const Clone& clone, const std::vector<std::string>& names) {
  std::set<std::string>& linked = linked_[clone.identity().name];
  for (const std::string& name : names) {
    if (auto set = links_.set(name, clone.node()); !set) return set;
    linked.insert(name);
  }
  return {};
}

void CloneRack::remove(const std::string& name) {
  const auto found = clones_.find(name);
  if (found == clones_.end()) return;
  for (const std::string& link : linked_[name]) links_.remove(link, found->second->node());
  linked_.erase(name);
  take_out(name);
}

std::unique_ptr<Clone> CloneRack::take_out(const std::string& name) {
  auto clone = std::move(clones_.extract(name).mapped());
  store_.forget(stored_name(clone->identity()));
  names_.reset();
  return clone;
}

CloneNames CloneRack::names() {
  if (!names_) {
    std::vector<std::string> names;
    for (const auto& [name, clone] : clones_) names.push_back(name);
    names_.emplace(std::move(names));
  }
  return *names_;
}

}  // namespace hotseat::adapters::evdev
