// Hands reports on to every listener, a little later: what is to be done goes before telling of it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "ports/clock.h"
#include "ports/reports.h"

namespace hotseat::app {

// Loop thread only. Listeners outlive it and are told in order, in a later turn of the loop.
class ReportQueue : public ports::Reports {
 public:
  ReportQueue(ports::Clock& clock, std::vector<ports::Reports*> listeners);

  void switch_started(const SwitchReport& report) override;
  void step_changed(SwitchId id, const StepReport& step) override;
  void switch_ended(const SwitchReport& report) override;
  void status_changed() override;  // several within one turn are told once
  void notice(const std::string& text) override;

 private:
  using Telling = std::function<void(ports::Reports&)>;
  void queue(Telling telling);
  void flush();

  ports::Clock& clock_;
  std::vector<ports::Reports*> listeners_;
  std::deque<Telling> waiting_;
  bool status_queued_ = false;
  std::unique_ptr<ports::Timer> timer_;
};

}  // namespace hotseat::app
