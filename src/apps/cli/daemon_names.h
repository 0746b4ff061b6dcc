// What the daemon is called on the bus.
#pragma once

namespace hotseat::cli {

inline constexpr const char* kBusName = "org.hotseat.Hotseat1";
inline constexpr const char* kInterface = "org.hotseat.Hotseat1";
inline constexpr const char* kObjectPath = "/org/hotseat/Hotseat1";
inline constexpr const char* kConfigError = "org.hotseat.Error.Config";
inline constexpr const char* kDeniedError = "org.hotseat.Error.NotPermitted";

}  // namespace hotseat::cli
