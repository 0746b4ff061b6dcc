#include "apps/cli/render_probe.h"

#include <algorithm>
#include <vector>

namespace hotseat::cli {

namespace {

// A TOML basic string (TOML 1.0, "String"). Control characters have been replaced already.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// What the config's `serial` is compared with: the EDID's text, or else its number.
std::string serial_of(const Json& monitor) {
  std::string text = text_of(monitor, "serial");
  if (!text.empty()) return text;
  const Json& number = monitor.at("serial_number");
  if (number.is_null() || number == 0) return "";
  return number.dump();
}

bool is_twin(const Json& one, const Json& other) {
  return text_of(one, "model") == text_of(other, "model") && serial_of(one) == serial_of(other);
}

// Model and serial tell most monitors apart; a connector tells twins, and a bus number, which
// moves, is the last resort.
std::string match_line(const Json& monitor, const Json& all) {
  const bool unique = std::count_if(all.begin(), all.end(), [&](const Json& other) {
                        return is_twin(monitor, other);
                      }) == 1;
  const std::string model = text_of(monitor, "model");
  const std::string serial = serial_of(monitor);
  const std::string connector = text_of(monitor, "connector");
  std::vector<std::string> keys;
  if (!model.empty()) keys.push_back("model = " + quoted(model));
  if (!serial.empty()) keys.push_back("serial = " + quoted(serial));
  if (keys.empty() || !unique) {
    keys.push_back(connector.empty() ? "bus = " + monitor.at("bus").dump()
                                     : "connector = " + quoted(connector));
  }
  std::string line = "match = { ";
  for (const std::string& key : keys) line += (&key == &keys.front() ? "" : ", ") + key;
  return line + " }";
}

std::string config_name(const Json& monitor) {
  std::string name;
  for (const char c : text_of(monitor, "model")) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c >= 'A' && c <= 'Z') {
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      name += letter ? c : '-';
    }
  }
  return name.empty() ? "monitor-" + monitor.at("bus").dump() : name;
}

std::string name_of_input(const Json& monitor, const std::string& value) {
  for (const Json& input : monitor.at("inputs")) {
    if (text_of(input, "value") == value) return text_of(input, "name");
  }
  return value;
}

std::string named(const std::string& name, const std::string& value) {
  return name == value ? value : name + " (" + value + ")";
}

std::string describe_inputs(const Json& monitor) {
  std::string list;
  for (const Json& input : monitor.at("inputs")) {
    list += (list.empty() ? "" : ", ") + named(text_of(input, "name"), text_of(input, "value"));
  }
  return list;
}

// The host's picture is on it while a person probes from the host: a good guess to start from.
std::string inputs_line(const Json& monitor) {
  const std::string current = text_of(monitor, "current");
  if (current.empty()) return R"(inputs = { host = "DisplayPort-1" }  # where this computer is)";
  const std::string name = name_of_input(monitor, current);
  return "inputs = { host = " + (name == current ? current : quoted(name)) + " }";
}

std::string heading(const Json& monitor, const Style& style) {
  std::string text = "bus " + monitor.at("bus").dump() + ": ";
  text += style.paint(Paint::strong,
                      text_of(monitor, "manufacturer") + " " + text_of(monitor, "model"));
  if (const std::string serial = serial_of(monitor); !serial.empty()) text += ", serial " + serial;
  if (const std::string on = text_of(monitor, "connector"); !on.empty()) text += ", on " + on;
  return text + "\n";
}

}  // namespace

std::string render_probe(const Json& monitors, const Style& style) {
  if (monitors.empty()) {
    return "no monitor answers on any I2C bus\n"
           "  is DDC/CI switched on in the monitors' own menus?\n";
  }
  std::string text;
  for (const Json& monitor : monitors) {
    if (!text.empty()) text += "\n";
    text += heading(monitor, style);
    if (const std::string problem = text_of(monitor, "problem"); !problem.empty()) {
      text += "  " + style.paint(Paint::bad, problem) + "\n";
    }
    if (const std::string inputs = describe_inputs(monitor); !inputs.empty()) {
      text += "  inputs: " + inputs + "\n";
    }
    if (const std::string now = text_of(monitor, "current"); !now.empty()) {
      text += "  now on: " + named(name_of_input(monitor, now), now) + "\n";
    }
    text += "  for /etc/hotseat/hotseat.toml:\n    [[monitor]]\n    name = " +
            quoted(config_name(monitor)) + "\n    " + match_line(monitor, monitors) + "\n    " +
            inputs_line(monitor) + "\n";
  }
  return text;
}

}  // namespace hotseat::cli
