// What a monitor says it can do: the DDC/CI capabilities string (DDC/CI 1.1, 4.6; MCCS 2.2a, 6).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hotseat::wire {

struct Capabilities {
  std::string model;         // model(…); may be empty
  std::string mccs_version;  // mccs_ver(…), "2.1"; may be empty
  // vcp(…): each feature with the values it lists, none for continuous features.
  std::map<std::uint8_t, std::vector<std::uint8_t>> features;
  bool operator==(const Capabilities&) const = default;
};

// Never fails: real strings lack brackets, run their hex digits together ("60(010F1112)") or carry
// rubbish. Takes what can be made out, ignores the rest.
Capabilities parse_capabilities(std::string_view text);

}  // namespace hotseat::wire
