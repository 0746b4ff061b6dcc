#include "adapters/journal/log_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "base/unique_fd.h"

namespace hotseat::adapters {
namespace {

class TextSink : public testing::Test {
 protected:
  TextSink() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
    read_.reset(ends[0]);
    write_.reset(ends[1]);
  }

  std::string written() {
    write_.reset();
    std::array<char, 4096> text{};
    const ssize_t size = read(read_.get(), text.data(), text.size());
    return {text.data(), static_cast<std::size_t>(size < 0 ? 0 : size)};
  }

  UniqueFd read_;
  UniqueFd write_;
};

TEST_F(TextSink, WritesALineAMessageAndNothingForDebugging) {
  auto sink = text_sink(write_.get(), false);
  sink({Severity::error, "first", {{"HOTSEAT_TARGET", "win11"}}});
  sink({Severity::debug, "for debugging", {}});
  sink({Severity::info, "second", {}});
  EXPECT_EQ(written(), "first\nsecond\n");
}

TEST_F(TextSink, ColoursWhatMattersAndResets) {
  auto sink = text_sink(write_.get(), true);
  sink({Severity::error, "bad", {}});
  sink({Severity::info, "plain", {}});
  EXPECT_EQ(written(), "\x1b[1;31mbad\x1b[0m\nplain\n");
}

TEST_F(TextSink, IsNotColouredOnAPipe) {
  EXPECT_FALSE(wants_colour(write_.get(), nullptr));
}

TEST(Colour, IsForATerminalUnlessNoColorSaysOtherwise) {
  const UniqueFd terminal(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal) GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_TRUE(wants_colour(terminal.get(), nullptr));
  EXPECT_TRUE(wants_colour(terminal.get(), ""));
  EXPECT_FALSE(wants_colour(terminal.get(), "1"));
}

TEST_F(TextSink, IsTheJournalWhenTheEnvironmentNamesThisVeryFile) {
  struct stat status {};
  ASSERT_EQ(fstat(write_.get(), &status), 0);
  const std::string device = std::to_string(status.st_dev);
  const std::string inode = std::to_string(status.st_ino);
  EXPECT_TRUE(is_journal(write_.get(), (device + ":" + inode).c_str()));
  EXPECT_FALSE(is_journal(write_.get(), (device + ":" + inode + "0").c_str()));
  EXPECT_FALSE(is_journal(write_.get(), ""));
  EXPECT_FALSE(is_journal(write_.get(), nullptr));
  EXPECT_FALSE(is_journal(-1, (device + ":" + inode).c_str()));
}

}  // namespace
}  // namespace hotseat::adapters
