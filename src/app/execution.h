// Carries out one plan: independent steps in parallel, each within its deadline; when a required
// one fails, what was done is undone.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ports.h"
#include "app/step_performer.h"
#include "base/error.h"
#include "domain/plan.h"
#include "domain/report.h"
#include "ports/clock.h"

namespace hotseat::app {

// Loop thread only. Destroying it abandons it: operations under way go on in the adapters, their
// answers are dropped.
class Execution {
 public:
  enum class End {
    completed,    // every required step is done; optional ones may have warned
    undone,       // a required step failed (or it was called off) and everything was taken back
    undo_failed,  // as before, but something could not be taken back
    stopped,      // called off without undoing
  };
  struct Listener {
    std::function<void(const StepReport&)> step_changed;
    // Every step that moves input has ended, none of the required ones badly. At most once.
    std::function<void()> input_moved;
    // The execution must stay alive until this has returned.
    std::function<void()> ended;
  };
  enum class CallOff { undo, keep };

  // `asked` is when the switch was requested; step times are counted from it.
  Execution(Plan plan, Ports ports, ports::Instant asked, Listener listener);
  ~Execution();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // Listeners may be called from inside.
  void start();
  // No further step is started. Of those under way, only devices that move are waited for (each has
  // a deadline): no guest that starts, no monitor, no command of the user's.
  void call_off(CallOff how, Error why);
  // For a release that waits: devices that move, now or later, get no more time than until then.
  void hurry(ports::Instant latest);
  // Nothing has failed, and nobody has called it off.
  bool goes_forward() const { return phase_ == Phase::forward; }
  // A guest is being started, and everything that is to move waits for that.
  bool waits_for_guest() const;
  End end() const { return end_; }
  const Plan& plan() const { return plan_; }
  const std::vector<StepReport>& steps() const { return reports_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  const std::vector<Error>& problems() const { return problems_; }  // why it was undone

 private:
  enum class Phase { forward, draining, undoing, over };

  void advance();
  void start_ready_steps();
  void start_ready_undos();
  bool may_start(StepIndex index) const;
  bool may_undo(StepIndex index) const;
  bool busy() const;
  void start_step(StepIndex index);
  void start_undo(StepIndex index);
  void step_ended(StepIndex index, const Expected<void>& result);
  void undo_ended(StepIndex index, const Expected<void>& result);
  void note_input_moved();
  void skip_waiting();
  void let_go_of_all_but_devices();
  std::unique_ptr<StepPerformer> perform(const Action& action, Milliseconds deadline,
                                         StepPerformer::Progress progress, ports::Done done);
  void finish(End end);
  void set_state(StepIndex index, StepState state, std::string detail);
  std::chrono::microseconds since_asked() const;

  Plan plan_;
  Ports ports_;
  ports::Instant asked_;
  Listener listener_;
  Phase phase_ = Phase::forward;
  End end_ = End::completed;
  CallOff how_ = CallOff::undo;
  std::optional<ports::Instant> latest_;
  bool moved_ = false;
  bool undo_failed_ = false;
  std::vector<StepReport> reports_;
  std::vector<std::unique_ptr<StepPerformer>> running_;  // by step; null when not under way
  std::vector<bool> to_undo_;
  std::vector<std::string> warnings_;
  std::vector<Error> problems_;
};

}  // namespace hotseat::app
