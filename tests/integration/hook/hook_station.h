// The socket under test in a directory of its own, and plain clients of it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/loop/loop.h"
#include "service/hook_socket.h"
#include "sim/virtual_clock.h"
#include "tests/integration/dbus/fake_app.h"
#include "tests/integration/dbus/private_bus.h"
#include "tests/integration/hook/client.h"
#include "tests/log.h"

namespace hotseat::test {

class HookStation : public ::testing::Test {
 protected:
  // A machine that stalls must not make a client of these tests a slow one.
  static constexpr service::HookLimits kPatient{8, std::chrono::minutes(1)};

  void start(service::HookLimits limits = kPatient) { start(limits, loop_); }
  void start(service::HookLimits limits, ports::Clock& clock);
  // Turns the loop until it is so; throws when it takes too long.
  void run_until(const std::function<bool()>& so);
  std::filesystem::path path() const { return directory_.path() / "hook.sock"; }

  TemporaryDirectory directory_;
  adapters::Loop loop_;
  sim::VirtualClock clock_;  // for tests of what time does
  Log log_;
  FakeApp app_{loop_, log_};
  std::optional<service::HookSocket> socket_;
};

}  // namespace hotseat::test
