// The rules of planning a switch, one row a rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/domain/world_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Plan, MovesMonitorsAndDevicesToARunningGuestAllAtOnce) {
  auto plan = hotseat::plan(make_world(), make_seat(), kWin11);
  ASSERT_TRUE(plan);
  EXPECT_THAT(texts(*plan),
              ElementsAre("set left to win11 (0x11)", "set right to win11 (0x11)",
                          "attach keyboard (1:2) to win11", "attach mouse (2:2) to win11"));
  for (const Step& step : plan->steps) {
    EXPECT_THAT(step.after, IsEmpty()) << describe(step.action);
    EXPECT_TRUE(step.undo) << describe(step.action);
  }
}

TEST(Plan, MonitorsNeverDecideTheFateOfASwitch) {
  auto plan = hotseat::plan(make_world(), make_seat(), kWin11);
  for (const Step& step : plan->steps) {
    const bool monitor = std::holds_alternative<SetInput>(step.action);
    EXPECT_EQ(step.required, !monitor);
    EXPECT_EQ(step.moves_input, !monitor);
  }
}

TEST(Plan, StartsAGuestBeforeAnythingLeavesTheHost) {
  auto plan = hotseat::plan(make_world(), make_seat(), kZorg);
  ASSERT_TRUE(plan);
  EXPECT_EQ(describe(plan->steps.front().action), "start zorg");
  for (StepIndex index = 1; index < plan->steps.size(); ++index) {
    EXPECT_THAT(plan->steps[index].after, ElementsAre(0u));
  }
}

TEST(Plan, FromGuestToGuestEachDeviceLeavesBeforeItArrives) {
  World world = make_world();
  domain_of(world, kZorgDomain).state = DomainState::running;
  give_all(world, kWin11Domain);
  world.owner = kWin11;
  auto plan = hotseat::plan(world, make_seat(), kZorg);
  ASSERT_TRUE(plan);
  EXPECT_THAT(texts(*plan),
              ElementsAre("detach keyboard (1:2) from win11", "attach keyboard (1:2) to zorg",
                          "detach mouse (2:2) from win11", "attach mouse (2:2) to zorg"));
  EXPECT_THAT(plan->steps[1].after, ElementsAre(0u));
  EXPECT_THAT(plan->steps[3].after, ElementsAre(2u));
}

TEST(Plan, TheMonitorGoesBackToWhatItShowedWhenTheSwitchIsUndone) {
  auto plan = hotseat::plan(make_world(), make_seat(), kWin11);
  EXPECT_EQ(describe(*plan->steps[0].undo), "set left to host (0x0f)");
}

TEST(Plan, AMonitorWithoutAnInputForTheTargetIsLeftAlone) {
  Seat seat = make_seat();
  seat.monitors[1].inputs.erase(kWin11);
  auto plan = hotseat::plan(make_world(), seat, kWin11);
  EXPECT_EQ(describe(plan->steps[0].action), "set left to win11 (0x11)");
  EXPECT_EQ(std::string(kind_of(plan->steps[1].action)), "attach-usb");
}

TEST(Plan, ToWhereTheSeatIsOnlyAssertsThePicture) {
  auto plan = hotseat::plan(make_world(), make_seat(), kHost);
  EXPECT_THAT(texts(*plan), ElementsAre("set left to host (0x0f)", "set right to host (0x0f)"));
}

TEST(Plan, CommandsRunInOrderAndOnlyRequiredOnesHoldTheSeatBack) {
  Seat seat = make_seat();
  seat.host.on_leave = {{{"/bin/optional"}, Milliseconds{1000}, false},
                        {{"/bin/required"}, Milliseconds{1000}, true}};
  seat.guests[0].on_enter = {{{"/bin/enter"}, Milliseconds{1000}, false}};
  auto plan = hotseat::plan(make_world(), seat, kWin11);
  ASSERT_TRUE(plan);
  EXPECT_THAT(texts(*plan),
              ElementsAre("run /bin/optional", "run /bin/required", "set left to win11 (0x11)",
                          "set right to win11 (0x11)", "attach keyboard (1:2) to win11",
                          "attach mouse (2:2) to win11", "run /bin/enter"));
  EXPECT_THAT(plan->steps[1].after, ElementsAre(0u));
  EXPECT_THAT(plan->steps[2].after, ElementsAre(1u));
  EXPECT_THAT(plan->steps[6].after, ElementsAre(1u, 4u, 5u));
}

TEST(Plan, CommandsKnowWhereTheSeatComesFromAndNothingOfTheDaemonsEnvironment) {
  Seat seat = make_seat();
  seat.guests[0].on_enter = {{{"/bin/enter"}, Milliseconds{1000}, false}};
  auto plan = hotseat::plan(make_world(), seat, kWin11);
  const auto& run = std::get<RunCommand>(plan->steps.back().action);
  EXPECT_EQ(run.environment.at("HOTSEAT_FROM"), "host");
  EXPECT_EQ(run.environment.at("HOTSEAT_TO"), "win11");
  EXPECT_EQ(run.environment.at("HOTSEAT_EVENT"), "enter");
  EXPECT_EQ(run.environment.at("HOTSEAT_DOMAIN"), "win11");
  EXPECT_EQ(run.environment.size(), 7u);  // these, HOTSEAT_TARGET, PATH and LANG
}

