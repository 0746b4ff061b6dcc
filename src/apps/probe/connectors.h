// Which DRM connector a monitor hangs on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace hotseat::probe {

// The connector the bus belongs to; else the only one whose EDID begins like this; else empty.
std::string connector_of(const std::filesystem::path& sys_drm, std::optional<int> bus,
                         std::span<const std::uint8_t> edid);

}  // namespace hotseat::probe
