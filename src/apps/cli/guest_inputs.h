// What a guest has to read to take its turn in the seat, out of the status document.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/document.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

// Where a guest is found in libvirt.
struct GuestAddress {
  std::string target;  // its name in the seat
  std::string domain;
  std::string uri;
};

struct GuestInputs {
  Json nodes = Json::array();      // the paths of each, the main one first
  std::vector<std::string> notes;  // devices that are left out, and why
  bool any_routed = false;         // is there a device of transport evdev at all?
};

// `vm` is a target, or else the name of a target's domain.
Result<GuestAddress> find_guest(const Json& status, const std::string& vm);

GuestInputs inputs_for(const Json& status, const std::string& target, bool optional_too);

}  // namespace hotseat::cli
