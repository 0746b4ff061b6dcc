#include "connectors.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <vector>

namespace hotseat::probe {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> connectors(const fs::path& sys_drm) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(sys_drm, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().find('-') != std::string::npos) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// An AUX channel's bus is a child of its connector; DDC pins are linked as "ddc".
bool owns(const fs::path& connector, int bus) {
  const std::string node = "i2c-" + std::to_string(bus);
  std::error_code error;
  return fs::exists(connector / node, error) ||
         fs::canonical(connector / "ddc", error).filename() == node;
}

bool shows(const fs::path& connector, std::span<const std::uint8_t> edid) {
  std::ostringstream bytes;
  bytes << std::ifstream(connector / "edid", std::ios::binary).rdbuf();
  const std::string text = bytes.str();
  return text.size() >= edid.size() &&
         std::equal(edid.begin(), edid.end(), text.begin(),
                    [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
}

}  // namespace

std::string connector_of(const fs::path& sys_drm, std::optional<int> bus,
                         std::span<const std::uint8_t> edid) {
  std::vector<std::string> alike;
  for (const fs::path& connector : connectors(sys_drm)) {
    if (bus && owns(connector, *bus)) return connector.filename();
    if (shows(connector, edid)) alike.push_back(connector.filename());
  }
  return alike.size() == 1 ? alike.front() : "";
}

}  // namespace hotseat::probe
