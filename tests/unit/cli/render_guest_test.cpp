#include "apps/cli/render_guest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Style kPlain(false);
const Style kColour(true);

Json change(bool running) {
  return {{"domain", "win11"}, {"running", running}, {"backup", "/var/lib/hotseat/backups/x"}};
}

TEST(RenderDiff, StaysADiffWithoutColours) {
  const std::string diff = "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n";
  EXPECT_EQ(render_diff(diff, kPlain), diff);
}

TEST(RenderDiff, PaintsWhatGoesAndWhatComes) {
  const auto text = render_diff("-x\n+y\n z\n", kColour);
  EXPECT_EQ(text,
            kColour.paint(Paint::bad, "-x") + "\n" + kColour.paint(Paint::good, "+y") + "\n z\n");
}

TEST(RenderDiff, SendsNoControlCharactersToTheTerminal) {
  EXPECT_THAT(render_diff("+\x1b[2Jx\n", kPlain), Not(HasSubstr("\x1b")));
}

TEST(RenderPrepared, TellsHowToUndoIt) {
  const auto text = render_prepared(change(false), "win11");
  EXPECT_THAT(text, HasSubstr("hotseat guest prepare win11 --undo"));
  EXPECT_THAT(text, HasSubstr("/var/lib/hotseat/backups/x"));
  EXPECT_THAT(text, Not(HasSubstr("shut it down")));
}

TEST(RenderPrepared, OfARunningGuestSaysWhatIsStillToBeDone) {
  EXPECT_THAT(render_prepared(change(true), "win11"), HasSubstr("shut it down and start it again"));
  EXPECT_THAT(render_undone(change(true)), HasSubstr("shut it down and start it again"));
}

}  // namespace
}  // namespace hotseat::cli
