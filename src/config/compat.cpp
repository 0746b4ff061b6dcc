#include "config/compat.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/words.h"
#include "config/toml/words.h"

namespace hotseat::config {

namespace {

// What hotseatd and the bus itself are called already.
constexpr std::array<std::string_view, 2> kTaken = {"org.hotseat.Hotseat1", "org.freedesktop.DBus"};
constexpr std::size_t kLongestName = 255;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(std::string_view text, std::string_view punctuation) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [punctuation](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
           punctuation.find(c) != std::string_view::npos;
  });
}

// D-Bus specification, "Bus names".
bool is_bus_name(std::string_view name) {
  const auto parts = parts_of(name, '.');
  return name.size() <= kLongestName && parts.size() > 1 &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return is_word(part, "_-") && !is_digit(part.front());
         });
}

// D-Bus specification, "Valid object paths".
bool is_object_path(std::string_view path) {
  if (path == "/") return true;
  if (!path.starts_with('/')) return false;
  const auto parts = parts_of(path.substr(1), '/');
  return std::all_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return is_word(part, "_"); });
}

void read_bus_name(const Field& field, std::string& name) {
  const auto value = field.word();
  if (!value) return;
  if (!is_bus_name(*value)) {
    field.report(in_quotes(*value) + " is no name for the bus",
                 "two words or more with dots between, such as \"vfio.kvm\"");
  } else if (std::find(kTaken.begin(), kTaken.end(), *value) != kTaken.end()) {
    field.report(in_quotes(*value) + " is taken", "the usual one is \"vfio.kvm\"");
  }
  name = *value;
}

void read_object_path(const Field& field, std::string& path) {
  const auto value = field.word();
  if (!value) return;
  if (!is_object_path(*value)) {
    field.report(in_quotes(*value) + " is no path of an object",
                 "words of letters, digits and '_' behind slashes, such as \"/vfio/kvm\"");
  }
  path = *value;
}

}  // namespace

Compat read_compat(const std::optional<Field>& field, std::vector<std::string>& notes) {
  Compat compat;
  if (!field) return compat;
  const auto section =
      Section::open(*field, "[compat]", {"vfio_kvm", "vfio_kvm_bus_name", "vfio_kvm_object_path"});
  if (!section) return compat;
  if (const auto wanted = section->find("vfio_kvm")) {
    compat.vfio_kvm = wanted->flag().value_or(compat.vfio_kvm);
  }
  const auto name = section->find("vfio_kvm_bus_name");
  const auto path = section->find("vfio_kvm_object_path");
  if (name) read_bus_name(*name, compat.vfio_kvm_bus_name);
  if (path) read_object_path(*path, compat.vfio_kvm_object_path);
  if (!compat.vfio_kvm && (name || path)) {
    notes.push_back((name ? name : path)->key() + " does nothing without vfio_kvm = true");
  }
  return compat;
}

}  // namespace hotseat::config
