// Answers a burst of events once, when it is over.
#pragma once

#include <functional>
#include <memory>

#include "ports/clock.h"

namespace hotseat::adapters {

// Calls back when nothing was stirred for `quiet`. No timer runs without a burst. Loop thread only.
class Quiet {
 public:
  Quiet(ports::Clock& clock, ports::Duration quiet, std::function<void()> callback);

  void stir();

 private:
  ports::Clock& clock_;
  ports::Duration quiet_;
  std::function<void()> callback_;
  std::unique_ptr<ports::Timer> timer_;
};

}  // namespace hotseat::adapters
