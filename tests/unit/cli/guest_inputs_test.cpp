#include "apps/cli/guest_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Json status() {
  return Json::parse(R"({
    "targets": [
      {"name": "host", "kind": "host", "domain": null},
      {"name": "win11", "kind": "guest", "domain": "Windows 11"},
      {"name": "zorg", "kind": "guest", "domain": "win11"}],
    "libvirt": {"uri": "qemu:///system", "connected": true},
    "devices": [
      {"name": "keyboard", "transport": "evdev", "optional": false, "present": true,
       "clones": {"win11": [["/k", "/k2"], ["/k-1"]], "zorg": [["/z"]]}},
      {"name": "drive", "transport": "usb", "optional": false, "present": true}]})");
}

Json& keyboard_of(Json& document) {
  return document.at("devices").at(0);
}

TEST(FindGuest, GoesByTheTargetsNameFirst) {
  const auto guest = find_guest(status(), "win11");
  ASSERT_TRUE(guest);
  EXPECT_EQ(guest->target, "win11");
  EXPECT_EQ(guest->domain, "Windows 11");
  EXPECT_EQ(guest->uri, "qemu:///system");
}

TEST(FindGuest, TakesTheDomainsNameToo) {
  const auto guest = find_guest(status(), "Windows 11");
  ASSERT_TRUE(guest);
  EXPECT_EQ(guest->target, "win11");
}

TEST(FindGuest, NamesTheNearestOrAll) {
  const auto slip = find_guest(status(), "wni11");
  ASSERT_FALSE(slip);
  EXPECT_EQ(slip.error().status, ExitStatus::usage);
  EXPECT_EQ(slip.error().error.hint, "did you mean \"win11\"?");
  const auto other = find_guest(status(), "something else");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().error.hint, "configured are: win11, zorg");
  EXPECT_FALSE(find_guest(status(), "host"));
}

TEST(InputsFor, AreThePathsOfEveryNodeOfForwardedDevices) {
  const auto inputs = inputs_for(status(), "win11", false);
  EXPECT_EQ(inputs.nodes, Json::parse(R"([["/k", "/k2"], ["/k-1"]])"));
  EXPECT_THAT(inputs.notes, IsEmpty());
  EXPECT_TRUE(inputs.any_routed);
}

TEST(InputsFor, LeaveOutWhatAGuestCouldNotStartWithout) {
  Json document = status();
  keyboard_of(document)["optional"] = true;
  const auto inputs = inputs_for(document, "win11", false);
  EXPECT_THAT(inputs.nodes, IsEmpty());
  EXPECT_THAT(inputs.notes, ElementsAre(HasSubstr("--optional")));
  EXPECT_EQ(inputs_for(document, "win11", true).nodes.size(), 2U);
}

TEST(InputsFor, LeaveOutWhatIsNotThere) {
  Json document = status();
  keyboard_of(document)["present"] = false;
  const auto inputs = inputs_for(document, "win11", false);
  EXPECT_THAT(inputs.nodes, IsEmpty());
  EXPECT_THAT(inputs.notes, ElementsAre(HasSubstr("not plugged in")));
}

TEST(InputsFor, LeaveOutWhatTheRouterCannotTake) {
  Json document = status();
  keyboard_of(document)["clones"]["win11"] = Json::array();
  EXPECT_THAT(inputs_for(document, "win11", false).notes, ElementsAre(HasSubstr("hotseat status")));
}

TEST(InputsFor, TellWhenNothingIsForwarded) {
  Json document = status();
  document.at("devices").erase(0);
  EXPECT_FALSE(inputs_for(document, "win11", false).any_routed);
}

}  // namespace
}  // namespace hotseat::cli
