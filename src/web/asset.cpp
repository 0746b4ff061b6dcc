#include "web/asset.h"

#include <algorithm>
#include <string_view>

#include "web/accept_encoding.h"
#include "web/gzip.h"
#include "web/secret.h"

namespace hotseat::web {

namespace {

constexpr unsigned kNotModified = 304;

// Is `tag` in a list such as W/"a", "b"? Ours have no comma in them. "*" is for PUT.
bool names(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    const std::string_view item = list.substr(0, comma);
    const auto quote = item.find('"');
    const auto last = item.find_last_not_of(" \t");
    if (quote != std::string_view::npos && item.substr(quote, last - quote + 1) == tag) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

bool has_already(const Request& request, std::string_view tag) {
  const std::string* known = request.header("if-none-match");
  return known != nullptr && names(*known, tag);
}

}  // namespace

Asset make_asset(std::string type, std::string body,
                 std::vector<std::pair<std::string, std::string>> headers) {
  constexpr std::size_t kEnough = 16;
  std::string packed = gzip(body);
  std::string tag = sha256_hex(body).substr(0, kEnough);
  return {std::move(type), std::move(body), std::move(packed), std::move(tag), std::move(headers)};
}

Response asset_answer(const Asset& asset, const Request& request) {
  const bool packed = takes_gzip(request);
  // Each coding has a tag of its own (RFC 9110, section 8.8.3.3).
  const std::string tag = "\"" + asset.tag + (packed ? "-gzip" : "") + "\"";
  Response response;
  response.type = asset.type;
  response.headers = asset.headers;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  if (has_already(request, tag)) {
    response.status = kNotModified;
    return response;
  }
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? asset.packed : asset.body;
  return response;
}

}  // namespace hotseat::web
