#include "config/config.h"

#include <iterator>
#include <utility>

#include "config/compat.h"
#include "config/devices.h"
#include "config/monitors.h"
#include "config/policy.h"
#include "config/seat_settings.h"
#include "config/targets.h"
#include "config/toml/document.h"
#include "config/toml/field.h"
#include "config/toml/words.h"
#include "domain/input_setup.h"

namespace hotseat::config {

namespace {

std::vector<std::string> names_of_targets(const Seat& seat) {
  std::vector<std::string> names = {kHost.str()};
  for (const GuestSpec& guest : seat.guests) names.push_back(guest.name.str());
  return names;
}

bool has_no_way_back(const MonitorSpec& monitor) {
  return !monitor.inputs.empty() && !monitor.inputs.contains(kHost);
}

std::vector<std::string> notes_on(const Seat& seat) {
  std::vector<std::string> notes;
  if (seat.devices.empty() && seat.monitors.empty()) {
    notes.emplace_back("the seat is empty: there is no [[device]] and no [[monitor]]");
  }
  if (seat.guests.empty()) notes.emplace_back("there is no [guest.NAME] to switch to");
  for (const MonitorSpec& monitor : seat.monitors) {
    if (!has_no_way_back(monitor)) continue;
    notes.push_back("monitor " + monitor.name.str() +
                    " has no input for host: it will not come back by itself");
  }
  return notes;
}

Seat read_document(const Node& document, Problems& problems) {
  Seat seat;
  const auto root = Section::open(
      Field(document, {}, problems), {},
      {"seat", "libvirt", "timeouts", "compat", "policy", "host", "device", "monitor", "guest"});
  if (!root) return seat;
  std::vector<HotkeySetting> set;
  std::vector<Hotkey> defaults;
  read_seat(root->find("seat"), set, defaults);
  seat.libvirt_uri = read_libvirt_uri(root->find("libvirt"));
  const TimeoutSettings timeouts = read_timeouts(root->find("timeouts"));
  seat.timeouts = timeouts.steps;
  seat.compat = read_compat(root->find("compat"), seat.notes);
  seat.host = read_host(root->find("host"), set);
  Policy of_guests;
  seat.guests = read_guests(root->find("guest"), timeouts.start, of_guests, set);
  seat.policy = read_policy(root->find("policy"), names_of_targets(seat), seat.compat);
  seat.policy.grants.merge(of_guests.grants);
  seat.devices = read_devices(root->find("device"));
  check_hotkeys(set, defaults);
  seat.hotkeys = std::move(defaults);
  for (HotkeySetting& setting : set) seat.hotkeys.push_back(std::move(setting.hotkey));
  if (!set.empty() && !routes_input(seat)) {
    seat.notes.emplace_back(
        "while a guest has the seat no hotkey is seen: no device has transport = \"evdev\"");
  }
  seat.monitors = read_monitors(root->find("monitor"), names_of_targets(seat));
  auto notes = notes_on(seat);
  std::move(notes.begin(), notes.end(), std::back_inserter(seat.notes));
  return seat;
}

}  // namespace

Expected<Seat> parse(std::string_view text, const std::string& file_name) {
  Problems problems;
  const auto document = parse_document(text);
  if (!document) {
    problems.add(document.error());
    return fail(problems.to_error(file_name));
  }
  Seat seat = read_document(*document, problems);
  if (!problems.empty()) return fail(problems.to_error(file_name));
  return seat;
}

}  // namespace hotseat::config
