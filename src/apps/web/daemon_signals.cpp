#include "daemon_signals.h"

#include <cstdint>
#include <string_view>

namespace hotseat::web {

namespace {

constexpr double kMicrosecondsInMs = 1000;

std::optional<DaemonSignal> read_started(sd_bus_message* signal) {
  std::uint64_t id = 0;
  const char *from = nullptr, *to = nullptr, *cause = nullptr;
  if (sd_bus_message_read(signal, "tsss", &id, &from, &to, &cause) < 0) return std::nullopt;
  return DaemonSignal{DaemonSignal::Kind::started,
                      {{"id", id}, {"from", from}, {"to", to}, {"cause", cause}}};
}

std::optional<DaemonSignal> read_step(sd_bus_message* signal) {
  std::uint64_t id = 0;
  std::uint32_t index = 0;
  std::uint64_t took = 0;
  const char *kind = nullptr, *text = nullptr, *state = nullptr, *detail = nullptr;
  if (sd_bus_message_read(signal, "tusssst", &id, &index, &kind, &text, &state, &detail, &took) <
      0) {
    return std::nullopt;
  }
  return DaemonSignal{DaemonSignal::Kind::step,
                      {{"id", id},
                       {"index", index},
                       {"kind", kind},
                       {"text", text},
                       {"state", state},
                       {"detail", detail},
                       {"took_ms", static_cast<double>(took) / kMicrosecondsInMs}}};
}

std::optional<DaemonSignal> read_ended(sd_bus_message* signal) {
  std::uint64_t id = 0;
  const char *from = nullptr, *to = nullptr, *report = nullptr;
  if (sd_bus_message_read(signal, "tsss", &id, &from, &to, &report) < 0) return std::nullopt;
  Json document = Json::parse(report, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  return DaemonSignal{DaemonSignal::Kind::ended, std::move(document)};
}

}  // namespace

std::optional<DaemonSignal> read_signal(sd_bus_message* signal) {
  const char* name = sd_bus_message_get_member(signal);
  const std::string_view member = name == nullptr ? "" : name;
  if (member == "SwitchStarted") return read_started(signal);
  if (member == "StepChanged") return read_step(signal);
  // The former at once, and only of the seat itself; the latter of everything.
  if (member == "PropertiesChanged" || member == "StatusChanged") {
    return DaemonSignal{DaemonSignal::Kind::changed, nullptr};
  }
  if (member == "SwitchDone" || member == "SwitchFailed" || member == "SwitchRolledBack" ||
      member == "SwitchRefused") {
    return read_ended(signal);
  }
  return std::nullopt;
}

}  // namespace hotseat::web
