// A monitor as hotseat-probe tells of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotseat::probe {

struct Display {
  std::optional<int> bus;  // N of /dev/i2c-N; none for a monitor that is talked to over USB
  std::string manufacturer;
  std::string model;
  std::string serial;
  std::uint32_t serial_number = 0;
  std::string connector;             // "card0-DP-1", empty when the kernel does not say
  std::string mccs;                  // "2.1", empty when the monitor does not say
  std::vector<std::uint8_t> inputs;  // what it says VCP 0x60 can be set to; many lie
  std::optional<std::uint8_t> current;
  std::string problem;  // empty when all is well
};

// The document that is printed.
std::string to_json(const std::vector<Display>& displays);

}  // namespace hotseat::probe
