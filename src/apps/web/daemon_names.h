// What hotseatd is called on the bus: service/dbus_service.h describes it.
#pragma once

namespace hotseat::web {

inline constexpr const char* kBusName = "org.hotseat.Hotseat1";
inline constexpr const char* kInterface = "org.hotseat.Hotseat1";
inline constexpr const char* kObjectPath = "/org/hotseat/Hotseat1";
inline constexpr const char* kDeniedError = "org.hotseat.Error.NotPermitted";

}  // namespace hotseat::web
