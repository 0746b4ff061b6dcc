// Which nodes a [[device]] means, and which hotkeys get in each other's way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/hotkey.h"
#include "tests/unit/domain/input_builder.h"

namespace hotseat {
namespace {

using namespace hotseat::testing;

InputNode full_node() {
  InputNode made = node(3, "Acme Keys", "1-3.2");
  made.id = {0x046d, 0xc31c};
  made.serial = "A1";
  made.address = "aa:bb:cc:dd:ee:ff";
  made.by_id = {"usb-Acme_Keys-event-kbd", "keyboard"};
  return made;
}

struct MatchCase {
  std::string name;
  DeviceMatch right;
  DeviceMatch wrong;
};

DeviceMatch match(void (*fill)(DeviceMatch&)) {
  DeviceMatch made;
  fill(made);
  return made;
}

const MatchCase kMatches[] = {
    {"Id", match([](DeviceMatch& m) {
       m.id = UsbId{0x046d, 0xc31c};
     }),
     match([](DeviceMatch& m) {
       m.id = UsbId{0x046d, 0xc31d};
     })},
    {"Serial", match([](DeviceMatch& m) { m.serial = "A1"; }),
     match([](DeviceMatch& m) { m.serial = "A"; })},
    {"Port", match([](DeviceMatch& m) { m.port = "1-3.2"; }),
     match([](DeviceMatch& m) { m.port = "1-3"; })},
    {"Name", match([](DeviceMatch& m) { m.name = "Acme Keys"; }),
     match([](DeviceMatch& m) { m.name = "Acme"; })},
    {"Address", match([](DeviceMatch& m) { m.address = "aa:bb:cc:dd:ee:ff"; }),
     match([](DeviceMatch& m) { m.address = "aa:bb:cc:dd:ee:00"; })},
    {"ById", match([](DeviceMatch& m) { m.by_id = "keyboard"; }),
     match([](DeviceMatch& m) { m.by_id = "usb-Acme_Keys"; })},
};

class InputMatch : public ::testing::TestWithParam<MatchCase> {};

TEST_P(InputMatch, MeansTheNodeOrNot) {
  EXPECT_TRUE(matches(GetParam().right, full_node()));
  EXPECT_FALSE(matches(GetParam().wrong, full_node()));
  EXPECT_FALSE(matches(GetParam().right, InputNode{}));
}

TEST_P(InputMatch, EverythingGivenMustMatch) {
  DeviceMatch both = GetParam().wrong;
  if (!both.serial) both.serial = "A1";
  EXPECT_FALSE(matches(both, full_node()));
}

INSTANTIATE_TEST_SUITE_P(Fields, InputMatch, ::testing::ValuesIn(kMatches),
                         [](const auto& row) { return row.param.name; });

TEST(PieceOf, WhatWasPluggedInAsOne) {
  EXPECT_EQ(piece_of(node(3, "Keys", "1-1", 0)), piece_of(node(4, "Keys Media", "1-1", 1)));
  InputNode bluetooth;
  bluetooth.node = "/dev/input/event5";
  bluetooth.address = "aa:bb";
  bluetooth.phys = "11:22";  // of the adapter: all its devices have the same
  InputNode other = bluetooth;
  other.address = "cc:dd";
  EXPECT_NE(piece_of(bluetooth), piece_of(other));
  InputNode built_in;
  built_in.node = "/dev/input/event0";
  built_in.phys = "isa0060/serio0/input0";
  EXPECT_EQ(piece_of(built_in), "isa0060/serio0/input0");
}

// ---- hotkeys
// --------------------------------------------------------------------------------------

constexpr KeyCode kCtrl = 29;
constexpr KeyCode kAlt = 56;
constexpr KeyCode kOne = 79;

Hotkey hotkey(Chord keys) {
  Hotkey made;
  made.keys = std::move(keys);
  return made;
}

Hotkey held(Chord keys) {
  Hotkey made = hotkey(std::move(keys));
  made.hold = std::chrono::milliseconds(500);
  return made;
}

Hotkey tapped(Chord keys) {
  Hotkey made = hotkey(std::move(keys));
  made.taps = 2;
  return made;
}

Hotkey release(Hotkey made) {
  made.action = HotkeyAction::release;
  return made;
}

struct ShadowCase {
  std::string name;
  Hotkey one;
  Hotkey other;
  bool in_the_way;
};

const ShadowCase kShadows[] = {
    {"Apart", hotkey({kCtrl, kOne}), hotkey({kAlt, kOne}), false},
    {"Same", hotkey({kCtrl, kOne}), hotkey({kCtrl, kOne}), true},
    {"TheShorterGoesOffFirst", hotkey({kCtrl, kOne}), hotkey({kCtrl, kAlt, kOne}), true},
    {"SameHeldAndNot", hotkey({kOne}), held({kOne}), true},
    {"SameOnceAndTwice", hotkey({kCtrl}), tapped({kCtrl}), true},
    // Ctrl twice is typed up to there; Ctrl with another key is another matter.
    {"TwiceAndPartOfAnother", tapped({kCtrl}), hotkey({kCtrl, kOne}), false},
    {"HeldAndPartOfAnother", held({kCtrl}), hotkey({kCtrl, kOne}), false},
    // It must work with any other key stuck. Twice, it does.
    {"ReleaseTwiceAndPartOfAnother", release(tapped({kCtrl})), hotkey({kCtrl, kOne}), false},
    {"ReleaseHeldAndPartOfAnother", release(held({kCtrl})), hotkey({kCtrl, kOne}), true},
    {"ImmediateAndPartOfOneThatIsHeld", hotkey({kCtrl}), held({kCtrl, kOne}), true},
};

class Shadows : public ::testing::TestWithParam<ShadowCase> {};

TEST_P(Shadows, IsMutual) {
  EXPECT_EQ(shadows(GetParam().one, GetParam().other), GetParam().in_the_way);
  EXPECT_EQ(shadows(GetParam().other, GetParam().one), GetParam().in_the_way);
}

INSTANTIATE_TEST_SUITE_P(Pairs, Shadows, ::testing::ValuesIn(kShadows),
                         [](const auto& row) { return row.param.name; });

TEST(CountsInChords, KeysDoAndButtonsDoNot) {
  EXPECT_TRUE(counts_in_chords(kCtrl));
  EXPECT_TRUE(counts_in_chords(0x160));  // KEY_OK, of a remote control
  EXPECT_TRUE(counts_in_chords(0x1d0));  // KEY_FN
  for (const int button : {0x110, 0x120, 0x130, 0x14a, 0x151, 0x220, 0x223, 0x2c0, 0x2e7}) {
    EXPECT_FALSE(counts_in_chords(static_cast<KeyCode>(button))) << button;
  }
}

}  // namespace
}  // namespace hotseat
