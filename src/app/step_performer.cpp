#include "app/step_performer.h"

#include <algorithm>
#include <utility>

namespace hotseat::app {

namespace {
// The kernel binds its drivers within milliseconds of QEMU letting go; udev adds tens. After this
// many looks the device is made to come by re-authorizing it.
constexpr int kLooksBeforeReclaim = 100;
constexpr Milliseconds kLookInterval{10};
}  // namespace

StepPerformer::StepPerformer(Ports ports, const Action& action, Milliseconds deadline,
                             Progress progress, ports::Done done)
    : ports_(ports),
      what_(describe(action)),
      started_(ports_.clock.now()),
      deadline_(started_ + deadline),
      progress_(std::move(progress)),
      done_(std::move(done)),
      self_(std::make_shared<StepPerformer*>(this)) {
  arm_deadline();
  std::visit([this](const auto& step) { perform(step); }, action);
}

void StepPerformer::hurry(ports::Instant latest) {
  if (latest >= deadline_) return;
  deadline_ = latest;
  arm_deadline();
}

void StepPerformer::arm_deadline() {
  const auto left = std::max(ports::Duration{}, deadline_ - ports_.clock.now());
  deadline_timer_ = ports_.clock.after(left, [this] { out_of_time(); });
}

void StepPerformer::out_of_time() {
  finish(fail({what_, "", "no answer within " + std::to_string(allowed().count()) + " ms", ""}));
}

Milliseconds StepPerformer::allowed() const {
  return std::chrono::duration_cast<Milliseconds>(deadline_ - started_);
}

ports::Done StepPerformer::answer() {
  return [weak = std::weak_ptr(self_)](Expected<void> result) {
    if (auto self = weak.lock()) (*self)->finish(std::move(result));
  };
}

void StepPerformer::perform(const StartGuest& step) {
  auto progress = [weak = std::weak_ptr(self_)](const std::string& text) {
    if (auto self = weak.lock()) (*self)->progress_(text);
  };
  ports_.hypervisor.start(step.domain, allowed(), progress, answer());
}

void StepPerformer::perform(const AttachUsb& step) {
  ports_.hypervisor.attach_usb(step.domain, step.address, step.alias, allowed(), answer());
}

void StepPerformer::perform(const DetachUsb& step) {
  coming_home_ = step.address;
  auto detached = [weak = std::weak_ptr(self_)](Expected<void> result) {
    auto self = weak.lock();
    if (!self) return;
    if (result) {
      (*self)->watch_it_come_home();
    } else {
      (*self)->finish(std::move(result));
    }
  };
  ports_.hypervisor.detach_usb(step.domain, step.alias, allowed(), detached);
}

void StepPerformer::perform(const SetInput& step) {
  ports_.monitors.set_input(step.monitor, step.input, allowed(), answer());
}

void StepPerformer::perform(const RunCommand& step) {
  ports_.commands.run(step.command, step.environment, answer());
}

void StepPerformer::perform(const RouteInput& step) {
  ports_.router.route(step.target, answer());
}

// libvirt says the guest let go; the keyboard is back only when a driver of the host has it.
void StepPerformer::watch_it_come_home() {
  auto driver = ports_.usb.driver_now(coming_home_);
  if (!driver || *driver == UsbDriver::host) {  // nothing: unplugged meanwhile
    finish({});
    return;
  }
  if (++looks_ == kLooksBeforeReclaim) {
    ports_.usb.reclaim(coming_home_, answer());
    return;
  }
  look_timer_ = ports_.clock.after(kLookInterval, [this] { watch_it_come_home(); });
}

// Nothing of this may be touched after `done`: it may destroy it.
void StepPerformer::finish(Expected<void> result) {
  self_.reset();
  deadline_timer_.reset();
  look_timer_.reset();
  auto done = std::exchange(done_, nullptr);
  if (done) done(std::move(result));
}

}  // namespace hotseat::app
