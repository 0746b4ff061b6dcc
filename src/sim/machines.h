// The simulated guests themselves: QEMU processes, which live whether or not libvirt does.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "domain/world.h"
#include "sim/agenda.h"
#include "sim/bell.h"
#include "sim/pace.h"
#include "sim/usb_bus.h"

namespace hotseat::sim {

class Machines {
 public:
  Machines(ports::Clock& clock, Pace& pace, UsbBus& bus) : pace_(pace), bus_(bus), agenda_(clock) {}

  void add(const DomainName& name, DomainState state = DomainState::shutoff);
  void remove(const DomainName& name);  // undefined; ends first if it runs

  // By hand, at once. Starting one that is active, or ending one that is not, changes nothing.
  void boot(const DomainName& name);
  void pause(const DomainName& name);
  void resume(const DomainName& name);
  void shut_down(const DomainName& name);  // stopping, then shutoff
  void kill(const DomainName& name);       // QEMU dies: crashed; nobody drives what it had
  void destroy(const DomainName& name);    // libvirt ends it: shutoff
  // The guest does not look at the USB devices it is given (firmware that just halts): no driver
  // shows for what it has.
  void never_configures_usb(const DomainName& name) { idle_.insert(name); }

  // What its definition says that it reads.
  void has_inputs(const DomainName& name, std::vector<EvdevInput> inputs);

  // What QEMU does at the end of a hot-plug and an unplug.
  Expected<void> plug(const DomainName& name, const UsbAddress& address, const std::string& alias);
  void unplug(const DomainName& name, const std::string& alias);

  const Domain* find(const DomainName& name) const;
  bool is_active(const DomainName& name) const;
  bool holds(const DomainName& name, const UsbAddress& address) const;
  bool has_alias(const DomainName& name, const std::string& alias) const;
  std::vector<Domain> all() const;

  [[nodiscard]] Listening listen(std::function<void()> changed) {
    return changed_.listen(std::move(changed));
  }
  // Called when a guest's QEMU has ended, before `changed`.
  [[nodiscard]] Listening listen_to_ends(std::function<void(const DomainName&)> ended) {
    return ended_.listen(std::move(ended));
  }

 private:
  void end(const DomainName& name, DomainState state);

  Pace& pace_;
  UsbBus& bus_;
  std::map<DomainName, Domain> domains_;
  std::set<DomainName> idle_;
  std::uint64_t starts_ = 0;
  Bell<> changed_;
  Bell<const DomainName&> ended_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
