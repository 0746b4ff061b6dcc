#include "sim/input_router.h"

#include <algorithm>
#include <utility>

namespace hotseat::sim {

SimInputRouter::SimInputRouter(Workstation& workstation)
    : workstation_(workstation), mail_(workstation.clock()) {}

void SimInputRouter::observe(Listener listener) {
  listener_ = std::move(listener);
  report();
}

void SimInputRouter::configure(const InputSetup& setup) {
  if (setup_.hotkeys != setup.hotkeys) shortcuts_.clear();
  if (!setup.keeps_strangers) drop_orphans(setup.targets);
  setup_ = setup;
  status_.sources.clear();
  auto clones = status_.clones.all();  // those of a source that is away stay
  for (const InputSource& source : setup.sources) {
    status_.sources.push_back({source.id, source.device, source.node, SourceState::routed, ""});
    for (const InputTarget& target : setup.targets) {
      const std::string name = clone_names(target, source).front();
      if (std::find(clones.begin(), clones.end(), name) == clones.end()) clones.push_back(name);
    }
  }
  status_.clones = CloneNames(std::move(clones));
  report();
}

// The clones of who has the seat stay, configured or not.
void SimInputRouter::drop_orphans(std::vector<InputTarget> wanted) {
  for (const InputTarget& target : setup_.targets) {
    if (target.name == status_.route) wanted.push_back(target);
  }
  auto clones = status_.clones.all();
  std::erase_if(clones, [&](const std::string& clone) { return !is_clone_of_any(wanted, clone); });
  status_.clones = CloneNames(std::move(clones));
}

void SimInputRouter::set_shortcuts(const Shortcuts& shortcuts) {
  shortcuts_ = shortcuts;
}

void SimInputRouter::route(const TargetName& target, ports::Done done) {
  const bool known =
      std::any_of(setup_.targets.begin(), setup_.targets.end(),
                  [&](const InputTarget& candidate) { return candidate.name == target; });
  Expected<void> result;
  if (known && releases_untold_ > 0 && target != kHost) {
    result = fail({"route input", target.str(), "the release chord was pressed meanwhile", ""});
  } else if (known) {
    status_.route = target;
    status_.let_go = false;
    report();
  } else {
    result = fail({"route input", target.str(), "there is no such target", ""});
  }
  mail_.deliver({}, [done = std::move(done), result = std::move(result)] { done(result); });
}

void SimInputRouter::press(const Hotkey& hotkey) {
  const bool is_release = hotkey.action == HotkeyAction::release;
  if (is_release) ++releases_untold_;
  mail_.deliver({}, [this, hotkey, is_release] {
    if (is_release) --releases_untold_;
    listener_.hotkey(hotkey);
  });
  const auto index = std::find(setup_.hotkeys.begin(), setup_.hotkeys.end(), hotkey);
  const auto shortcut = shortcuts_.find(static_cast<std::size_t>(index - setup_.hotkeys.begin()));
  if (is_release) {
    status_.route = kHost;
  } else if (shortcut != shortcuts_.end()) {
    status_.route = shortcut->second;
  }
  report();
}

void SimInputRouter::report() {
  if (!listener_.changed) return;
  mail_.deliver({}, [this, status = status_] { listener_.changed(status); });
}

}  // namespace hotseat::sim
