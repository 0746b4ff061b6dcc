#include "apps/cli/render_status.h"

#include "apps/cli/render_switch.h"
#include "apps/cli/table.h"

namespace hotseat::cli {

namespace {

Paint paint_of_state(const std::string& state) {
  if (state == "running") return Paint::good;
  if (state == "crashed" || state == "undefined") return Paint::bad;
  if (state == "paused" || state == "stopping" || state == "unknown") return Paint::warning;
  return Paint::none;
}

std::string start_text(const Json& target) {
  const std::string start = text_of(target, "start");
  if (start == "auto") return "when switched to";
  return start == "never" ? "by hand" : "";
}

Cell device_place(const Json& device) {
  if (const std::string problem = text_of(device, "problem"); !problem.empty()) {
    return {problem, Paint::bad};
  }
  if (device.at("present").get<bool>()) {
    const std::string owner = text_of(device, "owner");
    return owner.empty() ? Cell{"not known: a program has it", Paint::warning} : Cell{owner};
  }
  if (device.at("optional").get<bool>()) return {"not plugged in (optional)", Paint::dim};
  return {"not plugged in", Paint::bad};
}

std::string input_text(const Json& monitor) {
  std::string input = text_of(monitor, "input");
  const std::string name = text_of(monitor, "input_name");
  if (name.empty() || name == input) return input;
  return name + " (" + input + ")";
}

Cell monitor_condition(const Json& monitor) {
  if (const std::string problem = text_of(monitor, "problem"); !problem.empty()) {
    return {problem, Paint::bad};
  }
  if (!monitor.at("present").get<bool>()) return {"not found", Paint::bad};
  const std::string certainty = text_of(monitor, "certainty");
  if (certainty == "verified") return {"verified", Paint::good};
  if (certainty == "requested") return {"requested, not read back yet", Paint::none};
  return {"not known", Paint::warning};
}

std::string section(const std::string& title, const std::string& body, const Style& style) {
  return body.empty() ? "" : "\n" + style.paint(Paint::strong, title) + "\n" + body;
}

std::string bullet_list(const Json& texts, Paint paint, const Style& style) {
  std::string list;
  for (const Json& text : texts) {
    list += "  " + style.paint(paint, printable(text.get_ref<const std::string&>())) + "\n";
  }
  return list;
}

std::string headline(const Json& status, const Style& style) {
  std::string line = style.paint(Paint::strong, text_of(status, "target")) + " has the seat";
  const std::string state = text_of(status, "state");
  if (state == "degraded") return line + ", " + style.paint(Paint::warning, state) + "\n";
  if (state != "idle") line += ", " + state;
  const Json& current = status.at("current");
  if (!current.is_null()) line += " to " + text_of(current, "to");
  return line + "\n";
}

}  // namespace

std::string render_targets(const Json& targets, const Style& style) {
  Table table({"TARGET", "STATE", "STARTS", "SEAT"});
  for (const Json& target : targets) {
    const std::string state = text_of(target, "state");
    const bool active = target.at("active").get<bool>();
    table.add({{text_of(target, "name"), active ? Paint::strong : Paint::none},
               {state, paint_of_state(state)},
               {start_text(target)},
               {active ? "has it" : "", Paint::strong}});
  }
  return table.render(style);
}

std::string render_devices(const Json& devices, const Style& style) {
  Table table({"DEVICE", "TRANSPORT", "USB", "ADDRESS", "AT"});
  for (const Json& device : devices) {
    table.add({{text_of(device, "name")},
               {text_of(device, "transport")},
               {text_of(device, "usb")},
               {text_of(device, "address")},
               device_place(device)});
  }
  return table.render(style);
}

std::string render_monitors(const Json& monitors, const Style& style) {
  Table table({"MONITOR", "INPUT", "SHOWS", "CONDITION"});
  for (const Json& monitor : monitors) {
    table.add({{text_of(monitor, "name")},
               {input_text(monitor)},
               {text_of(monitor, "target")},
               monitor_condition(monitor)});
  }
  return table.render(style);
}

Json guests_of(const Json& status) {
  Json guests = Json::array();
  for (const Json& target : status.at("targets")) {
    if (text_of(target, "kind") == "guest") guests.push_back(target);
  }
  return guests;
}

std::string render_status(const Json& status, const Style& style) {
  std::string text = headline(status, style);
  text += section("Targets", render_targets(status.at("targets"), style), style);
  text += section("Devices", render_devices(status.at("devices"), style), style);
  text += section("Monitors", render_monitors(status.at("monitors"), style), style);
  text += section("Problems", bullet_list(status.at("problems"), Paint::bad, style), style);
  text += section("Notes", bullet_list(status.at("notes"), Paint::none, style), style);
  const Json& last = status.at("last");
  if (!last.is_null()) text += section("Last switch", "  " + summary(last) + "\n", style);
  return text;
}

}  // namespace hotseat::cli
