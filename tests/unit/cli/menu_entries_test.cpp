// The targets as entries of the desktop's menu.
#include "apps/cli/menu_entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;

Json status() {
  return {
      {"targets", {{{"name", "host"}, {"kind", "host"}}, {{"name", "win11"}, {"kind", "guest"}}}}};
}

TEST(MenuEntries, OneForEachTarget) {
  const auto entries = menu_entries(status());
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].file, "hotseat-switch-host.desktop");
  EXPECT_THAT(entries[0].text, HasSubstr("\nName=Switch to this machine\n"));
  EXPECT_THAT(entries[0].text, HasSubstr("\nExec=hotseat release\n"));
  EXPECT_EQ(entries[1].file, "hotseat-switch-win11.desktop");
  EXPECT_THAT(entries[1].text, HasSubstr("\nName=Switch to win11\n"));
  EXPECT_THAT(entries[1].text, HasSubstr("\nExec=hotseat switch win11\n"));
}

TEST(MenuEntries, AreKnownAgain) {
  for (const MenuEntry& entry : menu_entries(status())) {
    EXPECT_TRUE(is_entry_name(entry.file)) << entry.file;
    EXPECT_TRUE(is_entry_text(entry.text)) << entry.text;
  }
  EXPECT_FALSE(is_entry_name("hotseat.desktop"));
  EXPECT_FALSE(is_entry_name("hotseat-switch-win11.desktop.old"));
  EXPECT_FALSE(is_entry_text("[Desktop Entry]\nName=X-Hotseat-Target=\n"));
}

}  // namespace
}  // namespace hotseat::cli
