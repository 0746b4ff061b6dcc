// What a domain that is about to start expects of us: clones under the names that it gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/world.h"

namespace hotseat {

inline constexpr std::string_view kByIdDirectory = "/dev/input/by-id/";

// "keyboard" for "/dev/input/by-id/win11-keyboard", read by the domain win11: it asks for a clone
// of that device. Nothing for any other path.
std::optional<std::string> clone_asked_for(std::string_view path, const DomainName& domain);

// Does it ask for any? The names of physical devices ask for none, whatever they begin with.
bool asks_for_clones(const World& world, const DomainName& domain,
                     const std::vector<EvdevInput>& inputs);

enum class Clones {
  there,
  being_made,  // soon: they are in the router's setup
};

// Fails when one cannot be had; the error names what is missing. Paths that ask for no clone, and
// those that a physical device has, are none of ours.
Expected<Clones> clones_for(const World& world, const Seat& seat, const DomainName& domain,
                            const std::vector<EvdevInput>& inputs);

}  // namespace hotseat
