// What a hypervisor adapter must do, whatever is behind it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "domain/world.h"
#include "ports/hypervisor.h"
#include "tests/contract/rig.h"

namespace hotseat::contract {

// A fresh rig: guests "win11" (running, holding nothing) and "zorg" (off); USB devices "keyboard"
// and "mouse" are plugged in and the host's.
class HypervisorRig : public Rig {
 public:
  virtual ports::Hypervisor& hypervisor() = 0;

  virtual UsbAddress address_of(const std::string& device) = 0;
  virtual bool host_has(const std::string& device) = 0;
  virtual void unplug(const std::string& device) = 0;
  virtual void kill_guest(const DomainName& domain) = 0;
  virtual void start_guest(const DomainName& domain) = 0;
  virtual void pause_guest(const DomainName& domain) = 0;
  // Somebody else takes it out, not through the port.
  virtual void detach_by_hand(const DomainName& domain, const std::string& device) = 0;
  virtual void restart_daemon() = 0;
};

class HypervisorContract : public testing::TestWithParam<RigMaker<HypervisorRig>> {
 protected:
  static constexpr ports::Duration kDeadline = std::chrono::minutes(2);
  const DomainName win11_{"win11"};
  const DomainName zorg_{"zorg"};
  const DomainName nobody_{"no such domain"};

  void observe();
  bool connected();
  // Until the latest status says so.
  bool status_says(const std::function<bool(const HypervisorStatus&)>& condition);
  DomainState state_of(const DomainName& domain) const;
  const UsbAttachment* attachment(const DomainName& domain, const std::string& alias) const;
  bool attach(const DomainName& domain, const std::string& device, const std::string& alias);
  bool finish(const Answer& answer);

  std::unique_ptr<HypervisorRig> rig_ = GetParam().make();
  std::vector<HypervisorStatus> statuses_;
};

}  // namespace hotseat::contract
