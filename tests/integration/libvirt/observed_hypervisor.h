// A LibvirtHypervisor with what it says, for a test that turns its loop.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/libvirt/libvirt_hypervisor.h"
#include "tests/unit/libvirt/few_keys.h"
#include "tests/unit/libvirt/queue_dispatcher.h"

namespace hotseat::adapters {

class ObservedHypervisor {
 public:
  using Result = std::shared_ptr<std::optional<Expected<void>>>;

  explicit ObservedHypervisor(const std::string& uri)
      : hypervisor_(std::make_unique<LibvirtHypervisor>(uri, libvirt::code_of, loop_)) {
    hypervisor_->observe([this](const HypervisorStatus& status) { seen_.push_back(status); });
  }

  void wait_until_connected(bool connected) {
    loop_.run_until([&] { return !seen_.empty() && last().connected == connected; });
  }
  void wait_for_state(const std::string& domain, DomainState state) {
    loop_.run_until([&] {
      const auto* found = seen_.empty() ? nullptr : last().domain(DomainName{domain});
      return found != nullptr && found->state == state;
    });
  }

  template <typename Condition>
  void wait_until(Condition condition) {
    loop_.run_until(condition);
  }

  Result start(const std::string& domain) {
    const auto result = std::make_shared<std::optional<Expected<void>>>();
    hypervisor_->start(
        DomainName{domain}, kDeadline,
        [this](const std::string& text) { progress_.push_back(text); }, into(result));
    return result;
  }
  Result attach(const std::string& domain) {
    const auto result = std::make_shared<std::optional<Expected<void>>>();
    hypervisor_->attach_usb(DomainName{domain}, {1, 2}, "ua-hotseat-mouse", kDeadline,
                            into(result));
    return result;
  }
  Result detach(const std::string& domain) {
    const auto result = std::make_shared<std::optional<Expected<void>>>();
    hypervisor_->detach_usb(DomainName{domain}, "ua-hotseat-mouse", kDeadline, into(result));
    return result;
  }
  Expected<void> wait(const Result& result) {
    loop_.run_until([&] { return result->has_value(); });
    return **result;
  }

  const HypervisorStatus& last() const { return seen_.back(); }
  const std::vector<std::string>& progress() const { return progress_; }
  void destroy() { hypervisor_.reset(); }
  void run_posted() { loop_.run_posted(); }

 private:
  static constexpr std::chrono::hours kDeadline{1};

  static ports::Done into(const Result& result) {
    return [result](Expected<void> outcome) { *result = std::move(outcome); };
  }

  libvirt::QueueDispatcher loop_;
  std::vector<HypervisorStatus> seen_;
  std::vector<std::string> progress_;
  std::unique_ptr<LibvirtHypervisor> hypervisor_;
};

}  // namespace hotseat::adapters
