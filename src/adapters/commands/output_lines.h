// Cuts what a program prints into lines fit for the log.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hotseat::adapters {

// Lines come out printable (base/printable.h), cut off at kMaxLine bytes; after kMaxLines of them
// one that says so, and no more: a program gone wild must not fill the journal.
class OutputLines {
 public:
  static constexpr std::size_t kMaxLine = 1000;
  static constexpr std::size_t kMaxLines = 200;

  explicit OutputLines(std::function<void(const std::string&)> sink);

  void add(std::string_view bytes);
  void end();  // no more comes: what has no newline yet is a line, too

  // The last one that was not blank, logged or not.
  const std::string& last() const { return last_; }

 private:
  void end_line();

  std::function<void(const std::string&)> sink_;
  std::string line_;
  bool cut_ = false;
  std::size_t count_ = 0;
  std::string last_;
};

}  // namespace hotseat::adapters
