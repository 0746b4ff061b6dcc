#include "adapters/libvirt/key_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/libvirt/few_keys.h"

namespace hotseat::adapters::libvirt {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const DomainName kWin11{"win11"};

TEST(KeyNames, MakeASortedChordWithoutDoubles) {
  const auto chord =
      chord_of(kWin11, {"KEY_KP1", "KEY_LEFTALT", "KEY_LEFTCTRL", "KEY_KP1"}, code_of);
  EXPECT_THAT(chord.keys, ElementsAre(29, 56, 79));
  EXPECT_THAT(chord.problems, IsEmpty());
}

TEST(KeyNames, OneThatIsUnknownMakesNoHotkeyAndIsNamed) {
  const auto chord = chord_of(kWin11, {"KEY_LEFTCTRL", "KEY_KP\x1b[2J"}, code_of);
  EXPECT_THAT(chord.keys, IsEmpty());
  EXPECT_THAT(chord.problems,
              ElementsAre("domain win11: the hotkey in its metadata names "
                          "\"KEY_KP\\x1b[2J\", which is not a key; it is not used"));
}

TEST(KeyNames, OfNoHotkeyAreNoChord) {
  const auto chord = chord_of(kWin11, {}, code_of);
  EXPECT_THAT(chord.keys, IsEmpty());
  EXPECT_THAT(chord.problems, IsEmpty());
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
