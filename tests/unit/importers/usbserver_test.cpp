#include "importers/usbserver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> guests_of(const Seat& seat) {
  std::vector<std::string> names;
  for (const GuestSpec& guest : seat.guests) names.push_back(guest.domain.str());
  return names;
}

TEST(Usbserver, AScriptThatSendsRequestsIsCarriedOver) {
  const auto imported = import_usbserver(sample("usbserver.sh"), {});
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat),
              ElementsAre("keyboard 046d:c31c usb optional", "mouse 046d:c077 usb optional"));
  EXPECT_THAT(guests_of(seat), ElementsAre("win10", "linux"));
  EXPECT_THAT(left_out(imported),
              ElementsAre("6 sleep 1 … line 7", "9 linux detach vendor_id:device_id"));
}

TEST(Usbserver, TheGuestsPowershellScriptIsCarriedOver) {
  const auto imported = import_usbserver(sample("detach.ps1"), {});
  const Seat seat = seat_of(imported);
  EXPECT_THAT(devices_of(seat),
              ElementsAre("device-1 046d:c31c usb optional", "device-2 046d:c077 usb optional"));
  EXPECT_THAT(guests_of(seat), ElementsAre("win10"));
}

TEST(Usbserver, ItsLogIsCarriedOver) {
  const auto imported = import_usbserver(sample("usbserver.log"), {});
  const Seat seat = seat_of(imported);
  EXPECT_EQ(seat.devices.size(), 2U);
  EXPECT_THAT(guests_of(seat), ElementsAre("win10"));
  EXPECT_EQ(left_out(imported).size(), 1U);
}

TEST(Usbserver, PlainLinesAreCarriedOver) {
  const auto imported = import_usbserver(
      {"lines", "vm1 attach 0001:0002\r\n\r\n# note\nvm1 detach 0001:0002\r\n"}, {});
  EXPECT_EQ(seat_of(imported).devices.size(), 1U);
  EXPECT_THAT(left_out(imported), IsEmpty());
}

TEST(Usbserver, AGuestMayGiveTheSeatBackAndTakeItWhenItsScriptDoes) {
  const Requester win10{Requester::Kind::guest, "win10", {}};
  EXPECT_THAT(rights_of(seat_of(import_usbserver(sample("detach.ps1"), {})), win10),
              ElementsAre("release", "switch:host"));
  // On the host it is root that attaches.
  EXPECT_THAT(rights_of(seat_of(import_usbserver(sample("usbserver.sh"), {})), win10),
              ElementsAre("release", "switch:host"));
  const auto takes = import_usbserver({"f", "echo win10 attach 0001:0002 > COM1\n"}, {});
  EXPECT_THAT(rights_of(seat_of(takes), win10),
              ElementsAre("release", "switch:host", "switch:win10"));
  EXPECT_THAT(rights_of(seat_of(takes), {Requester::Kind::guest, "other", {}}),
              ElementsAre("release", "switch:host"));
}

TEST(Usbserver, AGuestThatIsNotNamedCanBe) {
  const auto imported = import_usbserver({"f", "echo \"$vm attach 0001:0002\"\n"}, {"win10"});
  EXPECT_THAT(guests_of(seat_of(imported)), ElementsAre("win10"));
  EXPECT_THAT(left_out(imported), ElementsAre("1 $vm attach 0001:0002"));
  EXPECT_THAT(guests_of(seat_of(import_usbserver({"f", "attach-device 0001:0002"}, {}))),
              ElementsAre("vm"));
}

}  // namespace
}  // namespace hotseat::importers
