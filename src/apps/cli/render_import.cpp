#include "apps/cli/render_import.h"

#include "config/config.h"

namespace hotseat::cli {

namespace {

// "config.yaml:7: http.address"
std::string place(const Json& left) {
  const int line = left.at("line").get<int>();
  return text_of(left, "file") + (line > 0 ? ":" + std::to_string(line) : "") + ": ";
}

std::string render_left(const Json& left, const Style& style) {
  std::string text = place(left) + style.paint(Paint::strong, text_of(left, "key")) + "\n    " +
                     text_of(left, "reason") + "\n";
  if (const auto hint = text_of(left, "hint"); !hint.empty()) text += "    -> " + hint + "\n";
  return text;
}

std::string render_carried(const std::string& toml) {
  const auto seat = config::parse(toml, "hotseat.toml");
  if (!seat) return "";
  return "carried over: " + counted(seat->guests.size(), "guest") + ", " +
         counted(seat->devices.size(), "device") + ", " + counted(seat->monitors.size(), "monitor");
}

}  // namespace

std::string render_import(const Json& imported, const Style& style) {
  const Json& all = imported.at("not_carried");
  std::string text;
  if (!all.empty()) text += style.paint(Paint::warning, "not carried over:") + "\n";
  for (const Json& left : all) text += render_left(left, style);
  text += render_carried(imported.at("toml").get<std::string>());
  text += "; " + counted(imported.at("choices").size(), "choice") +
          " to look at (\"# choice:\"); not carried over: " + std::to_string(all.size()) + "\n";
  return text;
}

}  // namespace hotseat::cli
