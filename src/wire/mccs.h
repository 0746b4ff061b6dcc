// Names of the values of VCP feature 0x60, Input Select (MCCS 2.2a, 8.10 "Input/Output").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hotseat::wire {

inline constexpr std::uint8_t kInputSelect = 0x60;

struct InputName {
  std::uint8_t value;
  std::string_view name;
};

// All of them in the order of their values, for suggestions. Monitors are free not to follow the
// table, and many do: the value itself is always the last word.
std::span<const InputName> input_names();

// The value of "DisplayPort-1". Case, spaces, '-' and '_' do not count, "DP" stands for
// DisplayPort, and a missing number means the first: "dp1", "HDMI 2", "usb_c" all do. Numbers as
// text ("0x0f") are not names.
std::optional<std::uint8_t> input_by_name(std::string_view name);

// "DisplayPort-1"; "0x90" for a value without a name.
std::string input_name(std::uint8_t value);

// "0x0f": how values are written everywhere a person or a program reads them.
std::string hex(std::uint8_t value);

}  // namespace hotseat::wire
