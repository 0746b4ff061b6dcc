#include "adapters/libvirt/domain_table.h"

#include <algorithm>
#include <utility>

#include "adapters/libvirt/domain_state.h"

namespace hotseat::adapters::libvirt {

void DomainTable::replace(const std::vector<DomainSnapshot>& all) {
  auto sorted = all;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.id < b.id; });
  std::erase_if(entries_, [&](const auto& entry) {
    return std::none_of(sorted.begin(), sorted.end(),
                        [&](const auto& read) { return read.uuid == entry.first; });
  });
  for (const auto& read : sorted) {
    ++versions_[read.uuid];
    put(read);
  }
}

void DomainTable::put(const DomainSnapshot& read) {
  auto& entry = entries_[read.uuid];
  const bool same_run = entry.domain.started != 0 && (entry.id == read.id || entry.id == -1);
  entry.id = read.id;
  auto& domain = entry.domain;
  domain.name = read.name;
  domain.uuid = read.uuid;
  domain.state = read.state;
  domain.usb = read.usb;
  domain.inputs = read.inputs;
  auto hotkey = chord_of(read.name, read.hotkey, key_codes_);
  domain.hotkey = std::move(hotkey.keys);
  domain.problems = std::move(hotkey.problems);
  if (!is_active(read.state)) {
    domain.started = 0;
  } else if (!same_run) {
    domain.started = ++starts_;
  }
}

std::uint64_t DomainTable::version(const std::string& uuid) const {
  const auto found = versions_.find(uuid);
  return found == versions_.end() ? 0 : found->second;
}

bool DomainTable::update(const DomainSnapshot& read, std::uint64_t version) {
  if (this->version(read.uuid) != version) return false;
  ++versions_[read.uuid];
  put(read);
  return true;
}

bool DomainTable::remove(const std::string& uuid, std::uint64_t version) {
  if (this->version(uuid) != version) return false;
  entries_.erase(uuid);
  return true;
}

void DomainTable::started(const std::string& uuid, const DomainName& name) {
  ++versions_[uuid];
  auto& entry = entries_[uuid];
  entry.domain.uuid = uuid;
  entry.domain.name = name;
  entry.domain.state = DomainState::running;
  if (entry.domain.started != 0) return;  // we started it ourselves and know already
  entry.id = -1;
  entry.domain.started = ++starts_;
  entry.domain.usb.clear();
}

void DomainTable::state_changed(const std::string& uuid, DomainState state) {
  ++versions_[uuid];
  const auto found = entries_.find(uuid);
  if (found == entries_.end()) return;
  auto& domain = found->second.domain;
  domain.state = state;
  if (!is_active(state)) {
    domain.started = 0;
    domain.usb.clear();
  } else if (domain.started == 0) {  // QEMU's "resumed" comes before its "started"
    found->second.id = -1;
    domain.started = ++starts_;
  }
}

void DomainTable::attached(const std::string& uuid, const UsbAttachment& attachment) {
  ++versions_[uuid];
  const auto found = entries_.find(uuid);
  if (found == entries_.end() || !is_active(found->second.domain.state)) return;
  auto& usb = found->second.domain.usb;
  std::erase_if(usb, [&](const auto& other) { return other.alias == attachment.alias; });
  usb.push_back(attachment);
}

void DomainTable::detached(const std::string& uuid, const std::string& alias) {
  ++versions_[uuid];
  const auto found = entries_.find(uuid);
  if (found == entries_.end()) return;
  std::erase_if(found->second.domain.usb, [&](const auto& other) { return other.alias == alias; });
}

const Domain* DomainTable::find(const DomainName& name) const {
  for (const auto& [uuid, entry] : entries_) {
    if (entry.domain.name == name) return &entry.domain;
  }
  return nullptr;
}

const Domain* DomainTable::find_uuid(const std::string& uuid) const {
  const auto found = entries_.find(uuid);
  return found == entries_.end() ? nullptr : &found->second.domain;
}

std::vector<Domain> DomainTable::domains() const {
  std::vector<Domain> all;
  all.reserve(entries_.size());
  for (const auto& [uuid, entry] : entries_) all.push_back(entry.domain);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

const UsbAttachment* find_alias(const std::vector<UsbAttachment>& usb, const std::string& alias) {
  const auto found =
      std::find_if(usb.begin(), usb.end(), [&](const auto& other) { return other.alias == alias; });
  return found == usb.end() ? nullptr : &*found;
}

const UsbAttachment* find_address(const std::vector<UsbAttachment>& usb,
                                  const UsbAddress& address) {
  const auto found = std::find_if(usb.begin(), usb.end(),
                                  [&](const auto& other) { return other.address == address; });
  return found == usb.end() ? nullptr : &*found;
}

}  // namespace hotseat::adapters::libvirt
