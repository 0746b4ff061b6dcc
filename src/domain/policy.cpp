#include "domain/policy.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/seat.h"

namespace hotseat {

namespace {

constexpr std::array<std::pair<const char*, Verb>, 4> kPlainWords = {{{"next", Verb::next},
                                                                      {"release", Verb::release},
                                                                      {"status", Verb::status},
                                                                      {"reload", Verb::reload}}};

const char* kind_of(Requester::Kind kind) {
  switch (kind) {
    case Requester::Kind::guest:
      return "guest";
    case Requester::Kind::web:
      return "web";
    case Requester::Kind::ssh:
      return "ssh";
    case Requester::Kind::root:
    case Requester::Kind::user:
      break;
  }
  return "user";
}

// The entries that speak of the requester, those of its own first.
std::vector<std::string> entries_for(const Policy& policy, const Requester& who) {
  const std::string kind = kind_of(who.kind);
  std::vector<std::string> keys{kind + ":" + who.name};
  if (who.kind == Requester::Kind::user) {
    for (const std::string& group : who.groups) keys.push_back("group:" + group);
  } else if (!policy.grants.contains(keys.front())) {
    keys.push_back(kind + ":*");
  }
  return keys;
}

bool covers(const Permission& permission, const Wish& wish) {
  if (permission.verb == Verb::switch_to) {
    if (!permission.target) return wish.verb != Verb::status && wish.verb != Verb::reload;
    if (wish.verb == Verb::release) return permission.target == kHost;
    const bool is_about_one = wish.verb == Verb::switch_to || wish.verb == Verb::announce;
    return is_about_one && permission.target == wish.target;
  }
  return permission.verb == wish.verb;
}

}  // namespace

Policy standard_policy() {
  const Permission anywhere{Verb::switch_to, {}};
  const Permission look{Verb::status, {}};
  Policy policy;
  policy.grants["group:hotseat"] = {anywhere, look, {Verb::reload, {}}};
  policy.grants["web:*"] = {anywhere, look};
  policy.grants["guest:*"] = {{Verb::switch_to, kHost}};
  policy.grants["ssh:*"] = {};
  return policy;
}

Decision decide(const Policy& policy, const Requester& who, const Wish& wish) {
  if (who.kind == Requester::Kind::root) return {true, "root may"};
  const auto keys = entries_for(policy, who);
  for (const std::string& key : keys) {
    const auto entry = policy.grants.find(key);
    if (entry == policy.grants.end()) continue;
    const Permissions& granted = entry->second;
    const bool may = std::any_of(granted.begin(), granted.end(),
                                 [&](const Permission& one) { return covers(one, wish); });
    if (may) return {true, key + " may"};
  }
  return {false, keys.front() + " may not"};
}

std::optional<Permission> parse_permission(const std::string& word,
                                           const std::optional<TargetName>& self) {
  constexpr std::string_view kSwitch = "switch:";
  if (word == "switch") return Permission{Verb::switch_to, {}};
  for (const auto& [name, verb] : kPlainWords) {
    if (word == name) return Permission{verb, {}};
  }
  if (!word.starts_with(kSwitch)) return std::nullopt;
  const std::string target = word.substr(kSwitch.size());
  if (target == "self") {
    if (!self) return std::nullopt;
    return Permission{Verb::switch_to, *self};
  }
  if (target.empty()) return std::nullopt;
  return Permission{Verb::switch_to, TargetName{target}};
}

std::string to_string(const Requester& who) {
  switch (who.kind) {
    case Requester::Kind::guest:
      return "guest " + who.name;
    case Requester::Kind::web:
      return "web client " + who.name;
    case Requester::Kind::ssh:
      return "ssh key " + who.name;
    case Requester::Kind::root:
    case Requester::Kind::user:
      break;
  }
  return who.name;
}

std::string to_string(const Wish& wish) {
  switch (wish.verb) {
    case Verb::switch_to:
      return "switch to " + wish.target.str();
    case Verb::next:
      return "switch to the next target";
    case Verb::release:
      return "release the seat to the host";
    case Verb::status:
      return "see the status";
    case Verb::reload:
      return "reload the configuration";
    case Verb::announce:
      return "tell that " + wish.target.str() + " starts or has ended";
  }
  return "";
}

}  // namespace hotseat
