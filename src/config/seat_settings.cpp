#include "config/seat_settings.h"

#include <string_view>

#include "config/hotkeys.h"
#include "config/limits.h"
#include "config/words.h"

namespace hotseat::config {

namespace {

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

void read_seat(const std::optional<Field>& field, Inactive& inactive) {
  if (!field) return;
  const auto section = Section::open(*field, "[seat]", {"cycle_hotkey", "release_hotkey"});
  if (!section) return;
  for (const char* name : {"cycle_hotkey", "release_hotkey"}) {
    if (const auto hotkey = section->find(name)) {
      check_chord(*hotkey);
      inactive.hotkeys.push_back(hotkey->key());
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
