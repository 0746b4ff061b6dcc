#include "domain/shortcuts.h"

#include <algorithm>
#include <variant>

#include "domain/plan.h"

namespace hotseat {

namespace {

bool routes_at_once(const Plan& plan) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) {
    return std::holds_alternative<RouteInput>(step.action) && step.after.empty();
  });
}

}  // namespace

Shortcuts shortcuts(const World& world, const Seat& seat, const std::vector<Hotkey>& hotkeys) {
  Shortcuts found;
  if (world.router.let_go) return found;  // devices have to be taken up first
  for (std::size_t index = 0; index < hotkeys.size(); ++index) {
    const Hotkey& hotkey = hotkeys[index];
    if (hotkey.action == HotkeyAction::release) continue;  // that one always is
    const TargetName target =
        hotkey.action == HotkeyAction::cycle ? next_target(world, seat) : hotkey.target;
    const auto made = plan(world, seat, target);
    if (made && routes_at_once(*made)) found.emplace(index, target);
  }
  return found;
}

}  // namespace hotseat
