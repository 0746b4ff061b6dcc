// The text of a domain's description as a tree.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "base/error.h"

namespace hotseat::domain_xml {

// libvirt carries no longer string (REMOTE_STRING_MAX, remote_protocol.x).
inline constexpr std::size_t kMaxText = 4U << 20U;

// Fails on text that is not XML, is larger than kMaxText, or is not a domain. Entities of a DTD are
// never expanded, nothing is fetched. `options` are pugixml's parse_….
Expected<pugi::xml_document> load(std::string_view text, unsigned options = pugi::parse_default);

}  // namespace hotseat::domain_xml
