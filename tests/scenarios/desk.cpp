#include "tests/scenarios/desk.h"

#include <sstream>
#include <stdexcept>

namespace hotseat::testing {

Desk::Daemon::Daemon(Desk& desk, Seat seat)
    : hypervisor(desk.workstation_),
      usb(desk.workstation_),
      monitors(desk.workstation_),
      commands(desk.workstation_),
      input_nodes(desk.workstation_),
      router(desk.workstation_),
      reports(desk.clock_, {}),
      coordinator(std::move(seat),
                  {hypervisor, usb, monitors, commands, input_nodes, router, desk.clock_}, reports,
                  [&desk]() -> Expected<Seat> { return desk.config_; }) {}

Desk::Desk() {
  sim::furnish_demo(workstation_);
}

void Desk::start_hotseatd() {
  daemon_ = std::make_unique<Daemon>(*this, config_);
}

void Desk::kill_hotseatd() {
  daemon_.reset();
  asked_ = answered_;  // what was under way is never answered
}

app::Coordinator& Desk::hotseatd() {
  if (!daemon_) throw std::logic_error("hotseatd does not run");
  return daemon_->coordinator;
}

app::Service::Answer Desk::take_answer() {
  ++asked_;
  return [this](const SwitchReport& report) {
    ++answered_;
    answer_ = report;
  };
}

void Desk::ask(const std::string& target) {
  hotseatd().request_switch(target, "a person", take_answer());
}

void Desk::ask_next() {
  hotseatd().request_next("a person", take_answer());
}

void Desk::ask_release() {
  hotseatd().request_release("a person", take_answer());
}

const SwitchReport& Desk::answer() const {
  if (!answer_) throw std::logic_error("nothing was answered");
  return *answer_;
}

std::string Desk::device_is_with(const std::string& device) {
  if (!workstation_.usb().is_plugged(device)) return "nobody";
  const std::string holder = workstation_.usb().holder_of(device);
  return holder.empty() ? "host" : holder;
}

bool Desk::is_driven(const std::string& device) {
  sim::UsbBus& usb = workstation_.usb();
  return usb.driver_at(usb.address_of(device)) == UsbDriver::host;
}

std::string Desk::monitor_shows(const std::string& monitor) {
  const std::uint8_t input = workstation_.screens().input_of(monitor);
  for (const auto& [target, value] : config_.monitor(MonitorName{monitor})->inputs) {
    if (value == input) return target.str();
  }
  std::ostringstream text;
  text << "0x" << std::hex << int{input};
  return text.str();
}

}  // namespace hotseat::testing
