// The draft as hotseat.toml.
#include <algorithm>

#include "importers/draft.h"
#include "importers/toml_text.h"
#include "wire/mccs.h"

namespace hotseat::importers {

namespace {

std::string line(const std::string& key, const std::string& value) {
  return key + " = " + value + "\n";
}

std::string comments(const std::vector<std::string>& remarks,
                     const std::vector<std::string>& choices) {
  std::string text;
  for (const std::string& remark : remarks) text += toml_comment(remark);
  for (const std::string& choice : choices) text += toml_comment("choice: " + choice);
  return text;
}

std::string comments(const Part& part) {
  return comments(part.remarks, part.choices);
}

std::string commands(const TargetDraft& target) {
  if (target.on_enter.empty()) return "";
  std::string text;
  for (const auto& argv : target.on_enter) text += "  " + toml_array(argv) + ",\n";
  return "on_enter = [\n" + text + "]\n";
}

// { usb = "046d:c31c" }
std::string inline_table(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text;
  for (const auto& [key, value] : values) {
    text += (text.empty() ? "" : ", ") + toml_key(key) + " = " + value;
  }
  return "{ " + text + " }";
}

std::string inputs_of(const MonitorDraft& monitor) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [target, input] : monitor.inputs) values.emplace_back(target, wire::hex(input));
  return inline_table(values);
}

}  // namespace

std::string toml_of(const DeviceMatch& match) {
  if (match.id) return inline_table({{"usb", toml_string(to_string(*match.id))}});
  return inline_table({{"by_id", toml_string(match.by_id.value_or(""))}});
}

std::string toml_of(const MonitorMatch& match) {
  std::vector<std::pair<std::string, std::string>> values;
  const auto add = [&](const char* key, const std::optional<std::string>& value) {
    if (value) values.emplace_back(key, toml_string(*value));
  };
  add("manufacturer", match.manufacturer);
  add("model", match.model);
  add("serial", match.serial);
  add("connector", match.connector);
  if (match.bus) values.emplace_back("bus", std::to_string(*match.bus));
  return inline_table(values);
}

std::string Draft::text() const {
  std::string text = toml_comment("Made from " + source_ + " by hotseat import.");
  text += toml_comment(
      "Where it says \"choice:\", the original leaves something open or does it otherwise. To "
      "check "
      "this: hotseat config check FILE. What the settings mean: hotseat.toml(5).");
  text += comments({}, choices_);
  return text + text_of_guests() + text_of_host() + text_of_devices() + text_of_monitors() +
         text_of_policy() + text_of_settings();
}

std::string Draft::text_of_guests() const {
  std::string text;
  for (const GuestDraft& guest : guests_) {
    text += "\n" + comments(guest) + "[guest." + toml_key(guest.name) + "]\n";
    if (guest.domain != guest.name) text += line("domain", toml_string(guest.domain));
    text += line("start", guest.starts ? "\"auto\"" : "\"never\"");
    if (!guest.policy.empty()) text += line("policy", toml_array(guest.policy));
    text += hotkey_line("guest." + guest.name, "hotkey") + commands(guest);
  }
  return text;
}

std::string Draft::text_of_host() const {
  const std::string body = hotkey_line("host", "hotkey") + commands(host_);
  if (body.empty() && host_.choices.empty()) return "";
  return "\n" + comments(host_) + "[host]\n" + body;
}

std::string Draft::text_of_devices() const {
  std::string text;
  for (const DeviceDraft& device : devices_) {
    text += "\n" + comments(device) + "[[device]]\n" + line("name", toml_string(device.name)) +
            line("match", toml_of(device.match));
    if (device.transport == Transport::evdev) text += line("transport", "\"evdev\"");
    if (device.optional) text += line("optional", "true");
  }
  return text;
}

std::string Draft::text_of_monitors() const {
  std::string text;
  for (const MonitorDraft& monitor : monitors_) {
    if (monitor.inputs.empty()) continue;
    text += "\n" + comments(monitor) + "[[monitor]]\n" + line("name", toml_string(monitor.name)) +
            line("match", toml_of(monitor.match)) + line("inputs", inputs_of(monitor));
    if (monitor.feature != wire::kInputSelect) {
      text += "[monitor.quirks]\n" + line("feature", wire::hex(monitor.feature));
    }
  }
  return text;
}

std::string Draft::text_of_policy() const {
  if (grants_.empty()) return "";
  std::string text = "\n[policy]\n";
  for (const GrantDraft& grant : grants_) {
    text += comments({}, {grant.choice}) + line(toml_key(grant.who), toml_array(grant.permissions));
  }
  return text;
}

std::string Draft::text_of_settings() const {
  std::string text;
  const std::string seat =
      hotkey_line("cycle", "cycle_hotkey") + hotkey_line("release", "release_hotkey");
  if (!seat.empty()) text += "\n[seat]\n" + seat;
  if (!uri_.empty()) text += "\n[libvirt]\n" + line("uri", toml_string(uri_));
  if (!vfio_kvm_) return text;
  text += "\n" + toml_comment("Scripts that were written for vfio-kvm go on working.") +
          "[compat]\nvfio_kvm = true\n";
  if (!bus_name_.empty()) text += line("vfio_kvm_bus_name", toml_string(bus_name_));
  if (!object_path_.empty()) text += line("vfio_kvm_object_path", toml_string(object_path_));
  return text;
}

// Nothing where there is none; only cycling has one that has to be switched off.
std::string Draft::hotkey_line(const std::string& place, const std::string& key) const {
  for (const HotkeyDraft& draft : hotkeys_) {
    if (draft.place != place) continue;
    if (draft.keys.empty() && place != "cycle") return "";
    return line(key, toml_array(draft.keys));
  }
  return "";
}

}  // namespace hotseat::importers
