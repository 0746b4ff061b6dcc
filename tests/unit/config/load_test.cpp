// Which files are read at all.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/config.h"
#include "config/trust.h"

namespace hotseat::config {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class Load : public testing::Test {
 public:
  Load() {
    std::string pattern = testing::TempDir() + "hotseat-config-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  ~Load() override { std::filesystem::remove_all(directory_); }

 protected:
  std::string write(const std::string& text, mode_t mode = 0644) const {
    std::string path = directory_ + "/hotseat.toml";
    std::ofstream(path) << text;
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }
  Error error_of(const std::string& path) const {
    const auto seat = load(path);
    EXPECT_FALSE(seat);
    return seat ? Error{} : seat.error();
  }

  std::string directory_;
};

TEST_F(Load, ReadsAFile) {
  const auto seat = load(write("[guest.win11]\n"));
  ASSERT_TRUE(seat) << to_string(seat.error());
  EXPECT_EQ(seat->guests.at(0).name.str(), "win11");
}

TEST_F(Load, PointsIntoTheFile) {
  const std::string path = write("[gest.win11]\n");
  EXPECT_EQ(error_of(path).object, path + ":1:2");
}

TEST_F(Load, AMissingFileSaysWhereToLearnMore) {
  const Error error = error_of(directory_ + "/none.toml");
  EXPECT_EQ(error.object, directory_ + "/none.toml");
  EXPECT_EQ(error.reason, "No such file or directory");
  EXPECT_THAT(error.hint, HasSubstr("hotseat.toml(5)"));
}

TEST_F(Load, ADirectoryIsRefused) {
  EXPECT_EQ(error_of(directory_).reason, "is a directory");
}

TEST_F(Load, AFifoIsRefusedWithoutWaitingForAWriter) {
  const std::string path = directory_ + "/fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(error_of(path).reason, "is not a regular file");
}

TEST_F(Load, AFileThatOthersMayWriteIsRefused) {
  const std::string path = write("", 0646);
  const Error error = error_of(path);
  EXPECT_EQ(error.reason, "everybody may write it");
  EXPECT_EQ(error.hint, "chmod go-w '" + path + "'");
}

TEST_F(Load, OneMebibyteIsReadAndAByteMoreIsNot) {
  std::string comment(std::size_t{1} << 20, '#');
  EXPECT_TRUE(load(write(comment)));
  EXPECT_EQ(error_of(write(comment + "#")).reason, "is larger than 1 MiB");
}

TEST_F(Load, TextThatIsNotUtf8IsRefusedOnItsLine) {
  const std::string path = write("\n# caf\xe9\n");
  const Error error = error_of(path);
  EXPECT_THAT(error.object, StartsWith(path + ":2:"));
  EXPECT_THAT(error.reason, EndsWith("invalid utf-8 sequence"));
}

struct Owned {
  const char* what;
  mode_t mode;
  uid_t owner;
  gid_t group;
  const char* reason;  // empty: trusted
};

class Distrust : public testing::TestWithParam<Owned> {};

TEST_P(Distrust, LooksAtOwnerAndMode) {
  struct stat status {};
  status.st_mode = GetParam().mode;
  status.st_uid = GetParam().owner;
  status.st_gid = GetParam().group;
  const auto error = distrust(status, 1000, "/etc/hotseat/hotseat.toml");
  EXPECT_EQ(error ? error->reason : "", GetParam().reason);
  EXPECT_EQ(error && error->hint.empty(), false);
}

INSTANTIATE_TEST_SUITE_P(
    Files, Distrust,
    testing::Values(Owned{"roots", S_IFREG | 0644, 0, 0, ""},
                    Owned{"own", S_IFREG | 0600, 1000, 1000, ""},
                    Owned{"root_group_may_write", S_IFREG | 0664, 0, 0, ""},
                    Owned{"group_may_write", S_IFREG | 0664, 0, 50, "group id 50 may write it"},
                    Owned{"own_group_may_write", S_IFREG | 0664, 1000, 1000,
                          "group id 1000 may write it"},
                    Owned{"all_may_write", S_IFREG | 0602, 0, 0, "everybody may write it"},
                    Owned{"another_users", S_IFREG | 0600, 1001, 0,
                          "belongs to user id 1001, who could make the daemon run any program"},
                    Owned{"directory", S_IFDIR | 0755, 0, 0, "is a directory"},
                    Owned{"device", S_IFCHR | 0600, 0, 0, "is not a regular file"}),
    [](const auto& row) { return std::string(row.param.what); });

}  // namespace
}  // namespace hotseat::config
