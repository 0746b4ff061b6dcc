#include "apps/cli/events.h"

#include <string_view>

#include "apps/cli/daemon_names.h"

namespace hotseat::cli {

namespace {

std::string text(const char* from_bus) {
  return from_bus == nullptr ? "" : from_bus;
}

std::optional<Event> started(sd_bus_message* signal) {
  std::uint64_t id = 0;
  const char *from = nullptr, *to = nullptr, *cause = nullptr;
  if (sd_bus_message_read(signal, "tsss", &id, &from, &to, &cause) < 0) return std::nullopt;
  return SwitchStarted{id, text(from), text(to), text(cause)};
}

std::optional<Event> step(sd_bus_message* signal) {
  StepChanged found;
  const char *kind = nullptr, *words = nullptr, *state = nullptr, *detail = nullptr;
  if (sd_bus_message_read(signal, "tusssst", &found.id, &found.index, &kind, &words, &state,
                          &detail, &found.took_us) < 0) {
    return std::nullopt;
  }
  found.kind = text(kind);
  found.text = text(words);
  found.state = text(state);
  found.detail = text(detail);
  return found;
}

std::optional<Event> ended(sd_bus_message* signal) {
  std::uint64_t id = 0;
  const char *from = nullptr, *to = nullptr, *report = nullptr;
  if (sd_bus_message_read(signal, "tsss", &id, &from, &to, &report) < 0) return std::nullopt;
  Json document = Json::parse(report, nullptr, false);
  if (document.is_discarded()) return std::nullopt;
  return SwitchEnded{std::move(document)};
}

// A variant that holds a string or an array of strings; null for anything else.
Json read_value(sd_bus_message* message) {
  const char* contents = nullptr;
  if (sd_bus_message_peek_type(message, nullptr, &contents) <= 0) return nullptr;
  const std::string_view type = contents;
  if (type != "s" && type != "as") return sd_bus_message_skip(message, "v"), Json();
  sd_bus_message_enter_container(message, 'v', contents);
  Json value;
  const char* item = nullptr;
  if (type == "s") {
    if (sd_bus_message_read(message, "s", &item) > 0) value = item;
  } else {
    value = Json::array();
    sd_bus_message_enter_container(message, 'a', "s");
    while (sd_bus_message_read(message, "s", &item) > 0) value.push_back(item);
    sd_bus_message_exit_container(message);
  }
  sd_bus_message_exit_container(message);
  return value;
}

std::optional<Event> properties(sd_bus_message* signal) {
  const char* interface = nullptr;
  if (sd_bus_message_read(signal, "s", &interface) < 0) return std::nullopt;
  if (std::string_view(interface) != kInterface) return std::nullopt;
  PropertiesChanged found{Json::object()};
  sd_bus_message_enter_container(signal, 'a', "{sv}");
  while (sd_bus_message_enter_container(signal, 'e', "sv") > 0) {
    const char* name = nullptr;
    if (sd_bus_message_read(signal, "s", &name) < 0) return std::nullopt;
    found.changed[name] = read_value(signal);
    sd_bus_message_exit_container(signal);
  }
  return found;
}

std::optional<Event> name_owner(sd_bus_message* signal) {
  const char *name = nullptr, *before = nullptr, *after = nullptr;
  if (sd_bus_message_read(signal, "sss", &name, &before, &after) < 0) return std::nullopt;
  if (*after == '\0') return DaemonGone{};
  return DaemonBack{};
}

}  // namespace

std::optional<Event> decode_event(sd_bus_message* signal) {
  const std::string_view member = sd_bus_message_get_member(signal);
  if (member == "NameOwnerChanged") return name_owner(signal);
  if (member == "PropertiesChanged") return properties(signal);
  if (member == "SwitchStarted") return started(signal);
  if (member == "StepChanged") return step(signal);
  for (const char* end : {"SwitchDone", "SwitchFailed", "SwitchRolledBack", "SwitchRefused"}) {
    if (member == end) return ended(signal);
  }
  return std::nullopt;
}

}  // namespace hotseat::cli
