// The guests: what runs, and moving USB devices in and out of them.
#pragma once

#include <functional>
#include <string>

#include "domain/world.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::ports {

class Hypervisor {
 public:
  virtual ~Hypervisor() = default;

  // Starts observing: `changed` is called soon with the first status (also when not connected) and
  // again after every change. Called once, before anything else. A lost connection is a change; it
  // is re-established without being asked, for ever.
  virtual void observe(std::function<void(const HypervisorStatus&)> changed) = 0;

  // Starts a domain and answers when it runs. Already running is success. `progress` gets short
  // texts for a person meanwhile. An operation that loses its connection reconnects within its
  // deadline, looks at the domain, and goes on from what it finds.
  virtual void start(const DomainName& domain, Duration deadline,
                     std::function<void(const std::string&)> progress, Done done) = 0;

  // Gives the host's USB device to a running domain, live only, under this alias. Held by that
  // domain already is success. Before `done` is called with success, `changed` has been called with
  // a status that shows the attachment.
  virtual void attach_usb(const DomainName& domain, const UsbAddress& address,
                          const std::string& alias, Duration deadline, Done done) = 0;

  // Takes the device with this alias out of the domain; answers when it is out (DEVICE_REMOVED or
  // the domain has ended), never before. Not there is success. As above, `changed` comes first.
  // It may be asked for again before it is answered, by a caller that did not want to wait as long.
  virtual void detach_usb(const DomainName& domain, const std::string& alias, Duration deadline,
                          Done done) = 0;
};

}  // namespace hotseat::ports
