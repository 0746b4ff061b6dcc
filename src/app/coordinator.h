// The one writer of who has the seat: takes requests, watches the world, runs one plan at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/execution.h"
#include "app/homecoming.h"
#include "app/service.h"
#include "domain/input_setup.h"
#include "domain/plan.h"
#include "domain/report.h"
#include "domain/seat.h"
#include "domain/shortcuts.h"
#include "domain/world.h"
#include "ports/reports.h"

namespace hotseat::app {

// Loop thread only. The ports, the reports and the clock outlive it.
class Coordinator : public Service {
 public:
  using LoadSeat = std::function<Expected<Seat>()>;

  // Starts observing at once; `load` is what reload() reads the configuration with.
  Coordinator(Seat seat, Ports ports, ports::Reports& reports, LoadSeat load);
  Coordinator(const Coordinator&) = delete;
  Coordinator& operator=(const Coordinator&) = delete;
  ~Coordinator() override;

  void request_switch(const std::string& target, const std::string& who, Answer answer) override;
  void request_next(const std::string& who, Answer answer) override;
  void request_release(const std::string& who, Answer answer) override;
  void refuse_request(const std::string& target, const std::string& who, const Refusal& refusal,
                      Audience heard_by, Answer answer) override;
  void prepare_guest(const GuestNotice& notice, Verdict verdict) override;
  void guest_ended(const DomainName& domain, const std::string& who) override;
  void door_problem(const std::string& door, const std::string& problem) override;
  tl::expected<Plan, Refusal> dry_run(const std::string& target) const override;
  Status status() const override;
  const World& world() const override { return world_; }
  const Seat& seat() const override { return *seat_; }
  Expected<std::vector<std::string>> reload() override;

 private:
  struct Request {
    std::string target;  // as the user said it; resolved when its turn comes
    std::string cause;
    std::string who;
    std::vector<Answer> answers;
    ports::Instant asked;
    bool next = false;     // target is found when its turn comes
    bool release = false;  // nothing may hold it up: no required command, no rule
  };
  // The one plan being carried out.
  struct Run {
    Run();  // out of line: clang cannot see through the initializers from inside this class
    SwitchReport report;
    std::vector<Answer> answers;
    ports::Instant asked;
    bool following = false;    // carried through whatever fails: release, or following the world
    bool coming_home = false;  // the undo failed, or there is nobody to go back to
    bool target_ran = false;   // the target guest was seen running
    std::optional<ports::Instant> latest;  // a release: libvirt is not waited for any longer
    std::unique_ptr<Execution> execution;
    std::unique_ptr<Homecoming> homecoming;
  };

  // coordinator.cpp: requests and the run
  void submit(Request request);
  void make_way_for_release();
  void begin(Request request);
  void launch(Plan plan, Request request, bool following);
  void execute(Plan plan);
  void input_moved();
  void execution_ended();
  void come_home(std::string why);
  World as_ordered() const;
  void take_home_by_force(std::function<void(const std::vector<Error>&)> then);
  void conclude_at_home(const std::vector<Error>& problems);
  void conclude();
  void next_in_line();
  void refuse(Request request, const Refusal& refusal, Audience heard_by = Audience::everybody);
  void answer_soon(std::vector<Answer> answers, SwitchReport report);
  void set_owner(const TargetName& owner);

  // preparing.cpp: guests that are about to start
  struct Preparation {
    GuestNotice notice;
    Verdict verdict;
    std::unique_ptr<ports::Timer> look;   // the first look, in a turn of its own
    std::unique_ptr<ports::Timer> limit;  // it takes no longer
  };
  using PreparationNumber = std::uint64_t;
  void look_at_preparation(PreparationNumber number);
  void look_at_preparations();
  void end_preparation(PreparationNumber number, const Expected<void>& result);
  void forget_announced();

  // following.cpp: keeping up with the world
  void observe();
  void admit_guests();
  void configure_router();
  void offer_shortcuts();
  void pressed(const Hotkey& hotkey);
  void world_changed();
  void router_changed();
  bool first_look_complete() const {
    return usb_seen_ && hypervisor_seen_ && (inputs_seen_ || !routes_input(*seat_));
  }
  void adopt_owner();
  void refresh_drivers();
  void watch_run();
  bool home_before_going_on();
  void follow_world();
  bool leave_dead_owner();
  bool bring_strays();
  void bring_orphans();
  DevicesByAddress orphans() const;
  bool bring_monitors();
  void follow(Plan plan, const std::string& cause);
  void try_again_later();
  std::vector<std::string> problems() const;

  std::shared_ptr<const Seat> configured_;
  std::vector<DomainName> admitted_;  // guests that the configuration does not name
  std::shared_ptr<const Seat> seat_;  // with these
  Ports ports_;
  ports::Reports& reports_;
  LoadSeat load_;

  World world_;
  bool usb_seen_ = false;
  bool hypervisor_seen_ = false;
  bool adopted_ = false;  // the owner has been told from a world that libvirt was part of
  bool inputs_seen_ = false;
  std::optional<InputSetup> setup_;          // what the router was told last
  std::optional<Shortcuts> shortcuts_;       // likewise
  std::vector<std::string> input_problems_;  // what it cannot be told
  std::set<MonitorName> monitors_checked_;   // since they (re)appeared

  std::optional<Run> run_;
  std::optional<Request> waiting_;
  std::optional<SwitchReport> last_;
  std::map<PreparationNumber, Preparation> preparations_;
  PreparationNumber next_preparation_ = 1;
  std::map<std::string, std::string> door_problems_;  // by door
  std::vector<std::string> stuck_;                    // what could not be brought where it belongs
  SwitchId next_id_ = 1;

  DevicesByAddress orphans_tried_;  // devices nobody drives; each is brought home once
  std::unique_ptr<Homecoming> orphans_coming_;
  std::unique_ptr<ports::Timer> orphan_grace_;
  std::optional<Plan> last_tried_;  // bringing strays; the same plan again waits for retry_
  Milliseconds backoff_{0};
  std::unique_ptr<ports::Timer> retry_;
  std::map<SwitchId, std::unique_ptr<ports::Timer>> answering_;  // by report id
  // Alive until their callbacks have returned.
  std::vector<std::unique_ptr<Execution>> ended_executions_;
  std::unique_ptr<ports::Timer> clearing_;
  std::unique_ptr<Homecoming> ended_homecoming_;  // likewise
  std::shared_ptr<Coordinator*> self_;            // callbacks of the ports hold it weakly
};

}  // namespace hotseat::app
