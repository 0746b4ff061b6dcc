#include "adapters/udev/roster.h"

#include <algorithm>

#include "adapters/udev/by_id.h"
#include "adapters/udev/interface_class.h"

namespace hotseat::adapters {

namespace {

bool usually_has_driver(const UsbNode& node) {
  return std::any_of(node.interfaces.begin(), node.interfaces.end(), is_usually_driven);
}

}  // namespace

Roster::Roster(const UsbTree& tree, UdevLookup lookup) : tree_(tree), lookup_(std::move(lookup)) {}

std::vector<UsbDevice> Roster::refresh(const std::set<std::string>& touched) {
  std::vector<UsbDevice> devices;
  std::map<Key, Plug> present;
  waiting_ = false;
  for (const UsbNode& node : tree_.nodes()) {
    const Key key{node.port, node.address};
    auto known = plugs_.find(key);
    const bool is_new = known == plugs_.end();
    Plug plug = is_new ? Plug{} : std::move(known->second);
    if (is_new) plug.serial = tree_.serial(node.port);
    learn(node, plug, is_new || touched.contains(node.port));
    devices.push_back(describe(node, plug));
    plug.driver = devices.back().driver;
    waiting_ = waiting_ || (plug.settled && plug.driver == UsbDriver::none);
    present.emplace(key, std::move(plug));
  }
  plugs_ = std::move(present);
  return devices;
}

void Roster::learn(const UsbNode& node, Plug& plug, bool touched) {
  if (is_driven_by_host(node)) plug.wanted = true;
  if (plug.settled && !touched) return;
  UdevFacts facts = lookup_(node);
  plug.witnessed = plug.witnessed || !facts.initialized;
  plug.settled = plug.settled || facts.initialized;
  if (!facts.serial_id.empty()) plug.serial_id = std::move(facts.serial_id);
  // Collected, never dropped: the nodes vanish one by one when usbfs takes the device.
  plug.by_id.insert(facts.by_id.begin(), facts.by_id.end());
}

UsbDevice Roster::describe(const UsbNode& node, const Plug& plug) {
  UsbDevice device{node.address, node.id, plug.serial, node.port, {}, driver_of(node, plug)};
  device.by_id.assign(plug.by_id.begin(), plug.by_id.end());
  if (device.by_id.empty() && plug.settled && device.driver != UsbDriver::host) {
    device.by_id = likely_by_id_names(node, plug.serial_id);
  }
  return device;
}

UsbDriver Roster::driver_of(const UsbNode& node, const Plug& plug) {
  if (is_held_by_usbfs(node)) return UsbDriver::usbfs;
  if (!plug.settled) return UsbDriver::none;
  if (is_driven_by_host(node)) return UsbDriver::host;
  if (!node.bound || !node.authorized) return UsbDriver::none;
  return plug.wanted.value_or(usually_has_driver(node)) ? UsbDriver::none : UsbDriver::host;
}

std::optional<UsbNode> Roster::find(const UsbAddress& address) const {
  for (const auto& [key, plug] : plugs_) {
    if (key.second != address) continue;
    auto node = tree_.node(key.first);
    if (node && node->address == address) return node;
  }
  return tree_.node_at(address);
}

std::optional<UsbDriver> Roster::driver_now(const UsbAddress& address) const {
  const auto node = find(address);
  if (!node) return std::nullopt;
  if (is_driven_by_host(*node)) return UsbDriver::host;
  auto known = plugs_.find({node->port, node->address});
  return driver_of(*node, known == plugs_.end() ? Plug{} : known->second);
}

void Roster::stop_waiting() {
  for (auto& [key, plug] : plugs_) {
    const bool driverless = plug.settled && plug.driver == UsbDriver::none;
    if (plug.witnessed && driverless && !plug.wanted) plug.wanted = false;
  }
}

void Roster::not_wanted(const UsbAddress& address) {
  for (auto& [key, plug] : plugs_) {
    if (key.second == address) plug.wanted = false;
  }
}

}  // namespace hotseat::adapters
