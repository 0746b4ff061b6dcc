// What the daemon is called on the bus. The same names stand in the policy file and in the clients.
#pragma once

namespace hotseat::service {

inline constexpr const char* kBusName = "org.hotseat.Hotseat1";
inline constexpr const char* kInterface = "org.hotseat.Hotseat1";
inline constexpr const char* kObjectPath = "/org/hotseat/Hotseat1";
inline constexpr const char* kConfigError = "org.hotseat.Error.Config";

}  // namespace hotseat::service
