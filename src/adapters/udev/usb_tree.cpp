#include "adapters/udev/usb_tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/unique_fd.h"

namespace hotseat::adapters {

namespace fs = std::filesystem;

namespace {

// USB 2.0, 11.23.1: bDeviceClass of a hub, root hubs included.
constexpr unsigned kHubClass = 0x09;

// devnum while a device is reset, which QEMU does when it takes one and when it lets go; it then
// has the number again that it had before (hub_port_init in drivers/usb/core/hub.c).
constexpr unsigned kBeingReset = 0;

// An attribute is at most a page; those read here are far shorter.
std::optional<std::string> read_attribute(const fs::path& path) {
  UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::array<char, 512> text{};
  const ssize_t size = read(file.get(), text.data(), text.size());
  if (size < 0) return std::nullopt;
  std::string_view value(text.data(), static_cast<std::size_t>(size));
  while (!value.empty() && value.back() == '\n') value.remove_suffix(1);
  return std::string(value);
}

template <typename Number>
std::optional<Number> read_number(const fs::path& path, int base) {
  const std::string text = read_attribute(path).value_or("");
  const char* const end = text.data() + text.size();
  Number value{};
  auto [rest, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

Expected<void> write_attribute(const fs::path& path, std::string_view value,
                               const std::string& context) {
  UniqueFd file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file && write(file.get(), value.data(), value.size()) >= 0) return {};
  const int error = errno;
  const bool denied = error == EACCES || error == EPERM || error == EROFS;
  return fail({context, path.string(), std::generic_category().message(error),
               denied ? "hotseatd must run as root and its unit must let it write to /sys" : ""});
}

std::string driver_of(const fs::path& directory) {
  std::error_code unbound;
  return fs::read_symlink(directory / "driver", unbound).filename();
}

UsbInterface read_interface(const fs::path& directory) {
  UsbInterface interface;
  interface.name = directory.filename();
  interface.number = read_attribute(directory / "bInterfaceNumber").value_or("");
  interface.device_class = read_number<std::uint8_t>(directory / "bInterfaceClass", 16).value_or(0);
  interface.subclass = read_number<std::uint8_t>(directory / "bInterfaceSubClass", 16).value_or(0);
  interface.protocol = read_number<std::uint8_t>(directory / "bInterfaceProtocol", 16).value_or(0);
  interface.driver = driver_of(directory);
  return interface;
}

// "1-3" and "1-3.2" are devices; "usb1" is a root hub, "1-3:1.0" an interface.
bool is_port(const std::string& name) {
  return name.find('-') != std::string::npos && name.find(':') == std::string::npos;
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<UsbInterface> read_interfaces(const fs::path& device, const std::string& port) {
  std::vector<UsbInterface> interfaces;
  for (const auto& name : names_in(device)) {
    if (name.starts_with(port + ":")) interfaces.push_back(read_interface(device / name));
  }
  return interfaces;
}

std::optional<UsbAddress> read_address(const fs::path& device) {
  auto bus = read_number<unsigned>(device / "busnum", 10);
  auto number = read_number<unsigned>(device / "devnum", 10);
  if (!bus || !number || number == kBeingReset) return std::nullopt;
  return UsbAddress{*bus, *number};
}

constexpr const char* kUsbfs = "usbfs";  // drivers/usb/core/devio.c, usbfs_driver

}  // namespace

bool is_held_by_usbfs(const UsbNode& node) {
  return std::any_of(node.interfaces.begin(), node.interfaces.end(),
                     [](const UsbInterface& each) { return each.driver == kUsbfs; });
}

bool is_driven_by_host(const UsbNode& node) {
  return !is_held_by_usbfs(node) &&
         std::any_of(node.interfaces.begin(), node.interfaces.end(),
                     [](const UsbInterface& each) { return !each.driver.empty(); });
}

UsbTree::UsbTree(const fs::path& sys_dir) : usb_(sys_dir / "bus/usb") {}

std::vector<std::string> UsbTree::ports() const {
  auto names = names_in(usb_ / "devices");
  std::erase_if(names, [](const std::string& name) { return !is_port(name); });
  return names;
}

std::optional<UsbNode> UsbTree::node(const std::string& port) const {
  const fs::path device = usb_ / "devices" / port;
  auto address = read_address(device);
  auto vendor = read_number<std::uint16_t>(device / "idVendor", 16);
  auto product = read_number<std::uint16_t>(device / "idProduct", 16);
  auto device_class = read_number<unsigned>(device / "bDeviceClass", 16);
  if (!address || !vendor || !product || device_class == kHubClass) return std::nullopt;
  return UsbNode{.port = port,
                 .address = *address,
                 .id = {*vendor, *product},
                 .bound = !driver_of(device).empty(),
                 .authorized = read_attribute(device / "authorized") != "0",
                 .interfaces = read_interfaces(device, port)};
}

std::optional<UsbNode> UsbTree::node_at(const UsbAddress& address) const {
  for (const auto& port : ports()) {
    if (read_address(usb_ / "devices" / port) == address) return node(port);
  }
  return std::nullopt;
}

bool UsbTree::update(UsbNode& node) const {
  const fs::path device = usb_ / "devices" / node.port;
  // The bus is part of the port's name: only the number tells a device from the one before it.
  const auto number = read_number<unsigned>(device / "devnum", 10);
  if (number == kBeingReset) return true;
  if (number != node.address.device) return false;
  node.bound = !driver_of(device).empty();
  node.authorized = read_attribute(device / "authorized") != "0";
  bool same_interfaces = !node.interfaces.empty();
  for (UsbInterface& interface : node.interfaces) {
    interface.driver = driver_of(device / interface.name);
    std::error_code gone;
    same_interfaces =
        same_interfaces && (!interface.driver.empty() || fs::exists(device / interface.name, gone));
  }
  if (!same_interfaces) node.interfaces = read_interfaces(device, node.port);
  return true;
}

std::string UsbTree::serial(const std::string& port) const {
  return read_attribute(usb_ / "devices" / port / "serial").value_or("");
}

Expected<void> UsbTree::probe(const UsbInterface& interface) const {
  return write_attribute(usb_ / "drivers_probe", interface.name,
                         "offer " + interface.name + " to the host's drivers");
}

Expected<void> UsbTree::authorize(const std::string& port, bool authorized) const {
  return write_attribute(
      usb_ / "devices" / port / "authorized", authorized ? "1" : "0",
      (authorized ? "authorize the device on port " : "deauthorize the device on port ") + port);
}

}  // namespace hotseat::adapters
