#include "web/routes.h"

#include <array>

namespace hotseat::web {

namespace {

constexpr std::array kRoutes{
    Route{"GET", "/", Action::show_dashboard, Access::client},
    Route{"GET", "/pair", Action::show_pairing, Access::open},
    Route{"POST", "/pair", Action::pair, Access::open},
    Route{"GET", "/health", Action::health, Access::open},
    Route{"POST", "/switch", Action::virtkvm, Access::virtkvm},
    Route{"GET", "/api/v1/openapi.json", Action::openapi, Access::client},
    Route{"GET", "/api/v1/status", Action::status, Access::client},
    Route{"GET", "/api/v1/devices", Action::devices, Access::client},
    Route{"GET", "/api/v1/monitors", Action::monitors, Access::client},
    Route{"GET", "/api/v1/guests", Action::guests, Access::client},
    Route{"GET", "/api/v1/history", Action::history, Access::client},
    Route{"GET", "/api/v1/events", Action::events, Access::client},
    Route{"POST", "/api/v1/switch", Action::switch_to, Access::client},
    Route{"POST", "/api/v1/plan", Action::plan, Access::client},
    Route{"POST", "/api/v1/next", Action::next, Access::client},
    Route{"POST", "/api/v1/release", Action::release, Access::client},
    Route{"POST", "/api/v1/unpair", Action::unpair, Access::client},
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

const Route* find_route(std::string_view method, std::string_view path) {
  for (const Route& route : kRoutes) {
    if (route.path == path && route.method == method) return &route;
  }
  return nullptr;
}

std::string allowed_methods(std::string_view path) {
  std::string allowed;
  for (const Route& route : kRoutes) {
    if (route.path != path) continue;
    if (!allowed.empty()) allowed += ", ";
    allowed += route.method;
  }
  return allowed;
}

}  // namespace hotseat::web
