// The command line, run as the process it is.
#pragma once

#include <sys/types.h>
#include <systemd/sd-event.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace hotseat::test {

// Its output is collected by the event loop, on which the service it talks to runs as well.
class Program {
 public:
  Program(sd_event* event, const std::string& program, std::vector<std::string> arguments);
  ~Program();  // kills it if it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const std::string& out() const { return output_[0].text; }
  const std::string& err() const { return output_[1].text; }
  bool silent() const { return !output_[0].fd && !output_[1].fd; }  // closed both: it has ended
  int wait();  // its exit status, 128 + N when signal N ended it; blocks until it has ended
  void interrupt() const;
  void terminate() const;

 private:
  struct Output {
    UniqueFd fd;
    std::string text;
    sd_event_source* source = nullptr;
  };
  static int on_output(sd_event_source* source, int fd, std::uint32_t, void* its_output);
  void collect(sd_event* event, Output& output, UniqueFd fd);

  std::array<Output, 2> output_;
  pid_t process_ = -1;
};

}  // namespace hotseat::test
