#include "web/control.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hotseat::web {

namespace {

constexpr std::array<std::pair<std::string_view, ControlVerb>, 4> kVerbs{
    {{"pair", ControlVerb::pair},
     {"token", ControlVerb::token},
     {"list", ControlVerb::list},
     {"unpair", ControlVerb::unpair}}};

tl::unexpected<Json> not_a_request() {
  return tl::make_unexpected(control_error("bad-request", "The request is not understood.",
                                           "compare the versions of hotseat and hotseat-web"));
}

// The one that others reach goes before one of this machine's own.
const ListenAddress& best_address(const std::vector<ListenAddress>& addresses) {
  const auto outward =
      std::find_if(addresses.begin(), addresses.end(),
                   [](const ListenAddress& address) { return !is_loopback(address.host); });
  return outward == addresses.end() ? addresses.front() : *outward;
}

}  // namespace

Json control_error(const std::string& code, const std::string& message, const std::string& hint) {
  return {{"error", {{"code", code}, {"message", message}, {"hint", hint}}}};
}

tl::expected<ControlRequest, Json> parse_control(std::string_view line) {
  const Json request = Json::parse(line, nullptr, false);
  if (!request.is_object()) return not_a_request();
  const Json verb = request.value("do", Json());
  const Json name = request.value("name", Json(""));
  if (!verb.is_string() || !name.is_string()) return not_a_request();
  const auto word = verb.get<std::string>();
  const auto known = std::find_if(kVerbs.begin(), kVerbs.end(),
                                  [&](const auto& entry) { return entry.first == word; });
  if (known == kVerbs.end()) return not_a_request();
  ControlRequest result{known->second, name.get<std::string>()};
  const bool nameless =
      result.verb == ControlVerb::list || (result.verb == ControlVerb::pair && result.name.empty());
  if (!nameless && !is_client_name(result.name)) {
    return tl::make_unexpected(
        control_error("bad-name", "\"" + result.name + "\" is no name for a client.",
                      "1 to 40 characters, not beginning with a hyphen, on one line"));
  }
  return result;
}

Json client_list(const Clients& clients) {
  Json list = Json::array();
  for (const Client& client : clients.all()) {
    list.push_back({{"name", client.name},
                    {"kind", to_string(client.kind)},
                    {"created", client.created.count()},
                    {"seen", client.seen.count()}});
  }
  return {{"clients", std::move(list)}};
}

std::string base_url(const Config& config, const std::string& host_name) {
  ListenAddress address = best_address(config.listen);
  const std::string scheme = config.tls ? "https://" : "http://";
  const std::string port = ":" + std::to_string(address.port);
  if (!is_loopback(address.host)) {
    if (!config.hosts.empty()) return scheme + config.hosts.front() + port;
    if (is_wildcard(address.host)) return scheme + host_name + port;
  }
  return scheme + to_string(address);
}

}  // namespace hotseat::web
