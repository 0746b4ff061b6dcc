// Forwards what input devices say to one target at a time.
#pragma once

#include <functional>
#include <string>

#include "domain/hotkey.h"
#include "domain/input_setup.h"
#include "domain/router_status.h"
#include "domain/shortcuts.h"
#include "ports/completion.h"

namespace hotseat::ports {

class InputRouter {
 public:
  struct Listener {
    std::function<void(const RouterStatus&)> changed;
    // A chord was pressed. A release and a shortcut have been carried out already when this is
    // called, and this is called before `changed` tells of it.
    std::function<void(const Hotkey&)> hotkey;
  };

  virtual ~InputRouter() = default;

  // `changed` is called soon and after every change. Called once.
  virtual void observe(Listener listener) = 0;

  // What is to be done; replaces the earlier setup. Only differences are acted on: a source that
  // stays is not touched, and the clones of one that went stay for its return; those of a target
  // that went go too, unless it has the seat or the setup keeps strangers. New clones are there
  // before `changed` tells of them.
  virtual void configure(const InputSetup& setup) = 0;

  // Hotkeys of the setup that it follows by itself, without waiting for anybody, until told
  // otherwise. A setup with other hotkeys has no shortcuts at first.
  virtual void set_shortcuts(const Shortcuts& shortcuts) = 0;

  // From now on events go to this target: keys held on the old one are released there first, at a
  // frame boundary. Takes devices up again that were let go. Fails for a target that the setup does
  // not have, and for a guest when the release chord was pressed and that has not been told yet:
  // the way home is not overtaken. `changed` comes before `done`.
  virtual void route(const TargetName& target, Done done) = 0;
};

}  // namespace hotseat::ports
