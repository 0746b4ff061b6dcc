#include "apps/cli/hook.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>

#include "apps/cli/bounded_io.h"
#include "apps/cli/terminal.h"
#include "base/unique_fd.h"
#include "domain/guest_inputs.h"
#include "domain_xml/definition.h"
#include "wire/hook_frame.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestAnswer = 4096;

// The socket's backlog may be full: connecting must not block longer than all the rest may.
void set_patience(int socket, Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
          .count();
  const auto bounded = left > 1 ? left : 1;  // zero would be for ever
  const timeval limit{bounded / 1000, (bounded % 1000) * 1000};
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

UniqueFd connect_to(const std::string& path, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return {};
  set_patience(socket.get(), deadline);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return {};
  }
  return socket;
}

// Nothing when hotseatd is not there or does not answer in time.
std::optional<wire::HookAnswer> ask_daemon(const wire::HookEvent& event, const HookPlaces& places,
                                           Deadline deadline) {
  const UniqueFd socket = connect_to(places.socket.string(), deadline);
  std::string answer;
  if (!socket || !send_all(socket.get(), wire::encode(event), deadline) ||
      read_all(socket.get(), kLongestAnswer, deadline, answer) != ReadEnd::complete) {
    return std::nullopt;
  }
  return wire::decode_answer(answer);
}

// udev's own link, of a device that is called so by itself (/run/udev/data/c13:67).
bool is_of_udev(const std::string& link, dev_t device, const fs::path& udev) {
  std::ifstream data(udev / "data" /
                     ("c" + std::to_string(major(device)) + ":" + std::to_string(minor(device))));
  const std::string wanted = "S:input/by-id/" + link;
  for (std::string line; std::getline(data, line);) {
    if (line == wanted) return true;
  }
  return false;
}

// A link outlives its clone, and its node's number may be a physical device's by now. Other
// programs make clones, too, and links to them.
bool is_there(const fs::path& link, const HookPlaces& places) {
  struct stat node {};
  if (::stat(link.c_str(), &node) != 0) return false;
  std::error_code error;
  const std::string sysname = fs::canonical(link, error).filename();
  const fs::path device = fs::canonical(places.sysfs / "class/input" / sysname, error);
  const bool is_physical = !error && device.string().find("/devices/virtual/") == std::string::npos;
  return !is_physical || is_of_udev(link.filename(), node.st_rdev, places.udev);
}

// A clone that the guest would not find: QEMU would fail to start, with less to go by.
std::optional<std::string> missing_clone(const wire::HookEvent& event, const HookPlaces& places) {
  const auto definition = domain_xml::read_definition(event.xml);
  if (!definition) return std::nullopt;
  for (const EvdevInput& input : definition->inputs) {
    if (!clone_asked_for(input.path, DomainName{event.guest})) continue;
    if (!is_there(input.path, places)) return input.path;
  }
  return std::nullopt;
}

ExitStatus without_daemon(const wire::HookEvent& event, const HookPlaces& places,
                          std::ostream& err) {
  const auto missing = missing_clone(event, places);
  if (!missing) {
    err << "hotseat: hotseatd does not answer; the guest is not held up\n";
    return ExitStatus::done;
  }
  err << "hotseat: " << printable(event.guest) << " may not start: " << printable(*missing)
      << " is made by hotseatd, which does not answer (systemctl start hotseatd)\n";
  return ExitStatus::failed;
}

ExitStatus prepare(const wire::HookEvent& event, const HookPlaces& places, Deadline deadline,
                   std::ostream& err) {
  const auto answer = ask_daemon(event, places, deadline);
  if (!answer) return without_daemon(event, places, err);
  if (answer->yes) return ExitStatus::done;
  err << "hotseat: " << printable(answer->reason) << "\n";
  return ExitStatus::failed;
}

bool concerns_us(const wire::HookEvent& event) {
  return (event.operation == "prepare" && event.sub_operation == "begin") ||
         (event.operation == "release" && event.sub_operation == "end");
}

}  // namespace

ExitStatus run_hook(const std::vector<std::string>& words, const HookPlaces& places,
                    std::ostream& err) {
  const Deadline deadline = std::chrono::steady_clock::now() + places.patience;
  wire::HookEvent event{words.at(0), words.at(1), words.at(2), words.at(3), ""};
  // Read whatever it is: libvirt may still be writing.
  const ReadEnd end = read_all(places.input, wire::kMaxHookXml, deadline, event.xml);
  if (!concerns_us(event)) return ExitStatus::done;
  if (event.operation == "release") {
    ask_daemon(event, places, deadline);
    return ExitStatus::done;
  }
  if (end == ReadEnd::complete) return prepare(event, places, deadline, err);
  err << "hotseat: "
      << (end == ReadEnd::too_long ? "the domain's description is larger than 1 MiB"
                                   : "the domain's description did not come")
      << "; the guest is not held up\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
