// What hotseat-guest is asked, and what it answers, as JSON.
#pragma once

#include <chrono>
#include <string>

#include "apps/guest/result.h"

namespace hotseat::guest {

struct Reply {
  Status status = Status::done;
  std::string document;
};

// {"action": "propose-inputs", "uri", "domain", "nodes": [[path, other name…], …]}
// {"action": "propose-undo", "uri", "domain", "backups": directory}
//   → {"domain", "running", "added", "changes": bool, "diff", "changed_since": bool,
//      "changes_since": diff, "proposal": {…}}
// {"action": "make", "uri", "backups", "proposal": as it was answered}
//   → {"backup": path}
// A failure → {"error": {"context", "object", "reason", "hint"}, "known": […]}
Reply answer(const std::string& request, std::chrono::system_clock::time_point now);

}  // namespace hotseat::guest
