#include "sim/machines.h"

#include <algorithm>
#include <utility>

namespace hotseat::sim {

namespace {
bool active(DomainState state) {
  return state == DomainState::running || state == DomainState::paused ||
         state == DomainState::stopping;
}
}  // namespace

void Machines::add(const DomainName& name, DomainState state) {
  Domain domain;
  domain.name = name;
  domain.uuid = "00000000-0000-4000-8000-" + std::to_string(100'000'000'000 + domains_.size());
  domain.state = state;
  if (active(state)) domain.started = ++starts_;
  domains_[name] = std::move(domain);
  changed_.ring();
}

void Machines::remove(const DomainName& name) {
  destroy(name);
  domains_.erase(name);
  changed_.ring();
}

void Machines::boot(const DomainName& name) {
  Domain& domain = domains_.at(name);
  if (active(domain.state)) return;
  domain.state = DomainState::running;
  domain.started = ++starts_;
  changed_.ring();
}

void Machines::pause(const DomainName& name) {
  Domain& domain = domains_.at(name);
  if (domain.state != DomainState::running) return;
  domain.state = DomainState::paused;
  changed_.ring();
}

void Machines::resume(const DomainName& name) {
  Domain& domain = domains_.at(name);
  if (domain.state != DomainState::paused) return;
  domain.state = DomainState::running;
  changed_.ring();
}

void Machines::shut_down(const DomainName& name) {
  Domain& domain = domains_.at(name);
  if (domain.state != DomainState::running) return;
  domain.state = DomainState::stopping;
  const auto run = domain.started;
  agenda_.in(pace_.draw(pace_.timing().shutdown), [this, name, run] {
    const Domain* now = find(name);
    if (now != nullptr && now->started == run) end(name, DomainState::shutoff);
  });
  changed_.ring();
}

void Machines::kill(const DomainName& name) {
  end(name, DomainState::crashed);
}

void Machines::destroy(const DomainName& name) {
  end(name, DomainState::shutoff);
}

void Machines::end(const DomainName& name, DomainState state) {
  Domain& domain = domains_.at(name);
  if (!active(domain.state)) return;
  domain.state = state;
  domain.started = 0;
  for (const UsbAttachment& attachment : std::exchange(domain.usb, {})) {
    if (state == DomainState::crashed) {
      bus_.abandon(attachment.address, name);
    } else {
      bus_.release(attachment.address, name);
    }
  }
  ended_.ring(name);
  changed_.ring();
}

void Machines::has_inputs(const DomainName& name, std::vector<EvdevInput> inputs) {
  domains_.at(name).inputs = std::move(inputs);
  changed_.ring();
}

Expected<void> Machines::plug(const DomainName& name, const UsbAddress& address,
                              const std::string& alias) {
  const std::string context = "attach " + to_string(address) + " to " + name.str();
  if (!is_active(name)) return fail({context, name.str(), "domain is not running", ""});
  if (has_alias(name, alias)) {
    return fail({context, name.str(), "the alias " + alias + " is already in use", ""});
  }
  // libvirt goes by its own list, whoever drives the device by now.
  for (const auto& [other, domain] : domains_) {
    if (!holds(other, address)) continue;
    return fail({context, name.str(), "USB device is in use by domain " + other.str(), ""});
  }
  if (auto claimed = bus_.claim(address, name, !idle_.contains(name)); !claimed) {
    return fail({context, name.str(), claimed.error().reason, ""});
  }
  domains_.at(name).usb.push_back({alias, address});
  changed_.ring();
  return {};
}

void Machines::unplug(const DomainName& name, const std::string& alias) {
  Domain& domain = domains_.at(name);
  auto found = std::find_if(domain.usb.begin(), domain.usb.end(),
                            [&](const UsbAttachment& usb) { return usb.alias == alias; });
  if (found == domain.usb.end()) return;
  const UsbAddress address = found->address;
  domain.usb.erase(found);
  bus_.release(address, name);
  changed_.ring();
}

const Domain* Machines::find(const DomainName& name) const {
  auto found = domains_.find(name);
  return found == domains_.end() ? nullptr : &found->second;
}

bool Machines::is_active(const DomainName& name) const {
  const Domain* domain = find(name);
  return domain != nullptr && active(domain->state);
}

bool Machines::holds(const DomainName& name, const UsbAddress& address) const {
  const Domain* domain = find(name);
  return domain != nullptr &&
         std::any_of(domain->usb.begin(), domain->usb.end(),
                     [&](const UsbAttachment& usb) { return usb.address == address; });
}

bool Machines::has_alias(const DomainName& name, const std::string& alias) const {
  const Domain* domain = find(name);
  return domain != nullptr &&
         std::any_of(domain->usb.begin(), domain->usb.end(),
                     [&](const UsbAttachment& usb) { return usb.alias == alias; });
}

std::vector<Domain> Machines::all() const {
  std::vector<Domain> domains;
  for (const auto& [name, domain] : domains_) domains.push_back(domain);
  return domains;
}

}  // namespace hotseat::sim
