#include "sim/usb_bus.h"

#include <algorithm>
#include <utility>

namespace hotseat::sim {

void UsbBus::make(const std::string& label, UsbDevice device) {
  Socket socket;
  socket.by_id = std::exchange(device.by_id, {});
  device.address = {};
  device.driver = UsbDriver::none;
  socket.device = std::move(device);
  sockets_[label] = std::move(socket);
}

UsbAddress UsbBus::plug(const std::string& label) {
  Socket& socket = sockets_.at(label);
  if (socket.plugged) return socket.device.address;
  socket.plugged = true;
  socket.device.address = {1, next_device_number()};
  let_go(socket);
  return socket.device.address;
}

void UsbBus::unplug(const std::string& label) {
  Socket& socket = sockets_.at(label);
  if (!socket.plugged) return;
  agenda_.cancel(socket.binding);
  socket.plugged = false;
  socket.claimed.reset();
  socket.device.address = {};
  socket.device.by_id.clear();
  socket.device.driver = UsbDriver::none;
  bell_.ring();
}

UsbAddress UsbBus::replug(const std::string& label) {
  unplug(label);
  return plug(label);
}

bool UsbBus::is_plugged(const std::string& label) const {
  return sockets_.at(label).plugged;
}

UsbAddress UsbBus::address_of(const std::string& label) const {
  return sockets_.at(label).device.address;
}

std::string UsbBus::holder_of(const std::string& label) const {
  const Socket& socket = sockets_.at(label);
  if (socket.claimed) return socket.claimed->str();
  return socket.device.driver == UsbDriver::host ? "host" : "";
}

std::vector<std::string> UsbBus::labels() const {
  std::vector<std::string> labels;
  for (const auto& [label, socket] : sockets_) labels.push_back(label);
  return labels;
}

std::vector<UsbDevice> UsbBus::devices() const {
  std::vector<UsbDevice> devices;
  for (const auto& [label, socket] : sockets_) {
    if (socket.plugged) devices.push_back(socket.device);
  }
  return devices;
}

std::optional<UsbDriver> UsbBus::driver_at(const UsbAddress& address) const {
  const Socket* socket = at(address);
  if (socket == nullptr) return std::nullopt;
  return socket->device.driver;
}

Expected<void> UsbBus::claim(const UsbAddress& address, const DomainName& domain, bool configured) {
  Socket* socket = at(address);
  if (socket == nullptr) {
    return fail({"claim a device", to_string(address), "failed to find host usb device", ""});
  }
  if (socket->claimed && *socket->claimed != domain) {
    return fail({"claim a device", to_string(address),
                 "USB device is in use by domain " + socket->claimed->str(), ""});
  }
  agenda_.cancel(socket->binding);
  socket->claimed = domain;
  socket->device.driver = UsbDriver::none;
  if (configured) drive_later(*socket, UsbDriver::usbfs);
  bell_.ring();
  return {};
}

void UsbBus::release(const UsbAddress& address, const DomainName& domain) {
  Socket* socket = at(address);
  if (socket == nullptr || socket->claimed != domain) return;
  let_go(*socket);
}

void UsbBus::abandon(const UsbAddress& address, const DomainName& domain) {
  Socket* socket = at(address);
  if (socket == nullptr || socket->claimed != domain) return;
  agenda_.cancel(socket->binding);
  socket->claimed.reset();
  socket->device.driver = UsbDriver::none;
  bell_.ring();
}

Expected<void> UsbBus::reclaim(const UsbAddress& address) {
  Socket* socket = at(address);
  if (socket == nullptr) {
    return fail({"reclaim a device", to_string(address), "it is not plugged in", "plug it in"});
  }
  if (socket->device.driver != UsbDriver::host) let_go(*socket);
  return {};
}

UsbBus::Socket* UsbBus::at(const UsbAddress& address) {
  return const_cast<Socket*>(std::as_const(*this).at(address));
}

const UsbBus::Socket* UsbBus::at(const UsbAddress& address) const {
  for (const auto& [label, socket] : sockets_) {
    if (socket.plugged && socket.device.address == address) return &socket;
  }
  return nullptr;
}

// As the kernel does (drivers/usb/core/hub.c, choose_devnum): the next free number, from 1 again
// after 127, so that an old address may come to mean another device.
unsigned UsbBus::next_device_number() {
  do {
    last_number_ = last_number_ >= 127 ? 2 : last_number_ + 1;
  } while (at(UsbAddress{1, last_number_}) != nullptr);
  return last_number_;
}

void UsbBus::let_go(Socket& socket) {
  socket.claimed.reset();
  socket.device.driver = UsbDriver::none;
  drive_later(socket, UsbDriver::host);
  bell_.ring();
}

void UsbBus::drive_later(Socket& socket, UsbDriver driver) {
  agenda_.cancel(socket.binding);
  socket.binding = agenda_.in(pace_.draw(pace_.timing().bind), [this, &socket, driver] {
    socket.device.driver = driver;
    if (driver == UsbDriver::host) socket.device.by_id = socket.by_id;
    bell_.ring();
  });
}

}  // namespace hotseat::sim
