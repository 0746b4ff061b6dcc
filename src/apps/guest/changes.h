// Changes of a domain's persistent definition: proposed, so that a person can see them first, then
// made.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "apps/guest/backups.h"
#include "apps/guest/libvirt.h"
#include "apps/guest/result.h"

namespace hotseat::guest {

struct Proposal {
  std::string name;
  std::string uuid;
  bool running = false;
  std::string before;  // it is made only if the definition is still this
  std::string after;
  std::vector<std::string> added;  // paths of inputs
  std::string undoes;              // name of a backup
  // Undoing: what has changed since hotseat's change and would be lost.
  bool changed_since = false;
  std::string changes_since;  // as a diff

  bool changes_nothing() const;
  std::string diff() const;
};

// The names of one evdev node under /dev/input/by-id, the main one first.
using NodeNames = std::vector<std::string>;

// Adds the main one of each that the domain does not read under any of its names.
Result<Proposal> propose_inputs(const Libvirt& libvirt, const std::string& domain,
                                const std::vector<NodeNames>& nodes);
// Goes back to before the latest change. Changes nothing when there is none.
Result<Proposal> propose_undo(const Libvirt& libvirt, const std::string& domain,
                              const Backups& backups);

// Returns the path of the backup. Refuses when the definition is not what it was.
Result<std::string> make(const Libvirt& libvirt, const Proposal& proposal, const Backups& backups,
                         std::chrono::system_clock::time_point now);

}  // namespace hotseat::guest
