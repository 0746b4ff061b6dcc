// What was built in and is the same for everybody: sent compressed, and only when it is not there
// already.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "web/message.h"

namespace hotseat::web {

struct Asset {
  std::string type;
  std::string body;
  std::string packed;                                        // the same, by gzip
  std::string tag;                                           // changes with the body
  std::vector<std::pair<std::string, std::string>> headers;  // beside those that every asset has
};

Asset make_asset(std::string type, std::string body,
                 std::vector<std::pair<std::string, std::string>> headers = {});

// 200 with the body in the coding that the request takes, or 304 when the client has just that.
// Kept by browsers, but asked about before each use: who may have it can change.
Response asset_answer(const Asset& asset, const Request& request);

}  // namespace hotseat::web
