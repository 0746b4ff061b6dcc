#include "adapters/libvirt/libvirt_hypervisor.h"

#include <utility>

#include "adapters/libvirt/client_library.h"
#include "adapters/libvirt/engine.h"
#include "adapters/libvirt/libvirt_gateway.h"

namespace hotseat::adapters {

using libvirt::Request;

LibvirtHypervisor::LibvirtHypervisor(std::string uri, KeyCodes key_codes,
                                     ports::Dispatcher& dispatcher)
    : turning_(std::make_unique<libvirt::Turning>(libvirt::client_loop())),
      engine_(std::make_shared<libvirt::Engine>(
          std::make_shared<libvirt::LibvirtGateway>(std::move(uri), libvirt::client_loop()),
          libvirt::client_loop(), dispatcher, std::move(key_codes))) {}

LibvirtHypervisor::~LibvirtHypervisor() {
  engine_->stop();
}

void LibvirtHypervisor::observe(std::function<void(const HypervisorStatus&)> changed) {
  engine_->observe(std::move(changed));
}

void LibvirtHypervisor::start(const DomainName& domain, ports::Duration deadline,
                              std::function<void(const std::string&)> progress, ports::Done done) {
  engine_->begin({Request::Kind::start, domain, {}, {}}, deadline, std::move(progress),
                 std::move(done));
}

void LibvirtHypervisor::attach_usb(const DomainName& domain, const UsbAddress& address,
                                   const std::string& alias, ports::Duration deadline,
                                   ports::Done done) {
  engine_->begin({Request::Kind::attach, domain, address, alias}, deadline, {}, std::move(done));
}

void LibvirtHypervisor::detach_usb(const DomainName& domain, const std::string& alias,
                                   ports::Duration deadline, ports::Done done) {
  engine_->begin({Request::Kind::detach, domain, {}, alias}, deadline, {}, std::move(done));
}

}  // namespace hotseat::adapters
