// hotseat watch, from the status it begins with to the daemon's return.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bus_fixture.h"

namespace hotseat::test {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

class WatchTest : public BusFixture {
 protected:
  WatchTest() { start_service(); }

  void wait_for(const Program& program, const std::string& text) {
    run_until([&] { return program.out().find(text) != std::string::npos || program.silent(); });
    EXPECT_THAT(program.out(), HasSubstr(text)) << program.err();
  }
};

TEST_F(WatchTest, PrintsALineForEachEvent) {
  Program watch(loop_.native(), HOTSEAT_PROGRAM, {"--session-bus", "watch"});
  wait_for(watch, "host has the seat");
  hotseat({"switch", "win11"});
  wait_for(watch, "host -> win11 (request)");
  wait_for(watch, "start win11: done (1.5 ms)");
  wait_for(watch, "host -> win11: done (412 ms)");
  wait_for(watch, "now Target: win11");
}

TEST_F(WatchTest, PrintsAJsonObjectOnEachLine) {
  Program watch(loop_.native(), HOTSEAT_PROGRAM, {"--session-bus", "watch", "--json"});
  wait_for(watch, "\"event\":\"status\"");
  hotseat({"switch", "win11"});
  wait_for(watch, "\"event\":\"changed\"");
  std::istringstream lines(watch.out());
  std::vector<std::string> events;
  for (std::string line; std::getline(lines, line);) {
    events.push_back(Json::parse(line)["event"]);
  }
  EXPECT_THAT(events, ::testing::ElementsAre("status", "switch-started", "step", "step",
                                             "switch-ended", "changed"));
}

TEST_F(WatchTest, GoesOnWhenTheDaemonIsRestarted) {
  Program watch(loop_.native(), HOTSEAT_PROGRAM, {"--session-bus", "watch"});
  wait_for(watch, "host has the seat");
  stop_service();
  wait_for(watch, "hotseatd has ended");
  start_service();
  wait_for(watch, "hotseatd is there");
  hotseat({"switch", "win11"});
  wait_for(watch, "host -> win11: done");
}

TEST_F(WatchTest, EndsOnCtrlC) {
  Program watch(loop_.native(), HOTSEAT_PROGRAM, {"--session-bus", "watch"});
  wait_for(watch, "host has the seat");
  watch.interrupt();
  run_until([&] { return watch.silent(); });
  EXPECT_EQ(watch.wait(), 128 + SIGINT);
}

TEST_F(WatchTest, EndsWithThreeWhenTheBusGoes) {
  Program watch(loop_.native(), HOTSEAT_PROGRAM, {"--session-bus", "watch"});
  wait_for(watch, "host has the seat");
  bus_.reset();
  run_until([&] { return watch.silent(); });
  EXPECT_EQ(watch.wait(), 3);
}

}  // namespace
}  // namespace hotseat::test