TEST(Plan, ADeadGuestsCommandsCannotHoldTheInputBack) {
  Seat seat = make_seat();
  seat.guests[0].on_leave = {{{"/bin/required"}, Milliseconds{1000}, true}};
  seat.host.on_enter = {{{"/bin/required"}, Milliseconds{1000}, true}};
  World world = make_world();
  world.owner = kWin11;
  domain_of(world, kWin11Domain).state = DomainState::shutoff;
  auto plan = hotseat::plan(world, seat, kHost);
  for (const Step& step : plan->steps) EXPECT_FALSE(step.required) << describe(step.action);
}

TEST(Plan, TheDetailsOfADryRunAreComplete) {
  auto plan = hotseat::plan(make_world(), make_seat(), kWin11);
  for (const Step& step : plan->steps) EXPECT_GT(step.deadline.count(), 0);
}

// ---- refusals ---------------------------------------------------------------------------------

struct RefusalCase {
  std::string name;
  std::function<void(World&, Seat&)> bend;
  TargetName target;
  Rule rule;
  std::string reason;
  std::string hint;
};

class RefusedSwitch : public ::testing::TestWithParam<RefusalCase> {};

TEST_P(RefusedSwitch, NamesTheRuleTheReasonAndTheWayOut) {
  World world = make_world();
  Seat seat = make_seat();
  GetParam().bend(world, seat);
  auto plan = hotseat::plan(world, seat, GetParam().target);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().rule, GetParam().rule);
  EXPECT_THAT(plan.error().reason, HasSubstr(GetParam().reason));
  EXPECT_THAT(plan.error().hint, HasSubstr(GetParam().hint));
}

TEST_P(RefusedSwitch, TheWayToTheHostStaysOpen) {
  World world = make_world();
  Seat seat = make_seat();
  GetParam().bend(world, seat);
  world.owner = kWin11;
  EXPECT_TRUE(hotseat::plan(world, seat, kHost));
}

const RefusalCase kRefusals[] = {
    {"UnknownTarget", [](World&, Seat&) {}, TargetName{"mars"}, Rule::unknown_target,
     "no target \"mars\"", "hotseat guests"},
    {"HypervisorAway",
     [](World& world, Seat&) {
       world.hypervisor.connected = false;
       world.hypervisor.problem = "connection refused";
     },
     kWin11, Rule::hypervisor_away, "connection refused", "systemctl status libvirtd"},
    {"UnknownDomain", [](World& world, Seat&) { world.hypervisor.domains.clear(); }, kWin11,
     Rule::unknown_domain, "no domain \"win11\"", "virsh list --all"},
    {"NotRunningAndNeverStarted",
     [](World& world, Seat&) { domain_of(world, kWin11Domain).state = DomainState::shutoff; },
     kWin11, Rule::guest_not_running, "win11 is not running", "start = \"auto\""},
    {"CrashedAndNeverStarted",
     [](World& world, Seat&) { domain_of(world, kWin11Domain).state = DomainState::crashed; },
     kWin11, Rule::guest_not_running, "win11 is not running", "virsh start"},
    {"Paused",
     [](World& world, Seat&) { domain_of(world, kWin11Domain).state = DomainState::paused; },
     kWin11, Rule::guest_paused, "paused", "virsh resume win11"},
    {"Stopping",
     [](World& world, Seat&) { domain_of(world, kWin11Domain).state = DomainState::stopping; },
     kWin11, Rule::guest_stopping, "shutting down", "when it is off"},
    {"DeviceAbsent", [](World& world, Seat&) { world.usb.pop_back(); }, kWin11, Rule::device_absent,
     "mouse is not plugged in", "optional = true"},
    {"TwinsNotToldApart",
     [](World& world, Seat&) {
       world.usb.push_back(usb({3, 9}, "046d:c31c", "3-1"));
     },
     kWin11, Rule::device_ambiguous, "046d:c31c on port 1-1, 046d:c31c on port 3-1",
     "serial or port"},
    {"OneDeviceClaimedTwice",
     [](World&, Seat& seat) { seat.devices.push_back(device("other", "046d:c08d")); }, kWin11,
     Rule::device_claimed_twice, "is both mouse and other", "serial or port"},
    {"OneDeviceForwardedAndMoved",
     [](World& world, Seat& seat) {
       InputNode node;
       node.node = "/dev/input/event4";
       node.id = UsbId{0x046d, 0xc08d};
       world.inputs = {node};
       seat.devices.push_back(device("other", "046d:c08d"));
       seat.devices.back().transport = Transport::evdev;
       domain_of(world, kWin11Domain).inputs = {
           {EvdevInput::Kind::virtio, "/dev/input/by-id/win11-other", false, {}}};
     },
     kWin11, Rule::device_claimed_twice, "both other, which is forwarded, and mouse",
     "serial or port"},
};

INSTANTIATE_TEST_SUITE_P(Rules, RefusedSwitch, ::testing::ValuesIn(kRefusals),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hotseat
