#include "apps/files/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <iterator>

namespace hotseat::files {
namespace {

namespace fs = std::filesystem;

class WholeFile : public testing::Test {
 protected:
  ~WholeFile() override { fs::remove_all(directory_); }

  static fs::path new_directory() {
    std::string pattern = fs::temp_directory_path() / "hotseat-files-XXXXXX";
    return mkdtemp(pattern.data());
  }
  std::error_code write(const std::string& text, mode_t mode, Existing existing) const {
    return write_whole(file_, text, mode, existing);
  }
  unsigned mode() const { return static_cast<unsigned>(fs::status(file_).permissions()); }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(directory_), fs::directory_iterator());
  }

  const fs::path directory_ = new_directory();
  const fs::path file_ = directory_ / "file";
};

TEST_F(WholeFile, HasItsTextAndItsModeWhateverTheUmask) {
  const mode_t before = umask(0077);
  EXPECT_FALSE(write(std::string(1'000'000, 'a'), 0644, Existing::stays));
  umask(before);
  EXPECT_EQ(read_whole(file_), std::string(1'000'000, 'a'));
  EXPECT_EQ(mode(), 0644U);
  EXPECT_EQ(files(), 1);
}

TEST_F(WholeFile, IsReplacedOnlyWhenItMayBe) {
  EXPECT_FALSE(write("old", 0644, Existing::stays));
  EXPECT_EQ(write("new", 0600, Existing::stays).value(), EEXIST);
  EXPECT_EQ(read_whole(file_), "old");
  EXPECT_FALSE(write("new", 0600, Existing::is_replaced));
  EXPECT_EQ(read_whole(file_), "new");
  EXPECT_EQ(mode(), 0600U);
  EXPECT_EQ(files(), 1);
}

TEST_F(WholeFile, ReplacesALinkAndNotWhatItLeadsTo) {
  const fs::path other = directory_ / "other";
  ASSERT_FALSE(write_whole(other, "other", 0600, Existing::stays));
  fs::create_symlink(other, file_);
  EXPECT_FALSE(write("new", 0600, Existing::is_replaced));
  EXPECT_FALSE(fs::is_symlink(file_));
  EXPECT_EQ(read_whole(other), "other");
}

TEST_F(WholeFile, LeavesNothingBehindWhenItCannotBeWritten) {
  fs::create_directory(file_);
  EXPECT_EQ(write("new", 0600, Existing::is_replaced).value(), EISDIR);
  EXPECT_EQ(files(), 1);
  EXPECT_EQ(write_whole(directory_ / "none" / "file", "", 0600, Existing::stays).value(), ENOENT);
  EXPECT_EQ(read_whole(directory_ / "none"), "");
}

}  // namespace
}  // namespace hotseat::files
