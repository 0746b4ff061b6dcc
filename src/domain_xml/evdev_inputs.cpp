#include "domain_xml/evdev_inputs.h"

#include <linux/input-event-codes.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain_xml/namespaces.h"
#include "domain_xml/qemu_options.h"

namespace hotseat::domain_xml {
namespace {

constexpr Namespace kQemu{"http://libvirt.org/schemas/domain/qemu/1.0", "qemu"};

struct Toggle {
  std::string_view name;
  std::array<KeyCode, 2> keys;  // ascending; the first is 0 when there is one key only
};

// GrabToggleKeys (qapi/common.json), and the keys that ui/input-linux.c looks for. Either of the
// two control keys will do for the last.
constexpr std::array kToggles{
    Toggle{"ctrl-ctrl", {KEY_LEFTCTRL, KEY_RIGHTCTRL}},
    Toggle{"alt-alt", {KEY_LEFTALT, KEY_RIGHTALT}},
    Toggle{"shift-shift", {KEY_LEFTSHIFT, KEY_RIGHTSHIFT}},
    Toggle{"meta-meta", {KEY_LEFTMETA, KEY_RIGHTMETA}},
    Toggle{"scrolllock", {0, KEY_SCROLLLOCK}},
    Toggle{"ctrl-scrolllock", {KEY_LEFTCTRL, KEY_SCROLLLOCK}},
};

// QEMU's default, ctrl-ctrl, for whatever is not one of them.
Chord toggle_chord(std::string_view name) {
  Toggle chosen = kToggles.front();
  for (const Toggle& toggle : kToggles) {
    if (toggle.name == name) chosen = toggle;
  }
  Chord chord;
  for (const KeyCode key : chosen.keys) {
    if (key != 0) chord.push_back(key);
  }
  return chord;
}

EvdevInput virtio(std::string path) {
  return {EvdevInput::Kind::virtio, std::move(path), false, {}};
}

EvdevInput input_linux(std::string path, bool grabs_all, std::string_view toggle) {
  return {EvdevInput::Kind::input_linux, std::move(path), grabs_all, toggle_chord(toggle)};
}

std::optional<EvdevInput> of_input(const pugi::xml_node& input) {
  const std::string_view type = input.attribute("type").value();
  const auto source = input.child("source");
  if (type == "passthrough") return virtio(source.attribute("evdev").value());
  if (type != "evdev") return std::nullopt;
  const bool grabs_all = std::string_view(source.attribute("grab").value()) == "all";
  return input_linux(source.attribute("dev").value(), grabs_all,
                     source.attribute("grabToggle").value());
}

std::optional<EvdevInput> of_argument(std::string_view option, std::string_view argument) {
  // QEMU takes its options with one dash or two.
  if (option.starts_with("--")) option.remove_prefix(1);
  if (option != "-object" && option != "-device") return std::nullopt;
  const auto options = parse_qemu_options(argument);
  // virtio-input-host-pci, -device, -ccw, -pci-non-transitional
  if (option == "-device" && options.type.starts_with("virtio-input-host")) {
    return virtio(options.value("evdev"));
  }
  if (option == "-object" && options.type == "input-linux") {
    return input_linux(options.value("evdev"), options.is_on("grab_all"),
                       options.value("grab-toggle"));
  }
  return std::nullopt;
}

class Collection {
 public:
  void add(std::optional<EvdevInput> input) {
    if (input && !input->path.empty()) found_.push_back(std::move(*input));
  }
  void add_command_line(const pugi::xml_node& command_line) {
    std::string_view option;  // the argument before
    for (const auto& argument : command_line.children()) {
      if (local_name(argument) != "arg" || !is_in(argument, kQemu)) continue;
      const std::string_view value = argument.attribute("value").value();
      add(of_argument(option, value));
      option = value;
    }
  }
  std::vector<EvdevInput> take() && { return std::move(found_); }

 private:
  std::vector<EvdevInput> found_;
};

}  // namespace

std::vector<EvdevInput> evdev_inputs(const pugi::xml_node& domain) {
  Collection inputs;
  for (const auto& input : domain.child("devices").children("input")) inputs.add(of_input(input));
  for (const auto& child : domain.children()) {
    if (local_name(child) == "commandline" && is_in(child, kQemu)) inputs.add_command_line(child);
  }
  return std::move(inputs).take();
}

}  // namespace hotseat::domain_xml
