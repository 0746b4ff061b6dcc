// The domains that were looked up by name: asking for one again is a round trip of its own.
#pragma once

#include <libvirt/libvirt.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace hotseat::adapters::libvirt {

struct FreeDomain {
  void operator()(virDomainPtr domain) const { virDomainFree(domain); }
};
using DomainPtr = std::unique_ptr<virDomain, FreeDomain>;

// Thread-safe. A domain keeps its connection open: clear() before closing that.
class KnownDomains {
 public:
  // Asks libvirt about one that is not known yet, and blocks. nullptr: libvirt's last error says
  // why.
  DomainPtr look_up(virConnectPtr connection, const std::string& name);
  // Some domain may have another name now, or be another one of its name.
  void clear();

 private:
  std::mutex mutex_;
  std::map<std::string, DomainPtr> by_name_;
};

}  // namespace hotseat::adapters::libvirt
