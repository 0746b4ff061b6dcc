#include "config/targets.h"

#include <string>

#include "config/commands.h"
#include "config/limits.h"
#include "config/names.h"
#include "config/policy.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

using TargetNames = std::vector<std::string>;

void check_guest_name(const Member& member) {
  if (is_reserved_name(member.name)) {
    member.report("no guest can be called " + in_quotes(member.name),
                  "choose another name and add domain = " + in_quotes(member.name));
    return;
  }
  if (const auto fault = name_fault(member.name, kNamePunctuation); !fault.empty()) {
    member.report(fault, "choose a plain name and give libvirt's as domain = \"…\"");
  }
}

// [guest.win.11] is a table 11 in a table win.
Section::Advice advice_for(const Member& guest) {
  return [&guest](const Member& part) -> std::string {
    if (!part.value.is_table()) return "";
    return "a dot in a name needs quotes: [guest." + in_quotes(guest.name + "." + part.name) + "]";
  };
}

StartPolicy read_start(const Field& field) {
  const auto value = field.is_text() ? field.text() : std::nullopt;
  if (value == "auto") return StartPolicy::automatic;
  if (value != "never") {
    field.mismatch("\"auto\" or \"never\"", "\"auto\" starts the guest when it is switched to");
  }
  return StartPolicy::never;
}

void read_commands_of(const Section& section, TargetSpec& target) {
  target.on_enter = read_commands(section, "on_enter");
  target.on_leave = read_commands(section, "on_leave");
}

void read_domain(const Section& section, GuestSpec& guest, FirstUse& domains) {
  guest.domain = DomainName{guest.name.str()};
  const auto field = section.find("domain");
  if (field) {
    const auto domain = field->word();
    if (!domain) return;
    guest.domain = DomainName{*domain};
  }
  const Field& where = field ? *field : section.field();
  if (const auto first = domains.earlier(guest.domain.str(), where.at())) {
    where.report("domain " + in_quotes(guest.domain.str()) + " belongs to the guest at line " +
                     std::to_string(first->line) + " already",
                 "a domain can be one guest only");
  }
}

void read_own_hotkey(const Section& section, const TargetName& target,
                     std::vector<HotkeySetting>& hotkeys) {
  const auto field = section.find("hotkey");
  auto hotkey = field ? read_hotkey(*field) : std::nullopt;
  if (!hotkey) return;
  hotkey->action = HotkeyAction::switch_to;
  hotkey->target = target;
  hotkeys.push_back({*std::move(hotkey), *field});
}

void read_guest(const Section& section, GuestSpec& guest, const TargetNames& targets,
                Policy& policy, std::vector<HotkeySetting>& hotkeys) {
  if (const auto start = section.find("start")) guest.start = read_start(*start);
  if (const auto timeout = section.find("start_timeout")) {
    guest.start_timeout =
        timeout->duration(kShortestTimeout, kLongestTimeout).value_or(guest.start_timeout);
  }
  read_commands_of(section, guest);
  read_own_hotkey(section, guest.name, hotkeys);
  if (const auto granted = section.find("policy")) {
    policy.grants["guest:" + guest.name.str()] = read_permissions(*granted, targets, guest.name);
  }
}

}  // namespace

TargetSpec read_host(const std::optional<Field>& field, std::vector<HotkeySetting>& hotkeys) {
  TargetSpec host{kHost, {}, {}};
  if (!field) return host;
  const auto section = Section::open(*field, "[host]", {"hotkey", "on_enter", "on_leave"});
  if (!section) return host;
  read_commands_of(*section, host);
  read_own_hotkey(*section, kHost, hotkeys);
  return host;
}

std::vector<GuestSpec> read_guests(const std::optional<Field>& field, Milliseconds start_timeout,
                                   Policy& policy, std::vector<HotkeySetting>& hotkeys) {
  std::vector<GuestSpec> guests;
  if (!field) return guests;
  const auto members = field->members("[guest.NAME]");
  if (!members) return guests;
  TargetNames targets = {kHost.str()};
  for (const Member& member : *members) targets.push_back(member.name);
  FirstUse domains;
  for (const Member& member : *members) {
    check_guest_name(member);
    GuestSpec guest;
    guest.name = TargetName{member.name};
    guest.start_timeout = start_timeout;
    const auto section = Section::open(
        member.value, "[guest.NAME]",
        {"domain", "start", "start_timeout", "hotkey", "policy", "on_enter", "on_leave"},
        advice_for(member));
    if (section) {
      read_domain(*section, guest, domains);
      read_guest(*section, guest, targets, policy, hotkeys);
    }
    guests.push_back(std::move(guest));
  }
  return guests;
}

}  // namespace hotseat::config
