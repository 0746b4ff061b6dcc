// The certificate that hotseat-web shows.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "http_server.h"
#include "web/config.h"

namespace hotseat::web {

// The configured one, or our own from `state_directory`, made when it is not there yet or has run
// out. Relative names are looked for in `config_directory`.
Expected<Identity> load_identity(const Config& config, const std::string& config_directory,
                                 const std::string& state_directory, const std::string& host_name);

// The SHA-256 of the certificate as browsers show it: "3A:9F:…".
std::string fingerprint(const Identity& identity);

}  // namespace hotseat::web
