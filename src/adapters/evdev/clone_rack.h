// All clones there are, by name; with their links and their places in the store.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/evdev/clone.h"
#include "adapters/evdev/clone_store.h"
#include "base/error.h"
#include "base/unique_fd.h"
#include "domain/router_status.h"

namespace hotseat::adapters::evdev {

// Loop thread only. The store outlives it. Destroying it leaves links and stored clones as they
// are.
class CloneRack {
 public:
  CloneRack(CloneStore& store, std::filesystem::path by_id);

  // Clones of an earlier hotseatd: nothing is held on them any more.
  void adopt(std::vector<UniqueFd> kept);

  struct Found {
    Clone* clone = nullptr;
    bool is_new = false;
  };
  // The clone of this name; made from the source when there is none yet.
  Expected<Found> get(const CloneIdentity& identity, const libevdev* source);
  // Links under these names lead to the clone.
  Expected<void> link(const Clone& clone, const std::vector<std::string>& names);
  // Out of the rack and the store; its links stay, for another of this name. Its node goes with it.
  std::unique_ptr<Clone> take_out(const std::string& name);
  // Its node is gone afterwards. Nobody may be writing to it.
  void remove(const std::string& name);

  const std::map<std::string, std::unique_ptr<Clone>>& all() const { return clones_; }
  CloneNames names();

 private:
  CloneStore& store_;
  CloneLinks links_;
  std::map<std::string, std::unique_ptr<Clone>> clones_;
  std::optional<CloneNames> names_;  // since a clone came or went: not asked for yet
  std::map<std::string, std::set<std::string>> linked_;  // by the clone's name
};

}  // namespace hotseat::adapters::evdev
