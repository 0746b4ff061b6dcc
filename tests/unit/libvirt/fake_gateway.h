// A libvirt in the hand of the test.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/libvirt/session.h"

namespace hotseat::adapters::libvirt {

// What the engine calls runs on its threads; the test sets things up and looks from its own.
class FakeGateway : public Gateway, public std::enable_shared_from_this<FakeGateway> {
 public:
  using Call = std::function<Answer()>;

  // ---- the test's side ----
  void set_domains(std::vector<DomainSnapshot> domains) {
    const std::lock_guard lock(mutex_);
    domains_ = std::move(domains);
  }
  void set_reachable(bool reachable) {
    const std::lock_guard lock(mutex_);
    reachable_ = reachable;
  }
  // Answers the next calls, "attach ua-hotseat-mouse", each once in this order; without one, a call
  // succeeds (a detach: pending).
  void will(const std::string& call, Call answer) {
    const std::lock_guard lock(mutex_);
    answers_.emplace_back(call, std::move(answer));
  }
  // What the next readings of a domain do before they look, for one that is overtaken by events.
  void before_reading(std::function<void()> hook) {
    const std::lock_guard lock(mutex_);
    before_reading_ = std::move(hook);
  }
  void tell(DomainEvent::Kind kind, const std::string& name, const std::string& alias = {}) {
    listener().event({kind, DomainName{name}, "uuid-" + name, alias});
  }
  // The connection breaks: calls fail from now on, and `closed` is told if the library notices.
  void break_off(bool told) {
    const auto broken = listener();
    {
      const std::lock_guard lock(mutex_);
      if (alive_) *alive_ = false;
    }
    if (told) broken.closed();
  }
  std::vector<std::string> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  int readings() const {
    const std::lock_guard lock(mutex_);
    return readings_;
  }
  bool interrupted() const { return interrupted_; }
  void on_interrupt(std::function<void()> hook) { on_interrupt_ = std::move(hook); }

  // ---- the engine's side ----
  Expected<std::shared_ptr<Session>> open(Listener listener) override;
  void interrupt() override {
    interrupted_ = true;
    if (on_interrupt_) on_interrupt_();
  }

 private:
  class FakeSession;

  Listener listener() const {
    const std::lock_guard lock(mutex_);
    return listener_;
  }
  Answer answer(const std::string& call, const std::string& name, Verdict by_default);
  Reading read(const std::string& uuid);

  mutable std::mutex mutex_;  // guards all but the last two
  bool reachable_ = true;
  Listener listener_;
  std::shared_ptr<std::atomic<bool>> alive_;
  std::vector<DomainSnapshot> domains_;
  std::vector<std::pair<std::string, Call>> answers_;
  std::vector<std::string> calls_;
  int readings_ = 0;
  std::function<void()> before_reading_;
  std::function<void()> on_interrupt_;
  std::atomic<bool> interrupted_ = false;
};

inline DomainSnapshot running(const std::string& name, int id,
                              std::vector<UsbAttachment> usb = {}) {
  return {"uuid-" + name, DomainName{name}, DomainState::running, id, std::move(usb)};
}

inline DomainSnapshot off(const std::string& name) {
  return {"uuid-" + name, DomainName{name}, DomainState::shutoff, -1, {}};
}

inline Answer refused(const std::string& name, const std::string& reason) {
  return {Verdict::failed, {"", "domain " + name, reason, ""}, "uuid-" + name, std::nullopt};
}

}  // namespace hotseat::adapters::libvirt
