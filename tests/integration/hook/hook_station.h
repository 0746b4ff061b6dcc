// The socket under test in a directory of its own, and plain clients of it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/loop/loop.h"
#include "ports/reports.h"
#include "service/hook_socket.h"
#include "tests/integration/dbus/fake_app.h"
#include "tests/integration/dbus/private_bus.h"
#include "tests/integration/hook/client.h"

namespace hotseat::test {

class Notices : public ports::Reports {
 public:
  void switch_started(const SwitchReport&) override {}
  void step_changed(SwitchId, const StepReport&) override {}
  void switch_ended(const SwitchReport&) override {}
  void status_changed() override {}
  void notice(const std::string& text) override { texts.push_back(text); }

  std::vector<std::string> texts;
};

class HookStation : public ::testing::Test {
 protected:
  void start(service::HookLimits limits = {});
  // Turns the loop until it is so; throws when it takes too long.
  void run_until(const std::function<bool()>& so);
  std::filesystem::path path() const { return directory_.path() / "hook.sock"; }

  TemporaryDirectory directory_;
  adapters::Loop loop_;
  Notices log_;
  FakeApp app_{loop_, log_};
  std::optional<service::HookSocket> socket_;
};

}  // namespace hotseat::test
