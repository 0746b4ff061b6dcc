// The host's input devices, as evdev nodes.
#pragma once

#include <functional>
#include <vector>

#include "domain/input_node.h"

namespace hotseat::ports {

class InputNodes {
 public:
  virtual ~InputNodes() = default;

  // Starts observing: `changed` is called soon with all nodes that udev is through with (links and
  // permissions are there), and again after every change. Called once. Clones that hotseat made are
  // left out.
  virtual void observe(std::function<void(const std::vector<InputNode>&)> changed) = 0;
};

}  // namespace hotseat::ports
