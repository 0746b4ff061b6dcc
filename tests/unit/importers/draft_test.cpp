#include "importers/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace hotseat::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Origin kHere{"f", 1, "k"};

DeviceMatch usb(std::uint16_t product) {
  DeviceMatch match;
  match.id = UsbId{0x046d, product};
  return match;
}

TEST(Draft, NamesAreMadePlainAndUnique) {
  Draft draft("a test");
  for (const char* wish :
       {"Big Mouse!", "big mouse", "", "", "…", "a-name-that-is-much-longer-than-24"}) {
    static std::uint16_t product = 0;
    draft.add_device(usb(++product), Transport::usb, wish, kHere);
  }
  EXPECT_THAT(devices_of(seat_of(std::move(draft).finish())),
              ElementsAre("big-mouse 046d:0001 usb", "big-mouse-2 046d:0002 usb",
                          "device-1 046d:0003 usb", "device-2 046d:0004 usb",
                          "device-3 046d:0005 usb", "a-name-that-is-much-long 046d:0006 usb"));
}

TEST(Draft, GuestsKeepTheirNamesWhereTheyCan) {
  Draft draft("a test");
  for (const char* domain : {"win.10", "host", "self", "Größe \"x\"", "vm-host", "win.10"}) {
    EXPECT_NE(draft.guest(domain, kHere), nullptr) << domain;
  }
  EXPECT_EQ(draft.guest("a\nb", kHere), nullptr);
  EXPECT_EQ(draft.guest("", kHere), nullptr);
  const auto imported = std::move(draft).finish();
  const Seat seat = seat_of(imported);
  std::vector<std::string> names;
  for (const auto& guest : seat.guests)
    names.push_back(guest.name.str() + "=" + guest.domain.str());
  EXPECT_THAT(names, ElementsAre("win.10=win.10", "vm-host=host", "vm-self=self",
                                 "vm-gr-e-x=Größe \"x\"", "vm-vm-host=vm-host"));
  EXPECT_EQ(left_out(imported).size(), 2U);
}

TEST(Draft, ListsItsChoicesAndWritesThem) {
  Draft draft("a test");
  draft.choose("of all");
  draft.guest("a", kHere)->choices.emplace_back("of the guest");
  const auto imported = std::move(draft).finish();
  ASSERT_TRUE(imported);
  EXPECT_THAT(imported->choices,
              ElementsAre(Choice{"", "of all"}, Choice{"guest.a", "of the guest"}));
  EXPECT_THAT(imported->toml, HasSubstr("# choice: of the guest\n[guest.a]\n"));
}

TEST(Draft, RefusesMoreThanTheConfigurationHolds) {
  Draft draft("a test");
  draft.add_command(draft.host(), {"/bin/true", std::string(4000, '[')}, kHere);
  draft.add_command(draft.host(), {"/bin/true", std::string(4000, '[')}, kHere);
  const auto imported = std::move(draft).finish();
  ASSERT_FALSE(imported);
  EXPECT_THAT(imported.error().reason, HasSubstr("more in it than"));
}

}  // namespace
}  // namespace hotseat::importers
