// The persistent definitions of libvirt's domains: read, and replaced.
#pragma once

#include <libvirt/libvirt.h>

#include <memory>
#include <string>
#include <vector>

#include "apps/guest/result.h"

namespace hotseat::guest {

struct Definition {
  std::string name;
  std::string uuid;
  bool running = false;
  std::string xml;  // what the next start uses, passwords included
};

class Libvirt {
 public:
  // `uri` as virsh -c takes it.
  static Result<Libvirt> open(const std::string& uri);

  Result<Definition> find(const std::string& name) const;
  Result<Definition> find_uuid(const std::string& uuid) const;
  // Replaces the domain's definition; returns it as libvirt holds it from then on.
  Result<Definition> define(const std::string& xml) const;

 private:
  struct Free {
    void operator()(virConnectPtr connection) const { virConnectClose(connection); }
    void operator()(virDomainPtr domain) const { virDomainFree(domain); }
  };
  using DomainPtr = std::unique_ptr<virDomain, Free>;

  explicit Libvirt(virConnectPtr connection) : connection_(connection) {}
  Result<Definition> read(const DomainPtr& domain, const std::string& name) const;
  std::vector<std::string> names() const;

  std::unique_ptr<virConnect, Free> connection_;
};

}  // namespace hotseat::guest
