// JSON documents: the daemon's, read, and what others are asked with.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "apps/cli/result.h"

namespace hotseat::cli {

using Json = nlohmann::ordered_json;

// Throws nlohmann's exceptions when it is no JSON, or not what the daemon of this version sends:
// main() tells the person that the versions differ.
Json parse_document(const std::string& text);

// What is asked, on one line. JSON has no way to say what is not UTF-8.
Result<std::string> request_text(const Json& request);

// For a word of the command line that cannot be told to anybody.
tl::unexpected<Failure> not_utf8(const std::string& word);

// The text under a key, fit for a terminal; empty for null.
std::string text_of(const Json& object, const char* key);

// "1 guest", "2 guests".
std::string counted(std::size_t count, const std::string& what);

// "412 ms", "1.2 ms", "12.3 s".
std::string duration_text(double milliseconds);

}  // namespace hotseat::cli
