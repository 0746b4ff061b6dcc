// What the doors (D-Bus today; sockets and hooks later) may ask of the app.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "domain/plan.h"
#include "domain/report.h"
#include "domain/seat.h"
#include "domain/world.h"

namespace hotseat::app {

enum class SeatState {
  starting,  // the first look at the world is not complete
  idle,
  switching,
  degraded,  // idle, but something is missing or wrong: see the problems
};

struct Status {
  SeatState state = SeatState::idle;
  World world;
  const Seat* seat = nullptr;
  std::optional<SwitchReport> current;  // while switching
  std::optional<SwitchReport> last;     // the last one that ended
  std::vector<std::string> problems;    // what is missing or wrong, for a person
};

// Loop thread only.
class Service {
 public:
  using Answer = std::function<void(const SwitchReport&)>;

  virtual ~Service() = default;

  // Moves the seat. `target` as resolve_target() takes it. The answer comes when the switch has
  // ended, one way or another (never from inside the call). A request for the target a running
  // switch already goes to joins it; another one waits for it, replacing one that waited before
  // (which is answered as refused).
  virtual void request_switch(const std::string& target, const std::string& who, Answer answer) = 0;
  virtual void request_next(const std::string& who, Answer answer) = 0;
  // Back to the host, now: a running switch to a guest is called off and undone first.
  virtual void request_release(const std::string& who, Answer answer) = 0;

  virtual tl::expected<Plan, Refusal> dry_run(const std::string& target) const = 0;
  virtual Status status() const = 0;
  // Reads the configuration again. Refused with a clear error; the running one then stays.
  virtual Expected<std::vector<std::string>> reload() = 0;
};

const char* to_string(SeatState state);

}  // namespace hotseat::app
