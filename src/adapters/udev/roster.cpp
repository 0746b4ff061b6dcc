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

std::vector<UsbDevice> Roster::refresh(const News& news) {
  std::vector<UsbDevice> devices;
  std::map<Key, Plug> present;
  waiting_ = false;
  for (const std::string& port : tree_.ports()) {
    const auto told = news.find(port);
    auto plug = refreshed(port, told == news.end() ? nullptr : &told->second);
    if (!plug) continue;
    devices.push_back(describe(*plug));
    plug->driver = devices.back().driver;
    waiting_ = waiting_ || (plug->settled && plug->driver == UsbDriver::none);
    const Key key{port, plug->node.address};
    present.emplace(key, std::move(*plug));
  }
  plugs_ = std::move(present);
  return devices;
}

// Nothing: the port has no device of interest.
std::optional<Roster::Plug> Roster::refreshed(const std::string& port, const PortNews* news) const {
  auto plug = known_on(port, news);
  if (!plug) {
    const auto node = tree_.node(port);
    if (!node) return std::nullopt;
    plug.emplace();
    plug->node = *node;
    plug->serial = tree_.serial(port);
  }
  learn(*plug, news);
  return plug;
}

// Nothing: another device is there now, or none.
std::optional<Roster::Plug> Roster::known_on(const std::string& port, const PortNews* news) const {
  const auto known = plugs_.lower_bound({port, UsbAddress{}});
  if (known == plugs_.end() || known->first.first != port) return std::nullopt;
  Plug plug = known->second;
  if (news == nullptr && is_driven_by_host(plug.node)) return plug;
  if (!tree_.update(plug.node)) return std::nullopt;
  if (news == nullptr || !(news->interfaces || news->anything)) return plug;
  if (auto node = tree_.node(port)) plug.node = std::move(*node);  // else it is being reset
  return plug;
}

void Roster::learn(Plug& plug, const PortNews* news) const {
  if (is_driven_by_host(plug.node)) plug.wanted = true;
  // Collected, never dropped: the nodes vanish one by one when usbfs takes the device.
  if (news != nullptr) plug.by_id.insert(news->by_id.begin(), news->by_id.end());
  if (plug.settled && !(news != nullptr && news->anything)) return;
  UdevFacts facts = lookup_(plug.node);
  plug.witnessed = plug.witnessed || !facts.initialized;
  plug.settled = plug.settled || facts.initialized;
  if (!facts.serial_id.empty()) plug.serial_id = std::move(facts.serial_id);
  plug.by_id.insert(facts.by_id.begin(), facts.by_id.end());
}

UsbDevice Roster::describe(const Plug& plug) {
  const UsbNode& node = plug.node;
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
    UsbNode node = plug.node;
    if (tree_.update(node)) return node;
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
