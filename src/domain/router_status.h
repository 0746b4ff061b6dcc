// What the input router does just now.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/name.h"

namespace hotseat {

enum class SourceState {
  waiting,  // to be grabbed as soon as nobody holds a key of it: a release must not be lost
  routed,   // grabbed; what it says goes to one target
  let_go,   // not grabbed: the release chord was pressed twice
  failed,   // see the problem; the host has it as if there were no hotseat
};

struct SourceStatus {
  std::string id;  // InputSource::id
  DeviceName device;
  std::string node;
  SourceState state = SourceState::waiting;
  std::string problem;
  bool operator==(const SourceStatus&) const = default;
};

// The main names of the clones that are there: "win11-keyboard". They seldom change, and are told
// of at every switch, hundreds of them if there are many guests: copies share them.
class CloneNames {
 public:
  CloneNames() = default;
  explicit CloneNames(std::vector<std::string> names);
  const std::vector<std::string>& all() const;
  bool contains(const std::string& name) const;
  bool operator==(const CloneNames& other) const;

 private:
  std::shared_ptr<const std::vector<std::string>> names_;  // none: there are no clones
};

struct RouterStatus {
  TargetName route{"host"};  // where events go
  bool let_go = false;  // every device is the host's own again, until the seat moves to a guest
  std::vector<SourceStatus> sources;
  CloneNames clones;
  std::vector<std::string> problems;  // no permission on uinput, no real-time priority, …
  bool operator==(const RouterStatus&) const = default;
};

const char* to_string(SourceState state);

}  // namespace hotseat
