#include "adapters/libvirt/key_names.h"

#include <algorithm>

#include "base/printable.h"

namespace hotseat::adapters::libvirt {
namespace {

// Whoever edits a domain writes what they like there: longer is no key, and no help to show.
constexpr std::size_t kMostShown = 60;

std::string problem_of(const DomainName& domain, const std::string& key) {
  return "domain " + domain.str() + ": the hotkey in its metadata names \"" +
         printable(key.substr(0, kMostShown)) + "\", which is not a key; it is not used";
}

}  // namespace

NamedChord chord_of(const DomainName& domain, const std::vector<std::string>& names,
                    const KeyCodes& key_codes) {
  Chord keys;
  for (const std::string& name : names) {
    const auto code = key_codes(name);
    if (!code) return {{}, {problem_of(domain, name)}};
    keys.push_back(*code);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return {std::move(keys), {}};
}

}  // namespace hotseat::adapters::libvirt
