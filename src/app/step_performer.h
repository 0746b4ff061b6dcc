// Carries out one action within its deadline and sees for itself that it worked.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/ports.h"
#include "domain/plan.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::app {

// Loop thread only. Destroying it drops the answer; what the adapters have begun goes on there.
class StepPerformer {
 public:
  using Progress = std::function<void(const std::string&)>;

  // Begins at once. `done` is called once, later, at the deadline at the latest.
  StepPerformer(Ports ports, const Action& action, Milliseconds deadline, Progress progress,
                ports::Done done);
  StepPerformer(const StepPerformer&) = delete;
  StepPerformer& operator=(const StepPerformer&) = delete;

  // The deadline comes no later than then.
  void hurry(ports::Instant latest);

 private:
  void perform(const StartGuest& step);
  void perform(const AttachUsb& step);
  void perform(const DetachUsb& step);
  void perform(const SetInput& step);
  void perform(const RunCommand& step);
  void perform(const RouteInput& step);

  ports::Done answer();  // for the port: answers only while this lives
  void finish(Expected<void> result);
  void watch_it_come_home();
  void arm_deadline();
  void out_of_time();
  Milliseconds allowed() const;

  Ports ports_;
  std::string what_;
  ports::Instant started_;
  ports::Instant deadline_;
  Progress progress_;
  ports::Done done_;
  UsbAddress coming_home_;
  int looks_ = 0;
  std::unique_ptr<ports::Timer> deadline_timer_;
  std::unique_ptr<ports::Timer> look_timer_;
  std::shared_ptr<StepPerformer*> self_;  // callbacks hold it weakly
};

}  // namespace hotseat::app
