#include <array>
#include <cstdio>

#include "domain/plan.h"

namespace hotseat {

namespace {

std::string hex(std::uint8_t value) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "0x%02x", value);
  return text.data();
}

std::string at(const UsbAddress& address) {
  return address == UsbAddress{} ? "" : " (" + to_string(address) + ")";
}

struct Describe {
  std::string operator()(const StartGuest& step) const { return "start " + step.guest.str(); }
  std::string operator()(const AttachUsb& step) const {
    return "attach " + step.device.str() + at(step.address) + " to " + step.domain.str();
  }
  std::string operator()(const DetachUsb& step) const {
    return "detach " + step.device.str() + at(step.address) + " from " + step.domain.str();
  }
  std::string operator()(const SetInput& step) const {
    return "set " + step.monitor.str() + " to " + step.target.str() + " (" + hex(step.input) + ")";
  }
  std::string operator()(const RouteInput& step) const {
    return "route input to " + step.target.str();
  }
  std::string operator()(const RunCommand& step) const {
    std::string text = "run";
    for (const std::string& word : step.command.argv) text += " " + word;
    return text;
  }
};

struct KindOf {
  const char* operator()(const StartGuest&) const { return "start-guest"; }
  const char* operator()(const AttachUsb&) const { return "attach-usb"; }
  const char* operator()(const DetachUsb&) const { return "detach-usb"; }
  const char* operator()(const SetInput&) const { return "set-input"; }
  const char* operator()(const RunCommand&) const { return "run-command"; }
  const char* operator()(const RouteInput&) const { return "route-input"; }
};

}  // namespace

std::string describe(const Action& action) {
  return std::visit(Describe{}, action);
}

const char* kind_of(const Action& action) {
  return std::visit(KindOf{}, action);
}

const char* to_string(Rule rule) {
  switch (rule) {
    case Rule::unknown_target:
      return "unknown-target";
    case Rule::no_running_guest:
      return "no-running-guest";
    case Rule::hypervisor_away:
      return "hypervisor-away";
    case Rule::unknown_domain:
      return "unknown-domain";
    case Rule::guest_not_running:
      return "guest-not-running";
    case Rule::guest_paused:
      return "guest-paused";
    case Rule::guest_stopping:
      return "guest-stopping";
    case Rule::device_absent:
      return "device-absent";
    case Rule::device_ambiguous:
      return "device-ambiguous";
    case Rule::device_claimed_twice:
      return "device-claimed-twice";
    case Rule::input_missing:
      return "input-missing";
    case Rule::superseded:
      return "superseded";
    case Rule::not_permitted:
      return "not-permitted";
  }
  return "unknown";
}

}  // namespace hotseat
