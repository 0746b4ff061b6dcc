#include "config/policy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/toml/words.h"

namespace hotseat::config {

namespace {

constexpr const char* kExample = R"(["switch:host", "status"])";
constexpr std::array<std::string_view, 4> kKinds = {"user:", "group:", "web:", "ssh:"};

std::vector<std::string> words_for(const std::vector<std::string>& targets, bool has_self) {
  std::vector<std::string> words = {"switch", "next", "release", "status", "reload"};
  if (has_self) words.emplace_back("switch:self");
  for (const std::string& target : targets) words.push_back("switch:" + target);
  return words;
}

// "user:alice", "web:*"
bool is_somebody(std::string_view name) {
  return std::any_of(kKinds.begin(), kKinds.end(), [name](std::string_view kind) {
    return name.starts_with(kind) && name.size() > kind.size();
  });
}

void check_somebody(const Member& member) {
  if (member.name.starts_with("guest:")) {
    member.report("what a guest may stands with the guest",
                  "write policy = [...] under [guest." + member.name.substr(6) + "]");
  } else if (member.name == "user:*" || member.name == "group:*") {
    member.report(in_quotes(member.name) + " is nobody: '*' goes with web: and ssh: alone",
                  R"(name those you mean, such as a group that they are in: "group:NAME")");
  } else if (!is_somebody(member.name)) {
    member.report(in_quotes(member.name) + " is nobody",
                  R"("user:NAME", "group:NAME", "web:CLIENT" or "ssh:KEY"; "web:*" and "ssh:*" )"
                  "are those that have no line of their own");
  }
}

}  // namespace

Permissions read_permissions(const Field& field, const std::vector<std::string>& targets,
                             const std::optional<TargetName>& self) {
  Permissions permissions;
  const auto items = field.items(kExample);
  if (!items) return permissions;
  const auto known = words_for(targets, self.has_value());
  for (const Field& item : *items) {
    const auto word = item.word();
    if (!word) continue;
    const auto permission = parse_permission(*word, self);
    if (permission && std::find(known.begin(), known.end(), *word) != known.end()) {
      permissions.push_back(*permission);
    } else {
      item.report(in_quotes(*word) + " is no permission",
                  suggestion(*word, known, "known here: " + listed(known)));
    }
  }
  return permissions;
}

Policy read_policy(const std::optional<Field>& field, const std::vector<std::string>& targets,
                   const Compat& compat) {
  Policy policy = standard_policy();
  // As in vfio-kvm's own policy for the bus.
  if (compat.vfio_kvm) policy.grants["group:input"] = {{Verb::switch_to, {}}};
  const auto members =
      field ? field->members(R"("user:alice" = ["switch"])") : std::vector<Member>();
  if (!members) return policy;
  for (const Member& member : *members) {
    check_somebody(member);
    policy.grants[member.name] = read_permissions(member.value, targets, {});
  }
  return policy;
}

}  // namespace hotseat::config
