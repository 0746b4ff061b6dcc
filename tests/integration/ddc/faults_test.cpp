// What real monitors get wrong, one by one, beyond what the contract asks of every adapter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "tests/integration/ddc/ddcmon_rig.h"

namespace hotseat::lab {
namespace {

using namespace std::chrono_literals;
using contract::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class LabMonitor : public ::testing::Test {
 protected:
  void find(const MonitorQuirkOverrides& quirks = {}) {
    MonitorSpec spec;
    spec.name = name_;
    spec.match = rig_.match_of("left");
    spec.quirks = quirks;
    rig_.monitors().observe([this](const std::vector<MonitorStatus>& all) {
      status_ = all.empty() ? MonitorStatus{} : all[0];
    });
    rig_.monitors().configure({spec});
    ASSERT_TRUE(rig_.run_until([this] { return status_.present; }));
  }

  void find_and_read(const MonitorQuirkOverrides& quirks = {}) {
    find(quirks);
    ASSERT_TRUE(becomes(InputCertainty::verified));
  }

  bool becomes(InputCertainty certainty) {
    return rig_.run_until([&] { return status_.certainty == certainty; });
  }

  bool becomes_a_problem() {
    return rig_.run_until([&] { return !status_.problem.empty(); });
  }

  Answer set(std::uint8_t input) {
    Answer answer;
    rig_.monitors().set_input(name_, input, 3s, answer.taker());
    EXPECT_TRUE(rig_.run_until([&] { return answer.came(); }));
    return answer;
  }

  const DdcMon& mon() const { return rig_.ddcmon("left"); }

  static std::string module_users() {
    std::string count;
    std::ifstream("/sys/module/ddcmon/refcnt") >> count;
    return count;
  }

  const MonitorName name_{"left"};
  DdcMonRig rig_;
  MonitorStatus status_;
};

TEST_F(LabMonitor, GetsNothingButTheSetWhenItIsSwitched) {
  find_and_read();
  mon().clear();
  EXPECT_TRUE(set(0x11).ok());
  const auto log = mon().log();
  ASSERT_THAT(log, SizeIs(1));
  EXPECT_EQ(log[0].bytes, "51 84 03 60 00 11 c9");
  EXPECT_EQ(log[0].verdict, "ok");
}

TEST_F(LabMonitor, ThatWantsAGetBeforeASetObeysWithTheQuirk) {
  mon().fault("get_before_set");
  MonitorQuirkOverrides quirks;
  quirks.get_before_set = true;
  find_and_read(quirks);
  EXPECT_TRUE(set(0x11).ok());
  EXPECT_EQ(mon().input(), 0x11);
}

TEST_F(LabMonitor, ThatSpeaksTheLgDialectObeysWithTheQuirk) {
  mon().fault("lg");
  MonitorQuirkOverrides quirks;
  quirks.source_address = 0x50;
  quirks.feature = 0xf4;
  quirks.read_mask = 0;
  find(quirks);
  EXPECT_TRUE(set(0x90).ok());
  EXPECT_EQ(mon().input(), 0x90);
  EXPECT_EQ(status_.problem, "");
}

TEST_F(LabMonitor, ThatAnswersLateIsVerified) {
  find_and_read();
  mon().fault("late=200");
  EXPECT_TRUE(set(0x11).ok());
  EXPECT_TRUE(rig_.run_until(
      [&] { return status_.input == 0x11 && status_.certainty == InputCertainty::verified; }));
}

TEST_F(LabMonitor, ThatGarblesItsAnswersStaysUnverifiedAndSaysWhy) {
  find_and_read();
  mon().fault("bad_checksum");
  EXPECT_TRUE(set(0x11).ok());
  ASSERT_TRUE(becomes_a_problem());
  EXPECT_THAT(status_.problem, HasSubstr("checksum"));
  EXPECT_EQ(status_.certainty, InputCertainty::requested);
}

TEST_F(LabMonitor, ThatDropsWhatComesTooEarlyMissesNothing) {
  find_and_read();
  mon().fault("pace=50");
  Answer first;
  rig_.monitors().set_input(name_, 0x11, 3s, first.taker());
  ASSERT_TRUE(rig_.run_until([&] { return first.came(); }));
  EXPECT_TRUE(set(0x03).ok());
  EXPECT_EQ(mon().input(), 0x03);
}

TEST_F(LabMonitor, ThatRevertsAfterItWasVerifiedIsNoticed) {
  find_and_read();
  mon().fault("revert=2000");
  EXPECT_TRUE(set(0x11).ok());
  ASSERT_TRUE(becomes(InputCertainty::verified));
  ASSERT_TRUE(becomes_a_problem());
  EXPECT_THAT(status_.problem, HasSubstr("went back to DisplayPort-1"));
  EXPECT_EQ(status_.input, 0x0f);
}

TEST_F(LabMonitor, ThatFallsOffItsBusIsAnErrorWithAHint) {
  find_and_read();
  mon().fault("gone");
  const Answer answer = set(0x11);
  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.error().object, HasSubstr("left (bus "));
  EXPECT_NE(answer.error().hint, "");
  mon().fault("none");
  EXPECT_TRUE(set(0x11).ok());
}

TEST_F(LabMonitor, WhoseBusGoesAwayIsLetGoSoThatTheKernelCanRemoveIt) {
  find_and_read();
  EXPECT_NE(module_users(), "0");
  rig_.unplug("left");
  rig_.unplug("right");
  rig_.monitors().rescan();
  EXPECT_TRUE(rig_.run_until([] { return module_users() == "0"; }));
}

TEST_F(LabMonitor, WhoseBusCameBackUnderTheOpenHandleIsFoundAgain) {
  find_and_read();
  const int before = *status_.bus;
  rig_.unplug("left");
  rig_.plug("left");
  ASSERT_NE(mon().bus(), before);
  rig_.monitors().rescan();
  ASSERT_TRUE(rig_.run_until([&] { return status_.bus == mon().bus(); }));
  EXPECT_TRUE(set(0x11).ok());
  EXPECT_EQ(mon().input(), 0x11);
}

TEST_F(LabMonitor, WhoseAddressAKernelDriverHoldsSaysSo) {
  const std::string bus = "/sys/bus/i2c/devices/i2c-" + std::to_string(mon().bus());
  std::ofstream(bus + "/new_device") << "dummy 0x37" << std::flush;
  MonitorSpec spec;
  spec.name = name_;
  spec.match.bus = mon().bus();
  rig_.monitors().observe([this](const std::vector<MonitorStatus>& all) {
    status_ = all.empty() ? MonitorStatus{} : all[0];
  });
  rig_.monitors().configure({spec});
  ASSERT_TRUE(rig_.run_until([&] { return status_.bus.has_value(); }));
  const Answer answer = set(0x11);
  std::ofstream(bus + "/delete_device") << "0x37" << std::flush;
  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.error().hint, HasSubstr("ddcci"));
}

// Not an assertion: the figure is for a person to read. The monitor notes when it took the last
// byte, so that about 0.75 ms of it are the 100 kHz bus.
TEST_F(LabMonitor, RequestToWireTime) {
  find_and_read();
  std::vector<double> milliseconds;
  for (int round = 0; round < 25; ++round) {
    mon().clear();
    const auto asked = std::chrono::steady_clock::now();
    const std::uint8_t input = round % 2 == 0 ? 0x11 : 0x0f;
    ASSERT_TRUE(set(input).ok());
    const auto log = mon().log();
    ASSERT_THAT(log, SizeIs(1));
    milliseconds.push_back(std::chrono::duration<double, std::milli>(log[0].when - asked).count());
    // The pause that DDC/CI asks for after the read-back's reply is no part of a switch.
    ASSERT_TRUE(becomes(InputCertainty::verified));
    rig_.run_a_while();
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  const std::string text = "set_input() to the last byte on the wire: median " +
                           std::to_string(milliseconds[milliseconds.size() / 2]) + " ms, max " +
                           std::to_string(milliseconds.back()) + " ms";
  RecordProperty("request_to_wire", text);
  std::printf("%s\n", text.c_str());
}

}  // namespace
}  // namespace hotseat::lab
