#include "adapters/ddc/matching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::adapters {
namespace {

using ::testing::HasSubstr;

Candidate on(int bus, const char* connector, const char* name, const char* serial,
             std::uint32_t number = 0) {
  return {bus, connector, false, wire::Edid{"HOT", 0x2401, number, name, serial}, {}};
}

Candidate empty_bus(int bus, const char* connector = "") {
  return {bus, connector, false, {}, {}};
}

// A MonitorMatch that lets the test name only what it means.
struct Match {
  std::optional<std::string> manufacturer = {};
  std::optional<std::string> model = {};
  std::optional<std::string> serial = {};
  std::optional<std::string> connector = {};
  std::optional<int> bus = {};
};

MonitorSpec spec(const char* name, const Match& match) {
  MonitorSpec one;
  one.name = MonitorName{name};
  one.match = {match.manufacturer, match.model, match.serial, match.connector, match.bus};
  return one;
}

Assignment find(const Match& match, const std::vector<Candidate>& candidates) {
  return assign({spec("left", match)}, candidates, false).at(0);
}

const std::vector<Candidate> kTwo{on(3, "card0-DP-1", "HOT24", "A1", 17),
                                  on(5, "card0-HDMI-A-1", "HOT27", "B2")};

TEST(Matching, FindsAMonitorByAnythingItsEdidSays) {
  EXPECT_EQ(find({.model = "HOT27"}, kTwo), (Assignment{5, true, ""}));
  EXPECT_EQ(find({.serial = "A1"}, kTwo), (Assignment{3, true, ""}));
  EXPECT_EQ(find({.serial = "17"}, kTwo), (Assignment{3, true, ""}));
  EXPECT_EQ(find({.manufacturer = "HOT", .model = "HOT24"}, kTwo), (Assignment{3, true, ""}));
}

TEST(Matching, FindsAMonitorByItsPlace) {
  EXPECT_EQ(find({.connector = "HDMI-A-1"}, kTwo), (Assignment{5, true, ""}));
  EXPECT_EQ(find({.connector = "card0-DP-1"}, kTwo), (Assignment{3, true, ""}));
  EXPECT_EQ(find({.bus = 5}, kTwo), (Assignment{5, true, ""}));
}

TEST(Matching, EverythingGivenHasToFit) {
  const Assignment none = find({.model = "HOT24", .connector = "HDMI-A-1"}, kTwo);
  EXPECT_EQ(none.bus, std::nullopt);
  EXPECT_THAT(none.problem, HasSubstr("there are: HOT \"HOT24\" serial \"A1\" on bus 3"));
  EXPECT_EQ(find({.serial = "0"}, kTwo).bus, std::nullopt) << "a serial left out is not \"0\"";
  EXPECT_EQ(find({.connector = "DP-11"}, kTwo).bus, std::nullopt);
}

TEST(Matching, IsNotFinalWhileMoreMayTurnUp) {
  const auto assigned = assign({spec("left", {.model = "HOT99"})}, kTwo, true);
  EXPECT_EQ(assigned[0].problem, "still looking for it");
}

TEST(Matching, SeveralThatFitAreAProblemThatSaysHowToTellThemApart) {
  EXPECT_EQ(find({.manufacturer = "HOT"}, kTwo).problem,
            "matches 2 monitors (bus 3 card0-DP-1, bus 5 card0-HDMI-A-1): add serial or connector");
}

TEST(Matching, IdenticalMonitorsWithBlankSerialsAreToldApartByConnector) {
  const std::vector<Candidate> twins{on(3, "card0-DP-1", "HOT24", ""),
                                     on(5, "card0-DP-2", "HOT24", "")};
  EXPECT_THAT(find({.model = "HOT24"}, twins).problem, HasSubstr("add connector"));
  EXPECT_EQ(find({.model = "HOT24", .connector = "DP-2"}, twins), (Assignment{5, true, ""}));
}

TEST(Matching, TwoBusesOfOneConnectorAreOneMonitor) {
  const std::vector<Candidate> both{on(3, "card0-DP-1", "HOT24", ""),
                                    on(7, "card0-DP-1", "HOT24", "")};
  EXPECT_EQ(find({.model = "HOT24"}, both), (Assignment{3, true, ""}));
}

TEST(Matching, OneMonitorCannotBeTwo) {
  const auto assigned =
      assign({spec("left", {.model = "HOT24"}), spec("right", {.bus = 3})}, kTwo, false);
  EXPECT_EQ(assigned[0].bus, 3);
  EXPECT_EQ(assigned[1].bus, std::nullopt);
  EXPECT_THAT(assigned[1].problem, HasSubstr("same monitor as left (bus 3)"));
}

TEST(Matching, MonitorThatHidesIsExpectedWhereItWasLast) {
  Candidate hidden = empty_bus(3);
  hidden.last = MonitorName{"left"};
  const Assignment found = find({.model = "HOT24"}, {hidden, empty_bus(4)});
  EXPECT_EQ(found.bus, 3);
  EXPECT_FALSE(found.present);
  EXPECT_THAT(found.problem, HasSubstr("does not show itself on bus 3"));

  EXPECT_EQ(find({.model = "HOT24"}, {hidden, on(4, "", "HOT24", "")}), (Assignment{4, true, ""}))
      << "where it shows itself counts for more";
}

TEST(Matching, PlaceAloneWillDoWithoutAnEdid) {
  EXPECT_EQ(find({.bus = 4}, {empty_bus(4)}).bus, 4);
  EXPECT_EQ(find({.connector = "DP-1"}, {empty_bus(4, "card1-DP-1")}).bus, 4);
  EXPECT_EQ(find({.model = "HOT24", .bus = 4}, {empty_bus(4)}).bus, std::nullopt);
}

TEST(Matching, BusOfUnknownKindIsUsedOnlyByItsNumber) {
  Candidate unsure = on(9, "", "HOT24", "");
  unsure.only_by_number = true;
  EXPECT_EQ(find({.model = "HOT24"}, {unsure}).bus, std::nullopt);
  EXPECT_EQ(find({.bus = 9}, {unsure}).bus, 9);
}

}  // namespace
}  // namespace hotseat::adapters
