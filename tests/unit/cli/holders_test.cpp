// Over a directory tree that looks like /proc.
#include "apps/cli/holders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace hotseat::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Holders : public ::testing::Test {
 protected:
  Holders() { fs::create_directories(proc_); }
  ~Holders() override { fs::remove_all(proc_); }

  void process(int pid, const std::string& name, const std::string& open) {
    const fs::path directory = proc_ / std::to_string(pid);
    fs::create_directories(directory / "fd");
    std::ofstream(directory / "comm") << name << "\n";
    fs::create_symlink("/dev/null", directory / "fd/0");
    fs::create_symlink(open, directory / "fd/7");
  }
  static Json status(const char* state) {
    return {{"devices",
             {{{"name", "keyboard"},
               {"state", state},
               {"nodes", Json::array({"/dev/input/event5", "/dev/input/event6"})}}}},
            {"notes", Json::array()}};
  }
  Json notes(const char* state) {
    Json document = status(state);
    note_holders(document, proc_);
    return document.at("notes");
  }

  // Tests run beside each other.
  const fs::path proc_ =
      fs::path(::testing::TempDir()) / ("holders_test." + std::to_string(::getpid()));
};

TEST_F(Holders, AreNamed) {
  process(812, "evsieve", "/dev/input/event5");
  process(99, "bash", "/dev/pts/0");
  EXPECT_THAT(notes("failed"), ElementsAre("keyboard: /dev/input/event5 is open in evsieve (812)"));
}

TEST_F(Holders, HotseatdItselfIsNotMeant) {
  process(4, "hotseatd", "/dev/input/event5");
  EXPECT_THAT(notes("failed"), IsEmpty());
}

TEST_F(Holders, NobodyAsksAboutADeviceThatIsWell) {
  process(812, "Xorg", "/dev/input/event5");
  EXPECT_THAT(notes("routed"), IsEmpty());
}

TEST_F(Holders, WithoutProcThereIsNothingToSay) {
  Json document = status("failed");
  note_holders(document, proc_ / "nowhere");
  EXPECT_THAT(document.at("notes"), IsEmpty());
}

TEST_F(Holders, DevicesThatAreNotForwardedHaveNoNodes) {
  Json document = {{"devices", {{{"name", "tablet"}}}}, {"notes", Json::array()}};
  note_holders(document, proc_);
  EXPECT_THAT(document.at("notes"), IsEmpty());
}

}  // namespace
}  // namespace hotseat::cli
