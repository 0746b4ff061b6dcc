// Which connections are worth their place: those that wait for us, not those we wait for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "web/moment.h"

namespace hotseat::web {

using ConnectionId = std::uint64_t;

// A connection is either with us (its request is complete and being answered) or we wait for it.
// The latter have a deadline, however many bytes trickle in, and are few for each address. When
// there are too many, the oldest gives way: whoever opens idle connections pushes out their own.
class Connections {
 public:
  // Returns whom to close in its place, if anybody.
  std::optional<ConnectionId> opened(ConnectionId id, const std::string& peer, Moment now);
  void asked(ConnectionId id);                 // its request is complete
  void answered(ConnectionId id, Moment now);  // and answered: we wait for the next one
  void closed(ConnectionId id);

  // Those whose time is up.
  std::vector<ConnectionId> overdue(Moment now) const;
  std::optional<Moment> next_deadline() const;

 private:
  struct Connection {
    std::string peer;
    bool ours = false;
    Moment deadline{};
  };
  std::map<ConnectionId, Connection> connections_;
};

}  // namespace hotseat::web
