#include "adapters/evdev/evdev_router.h"

#include <linux/input.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace hotseat::adapters {

using evdev::Notice;
using evdev::Order;

namespace {

constexpr std::chrono::milliseconds kFirstGrabAgain{1'000};
constexpr std::chrono::milliseconds kLastGrabAgain{30'000};

void press(const evdev::Clone& clone, const Chord& keys) {
  for (const std::int32_t value : {codes::kPressed, codes::kReleased}) {
    std::vector<InputEvent> frame;
    for (const KeyCode code : keys) frame.push_back({0, 0, codes::kKey, code, value});
    frame.emplace_back();
    static_cast<void>(::write(clone.fd(), frame.data(), frame.size() * sizeof(InputEvent)));
  }
}

}  // namespace

EvdevRouter::EvdevRouter(sd_event* event, ports::Clock& clock, evdev::CloneStore& store,
                         std::vector<UniqueFd> kept)
    : EvdevRouter(event, clock, store, std::move(kept), Places{}) {}

EvdevRouter::EvdevRouter(sd_event* event, ports::Clock& clock, evdev::CloneStore& store,
                         std::vector<UniqueFd> kept, Places places)
    : event_(event), clock_(clock), rack_(store, std::move(places.by_id)) {
  rack_.adopt(std::move(kept));
}

// The thread ends first: it reads the devices and writes to the clones.
EvdevRouter::~EvdevRouter() {
  if (!thread_) return;
  for (const auto& [slot, source] : sources_) {
    Order remove;
    remove.kind = Order::Kind::remove_source;
    remove.slot = slot;
    thread_->order(remove);
  }
  notices_.reset();
  thread_.reset();
}

EvdevRouter::Watch EvdevRouter::watch(sd_event* event, int fd, sd_event_io_handler_t handler,
                                      void* self) {
  sd_event_source* source = nullptr;
  if (const int error = sd_event_add_io(event, &source, fd, EPOLLIN, handler, self); error < 0) {
    throw std::system_error(-error, std::generic_category(), "sd_event_add_io");
  }
  return Watch(source);
}

void EvdevRouter::observe(Listener listener) {
  listener_ = std::move(listener);
  tell_soon();
}

void EvdevRouter::route(const TargetName& target, ports::Done done) {
  const auto slot = std::find(slots_of_targets_.begin(), slots_of_targets_.end(), target);
  if (target_named(target) == nullptr || slot == slots_of_targets_.end() || !thread_) {
    return refuse(target, std::move(done));
  }
  if (std::exchange(let_go_, false)) order({Order::Kind::take_up});
  Order route;
  route.kind = Order::Kind::route;
  route.target = static_cast<TargetSlot>(slot - slots_of_targets_.begin());
  route.releases = releases_;
  order(route, [this, target, done = std::move(done)] {
    let_leds_follow();
    ask_for_grab();
    tell();
    if (route_ == target) return done({});
    done(fail({"route input", target.str(), "the release chord was pressed meanwhile", ""}));
  });
}

// Without a thread nothing is forwarded, and everything is the host's as it is.
void EvdevRouter::refuse(const TargetName& target, ports::Done done) {
  Expected<void> result;
  if (thread_ || target != kHost) {
    const char* reason = thread_ ? "there is no such target" : "no device is forwarded";
    result = fail({"route input", target.str(), reason, ""});
  }
  const std::uint64_t number = ++last_number_;
  refusals_[number] = clock_.after({}, [this, number, done = std::move(done), result] {
    const auto keep = refusals_.extract(number);
    done(result);
  });
}

bool EvdevRouter::is_alive() {
  // Nobody is without a keyboard; one whose removal it has not answered may be grabbed yet.
  if (!thread_ || (sources_.empty() && answers_.empty())) return true;
  const bool answered = std::exchange(sign_of_life_, false);
  order({Order::Kind::ping}, [this] { sign_of_life_ = true; });
  return answered;
}

void EvdevRouter::order(Order order, std::function<void()> then) {
  if (then) {
    order.number = ++last_number_;
    answers_[order.number] = std::move(then);
  }
  thread_->order(order);
}

void EvdevRouter::on_notices() {
  while (const auto notice = thread_->next_notice()) take(*notice);
  if (thread_->has_lost_notices()) route_ = slots_of_targets_.at(thread_->target());
  let_leds_follow();
  tell();
}

void EvdevRouter::take(const Notice& notice) {
  route_ = slots_of_targets_.at(notice.target);
  releases_ = notice.releases;
  switch (notice.kind) {
    case Notice::Kind::done:
      if (auto answer = answers_.extract(notice.number)) answer.mapped()();
      return;
    case Notice::Kind::grabbed:
      if (Source* source = source_of(notice)) grabbed(*source);
      return;
    case Notice::Kind::refused:
      return grab_refused(notice);
    case Notice::Kind::gone:
      return gone(notice);
    case Notice::Kind::fired:
      return fired(hotkeys_.at(static_cast<std::size_t>(notice.value)));
    case Notice::Kind::let_go:
      let_go_ = true;
      for (auto& [slot, any] : sources_) {
        if (any.state != SourceState::failed) any.state = SourceState::let_go;
      }
      return;
  }
}

// The chord is told before its consequence: a route that left the guest by itself would be led
// back.
void EvdevRouter::fired(const Hotkey& hotkey) {
  if (listener_.hotkey) listener_.hotkey(hotkey);
}

void EvdevRouter::grabbed(Source& source) {
  source.state = SourceState::routed;
  source.problem.clear();
  source.backoff = {};
  // It has the LEDs that the host gave it, or none, when it has just been plugged in.
  for (const auto& [name, line] : lines_) {
    if (line.source != source.spec.id || line.target != route_) continue;
    if (line.feedback.knows_leds()) line.feedback.show(source.device->fd());
  }
}

// What moves between machines is unbound and bound, and may have the same node as before when the
// seat is next looked at: then no other setup tells of it.
void EvdevRouter::gone(const Notice& notice) {
  if (Source* source = source_of(notice)) {
    source->state = SourceState::failed;
    source->is_lost = true;
    return look_again_soon();
  }
  const auto watched = watched_.find(notice.slot);
  if (watched == watched_.end() || watched->second.device.get() != notice.device) return;
  drop_watched(notice.slot);
  look_again_soon();
}

// None when the slot has another device now than the notice tells of.
EvdevRouter::Source* EvdevRouter::source_of(const Notice& notice) {
  const auto found = sources_.find(notice.slot);
  if (found == sources_.end() || found->second.device.get() != notice.device) return nullptr;
  return &found->second;
}

// Whoever has it may end: it is tried again, ever more seldom.
void EvdevRouter::grab_refused(const Notice& notice) {
  Source* found = source_of(notice);
  if (found == nullptr) return;
  Source& source = *found;
  const int error = static_cast<int>(notice.value);
  source.state = SourceState::failed;
  source.problem = std::generic_category().message(error);
  if (error == EBUSY) {
    source.problem =
        "another program has grabbed " + source.spec.node + " (sudo hotseat status names it)";
  }
  source.backoff = std::clamp<ports::Duration>(source.backoff * 2, kFirstGrabAgain, kLastGrabAgain);
  grab_after(notice.slot, source.backoff);
}

void EvdevRouter::on_feedback(Line& line) {
  evdev::Device* device = device_of(line.source);
  line.feedback.read(line.clone->fd(), device == nullptr ? -1 : device->fd(),
                     line.target == route_);
}

// The LEDs are those of whoever has the seat, and nothing of anybody else goes on shaking.
void EvdevRouter::let_leds_follow() {
  const TargetName now = route_;
  if (leds_of_ == now) return;
  for (const auto& [name, line] : lines_) {
    if (line.target != leds_of_ && line.target != now) continue;
    const evdev::Device* device = device_of(line.source);
    if (device == nullptr) continue;
    if (line.target == leds_of_) line.feedback.hush(device->fd());
    if (line.target == now) line.feedback.show(device->fd());
  }
  leds_of_ = now;
}

// A QEMU with input-linux devices takes events only while it has grabbed them, each by its own
// chord. One that moves all takes along those that do not, whichever way it goes itself
// (input_linux_toggle_grab in ui/input-linux.c): those are asked when no such one has to be.
void EvdevRouter::ask_for_grab() {
  const InputTarget* target = target_named(route_);
  if (target == nullptr) return;
  bool asked = false;
  for (const bool moves_all : {true, false}) {
    for (const InputTarget::GrabChord& grab : target->grabs) {
      if (asked && !moves_all) return;
      const auto clone = rack_.all().find(target->prefix + "-" + grab.source);
      if (grab.moves_all != moves_all || clone == rack_.all().end()) continue;
      if (clone->second->is_grabbed()) continue;
      press(*clone->second, grab.keys);
      asked = asked || moves_all;
    }
  }
}

evdev::Device* EvdevRouter::device_of(const std::string& source) const {
  for (const auto& [slot, candidate] : sources_) {
    if (candidate.spec.id == source) return candidate.device.get();
  }
  return nullptr;
}

const InputTarget* EvdevRouter::target_named(const TargetName& name) const {
  const auto found = std::find_if(setup_.targets.begin(), setup_.targets.end(),
                                  [&](const InputTarget& target) { return target.name == name; });
  return found == setup_.targets.end() ? nullptr : &*found;
}

void EvdevRouter::tell() {
  if (!listener_.changed) return;
  RouterStatus status;
  status.route = route_;
  status.let_go = let_go_;
  for (const auto& [slot, source] : sources_) {
    const auto& problem = source.problem.empty() ? source.clones_problem : source.problem;
    status.sources.push_back(
        {source.spec.id, source.spec.device, source.spec.node, source.state, problem});
    status.problems.insert(status.problems.end(), source.outdated.begin(), source.outdated.end());
  }
  status.sources.insert(status.sources.end(), failed_.begin(), failed_.end());
  status.clones = rack_.names();
  status.problems.insert(status.problems.end(), problems_.begin(), problems_.end());
  status.problems.insert(status.problems.end(), unwatched_.begin(), unwatched_.end());
  if (thread_) {
    status.problems.insert(status.problems.end(), thread_->problems().begin(),
                           thread_->problems().end());
  }
  if (told_ == status) return;
  told_ = status;
  listener_.changed(status);
}

void EvdevRouter::tell_soon() {
  telling_ = clock_.after({}, [this] {
    const auto keep = std::move(telling_);
    tell();
  });
}

}  // namespace hotseat::adapters
