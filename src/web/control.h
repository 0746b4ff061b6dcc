// What root asks on the control socket: one line of JSON, answered by one.
//
// {"do":"pair","name":"phone"} → {"code","url","minutes","fingerprint"}; "name" may be left out
// {"do":"token","name":"homeassistant"} → {"token"}
// {"do":"list"} → {"clients":[{"name","kind","created","seen"}]}
// {"do":"unpair","name":"phone"} → {"name"}
// Whatever goes wrong → {"error":{"code","message","hint"}}
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "web/answers.h"
#include "web/clients.h"
#include "web/config.h"

namespace hotseat::web {

inline constexpr const char* kControlSocketName = "control.sock";
inline constexpr std::size_t kLongestControlLine = 4096;

enum class ControlVerb { pair, token, list, unpair };

struct ControlRequest {
  ControlVerb verb = ControlVerb::list;
  std::string name;
};

// Json: the answer that says what is wrong with the line.
tl::expected<ControlRequest, Json> parse_control(std::string_view line);

Json control_error(const std::string& code, const std::string& message, const std::string& hint);
Json client_list(const Clients& clients);

// Where a browser finds us, best reached from elsewhere: "https://workstation.lan:8674".
std::string base_url(const Config& config, const std::string& host_name);

}  // namespace hotseat::web
