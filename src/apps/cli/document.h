// The daemon's JSON documents, read.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace hotseat::cli {

using Json = nlohmann::ordered_json;

// Throws nlohmann's exceptions when it is no JSON, or not what the daemon of this version sends:
// main() tells the person that the versions differ.
Json parse_document(const std::string& text);

// The text under a key, fit for a terminal; empty for null.
std::string text_of(const Json& object, const char* key);

// "1 guest", "2 guests".
std::string counted(std::size_t count, const std::string& what);

// "412 ms", "1.2 ms", "12.3 s".
std::string duration_text(double milliseconds);

}  // namespace hotseat::cli
