// A plain client of a Unix socket.
#pragma once

#include <filesystem>
#include <string>

#include "base/unique_fd.h"

namespace hotseat::test {

// A client that says exactly what it is told to.
class Client {
 public:
  explicit Client(const std::filesystem::path& socket);
  void say(const std::string& text) const;
  // What was said to it and whether the other side has hung up, so far.
  const std::string& heard();
  bool hung_up();
  void end() const;  // says no more, and listens
  void hang_up() { socket_.reset(); }

 private:
  void listen();

  UniqueFd socket_;
  std::string heard_;
  bool hung_up_ = false;
};

}  // namespace hotseat::test
