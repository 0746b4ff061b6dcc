#include "adapters/ddc/quirks.h"

#include <array>
#include <string_view>

namespace hotseat::adapters {

namespace {

struct KnownMonitor {
  std::string_view manufacturer;
  std::string_view model_prefix;  // of the EDID name
  MonitorQuirks quirks;
};

constexpr MonitorQuirks kNeverSaysWhatItShows{.read_mask = 0};

// LG's second way (source 0x50, feature 0xf4; ddcutil issues 100, 612) is left to the config on
// purpose: it has input values of its own, so the config must name those anyway, and "LG ULTRAGEAR"
// is the EDID name of monitors that need it and of monitors that do not.
constexpr std::array<KnownMonitor, 2> kKnownMonitors{{
    // Takes 0x0f, reads 0x0305: the low byte is another input's value (ddcutil issue 385).
    {"AOC", "Q27P1B", kNeverSaysWhatItShows},
    // Takes 0x06 where it reads 0x0f (ddcutil issue 343).
    {"SAM", "LS32A70", kNeverSaysWhatItShows},
}};

}  // namespace

MonitorQuirks quirks_of(const wire::Edid* edid, const MonitorQuirkOverrides& overrides) {
  MonitorQuirks quirks;
  for (const KnownMonitor& known : kKnownMonitors) {
    if (edid != nullptr && edid->manufacturer == known.manufacturer &&
        edid->name.starts_with(known.model_prefix)) {
      quirks = known.quirks;
    }
  }
  quirks.feature = overrides.feature.value_or(quirks.feature);
  quirks.source_address = overrides.source_address.value_or(quirks.source_address);
  quirks.get_before_set = overrides.get_before_set.value_or(quirks.get_before_set);
  quirks.settle = overrides.settle.value_or(quirks.settle);
  quirks.read_mask = overrides.read_mask.value_or(quirks.read_mask);
  return quirks;
}

}  // namespace hotseat::adapters
