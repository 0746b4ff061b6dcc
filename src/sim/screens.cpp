#include "sim/screens.h"

#include <utility>

namespace hotseat::sim {

namespace {
// "DP-1" means "card0-DP-1" too.
bool same_connector(const std::string& wanted, const std::string& connector) {
  return wanted == connector || connector.ends_with("-" + wanted);
}
}  // namespace

void Screens::make(const std::string& label, ScreenIdentity identity, std::uint8_t input) {
  Screen screen;
  screen.identity = std::move(identity);
  screen.input = input;
  screens_[label] = std::move(screen);
}

void Screens::plug(const std::string& label) {
  at(label).plugged = true;
}

void Screens::unplug(const std::string& label) {
  at(label).plugged = false;
}

std::vector<std::string> Screens::find(const MonitorMatch& match) const {
  std::vector<std::string> labels;
  for (const auto& [label, screen] : screens_) {
    const ScreenIdentity& is = screen.identity;
    if (!screen.plugged) continue;
    if (match.manufacturer && *match.manufacturer != is.manufacturer) continue;
    if (match.model && *match.model != is.model) continue;
    if (match.serial && *match.serial != is.serial) continue;
    if (match.connector && !same_connector(*match.connector, is.connector)) continue;
    if (match.bus && *match.bus != is.bus) continue;
    labels.push_back(label);
  }
  return labels;
}

bool Screens::acknowledges(Screen& screen) {
  if (!screen.plugged || screen.faults.nack_always) return false;
  if (screen.faults.nacks == 0) return true;
  --screen.faults.nacks;
  return false;
}

bool Screens::write(const std::string& label, std::uint8_t feature, std::uint8_t value) {
  Screen& screen = at(label);
  if (!acknowledges(screen)) return false;
  ++screen.writes;
  // An unsupported feature is acknowledged and ignored.
  if (feature != screen.feature || screen.faults.ignore_writes) return true;
  const std::uint8_t before = std::exchange(screen.input, value);
  agenda_.cancel(screen.reverting);
  if (screen.faults.revert) {
    screen.reverting =
        agenda_.in(*screen.faults.revert, [&screen, before] { screen.input = before; });
  }
  return true;
}

std::optional<std::uint8_t> Screens::read(const std::string& label, std::uint8_t feature) {
  Screen& screen = at(label);
  if (!acknowledges(screen) || screen.faults.mute || feature != screen.feature) return std::nullopt;
  return screen.faults.misread.value_or(screen.input);
}

}  // namespace hotseat::sim
