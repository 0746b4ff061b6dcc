#include "service/caller.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <vector>

#include "service/accounts.h"

namespace hotseat::service {

namespace {

struct Credentials {
  std::optional<std::uint32_t> uid;
  std::optional<std::uint32_t> pid;
  std::vector<std::uint32_t> gids;
};

std::string command_of(std::uint32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

// Of the user's and the process's own groups (D-Bus specification, "UnixGroupIDs").
bool read_groups(sd_bus_message* reply, std::vector<std::uint32_t>& gids) {
  if (sd_bus_message_enter_container(reply, 'v', "au") <= 0) return false;
  const void* values = nullptr;
  std::size_t size = 0;
  if (sd_bus_message_read_array(reply, 'u', &values, &size) < 0) return false;
  const auto* first = static_cast<const std::uint32_t*>(values);
  gids.assign(first, first + size / sizeof(std::uint32_t));
  return sd_bus_message_exit_container(reply) >= 0;
}

// A dictionary a{sv} (D-Bus specification, "GetConnectionCredentials").
Credentials read_credentials(sd_bus_message* reply) {
  Credentials found;
  if (sd_bus_message_is_method_error(reply, nullptr) > 0) return found;
  if (sd_bus_message_enter_container(reply, 'a', "{sv}") < 0) return found;
  while (sd_bus_message_enter_container(reply, 'e', "sv") > 0) {
    const char* key = nullptr;
    if (sd_bus_message_read(reply, "s", &key) < 0) return found;
    std::uint32_t value = 0;
    if (std::strcmp(key, "UnixUserID") == 0) {
      if (sd_bus_message_read(reply, "v", "u", &value) > 0) found.uid = value;
    } else if (std::strcmp(key, "ProcessID") == 0) {
      if (sd_bus_message_read(reply, "v", "u", &value) > 0) found.pid = value;
    } else if (std::strcmp(key, "UnixGroupIDs") == 0) {
      if (!read_groups(reply, found.gids)) return found;
    } else if (sd_bus_message_skip(reply, "v") < 0) {
      return found;
    }
    if (sd_bus_message_exit_container(reply) < 0) return found;
  }
  return found;
}

}  // namespace

Caller identify_caller(sd_bus_message* credentials) {
  const Credentials who = read_credentials(credentials);
  Caller caller;
  caller.text = who.uid ? user_name(*who.uid) : "an unknown caller";
  if (who.uid) {
    caller.requester.kind = *who.uid == 0 ? Requester::Kind::root : Requester::Kind::user;
    caller.requester.name = caller.text;
    if (*who.uid != 0) caller.requester.groups = group_names(who.gids);
  }
  if (!who.pid) return caller;
  const std::string command = command_of(*who.pid);
  caller.text += " (";
  if (!command.empty()) caller.text += command + ", ";
  caller.text += "pid " + std::to_string(*who.pid) + ")";
  return caller;
}

}  // namespace hotseat::service
