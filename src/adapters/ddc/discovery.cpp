#include "adapters/ddc/discovery.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <map>
#include <string_view>
#include <system_error>

#include "base/unique_fd.h"

namespace hotseat::adapters {

namespace {

namespace fs = std::filesystem;

// sysfs comes and goes while it is read: what cannot be read is not there.
std::vector<fs::path> entries(const fs::path& directory) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// An EDID with extensions is the longest that is read here. Not an ifstream: that throws where a
// driver answers EIO, or where "class" is a directory.
std::string contents(const fs::path& file) {
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 4096> buffer{};
  const ssize_t size = fd ? ::read(fd.get(), buffer.data(), buffer.size()) : -1;
  return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string line(const fs::path& file) {
  std::string text = contents(file);
  return text.substr(0, text.find('\n'));
}

fs::path resolved(const fs::path& path) {
  std::error_code error;
  return fs::canonical(path, error);  // empty when it is not there
}

// kernfs gives a number to each directory that it makes, and to no other (fs/kernfs/dir.c).
std::uint64_t inode_of(const fs::path& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 ? found.st_ino : 0;
}

// N of "i2c-N"; clients of a bus are named "N-0050".
std::optional<int> bus_number(const fs::path& path) {
  constexpr std::string_view prefix = "i2c-";
  const std::string name = path.filename();
  if (!name.starts_with(prefix)) return std::nullopt;
  int number = 0;
  const char* end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data() + prefix.size(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return number;
}

struct Connector {
  std::string name;
  std::optional<wire::Edid> edid;
};

bool is_connector(const std::string& name) {  // "card0-DP-1", not "card0" or "renderD128"
  return name.starts_with("card") && name.find('-') != std::string::npos;
}

std::optional<wire::Edid> edid_of(const fs::path& connector) {
  const std::string bytes = contents(connector / "edid");
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto edid = wire::parse_edid({data, bytes.size()});
  if (!edid) return std::nullopt;
  return *edid;
}

// The AUX channel's bus is a child of its connector; the DDC pins are a link named "ddc"
// (drivers/gpu/drm/drm_sysfs.c). A DisplayPort socket may have both.
std::vector<int> buses_of(const fs::path& connector) {
  std::vector<int> numbers;
  const auto add = [&](const fs::path& path) {
    const auto number = bus_number(path);
    if (number && std::find(numbers.begin(), numbers.end(), *number) == numbers.end()) {
      numbers.push_back(*number);
    }
  };
  for (const fs::path& child : entries(connector)) add(child);
  add(resolved(connector / "ddc"));
  return numbers;
}

std::map<int, Connector> connectors(const fs::path& sys_drm) {
  std::map<int, Connector> by_bus;
  for (const fs::path& path : entries(sys_drm)) {
    if (!is_connector(path.filename())) continue;
    const std::vector<int> numbers = buses_of(path);
    const auto edid = numbers.size() == 1 ? edid_of(path) : std::nullopt;
    for (const int number : numbers) by_bus.emplace(number, Connector{path.filename(), edid});
  }
  return by_bus;
}

bool contains_any(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

// PCI class code of the nearest PCI device above the adapter: "0x030000".
std::optional<std::string> pci_class(fs::path device) {
  for (; device.has_relative_path(); device = device.parent_path()) {
    const std::string code = line(device / "class");
    if (code.starts_with("0x")) return code;
  }
  return std::nullopt;
}

BusKind kind_of(const FoundBus& bus) {
  if (contains_any(bus.name, {"SMBus", "smbus", "SMU"})) return BusKind::other;
  if (!bus.connector.empty()) return BusKind::display;
  // Graphics over USB, and virtual ones: below a USB controller or no PCI device at all.
  if (contains_any(bus.name, {"DDC", "ddc", "evdi", "DisplayLink"})) return BusKind::display;
  const auto code = pci_class(bus.device);
  if (!code) return BusKind::unsure;
  // PCI Code and ID Assignment: base class 03 is a display controller.
  return code->starts_with("0x03") ? BusKind::display : BusKind::other;
}

}  // namespace

std::vector<FoundBus> find_buses(const DdcPaths& paths) {
  const std::map<int, Connector> by_bus = connectors(paths.sys_drm);
  std::vector<FoundBus> found;
  for (const fs::path& path : entries(paths.sys_i2c)) {
    const auto number = bus_number(path);
    if (!number) continue;
    FoundBus bus;
    bus.number = *number;
    bus.device = resolved(path);
    bus.directory = inode_of(path);
    bus.name = line(path / "name");
    if (const auto connector = by_bus.find(*number); connector != by_bus.end()) {
      bus.connector = connector->second.name;
      bus.edid = connector->second.edid;
    }
    bus.kind = kind_of(bus);
    if (bus.kind != BusKind::other) found.push_back(std::move(bus));
  }
  std::sort(found.begin(), found.end(),
            [](const FoundBus& a, const FoundBus& b) { return a.number < b.number; });
  return found;
}

}  // namespace hotseat::adapters
