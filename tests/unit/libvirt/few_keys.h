// A keyboard of three keys.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "domain/hotkey.h"

namespace hotseat::adapters::libvirt {

inline std::optional<KeyCode> code_of(const std::string& name) {
  static const std::map<std::string, KeyCode> keys{
      {"KEY_LEFTCTRL", 29}, {"KEY_LEFTALT", 56}, {"KEY_KP1", 79}};
  const auto found = keys.find(name);
  if (found == keys.end()) return std::nullopt;
  return found->second;
}

}  // namespace hotseat::adapters::libvirt
