#include "adapters/libvirt/known_domains.h"

namespace hotseat::adapters::libvirt {
namespace {

DomainPtr another(const DomainPtr& domain) {
  virDomainRef(domain.get());
  return DomainPtr(domain.get());
}

}  // namespace

DomainPtr KnownDomains::look_up(virConnectPtr connection, const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = by_name_.find(name);
    if (known != by_name_.end()) return another(known->second);
  }
  DomainPtr domain(virDomainLookupByName(connection, name.c_str()));
  if (!domain) return nullptr;
  const std::lock_guard lock(mutex_);
  by_name_[name] = another(domain);
  return domain;
}

void KnownDomains::clear() {
  const std::lock_guard lock(mutex_);
  by_name_.clear();
}

}  // namespace hotseat::adapters::libvirt
