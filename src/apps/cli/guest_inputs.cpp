#include "apps/cli/guest_inputs.h"

#include <optional>

#include "apps/cli/render_status.h"
#include "apps/cli/terminal.h"
#include "config/toml/words.h"

namespace hotseat::cli {

namespace {

tl::unexpected<Failure> no_such_guest(const Json& guests, const std::string& vm) {
  std::vector<std::string> names;
  for (const Json& guest : guests) names.push_back(text_of(guest, "name"));
  const std::string all =
      names.empty() ? "no [guest.NAME] is configured" : "configured are: " + config::listed(names);
  return fail_with(ExitStatus::usage,
                   {"", "", "no guest " + config::in_quotes(vm) + " is configured",
                    config::suggestion(vm, names, all)});
}

// Why a device is not among a guest's inputs; nothing when it is.
std::optional<std::string> left_out(const Json& device, const std::string& target,
                                    bool optional_too) {
  const std::string name = text_of(device, "name");
  if (device.at("optional").get<bool>() && !optional_too) {
    return name + " is optional and left out: " + printable(target) +
           " would not start without it (--optional adds it)";
  }
  if (!device.at("present").get<bool>()) {
    return name + " is not plugged in and left out: prepare " + printable(target) +
           " again when it is";
  }
  if (device.at("clones").at(target).empty()) {
    return name + " is left out: hotseat status tells what is wrong with it";
  }
  return std::nullopt;
}

}  // namespace

Result<GuestAddress> find_guest(const Json& status, const std::string& vm) {
  const Json guests = guests_of(status);
  for (const char* key : {"name", "domain"}) {
    for (const Json& guest : guests) {
      if (guest.at(key) != vm) continue;
      return GuestAddress{guest.at("name"), guest.at("domain"), status.at("libvirt").at("uri")};
    }
  }
  return no_such_guest(guests, vm);
}

GuestInputs inputs_for(const Json& status, const std::string& target, bool optional_too) {
  GuestInputs inputs;
  for (const Json& device : status.at("devices")) {
    if (device.at("transport") != "evdev") continue;
    inputs.any_routed = true;
    if (auto why = left_out(device, target, optional_too)) {
      inputs.notes.push_back(std::move(*why));
      continue;
    }
    for (const Json& paths : device.at("clones").at(target)) inputs.nodes.push_back(paths);
  }
  return inputs;
}

}  // namespace hotseat::cli
