#include "tests/unit/libvirt/fake_gateway.h"

#include <algorithm>

namespace hotseat::adapters::libvirt {

class FakeGateway::FakeSession : public Session {
 public:
  FakeSession(std::shared_ptr<FakeGateway> gateway, std::shared_ptr<std::atomic<bool>> alive)
      : gateway_(std::move(gateway)), alive_(std::move(alive)) {}

  Expected<std::vector<DomainSnapshot>> read_all() override {
    const std::lock_guard lock(gateway_->mutex_);
    return gateway_->domains_;
  }
  Reading read(const std::string& uuid) override { return gateway_->read(uuid); }
  Answer start(const DomainName& name, const Progress& progress) override {
    progress("starting " + name.str());
    return gateway_->answer("start " + name.str(), name.str(), Verdict::done);
  }
  Answer attach(const DomainName& name, const UsbAddress&, const std::string& alias) override {
    return gateway_->answer("attach " + alias, name.str(), Verdict::done);
  }
  Answer detach(const DomainName& name, const std::string& alias) override {
    return gateway_->answer("detach " + alias, name.str(), Verdict::pending);
  }
  bool alive() const override { return *alive_; }

 private:
  std::shared_ptr<FakeGateway> gateway_;
  std::shared_ptr<std::atomic<bool>> alive_;
};

Expected<std::shared_ptr<Session>> FakeGateway::open(Listener listener) {
  const std::lock_guard lock(mutex_);
  if (!reachable_) return fail({"connect to libvirt", "fake:///", "nobody is there", ""});
  listener_ = std::move(listener);
  alive_ = std::make_shared<std::atomic<bool>>(true);
  return std::make_shared<FakeSession>(shared_from_this(), alive_);
}

Answer FakeGateway::answer(const std::string& call, const std::string& name, Verdict by_default) {
  Call scripted;
  {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
    const auto found = std::find_if(answers_.begin(), answers_.end(),
                                    [&](const auto& each) { return each.first == call; });
    if (found == answers_.end()) return {by_default, {}, "uuid-" + name, std::nullopt};
    scripted = std::move(found->second);
    answers_.erase(found);
  }
  return scripted();  // may wait for the test
}

Reading FakeGateway::read(const std::string& uuid) {
  std::function<void()> hook;
  Reading reading;
  {
    const std::lock_guard lock(mutex_);
    ++readings_;
    hook = std::exchange(before_reading_, nullptr);
    const auto found = std::find_if(domains_.begin(), domains_.end(),
                                    [&](const auto& each) { return each.uuid == uuid; });
    if (found != domains_.end()) reading.domain = *found;
  }
  if (hook) hook();
  return reading;
}

}  // namespace hotseat::adapters::libvirt
