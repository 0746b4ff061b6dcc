// Who may do what. The one place that decides, for every door.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/name.h"

namespace hotseat {

// Who asks, as the door has made sure of it: never as the words say that came through it.
struct Requester {
  enum class Kind {
    root,
    user,   // of this machine
    guest,  // over a channel of its own
    web,    // a client that was paired with hotseat-web
    ssh,    // a key of the SSH door
  };
  Kind kind = Kind::user;
  std::string name;                 // of the user, the target, the client or the key
  std::vector<std::string> groups;  // of a user
  bool operator==(const Requester&) const = default;
};

enum class Verb {
  switch_to,
  next,
  release,
  status,
  reload,
  announce,  // that a guest starts or has ended: who may switch to it
};

struct Wish {
  Verb verb = Verb::status;
  TargetName target;  // of switch_to and announce
  bool operator==(const Wish&) const = default;
};

// "switch" (to any target), "switch:win11", "switch:self", "next", "release", "status", "reload".
struct Permission {
  Verb verb = Verb::status;
  std::optional<TargetName> target;  // of switch_to; none: any
  bool operator==(const Permission&) const = default;
};
using Permissions = std::vector<Permission>;

// What is granted to whom: "user:alice", "group:hotseat", "guest:win11", "web:phone", "ssh:laptop";
// "guest:*", "web:*" and "ssh:*" for those that have no entry of their own.
struct Policy {
  std::map<std::string, Permissions> grants;
  bool operator==(const Policy&) const = default;
};

// Members of the group hotseat: everything. Clients that were paired: everything but the
// configuration. A guest: that the seat goes back to the host. A key: nothing.
Policy standard_policy();

struct Decision {
  bool allowed = false;
  std::string why;     // "group:hotseat may"; "web:phone may not"
  bool quiet = false;  // one denial of many: nobody but the requester is told
};

// Root may everything. Who may switch to the host, or anywhere, may release too.
Decision decide(const Policy& policy, const Requester& who, const Wish& wish);

// Nothing for a word that is none. "self" is `self`'s name, which only guests have.
std::optional<Permission> parse_permission(const std::string& word,
                                           const std::optional<TargetName>& self);

std::string to_string(const Requester& who);  // "alice", "guest win11", "web client phone"
std::string to_string(const Wish& wish);      // "switch to win11"

}  // namespace hotseat
