#include "service/caller.h"

#include <pwd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>

namespace hotseat::service {

namespace {

struct Credentials {
  std::optional<std::uint32_t> uid;
  std::optional<std::uint32_t> pid;
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Local accounts only: getpwuid() may ask a directory server, and the loop must not wait for one.
std::string user_name(std::uint32_t uid) {
  const std::unique_ptr<std::FILE, CloseFile> accounts(std::fopen("/etc/passwd", "re"));
  while (accounts) {
    // Loop thread only; the entry is copied before the next call.
    const passwd* entry = fgetpwent(accounts.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr) break;
    if (entry->pw_uid == uid) return entry->pw_name;
  }
  return "uid " + std::to_string(uid);
}

std::string command_of(std::uint32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
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
    } else if (sd_bus_message_skip(reply, "v") < 0) {
      return found;
    }
    if (sd_bus_message_exit_container(reply) < 0) return found;
  }
  return found;
}

}  // namespace

std::string describe_caller(sd_bus_message* credentials) {
  const Credentials who = read_credentials(credentials);
  std::string text = who.uid ? user_name(*who.uid) : "an unknown caller";
  if (!who.pid) return text;
  const std::string command = command_of(*who.pid);
  text += " (";
  if (!command.empty()) text += command + ", ";
  return text + "pid " + std::to_string(*who.pid) + ")";
}

}  // namespace hotseat::service
