// What is told about a switch while it runs and when it ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/name.h"
#include "domain/plan.h"

namespace hotseat {

using SwitchId = std::uint64_t;

enum class Outcome {
  done,           // everything worked
  done_warnings,  // the seat moved; something optional (a monitor, a command) did not follow
  rolled_back,    // failed; the seat is where it was, or at the host (see `owner`)
  failed,         // failed, and undoing it failed too: what is where is in `problems`
  refused,        // by a rule; nothing was touched
};

enum class StepState { waiting, running, done, failed, skipped, undone, undo_failed };

struct StepReport {
  StepIndex index = 0;
  std::string kind;  // kind_of(action)
  std::string text;  // describe(action)
  StepState state = StepState::waiting;
  std::chrono::microseconds started{0};  // since the request
  std::chrono::microseconds took{0};
  std::string detail;  // progress, or why it failed
  bool operator==(const StepReport&) const = default;
};

struct SwitchReport {
  SwitchId id = 0;
  TargetName from;
  TargetName to;      // what was asked for
  TargetName owner;   // who has the seat now
  std::string cause;  // "request", "guest stopped", "device plugged in", "recovery", …
  std::string who;    // who asked, for the log
  Outcome outcome = Outcome::done;
  std::optional<Refusal> refusal;
  std::vector<StepReport> steps;
  std::vector<std::string> notes;
  std::vector<std::string> warnings;
  std::vector<Error> problems;
  std::chrono::microseconds input_moved{0};  // request → the seat has moved; 0 if it did not
  std::chrono::microseconds took{0};
  bool operator==(const SwitchReport&) const = default;
};

// The seat is where it was wanted.
bool has_moved(const SwitchReport& report);
// Why it is not, for a person.
std::string reason_of(const SwitchReport& report);

const char* to_string(Outcome outcome);
const char* to_string(StepState state);

}  // namespace hotseat
