// The simulated host's programs: what the user's commands do when they are run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/seat.h"

namespace hotseat::sim {

struct ProgramRun {
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment;
};

class Programs {
 public:
  enum class Behaviour { succeeds, fails, hangs, missing };

  // Everything succeeds unless told otherwise, by path.
  void make(const std::string& path, Behaviour behaviour) { behaviours_[path] = behaviour; }
  Behaviour behaviour_of(const std::string& path) const {
    auto found = behaviours_.find(path);
    return found == behaviours_.end() ? Behaviour::succeeds : found->second;
  }

  void record(ProgramRun run) { runs_.push_back(std::move(run)); }
  const std::vector<ProgramRun>& runs() const { return runs_; }

 private:
  std::map<std::string, Behaviour> behaviours_;
  std::vector<ProgramRun> runs_;
};

}  // namespace hotseat::sim
