#include "sim/input_nodes.h"

#include <utility>

namespace hotseat::sim {

namespace {

InputNode node_of(const UsbDevice& device) {
  InputNode node;
  node.node = "/dev/input/event" + std::to_string(device.address.device);
  node.name = to_string(device.id);
  node.phys = "usb-" + device.port + "/input0";
  node.id = device.id;
  node.serial = device.serial;
  node.port = device.port;
  node.by_id = device.by_id;
  return node;
}

}  // namespace

SimInputNodes::SimInputNodes(Workstation& workstation)
    : workstation_(workstation), mail_(workstation.clock()) {
  bus_ = workstation_.usb().listen([this] { report(); });
}

void SimInputNodes::observe(std::function<void(const std::vector<InputNode>&)> changed) {
  changed_ = std::move(changed);
  report();
}

void SimInputNodes::report() {
  if (!changed_) return;
  std::vector<InputNode> nodes;
  for (const UsbDevice& device : workstation_.usb().devices()) {
    if (device.driver == UsbDriver::host) nodes.push_back(node_of(device));
  }
  if (reported_ == nodes) return;
  reported_ = nodes;
  mail_.deliver(workstation_.pace().draw(workstation_.pace().timing().event),
                [this, nodes = std::move(nodes)] { changed_(nodes); });
}

}  // namespace hotseat::sim
