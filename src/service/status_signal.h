// When to tell that the status is another.
#pragma once

#include <functional>
#include <memory>

#include "app/service.h"
#include "ports/clock.h"

namespace hotseat::service {

// Tells the first change at once and what follows it together, four times a second at most. When
// nothing changes it has no timer. A switch has signals of its own, and is not held up by this one:
// what changes meanwhile is told when it has ended. Loop thread only; what it is given outlives it.
class StatusSignal {
 public:
  StatusSignal(ports::Clock& clock, const app::Service& app, std::function<void()> tell);

  // The status may be another than it was: this is it now.
  void look(const app::Status& status);

 private:
  void pause_is_over();

  ports::Clock& clock_;
  const app::Service& app_;
  std::function<void()> tell_;
  app::Status told_;
  bool missed_ = false;  // something happened during the pause
  std::unique_ptr<ports::Timer> pause_;
};

}  // namespace hotseat::service
