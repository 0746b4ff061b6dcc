// Calls of ddcutil, put together to monitors.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "importers/ddcutil_call.h"
#include "importers/draft.h"
#include "importers/script_direction.h"

namespace hotseat::importers {

class MonitorCalls {
 public:
  // Reports a call that contradicts an earlier one.
  void add(const DdcutilCall& call, Direction direction, const Origin& at, Draft& draft);

  // Once the guests are known: what is for a guest is for each of them.
  void write(Draft& draft) const;

 private:
  struct Monitor {
    MonitorMatch match;
    std::uint8_t feature = 0x60;
    std::optional<std::uint8_t> host;
    std::optional<std::uint8_t> guest;
    Origin at;
  };
  static void write(const Monitor& found, Draft& draft);

  std::vector<Monitor> monitors_;
};

}  // namespace hotseat::importers
