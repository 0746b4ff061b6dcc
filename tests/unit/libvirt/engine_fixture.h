// An engine between a fake libvirt and a loop turned by hand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/libvirt/engine.h"
#include "tests/unit/libvirt/fake_gateway.h"
#include "tests/unit/libvirt/few_keys.h"
#include "tests/unit/libvirt/queue_dispatcher.h"

namespace hotseat::adapters::libvirt {

inline constexpr auto kLong = std::chrono::hours(1);

class EngineTest : public testing::Test {
 protected:
  using Result = std::shared_ptr<std::optional<Expected<void>>>;

  void TearDown() override {
    if (engine_) engine_->stop();
  }

  void observe() {
    engine_->observe([this](const HypervisorStatus& status) {
      log_.emplace_back("changed");
      seen_.push_back(status);
    });
  }
  void connect() {
    observe();
    loop_.run_until([this] { return !seen_.empty() && seen_.back().connected; });
  }

  Result begin(const Request& request, ports::Duration deadline = kLong) {
    auto result = std::make_shared<std::optional<Expected<void>>>();
    engine_->begin(
        request, deadline, [this](const std::string& text) { log_.push_back(text); },
        [this, result](Expected<void> outcome) {
          log_.emplace_back("done");
          *result = std::move(outcome);
        });
    return result;
  }
  Result attach(const std::string& domain, const UsbAddress& address, const std::string& alias) {
    return begin({Request::Kind::attach, DomainName{domain}, address, alias});
  }
  Result detach(const std::string& domain, const std::string& alias) {
    return begin({Request::Kind::detach, DomainName{domain}, {}, alias});
  }
  Result start(const std::string& domain) {
    return begin({Request::Kind::start, DomainName{domain}, {}, {}});
  }
  const Expected<void>& wait(const Result& result) {
    loop_.run_until([&] { return result->has_value(); });
    return result->value();
  }
  void wait_for_call(const std::string& call) {
    while (std::ranges::count(gateway_->calls(), call) == 0) std::this_thread::yield();
  }

  const Domain& last(const std::string& domain) const {
    return *seen_.back().domain(DomainName{domain});
  }

  QueueDispatcher loop_;
  EventLoop events_;
  Turning turning_{events_};
  std::shared_ptr<FakeGateway> gateway_ = std::make_shared<FakeGateway>();
  std::shared_ptr<Engine> engine_ = std::make_shared<Engine>(gateway_, events_, loop_, code_of);
  std::vector<HypervisorStatus> seen_;
  std::vector<std::string> log_;  // "changed", "done" and progress, in order
};

}  // namespace hotseat::adapters::libvirt
