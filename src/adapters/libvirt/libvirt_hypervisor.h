// The Hypervisor port on libvirt.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/hotkey.h"
#include "ports/clock.h"
#include "ports/hypervisor.h"

namespace hotseat::adapters {

namespace libvirt {
class Engine;
class Turning;
}  // namespace libvirt

// One long-lived connection. libvirt is only called on threads of the adapter's own: one for
// events, one for every domain that is being worked on, and those end with the work. While nothing
// happens none of them wakes up.
//
// The client library is initialised, and given its event loop for good, by the first object
// (adapters/libvirt/client_library.h): nothing else in the process may register another.
class LibvirtHypervisor : public ports::Hypervisor {
 public:
  // The code of a key by its name, "KEY_LEFTCTRL".
  using KeyCodes = std::function<std::optional<KeyCode>(const std::string& name)>;

  // `uri` as virsh -c takes it. The dispatcher outlives this object. Throws std::system_error when
  // the kernel gives no thread.
  LibvirtHypervisor(std::string uri, KeyCodes key_codes, ports::Dispatcher& dispatcher);
  // Within about a second, even while libvirtd does not answer. On the loop thread.
  ~LibvirtHypervisor() override;
  LibvirtHypervisor(const LibvirtHypervisor&) = delete;
  LibvirtHypervisor& operator=(const LibvirtHypervisor&) = delete;

  // A lost connection keeps the domains as they were last seen: guests outlive libvirtd.
  void observe(std::function<void(const HypervisorStatus&)> changed) override;

  // Operations on one domain run in order, on several side by side; removals only queue to be asked
  // for, not to be waited for. An operation fails at once when libvirt has never been reached, else
  // it waits for the connection until its deadline. What runs out of time inside libvirt cannot be
  // taken back: `changed` tells if it succeeds after all.
  void start(const DomainName& domain, ports::Duration deadline,
             std::function<void(const std::string&)> progress, ports::Done done) override;
  void attach_usb(const DomainName& domain, const UsbAddress& address, const std::string& alias,
                  ports::Duration deadline, ports::Done done) override;
  void detach_usb(const DomainName& domain, const std::string& alias, ports::Duration deadline,
                  ports::Done done) override;

 private:
  std::unique_ptr<libvirt::Turning> turning_;
  std::shared_ptr<libvirt::Engine> engine_;
};

}  // namespace hotseat::adapters
