// The keys that a domain's metadata names, as a chord.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/name.h"
#include "domain/hotkey.h"

namespace hotseat::adapters::libvirt {

// The code of a key by its name, "KEY_LEFTCTRL".
using KeyCodes = std::function<std::optional<KeyCode>(const std::string& name)>;

struct NamedChord {
  Chord keys;  // empty when there is none, or one of its keys is unknown
  std::vector<std::string> problems;
};

NamedChord chord_of(const DomainName& domain, const std::vector<std::string>& names,
                    const KeyCodes& key_codes);

}  // namespace hotseat::adapters::libvirt
