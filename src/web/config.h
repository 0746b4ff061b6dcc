// web.toml: where hotseat-web listens, whom it believes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "web/listen_address.h"
#include "web/moment.h"

namespace hotseat::web {

// Both empty: a certificate of our own, made at the first start.
struct TlsConfig {
  std::string certificate;
  std::string key;
};

struct VirtkvmConfig {
  std::string secret;
  std::string guest;  // what "guest" means; empty: the one used last
};

struct Config {
  std::vector<ListenAddress> listen = {{"127.0.0.1", kUsualPort}, {"::1", kUsualPort}};
  std::vector<std::string> hosts;  // names it is called by, beside its addresses; in lower case
  Date session = std::chrono::hours(24 * 30);  // a browser unused for so long is forgotten
  std::optional<TlsConfig> tls;
  std::optional<VirtkvmConfig> virtkvm;
  std::vector<std::string> notes;  // worth a line in the log
};

// `file_name` is for the messages. All mistakes are told at once.
Expected<Config> parse_config(std::string_view text, const std::string& file_name);

}  // namespace hotseat::web
