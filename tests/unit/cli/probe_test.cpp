#include "apps/cli/probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace hotseat::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A directory that stands for /dev, and a script that stands for hotseat-probe.
class ProbeTest : public ::testing::Test {
 public:
  ProbeTest() {
    std::string pattern = (fs::temp_directory_path() / "hotseat-probe-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~ProbeTest() override { fs::remove_all(directory_); }

 protected:
  void add_bus() { std::ofstream(directory_ / "i2c-3") << ""; }
  std::string program(const std::string& body) {
    const fs::path path = directory_ / "program";
    std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
    fs::permissions(path, fs::perms::owner_all);
    return path.string();
  }

  fs::path directory_;
};

TEST_F(ProbeTest, ReturnsWhatTheHelperPrints) {
  add_bus();
  const auto found = run_probe(program("echo '[]'"), directory_.string());
  ASSERT_TRUE(found) << found.error().error.reason;
  EXPECT_EQ(*found, "[]\n");
}

TEST_F(ProbeTest, TellsHowTheHelperFailed) {
  add_bus();
  const auto exited = run_probe(program("exit 7"), directory_.string());
  ASSERT_FALSE(exited);
  EXPECT_EQ(exited.error().status, ExitStatus::failed);
  EXPECT_THAT(exited.error().error.reason, HasSubstr("status 7"));
  const auto killed = run_probe(program("kill -9 $$"), directory_.string());
  ASSERT_FALSE(killed);
  EXPECT_THAT(killed.error().error.reason, HasSubstr("signal 9"));
}

TEST_F(ProbeTest, SaysWhichModuleIsMissingWhenThereIsNoI2cDevice) {
  const auto found = run_probe(program("echo '[]'"), directory_.string());
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().error.hint, HasSubstr("modprobe i2c-dev"));
}

TEST_F(ProbeTest, SaysWhatToJoinWhenPermissionIsMissing) {
  // A link that leads nowhere cannot be opened by root either.
  fs::create_symlink(directory_ / "nowhere", directory_ / "i2c-3");
  const auto found = run_probe(program("echo '[]'"), directory_.string());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().status, ExitStatus::refused);
  EXPECT_THAT(found.error().error.hint, HasSubstr("sudo"));
  EXPECT_THAT(found.error().error.hint, HasSubstr("group i2c"));
}

TEST_F(ProbeTest, TellsThatTheHelperCannotBeStarted) {
  add_bus();
  const auto found = run_probe((directory_ / "absent").string(), directory_.string());
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().error.object, HasSubstr("absent"));
}

}  // namespace
}  // namespace hotseat::cli
