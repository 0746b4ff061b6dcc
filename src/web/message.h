// A request and its answer, without the HTTP library.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotseat::web {

// Larger bodies are refused: the longest that means anything has some sixty bytes.
inline constexpr std::size_t kLargestBody = 8192;

struct Request {
  std::string method;                                        // "HEAD" is told as "GET"
  std::string path;                                          // without the query
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string peer;  // the address that asks, without its port: "127.0.0.1", "fe80::1"
  bool encrypted = false;
  std::string body;
  bool body_too_large = false;  // then `body` is not all of it

  // The value of the first such header, or null.
  const std::string* header(std::string_view name) const {
    for (const auto& [its_name, value] : headers) {
      if (its_name == name) return &value;
    }
    return nullptr;
  }
};

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace hotseat::web
