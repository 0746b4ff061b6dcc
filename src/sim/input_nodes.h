// The input node port over the simulated workstation: every USB device that the host drives has
// one.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ports/input_nodes.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimInputNodes : public ports::InputNodes {
 public:
  explicit SimInputNodes(Workstation& workstation);

  void observe(std::function<void(const std::vector<InputNode>&)> changed) override;

 private:
  void report();

  Workstation& workstation_;
  std::function<void(const std::vector<InputNode>&)> changed_;
  std::optional<std::vector<InputNode>> reported_;
  Mail mail_;
  Listening bus_;
};

}  // namespace hotseat::sim
