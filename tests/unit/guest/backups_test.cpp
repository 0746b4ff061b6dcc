#include "apps/guest/backups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace hotseat::guest {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;

const std::string kUuid = "6b8e04b2-1111-4c6e-9f1d-000000000001";

class BackupsTest : public testing::Test {
 protected:
  ~BackupsTest() override { fs::remove_all(directory_); }

  static std::chrono::system_clock::time_point at(int second) {
    using namespace std::chrono;
    return sys_days{2026y / November / 21} + hours(14) + minutes(32) + seconds(second) +
           microseconds(123);
  }
  std::string keep(int second, const std::string& before, const std::string& after) {
    auto name = backups_.begin(kUuid, before, at(second));
    if (!name) throw std::runtime_error(name.error().error.reason);
    EXPECT_TRUE(backups_.complete(*name, after));
    return *name;
  }
  std::optional<Backups::Backup> latest(const std::string& now) {
    auto found = backups_.latest(kUuid, now);
    EXPECT_TRUE(found);
    return *found;
  }

  static fs::path new_directory() {
    std::string pattern = fs::temp_directory_path() / "hotseat-backups-XXXXXX";
    return mkdtemp(pattern.data());
  }

  const fs::path directory_ = new_directory();
  Backups backups_{directory_ / "deeper" / "backups"};
};

TEST_F(BackupsTest, AreNamedByUuidAndTimeAndNobodyElseMayReadThem) {
  const auto name = keep(1, "a", "b");
  EXPECT_EQ(name, kUuid + "_20261121T143201.000123Z");
  EXPECT_EQ(fs::status(backups_.path("")).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(backups_.path(name)).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(backups_.path(name + "/before.xml")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(BackupsTest, OfANewMachineAreNone) {
  EXPECT_EQ(latest("a"), std::nullopt);
}

TEST_F(BackupsTest, TheLatestIsFound) {
  keep(1, "a", "b");
  keep(2, "b", "c");
  const auto found = latest("c");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->before, "b");
  EXPECT_EQ(found->after, "c");
}

TEST_F(BackupsTest, OfOtherDomainsAreNotLookedAt) {
  ASSERT_TRUE(backups_.begin("6b8e04b2-2222-4c6e-9f1d-000000000001", "x", at(9)));
  EXPECT_EQ(latest("c"), std::nullopt);
}

TEST_F(BackupsTest, WhatIsUndoneIsKeptAndTheOneBeforeComesNext) {
  keep(1, "a", "b");
  const auto second = keep(2, "b", "c");
  ASSERT_TRUE(backups_.keep_replaced(second, "c, edited"));
  const auto path = backups_.retire(second);
  ASSERT_TRUE(path);
  EXPECT_THAT(*path, EndsWith(".undone"));
  EXPECT_TRUE(fs::exists(fs::path(*path) / "replaced.xml"));
  const auto found = latest("b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->before, "a");
}

TEST_F(BackupsTest, OneThatWouldChangeNothingIsPassedOver) {
  keep(1, "a", "b");
  ASSERT_TRUE(backups_.begin(kUuid, "b", at(2)));  // the change was never made
  const auto found = latest("b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->before, "a");
}

TEST_F(BackupsTest, AChangeThatWasBrokenOffHasNoEnd) {
  ASSERT_TRUE(backups_.begin(kUuid, "a", at(1)));
  const auto found = latest("b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->after, std::nullopt);
}

TEST_F(BackupsTest, DiscardedAreGone) {
  const auto name = backups_.begin(kUuid, "a", at(1));
  ASSERT_TRUE(name);
  backups_.discard(*name);
  EXPECT_EQ(latest("b"), std::nullopt);
}

TEST_F(BackupsTest, WhatCannotBeWrittenIsNamed) {
  std::ofstream(directory_ / "file") << "";
  const auto name = Backups(directory_ / "file" / "backups").begin(kUuid, "a", at(1));
  ASSERT_FALSE(name);
  EXPECT_THAT(name.error().error.object, HasSubstr("file"));
}

}  // namespace
}  // namespace hotseat::guest
