#include "domain/input_node.h"

#include <algorithm>

namespace hotseat {

bool matches(const DeviceMatch& match, const InputNode& node) {
  if (match.id && *match.id != node.id) return false;
  if (match.serial && *match.serial != node.serial) return false;
  if (match.port && *match.port != node.port) return false;
  if (match.name && *match.name != node.name) return false;
  if (match.address && *match.address != node.address) return false;
  return !match.by_id ||
         std::find(node.by_id.begin(), node.by_id.end(), *match.by_id) != node.by_id.end();
}

std::string piece_of(const InputNode& node) {
  if (!node.port.empty()) return node.port;
  if (!node.address.empty()) return node.address;
  return node.phys.empty() ? node.node : node.phys;
}

}  // namespace hotseat
