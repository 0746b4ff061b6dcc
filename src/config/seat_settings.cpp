#include "config/seat_settings.h"

#include <linux/input-event-codes.h>

#include <string_view>
#include <utility>

#include "config/limits.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

// vfio-kvm's and QEMU's chord for cycling; for the way out, one that no desktop uses.
std::vector<Hotkey> standard_hotkeys() {
  Hotkey cycle;
  cycle.action = HotkeyAction::cycle;
  cycle.keys = {KEY_LEFTCTRL, KEY_RIGHTCTRL};
  cycle.from = "seat.cycle_hotkey (which is left and right Ctrl unless it is set)";
  Hotkey release;
  release.action = HotkeyAction::release;
  release.keys = {KEY_ESC, KEY_LEFTCTRL, KEY_LEFTALT};
  release.from = "seat.release_hotkey (which is left Ctrl, left Alt and Esc unless it is set)";
  return {cycle, release};
}

void read_timeout(const Section& section, const char* name, Milliseconds& value) {
  if (const auto field = section.find(name)) {
    value = field->duration(kShortestTimeout, kLongestTimeout).value_or(value);
  }
}

// DRIVER:///PATH or DRIVER+unix:///PATH (libvirt.org/uri.html): no host between the slashes, since
// the devices are plugged in here.
bool is_local_uri(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  return scheme != std::string_view::npos && scheme > 0 && uri.substr(scheme + 3).starts_with('/');
}

}  // namespace

void read_seat(const std::optional<Field>& field, std::vector<HotkeySetting>& set,
               std::vector<Hotkey>& defaults) {
  const auto section =
      field ? Section::open(*field, "[seat]", {"cycle_hotkey", "release_hotkey"}) : std::nullopt;
  for (Hotkey& standard : standard_hotkeys()) {
    const bool release = standard.action == HotkeyAction::release;
    const auto value =
        section ? section->find(release ? "release_hotkey" : "cycle_hotkey") : std::nullopt;
    if (!value) {
      defaults.push_back(std::move(standard));
      continue;
    }
    auto hotkey = read_hotkey(*value);
    if (hotkey) {
      hotkey->action = standard.action;
      set.push_back({*std::move(hotkey), *value});
    } else if (release && value->is_empty_list()) {
      value->report("cannot be switched off: it is the way out when everything else hangs",
                    "leave it out for the standard one, left Ctrl, left Alt and Esc");
    }
  }
}

std::string read_libvirt_uri(const std::optional<Field>& field) {
  std::string standard = Seat{}.libvirt_uri;
  if (!field) return standard;
  const auto section = Section::open(*field, "[libvirt]", {"uri"});
  if (!section) return standard;
  const auto uri = section->find("uri");
  if (!uri) return standard;
  const auto value = uri->word();
  if (value && !is_local_uri(*value)) {
    uri->report(in_quotes(*value) + " is not the address of a hypervisor on this machine",
                "the usual one is \"qemu:///system\"");
  }
  return value.value_or(standard);
}

TimeoutSettings read_timeouts(const std::optional<Field>& field) {
  TimeoutSettings timeouts;
  if (!field) return timeouts;
  const auto section = Section::open(*field, "[timeouts]", {"usb", "monitor", "start", "release"});
  if (!section) return timeouts;
  read_timeout(*section, "usb", timeouts.steps.usb);
  read_timeout(*section, "monitor", timeouts.steps.monitor);
  read_timeout(*section, "start", timeouts.start);
  read_timeout(*section, "release", timeouts.steps.release);
  return timeouts;
}

}  // namespace hotseat::config
