// The door under test on a bus of its own, and a client beside it on the same loop.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/loop/loop.h"
#include "fake_app.h"
#include "private_bus.h"
#include "program.h"
#include "service/dbus_service.h"
#include "tests/log.h"

namespace hotseat::test {

// Both buses of this process and its children are the private one.
class BusAddress {
 public:
  explicit BusAddress(const std::filesystem::path& directory);
};

struct Finished {
  int status;
  std::string out;
  std::string err;
};

class BusFixture : public ::testing::Test {
 protected:
  // `policy` as PrivateBus takes it.
  explicit BusFixture(const std::string& policy = "");

  // Turns the loop until it is so. The test fails when nothing at all happens any more.
  void run_until(const std::function<bool()>& so);
  // The service, once its name can be found by others.
  void start_service();
  void stop_service();

  // Runs `hotseat --session-bus ARGUMENTS…` to its end.
  Finished hotseat(std::vector<std::string> arguments);

  TemporaryDirectory directory_;
  BusAddress address_{directory_.path()};
  std::optional<PrivateBus> bus_;
  adapters::Loop loop_;
  Log log_;
  service::DbusReports reports_;
  FakeApp app_{loop_, reports_};
  service::Bus client_;
  bool service_on_bus_ = false;
  std::optional<service::DbusService> service_;
};

}  // namespace hotseat::test
