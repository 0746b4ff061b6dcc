// The hypervisor port over the simulated workstation: one connection to the simulated libvirt.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ports/hypervisor.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimHypervisor : public ports::Hypervisor {
 public:
  explicit SimHypervisor(Workstation& workstation);

  void observe(std::function<void(const HypervisorStatus&)> changed) override;
  void start(const DomainName& domain, ports::Duration deadline,
             std::function<void(const std::string&)> progress, ports::Done done) override;
  void attach_usb(const DomainName& domain, const UsbAddress& address, const std::string& alias,
                  ports::Duration deadline, ports::Done done) override;
  void detach_usb(const DomainName& domain, const std::string& alias, ports::Duration deadline,
                  ports::Done done) override;

 private:
  using RequestId = std::uint64_t;
  struct Request {
    Operation operation;
    DomainName domain;
    UsbAddress address;  // attach
    std::string alias;   // attach and detach
    std::function<void(const std::string&)> progress;
    ports::Done done;
    ports::Instant given_up_at{};
    Agenda::Entry deadline = 0;
    bool given = false;  // to libvirt, and it has not answered
  };

  void accept(Request request, ports::Duration deadline);
  void go_on(RequestId id);
  void give_to_libvirt(RequestId id, Request& request);
  void on_reply(RequestId id, const Expected<void>& reply);
  void on_deadline(RequestId id);
  void settle(RequestId id, Expected<void> result);
  // What the world says about a request: reached, out of reach, or still to do.
  std::optional<Expected<void>> look(const Request& request) const;
  void check_overlap(const Request& request);

  void on_daemon_change();
  void on_machines_change();
  void connect();
  void report();

  Workstation& workstation_;
  std::function<void(const HypervisorStatus&)> changed_;
  HypervisorStatus reported_;
  bool reported_once_ = false;
  bool connected_ = false;
  RequestId last_ = 0;
  std::map<RequestId, Request> requests_;
  Mail mail_;
  Agenda agenda_;
  Listening machines_;
  Listening daemon_;
  std::shared_ptr<SimHypervisor*> self_;  // answers that come after the end find it gone
};

}  // namespace hotseat::sim
