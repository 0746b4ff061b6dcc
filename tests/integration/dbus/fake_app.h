// An app that does what the test says, behind the door under test.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/service.h"
#include "ports/clock.h"
#include "ports/reports.h"

namespace hotseat::test {

// Has a host, the guests win11 and zorg, a keyboard and a monitor. A switch takes one step and ends
// with `outcome`, in a later turn of the loop.
class FakeApp : public app::Service {
 public:
  FakeApp(ports::Clock& clock, ports::Reports& reports);

  void request_switch(const std::string& target, const std::string& who, Answer answer) override;
  void request_next(const std::string& who, Answer answer) override;
  void request_release(const std::string& who, Answer answer) override;
  void refuse_request(const std::string& target, const std::string& who, const Refusal& refusal,
                      app::Audience heard_by, Answer answer) override;
  void prepare_guest(const app::GuestNotice& notice, Verdict verdict) override;
  void guest_ended(const DomainName& domain, const std::string& who) override;
  void door_problem(const std::string& door, const std::string& problem) override;
  tl::expected<Plan, Refusal> dry_run(const std::string& target) const override;
  app::Status status() const override { return now; }
  const World& world() const override { return now.world; }
  const Seat& seat() const override { return configured; }
  Expected<std::vector<std::string>> reload() override { return reload_answer; }

  // Tells that the status is another; the test changes `now` before.
  void announce() { reports_.status_changed(); }

  Seat configured;
  app::Status now;
  Outcome outcome = Outcome::done;
  bool dies = false;  // the answer never comes, like that of a daemon that was killed
  std::function<void()> when_asked = [] {};
  Expected<std::vector<std::string>> reload_answer = std::vector<std::string>{};
  Expected<void> preparation;        // what prepare_guest() answers
  std::vector<std::string> notices;  // of guests: "zorg reads /dev/input/by-id/zorg-keyboard"
  std::map<std::string, std::string> door_problems;
  std::vector<std::string> requests;  // "switch win11", in the order they came in
  std::vector<std::string> callers;

 private:
  void request(const std::string& what, const TargetName& target, const std::string& who,
               Answer answer);
  void carry_out(SwitchReport report, const Answer& answer);
  SwitchReport finished(SwitchReport report) const;

  ports::Clock& clock_;
  ports::Reports& reports_;
  SwitchId next_id_ = 1;
  std::vector<std::unique_ptr<ports::Timer>> soon_;
};

}  // namespace hotseat::test
