// hotseat setup desktop: what comes into the menu, and what goes from it.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "bus_fixture.h"

namespace hotseat::test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SetupDesktopTest : public BusFixture {
 protected:
  SetupDesktopTest() { start_service(); }

  Finished setup(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"setup", "desktop", "--directory", menu().string()});
    return hotseat(std::move(more));
  }
  fs::path menu() const { return directory_.path() / "data" / "applications"; }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& file : fs::directory_iterator(menu(), none)) {
      names.push_back(file.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(SetupDesktopTest, EveryTargetHasAnEntry) {
  const Finished ended = setup();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("+ " + (menu() / "hotseat-switch-win11.desktop").string()));
  EXPECT_THAT(files(), ElementsAre("hotseat-switch-host.desktop", "hotseat-switch-win11.desktop",
                                   "hotseat-switch-zorg.desktop"));
  EXPECT_EQ(setup().out, "nothing to do\n");
}

TEST_F(SetupDesktopTest, TheyFollowTheTargets) {
  setup();
  app_.configured.guests.pop_back();
  EXPECT_EQ(setup().out, "- " + (menu() / "hotseat-switch-zorg.desktop").string() + "\n");
  EXPECT_THAT(files(), ElementsAre("hotseat-switch-host.desktop", "hotseat-switch-win11.desktop"));
}

TEST_F(SetupDesktopTest, ADryRunChangesNothing) {
  EXPECT_THAT(setup({"--dry-run"}).out, HasSubstr("+ "));
  EXPECT_FALSE(fs::exists(menu()));
  setup();
  EXPECT_THAT(setup({"--undo", "--dry-run"}).out, HasSubstr("- "));
  EXPECT_EQ(files().size(), 3U);
}

TEST_F(SetupDesktopTest, UndoLeavesWhatIsNotOursAndNeedsNoDaemon) {
  setup();
  std::ofstream(menu() / "hotseat-switch-mine.desktop") << "[Desktop Entry]\nName=Mine\n";
  stop_service();
  EXPECT_EQ(setup({"--undo"}).status, 0);
  EXPECT_THAT(files(), ElementsAre("hotseat-switch-mine.desktop"));
}

TEST_F(SetupDesktopTest, AFileOfTheSameNameThatIsNotOursStays) {
  fs::create_directories(menu());
  std::ofstream(menu() / "hotseat-switch-win11.desktop") << "mine";
  const Finished ended = setup();
  EXPECT_EQ(ended.status, 4);
  EXPECT_THAT(ended.err, HasSubstr("was not made by hotseat"));
  EXPECT_EQ(fs::file_size(menu() / "hotseat-switch-win11.desktop"), 4U);
}

TEST_F(SetupDesktopTest, TheUsualPlaceIsTheUsersOwn) {
  setenv("XDG_DATA_HOME", (directory_.path() / "data").c_str(), 1);
  EXPECT_EQ(hotseat({"setup", "desktop"}).status, 0);
  unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(files().size(), 3U);
}

TEST_F(SetupDesktopTest, WithoutTheDaemonNothingIsKnown) {
  stop_service();
  EXPECT_EQ(setup().status, 3);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(SetupDesktopTest, TheEntriesAreValid) {
  if (::access("/usr/bin/desktop-file-validate", X_OK) != 0) {
    GTEST_SKIP() << "desktop-file-utils is not installed";
  }
  setup();
  const std::string check = "/usr/bin/desktop-file-validate '" + menu().string() +
                            "'/*.desktop " HOTSEAT_DESKTOP_FILES "/*.desktop";
  EXPECT_EQ(std::system(check.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace
}  // namespace hotseat::test
