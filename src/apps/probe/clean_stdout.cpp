#include "clean_stdout.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace hotseat::probe {

namespace {

int document_fd = -1;

void redirect(int, char**, char**) {
  document_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  dup2(STDERR_FILENO, STDOUT_FILENO);
}

// libddcutil's constructor already prints to standard output, long before main(). The functions of
// .preinit_array are called before the constructors of any library (System V gABI, "Initialization
// and Termination Functions").
[[gnu::section(".preinit_array"), gnu::used]] void (*redirect_first)(int, char**,
                                                                     char**) = redirect;

}  // namespace

bool print_document(const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t more = write(document_fd, text.data() + written, text.size() - written);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return false;
    written += static_cast<std::size_t>(more);
  }
  return true;
}

}  // namespace hotseat::probe
