// Strong names: a device name cannot be passed where a target name is expected.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace hotseat {

template <typename Tag>
class Name {
 public:
  Name() = default;
  explicit Name(std::string value) : value_(std::move(value)) {}

  const std::string& str() const { return value_; }
  bool empty() const { return value_.empty(); }
  auto operator<=>(const Name&) const = default;

 private:
  std::string value_;
};

using DeviceName = Name<struct DeviceTag>;    // [[device]] name
using MonitorName = Name<struct MonitorTag>;  // [[monitor]] name
using TargetName = Name<struct TargetTag>;    // "host" or the X of [guest.X]
using DomainName = Name<struct DomainTag>;    // a libvirt domain's name

}  // namespace hotseat

template <typename Tag>
struct std::hash<hotseat::Name<Tag>> {
  std::size_t operator()(const hotseat::Name<Tag>& name) const {
    return std::hash<std::string>{}(name.str());
  }
};
