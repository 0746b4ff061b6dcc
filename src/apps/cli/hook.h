// What libvirt's hook does: tells hotseatd of a guest that is about to start or has ended.
//
// libvirt waits, and nothing here asks it anything (libvirt.org/hooks.html).
#pragma once

#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "apps/cli/result.h"

namespace hotseat::cli {

struct HookPlaces {
  std::filesystem::path socket = "/run/hotseat/hook.sock";
  std::filesystem::path sysfs = "/sys";
  std::filesystem::path udev = "/run/udev";
  int input = 0;                              // the domain's description comes from here
  std::chrono::milliseconds patience{3'000};  // for all of it
};

// `words` are VM OP SUBOP EXTRA. `done` unless it is "prepare begin" and the guest must not start:
// libvirt would end a running guest whose hook fails on "reconnect".
ExitStatus run_hook(const std::vector<std::string>& words, const HookPlaces& places,
                    std::ostream& err);

}  // namespace hotseat::cli
