// What the methods of Session are made of: libvirt's calls and the meaning of its errors.
#pragma once

#include <string>
#include <vector>

#include "adapters/libvirt/connection.h"
#include "adapters/libvirt/session.h"
#include "base/error.h"
#include "domain/usb.h"

namespace hotseat::adapters::libvirt {

Expected<std::vector<DomainSnapshot>> read_all(const Connection& connection);
Reading read_domain(const Connection& connection, const std::string& uuid);
Answer start_domain(const Connection& connection, const DomainName& name, const Progress& progress);
Answer attach(const Connection& connection, const DomainName& name, const UsbAddress& address,
              const std::string& alias);
Answer detach(const Connection& connection, const DomainName& name, const std::string& alias);

}  // namespace hotseat::adapters::libvirt
