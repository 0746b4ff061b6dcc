#include "apps/cli/holders.h"

#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

bool has_open(const fs::path& process, const std::string& node) {
  std::error_code error;
  for (fs::directory_iterator file(process / "fd", error), end; !error && file != end;
       file.increment(error)) {
    std::error_code gone;
    if (fs::read_symlink(file->path(), gone) == node) return true;
  }
  return false;
}

std::string command_of(const fs::path& process) {
  std::ifstream file(process / "comm");
  std::string name;
  std::getline(file, name);
  return name;
}

// "evsieve (812), Xorg (640)"
std::string holders_of(const std::string& node, const fs::path& proc) {
  std::string found;
  std::error_code error;
  for (fs::directory_iterator process(proc, error), end; !error && process != end;
       process.increment(error)) {
    const std::string pid = process->path().filename();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    if (!has_open(process->path(), node)) continue;
    const std::string command = command_of(process->path());
    if (command == "hotseatd") continue;
    if (!found.empty()) found += ", ";
    found.append(command).append(" (").append(pid).append(")");
  }
  return found;
}

}  // namespace

void note_holders(Json& status, const fs::path& proc) {
  for (const Json& device : status.at("devices")) {
    if (!device.contains("nodes") || device.value("state", "") != "failed") continue;
    for (const Json& entry : device.at("nodes")) {
      const auto node = entry.get<std::string>();
      const std::string holders = holders_of(node, proc);
      if (holders.empty()) continue;
      std::string note = text_of(device, "name");
      note.append(": ").append(node).append(" is open in ").append(holders);
      status["notes"].push_back(std::move(note));
    }
  }
}

}  // namespace hotseat::cli
