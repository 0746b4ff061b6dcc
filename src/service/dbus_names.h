// What the daemon is called on the bus. The same names stand in the policy file and in the clients.
#pragma once

namespace hotseat::service {

inline constexpr const char* kBusName = "org.hotseat.Hotseat1";
inline constexpr const char* kInterface = "org.hotseat.Hotseat1";
inline constexpr const char* kObjectPath = "/org/hotseat/Hotseat1";
inline constexpr const char* kConfigError = "org.hotseat.Error.Config";
inline constexpr const char* kDeniedError = "org.hotseat.Error.NotPermitted";
// Those who speak for others, hotseat-web and the SSH door, run in this group (dist/sysusers).
inline constexpr const char* kDoorsGroup = "hotseat-doors";

}  // namespace hotseat::service
