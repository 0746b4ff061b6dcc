// The simulated libvirt daemon: takes operations on guests, one at a time per guest, and forgets
// them when it is restarted, though what it told QEMU already may still happen.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "domain/world.h"
#include "ports/completion.h"
#include "sim/agenda.h"
#include "sim/bell.h"
#include "sim/machines.h"
#include "sim/pace.h"

namespace hotseat::sim {

enum class Operation { start, attach, detach };

// What goes wrong with one operation.
struct Fault {
  enum class Kind {
    refused,     // answers with an error, changes nothing
    lost,        // changes nothing and never answers
    stuck,       // as lost, and holds up what comes after it until the guest or the daemon ends
    late,        // works, `delay` later than it should
    unanswered,  // works, but the answer never comes
  };
  Kind kind = Kind::refused;
  std::string reason = "internal error: the monitor said no";
  ports::Duration delay{};
};

class Libvirtd {
 public:
  Libvirtd(ports::Clock& clock, Pace& pace, Machines& machines);

  bool is_up() const { return up_; }
  void go_down();
  void come_up();
  void restart();  // both, a moment apart

  // The next operation of this kind goes wrong like this; several queue up.
  void fault_next(Operation operation, Fault fault);
  void clear_faults() { faults_.clear(); }

  // Only while it is up. An answer never comes from inside the call, and after the daemon went down
  // it never comes at all.
  void start(const DomainName& domain, const std::function<void(const std::string&)>& progress,
             ports::Done answer);
  void attach(const DomainName& domain, const UsbAddress& address, const std::string& alias,
              ports::Done answer);
  void detach(const DomainName& domain, const std::string& alias, ports::Done answer);

  // Went down or came up.
  [[nodiscard]] Listening listen(std::function<void()> changed) {
    return bell_.listen(std::move(changed));
  }

 private:
  struct Job {
    Operation operation;
    ports::Duration before;  // until it takes effect
    ports::Duration after;   // from there until the answer
    std::function<Expected<void>()> effect;
    ports::Done answer;
    Agenda::Entry next = 0;  // of the job under way: its effect, then its answer
  };
  using JobPtr = std::shared_ptr<Job>;

  void submit(const DomainName& domain, Job job);
  void begin_next(const DomainName& domain);
  void begin(const DomainName& domain, const JobPtr& job);
  void take_effect(const DomainName& domain, const JobPtr& job, bool answers);
  void finish(const DomainName& domain, const JobPtr& job, const Expected<void>& result);
  void fail_jobs(const DomainName& domain);
  std::optional<Fault> take_fault(Operation operation);

  Pace& pace_;
  Machines& machines_;
  bool up_ = true;
  std::map<Operation, std::deque<Fault>> faults_;
  std::map<DomainName, std::deque<JobPtr>> jobs_;  // the first of each is under way
  Bell<> bell_;
  Agenda agenda_;
  Listening ends_;
};

}  // namespace hotseat::sim
