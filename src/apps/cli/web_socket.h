// hotseat-web, reached over its control socket.
#pragma once

#include <string>

#include "apps/cli/document.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

inline constexpr const char* kWebControlSocket = "/run/hotseat-web/control.sock";

// Sends one request and gives its answer; what hotseat-web refuses is a Failure.
Result<Json> ask_web(const std::string& socket, const Json& request);

}  // namespace hotseat::cli
