// What differs between two texts, as diff -u shows it.
#pragma once

#include <string>
#include <string_view>

namespace hotseat::guest {

// With three lines of context; empty when the texts are equal. The names stand in its head.
std::string unified_diff(std::string_view before, std::string_view after,
                         const std::string& before_name, const std::string& after_name);

}  // namespace hotseat::guest
