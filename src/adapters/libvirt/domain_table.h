// What is known of the domains, kept up to date from events and from our own operations, so that no
// description need be read while a switch runs. Pure: no libvirt, no thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/libvirt/key_names.h"
#include "domain/world.h"

namespace hotseat::adapters::libvirt {

// A domain as libvirt told it at one moment.
struct DomainSnapshot {
  std::string uuid;
  DomainName name;
  DomainState state = DomainState::shutoff;
  int id = -1;  // rises with every start of any domain; -1 while it is not active
  std::vector<UsbAttachment> usb;  // while it is active
  std::vector<EvdevInput> inputs = {};
  std::vector<std::string> hotkey = {};  // names of keys
};

class DomainTable {
 public:
  explicit DomainTable(KeyCodes key_codes) : key_codes_(std::move(key_codes)) {}

  // Everything anew, after connecting. A domain that ran before and has not been restarted keeps
  // its place in the order of starts; the others follow in the order of their ids.
  void replace(const std::vector<DomainSnapshot>& all);

  // Counts what happened to a domain. Something read outside is applied only if its domain's
  // version is still the one from before the reading; false: it is out of date, read it again.
  std::uint64_t version(const std::string& uuid) const;
  void outdate(const std::string& uuid) { ++versions_[uuid]; }
  bool update(const DomainSnapshot& read, std::uint64_t version);
  bool remove(const std::string& uuid, std::uint64_t version);

  // Events. An unknown domain is taken in.
  void started(const std::string& uuid, const DomainName& name);
  void state_changed(const std::string& uuid, DomainState state);

  // Ignored unless the domain is active: it may have ended meanwhile.
  void attached(const std::string& uuid, const UsbAttachment& attachment);
  void detached(const std::string& uuid, const std::string& alias);

  const Domain* find(const DomainName& name) const;
  const Domain* find_uuid(const std::string& uuid) const;
  std::vector<Domain> domains() const;  // by name

 private:
  struct Entry {
    Domain domain;
    int id = -1;
  };

  void put(const DomainSnapshot& read);

  KeyCodes key_codes_;
  std::map<std::string, Entry> entries_;  // by UUID
  // Kept apart from the entries: a domain that was undefined and defined again counts on.
  std::map<std::string, std::uint64_t> versions_;
  std::uint64_t starts_ = 0;
};

// The attachment with this alias or address; nullptr when there is none.
const UsbAttachment* find_alias(const std::vector<UsbAttachment>& usb, const std::string& alias);
const UsbAttachment* find_address(const std::vector<UsbAttachment>& usb, const UsbAddress& address);

}  // namespace hotseat::adapters::libvirt
