// The part of the Coordinator that answers libvirt's hook: a guest is about to start, or has ended.
// libvirt waits for the answer, so nothing here asks anything of libvirt.
#include <algorithm>
#include <utility>

#include "app/coordinator.h"
#include "domain/guest_inputs.h"

namespace hotseat::app {

namespace {

// "keyboard, mouse"
std::string devices_asked_for(const GuestNotice& notice) {
  std::string devices;
  for (const EvdevInput& input : notice.inputs) {
    const auto device = clone_asked_for(input.path, notice.domain);
    if (device) devices += (devices.empty() ? "" : ", ") + *device;
  }
  return devices;
}

}  // namespace

void Coordinator::prepare_guest(const GuestNotice& notice, Verdict verdict) {
  const PreparationNumber number = next_preparation_++;
  Preparation& preparation = preparations_[number];
  preparation.notice = notice;
  preparation.verdict = std::move(verdict);
  preparation.look = ports_.clock.after({}, [this, number] { look_at_preparation(number); });
  preparation.limit = ports_.clock.after(kPreparing, [this, number] {
    const GuestNotice& late = preparations_.at(number).notice;
    end_preparation(number, fail({"start " + late.domain.str(), devices_asked_for(late),
                                  "no clone was made in time", "hotseat status tells more"}));
  });
  world_.announced[notice.domain] = notice.inputs;
  configure_router();
}

void Coordinator::look_at_preparation(PreparationNumber number) {
  if (!inputs_seen_) return;
  const GuestNotice& notice = preparations_.at(number).notice;
  const auto clones = clones_for(world_, *seat_, notice.domain, notice.inputs);
  if (!clones) return end_preparation(number, fail(clones.error()));
  if (*clones == Clones::there) end_preparation(number, {});
}

void Coordinator::look_at_preparations() {
  std::vector<PreparationNumber> numbers;
  for (const auto& [number, preparation] : preparations_) numbers.push_back(number);
  for (const PreparationNumber number : numbers) {
    if (preparations_.contains(number)) look_at_preparation(number);
  }
}

// One that may not start is not announced any longer; of others the hypervisor tells.
void Coordinator::end_preparation(PreparationNumber number, const Expected<void>& result) {
  auto ended = preparations_.extract(number);  // alive: this may be the callback of its timer
  const Preparation& preparation = ended.mapped();
  if (!result) {
    reports_.notice(preparation.notice.domain.str() +
                    " may not start: " + to_string(result.error()));
    world_.announced.erase(preparation.notice.domain);
    configure_router();
  }
  preparation.verdict(result);
}

void Coordinator::guest_ended(const DomainName& domain, const std::string& who) {
  const GuestSpec* guest = seat_->guest_by_domain(domain);
  const bool has_seat = guest != nullptr && guest->name == world_.owner;
  world_.announced.erase(domain);
  configure_router();
  if (has_seat && !run_) request_release(who, [](const SwitchReport&) {});
}

// What the hypervisor tells of a domain that runs is what it reads.
void Coordinator::forget_announced() {
  std::erase_if(world_.announced, [this](const auto& told) {
    const Domain* domain = world_.hypervisor.domain(told.first);
    return domain != nullptr && domain->started != 0 &&
           std::none_of(preparations_.begin(), preparations_.end(), [&](const auto& pending) {
             return pending.second.notice.domain == told.first;
           });
  });
}

void Coordinator::door_problem(const std::string& door, const std::string& problem) {
  if (problem.empty()) {
    door_problems_.erase(door);
  } else {
    door_problems_[door] = problem;
  }
  reports_.status_changed();
}

}  // namespace hotseat::app
