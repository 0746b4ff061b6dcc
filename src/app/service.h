// What the doors (D-Bus, libvirt's hook) may ask of the app.
#pragma once

#include <functional>
#include <memory>
#include <optional>
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
  std::shared_ptr<const Seat> seat;
  std::optional<SwitchReport> current;  // while switching
  std::optional<SwitchReport> last;     // the last one that ended
  std::vector<std::string> problems;    // what is missing or wrong, for a person
  // Of the seat: is it the same one? A configuration that is read again is another.
  bool operator==(const Status&) const = default;
};

// How long prepare_guest() takes at most: less than its caller, the hook, has in all.
inline constexpr Milliseconds kPreparing{2'500};

// What libvirt's hook tells of a domain that is about to start.
struct GuestNotice {
  DomainName domain;
  std::vector<EvdevInput> inputs;
};

// Who is told of a request that was refused.
enum class Audience { everybody, requester };

// Loop thread only.
class Service {
 public:
  using Answer = std::function<void(const SwitchReport&)>;
  using Verdict = std::function<void(const Expected<void>&)>;

  virtual ~Service() = default;

  // Moves the seat. `target` as resolve_target() takes it. The answer comes when the switch has
  // ended, one way or another (never from inside the call). A request for the target a running
  // switch already goes to joins it; another one waits for it, replacing one that waited before
  // (which is answered as refused).
  virtual void request_switch(const std::string& target, const std::string& who, Answer answer) = 0;
  virtual void request_next(const std::string& who, Answer answer) = 0;
  // Back to the host, now: a running switch to a guest is called off and undone first.
  virtual void request_release(const std::string& who, Answer answer) = 0;

  // Somebody asked who may not: nothing is done. Everybody who listens is told, as of any switch
  // that is refused, or the requester alone: who asks in vain again and again is nobody's business.
  virtual void refuse_request(const std::string& target, const std::string& who,
                              const Refusal& refusal, Audience heard_by, Answer answer) = 0;

  // May the guest start? Answered, never from inside the call and within kPreparing, once the
  // clones that it names are there, or with what is missing. libvirt waits meanwhile, and is not
  // called.
  virtual void prepare_guest(const GuestNotice& notice, Verdict verdict) = 0;
  // The domain has ended: if it has the seat, the seat comes home. libvirt tells so too, later.
  virtual void guest_ended(const DomainName& domain, const std::string& who) = 0;
  // What a door to the outside lacks, for the problems of the status; empty when all is well again.
  virtual void door_problem(const std::string& door, const std::string& problem) = 0;

  virtual tl::expected<Plan, Refusal> dry_run(const std::string& target) const = 0;
  virtual Status status() const = 0;
  // Of the status, without a copy; until the next turn of the loop.
  virtual const World& world() const = 0;
  virtual const Seat& seat() const = 0;
  // Reads the configuration again. Refused with a clear error; the running one then stays.
  virtual Expected<std::vector<std::string>> reload() = 0;
};

const char* to_string(SeatState state);

}  // namespace hotseat::app
