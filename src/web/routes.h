// What there is at which address, and who may have it. openapi.json describes the same; a test
// compares them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hotseat::web {

enum class Action {
  show_dashboard,
  show_pairing,
  pair,
  health,
  virtkvm,
  openapi,
  status,
  devices,
  monitors,
  guests,
  history,
  events,
  switch_to,
  plan,
  next,
  release,
  unpair,
};

enum class Access {
  open,     // anybody
  client,   // a paired browser or a token
  virtkvm,  // who knows virtkvm's secret
};

struct Route {
  std::string_view method;
  std::string_view path;
  Action action;
  Access access;
};

std::span<const Route> routes();

// Null when nothing is there, or not with this method.
const Route* find_route(std::string_view method, std::string_view path);
// "GET, POST", empty when nothing is at that path.
std::string allowed_methods(std::string_view path);

}  // namespace hotseat::web
