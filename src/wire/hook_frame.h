// What `hotseat hook` and hotseatd say to each other when libvirt starts or ends a guest: one
// request and one answer over a stream socket.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hotseat::wire {

inline constexpr const char* kHookSocketName = "hook.sock";  // in /run/hotseat
inline constexpr std::size_t kMaxHookXml = std::size_t{1} << 20U;
inline constexpr std::size_t kHookHeader = 12;  // bytes

// The arguments of a hook script and its standard input (libvirt.org/hooks.html).
struct HookEvent {
  std::string guest;          // the domain's name
  std::string operation;      // "prepare"
  std::string sub_operation;  // "begin"
  std::string extra;
  std::string xml;
  bool operator==(const HookEvent&) const = default;
};

struct HookAnswer {
  bool yes = true;     // to "prepare": it may start
  std::string reason;  // of a no
  bool operator==(const HookAnswer&) const = default;
};

// Header and body. No part may hold a NUL character.
std::string encode(const HookEvent& event);
// How long the body behind this header is; nothing when it is none of ours, or announces more than
// there can be.
std::optional<std::size_t> body_length(std::string_view header);
std::optional<HookEvent> decode_event(std::string_view body);

std::string encode(const HookAnswer& answer);
std::optional<HookAnswer> decode_answer(std::string_view text);

}  // namespace hotseat::wire
