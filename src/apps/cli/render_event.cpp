#include "apps/cli/render_event.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "apps/cli/render_switch.h"

namespace hotseat::cli {

namespace {

std::string local_time(WallClock::time_point when) {
  const std::time_t seconds = WallClock::to_time_t(when);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%H:%M:%S", &parts);
  return text.data();
}

// RFC 3339, in UTC.
std::string utc_time(WallClock::time_point when) {
  const std::time_t seconds = WallClock::to_time_t(when);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count() % 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%03dZ", date.data(), static_cast<int>(milliseconds));
  return text.data();
}

std::string value_text(const Json& value) {
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  if (!value.is_array()) return "?";
  std::string list;
  for (const Json& item : value) {
    list += (list.empty() ? "" : ", ") + printable(item.get_ref<const std::string&>());
  }
  return list.empty() ? "none" : list;
}

struct ForPeople {
  const Style& style;

  std::string operator()(const SwitchStarted& event) const {
    return printable(event.from) + " -> " + style.paint(Paint::strong, printable(event.to)) + " (" +
           printable(event.cause) + ")";
  }
  std::string operator()(const StepChanged& event) const {
    std::string line = "  " + printable(event.text) + ": " + printable(event.state);
    if (!event.detail.empty()) line += ": " + printable(event.detail);
    if (event.took_us > 0)
      line += " (" + duration_text(static_cast<double>(event.took_us) / 1000) + ")";
    return line;
  }
  std::string operator()(const SwitchEnded& event) const {
    std::string line = summary(event.report);
    const Json& refusal = event.report.at("refusal");
    if (!refusal.is_null()) line += ": " + text_of(refusal, "reason");
    return style.paint(exit_status_of(event.report) == ExitStatus::done ? Paint::good : Paint::bad,
                       line);
  }
  std::string operator()(const PropertiesChanged& event) const {
    std::string line;
    for (const auto& [name, value] : event.changed.items()) {
      line += (line.empty() ? "now " : "; ") + printable(name) + ": " + value_text(value);
    }
    return line;
  }
  std::string operator()(const DaemonGone&) const {
    return style.paint(Paint::warning, "hotseatd has ended; waiting for it to come back");
  }
  std::string operator()(const DaemonBack&) const { return "hotseatd is there"; }
};

struct ForPrograms {
  Json operator()(const SwitchStarted& event) const {
    return {{"event", "switch-started"},
            {"id", event.id},
            {"from", event.from},
            {"to", event.to},
            {"cause", event.cause}};
  }
  Json operator()(const StepChanged& event) const {
    return {{"event", "step"},        {"id", event.id},
            {"index", event.index},   {"kind", event.kind},
            {"text", event.text},     {"state", event.state},
            {"detail", event.detail}, {"took_ms", static_cast<double>(event.took_us) / 1000}};
  }
  Json operator()(const SwitchEnded& event) const {
    return {{"event", "switch-ended"}, {"report", event.report}};
  }
  Json operator()(const PropertiesChanged& event) const {
    return {{"event", "changed"}, {"changed", event.changed}};
  }
  Json operator()(const DaemonGone&) const { return {{"event", "daemon-gone"}}; }
  Json operator()(const DaemonBack&) const { return {{"event", "daemon-back"}}; }
};

std::string line_of(WallClock::time_point when, const Json& body) {
  Json line = {{"time", utc_time(when)}};
  line.update(body);
  return line.dump() + "\n";
}

}  // namespace

std::string render_event(const Event& event, WallClock::time_point when, const Style& style) {
  return local_time(when) + "  " + std::visit(ForPeople{style}, event) + "\n";
}

std::string event_line(const Event& event, WallClock::time_point when) {
  return line_of(when, std::visit(ForPrograms{}, event));
}

std::string status_line(const Json& status, WallClock::time_point when) {
  return line_of(when, {{"event", "status"}, {"status", status}});
}

}  // namespace hotseat::cli
