#include "domain/router_status.h"

#include <gtest/gtest.h>

namespace {

using hotseat::CloneNames;
using hotseat::RouterStatus;

TEST(CloneNames, AreWhatTheySayHoweverTheyCameAbout) {
  const CloneNames names({"host-keyboard", "win11-keyboard"});
  const CloneNames& shared = names;
  EXPECT_EQ(CloneNames(shared), names);
  EXPECT_EQ(CloneNames({"host-keyboard", "win11-keyboard"}), names);
  EXPECT_NE(CloneNames({"host-keyboard"}), names);
  EXPECT_EQ(CloneNames(std::vector<std::string>{}), CloneNames());
}

TEST(CloneNames, TellWhetherOneIsThere) {
  EXPECT_TRUE(CloneNames({"host-keyboard"}).contains("host-keyboard"));
  EXPECT_FALSE(CloneNames({"host-keyboard"}).contains("host"));
  EXPECT_FALSE(CloneNames().contains("host-keyboard"));
}

TEST(RouterStatus, IsAnotherWhenACloneHasCome) {
  RouterStatus before;
  before.clones = CloneNames({"host-keyboard"});
  RouterStatus after = before;
  EXPECT_EQ(after, before);
  after.clones = CloneNames({"host-keyboard", "win11-keyboard"});
  EXPECT_NE(after, before);
}

}  // namespace
