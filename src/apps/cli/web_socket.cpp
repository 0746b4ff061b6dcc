#include "apps/cli/web_socket.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "apps/cli/terminal.h"
#include "base/unique_fd.h"

namespace hotseat::cli {

namespace {

constexpr timeval kPatience{5, 0};
constexpr std::size_t kLongestWebAnswer = 1'048'576;

tl::unexpected<Failure> unreachable_web(const std::string& socket, int number) {
  const bool forbidden = number == EACCES || number == EPERM;
  return fail_with(ExitStatus::unreachable,
                   {"hotseat-web is not reachable", socket, std::strerror(number),
                    forbidden ? "only root may: sudo hotseat web …"
                              : "is it running? systemctl status hotseat-web"});
}

Result<UniqueFd> connect_to(const std::string& path) {
  sockaddr_un address{};
  if (path.size() >= sizeof address.sun_path) return unreachable_web(path, ENAMETOOLONG);
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return unreachable_web(path, errno);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return unreachable_web(path, errno);
  }
  return fd;
}

}  // namespace

Result<Json> ask_web(const std::string& socket, const Json& request) {
  const auto asked = request_text(request);
  if (!asked) return tl::make_unexpected(asked.error());
  auto fd = connect_to(socket);
  if (!fd) return tl::make_unexpected(fd.error());
  const std::string line = *asked + "\n";
  if (::send(fd->get(), line.data(), line.size(), MSG_NOSIGNAL) < 0) {
    return unreachable_web(socket, errno);
  }
  std::string text;
  std::array<char, 4096> chunk{};
  while (text.size() < kLongestWebAnswer) {
    const ssize_t count = ::recv(fd->get(), chunk.data(), chunk.size(), 0);
    if (count < 0) return unreachable_web(socket, errno);
    if (count == 0) break;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  if (text.empty()) return unreachable_web(socket, EPERM);  // it hangs up on whom it does not know
  Json answer = parse_document(text);
  if (!answer.contains("error")) return answer;
  const Json& error = answer["error"];
  return fail_with(ExitStatus::failed,
                   {"hotseat-web", "", text_of(error, "message"), text_of(error, "hint")});
}

}  // namespace hotseat::cli
