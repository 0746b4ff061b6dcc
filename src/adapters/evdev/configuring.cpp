// The half of the EvdevRouter that goes from one setup to the next.
#include <algorithm>
#include <system_error>
#include <utility>

#include "adapters/evdev/evdev_router.h"

namespace hotseat::adapters {

using evdev::Order;

namespace {

// A compositor needs a moment to open a keyboard it has not seen before; what is typed on a clone
// before that is lost.
constexpr std::chrono::milliseconds kIntroduction{300};
constexpr std::chrono::milliseconds kClosing{3'000};
constexpr std::chrono::milliseconds kLongPress{3'000};  // nobody rests on a key for that long
constexpr std::chrono::milliseconds kFirstLookAgain{200};
constexpr std::chrono::milliseconds kLastLookAgain{30'000};

const InputSource* source_with(const std::vector<InputSource>& sources, const std::string& id) {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [&](const InputSource& source) { return source.id == id; });
  return found == sources.end() ? nullptr : &*found;
}

// A mouse has no key of a hotkey, as a rule: its thousand frames a second wake nobody.
bool says_any_of(const evdev::Device& device, const std::vector<Hotkey>& hotkeys) {
  return std::any_of(hotkeys.begin(), hotkeys.end(), [&](const Hotkey& hotkey) {
    return std::any_of(hotkey.keys.begin(), hotkey.keys.end(),
                       [&](KeyCode key) { return device.has_key(key); });
  });
}

}  // namespace

void EvdevRouter::configure(const InputSetup& setup) {
  if (!thread_ && setup.sources.empty() && setup.watched.empty()) return;
  start_thread();
  if (!thread_) return tell_soon();
  set_targets(setup.targets);
  setup_ = setup;
  set_hotkeys(setup.hotkeys);
  std::vector<SourceSlot> leaving;
  for (const auto& [slot, source] : sources_) {
    const InputSource* wanted = source_with(setup.sources, source.spec.id);
    if (wanted == nullptr || wanted->node != source.spec.node) leaving.push_back(slot);
  }
  for (const SourceSlot slot : leaving) drop_source(slot);
  // The app's new shortcuts are ordered in this turn of the loop. When the second ping has been
  // answered they are in use, and what the old ones did has been told.
  order({Order::Kind::ping}, [this] { order({Order::Kind::ping}, [this] { drop_orphans(); }); });
  failed_.clear();
  look_again_.reset();
  look_pause_ = {};
  follow_watched();
  for (const InputSource& wanted : setup.sources) add_source(wanted);
  reopen_lost();
  tell_soon();
}

// Which of their keys matter is up to the hotkeys, so they are all looked at anew with each setup.
void EvdevRouter::follow_watched() {
  unwatched_.clear();
  std::vector<SourceSlot> leaving;
  for (const auto& [slot, watched] : watched_) {
    const bool stays = std::any_of(
        setup_.watched.begin(), setup_.watched.end(),
        [&watched = watched](const WatchedNode& wanted) { return wanted.node == watched.node; });
    const bool is_to_be_read = says_any_of(*watched.device, setup_.hotkeys);
    if (!stays || watched.is_read != is_to_be_read) leaving.push_back(slot);
  }
  for (const SourceSlot slot : leaving) drop_watched(slot);
  for (const WatchedNode& wanted : setup_.watched) {
    if (!is_watched(wanted.node)) watch_device(wanted);
  }
}

bool EvdevRouter::is_watched(const std::string& node) const {
  return std::any_of(watched_.begin(), watched_.end(),
                     [&](const auto& entry) { return entry.second.node == node; });
}

void EvdevRouter::watch_device(const WatchedNode& wanted) {
  const auto slot = free_slot();
  auto device = slot ? evdev::Device::open(wanted.node)
                     : fail({"watch for hotkeys", wanted.node, "there are too many devices", ""});
  if (!device) {
    // A node that is just going, or coming, is no problem yet.
    if (look_pause_ > ports::Duration{}) {
      unwatched_.push_back("hotkeys pressed on " + wanted.device.str() +
                           " are not seen: " + to_string(device.error()));
    }
    return look_again_later();
  }
  Watched& watched = watched_[*slot];
  watched.node = wanted.node;
  watched.device = std::move(*device);
  watched.is_read = says_any_of(*watched.device, setup_.hotkeys);
  if (watched.is_read) read(*slot, *watched.device);
}

// Its thread may be reading it until it has answered.
void EvdevRouter::drop_watched(SourceSlot slot) {
  auto leaving = std::make_shared<Watched>(std::move(watched_.at(slot)));
  watched_.erase(slot);
  remove(slot, [this, leaving] { close_later(std::move(leaving->device)); });
}

void EvdevRouter::read(SourceSlot slot, const evdev::Device& device) {
  Order add;
  add.kind = Order::Kind::add_source;
  add.slot = slot;
  add.device = &device;
  order(add);
}

void EvdevRouter::start_thread() {
  if (thread_) return;
  try {
    thread_ = std::make_unique<evdev::RouterThread>();
    notices_ = watch(
        event_, thread_->notices(),
        [](sd_event_source*, int, std::uint32_t, void* self) {
          static_cast<EvdevRouter*>(self)->on_notices();
          return 0;
        },
        this);
  } catch (const std::system_error& error) {
    thread_.reset();
    problems_ = {std::string("input cannot be forwarded: ") + error.what()};
  }
}

// However long it is by now until the next look at what fails again and again.
void EvdevRouter::look_again_soon() {
  look_again_.reset();
  look_pause_ = {};
  look_again_later();
}

void EvdevRouter::look_again_later() {
  if (look_again_) return;
  look_pause_ = std::clamp<ports::Duration>(look_pause_ * 2, kFirstLookAgain, kLastLookAgain);
  look_again_ = clock_.after(look_pause_, [this] {
    const auto keep = std::move(look_again_);
    try_failed_again();
    reopen_lost();
    follow_watched();
    if (!look_again_) look_pause_ = {};
    tell();
  });
}

// Permissions may come a moment after the node, and uinput with a modprobe.
void EvdevRouter::try_failed_again() {
  for (const SourceStatus& failed : std::exchange(failed_, {})) {
    if (const auto* spec = source_with(setup_.sources, failed.id)) add_source(*spec);
  }
  for (auto& [slot, source] : sources_) {
    if (!source.clones_problem.empty()) provide(slot, source);
  }
}

// One that does not come back is not in the next setup.
void EvdevRouter::reopen_lost() {
  std::vector<SourceSlot> lost;
  for (const auto& [slot, source] : sources_) {
    if (source.is_lost) lost.push_back(slot);
  }
  for (const SourceSlot slot : lost) {
    const InputSource spec = sources_.at(slot).spec;
    if (!std::filesystem::exists(spec.node)) {
      look_again_later();
      continue;
    }
    drop_source(slot);
    add_source(spec);
  }
}

// It waits for a grace period of the kernel, tens of milliseconds (evdev_release in
// drivers/input/evdev.c): not while the seat is moving.
void EvdevRouter::close_later(std::unique_ptr<evdev::Device> device) {
  leaving_.push_back(std::move(device));
  closing_ = clock_.after(kClosing, [this] {
    const auto keep = std::move(closing_);
    leaving_.clear();
  });
}

// A target keeps its slot for as long as hotseatd runs.
void EvdevRouter::set_targets(const std::vector<InputTarget>& targets) {
  for (const InputTarget& target : targets) {
    const bool known = std::find(slots_of_targets_.begin(), slots_of_targets_.end(), target.name) !=
                       slots_of_targets_.end();
    if (!known && slots_of_targets_.size() < evdev::RouterThread::kMaxTargets) {
      slots_of_targets_.push_back(target.name);
    }
  }
}

// Clones of targets that are not configured any more, an earlier hotseatd's among them.
void EvdevRouter::drop_orphans() {
  if (setup_.keeps_strangers) return;
  std::vector<std::string> orphans;
  for (const auto& [name, clone] : rack_.all()) {
    if (!is_clone_of_any(setup_.targets, name)) orphans.push_back(name);
  }
  for (const std::string& name : orphans) drop_clone(name);
}

// Not while it is written to: what is typed must not go nowhere. And its descriptor is closed only
// when the thread has let go of it.
void EvdevRouter::drop_clone(const std::string& name) {
  const auto line = lines_.find(name);
  if (line == lines_.end()) return rack_.remove(name);
  if (line->second.target == route_) return;
  disconnect_clone(name);
  order({Order::Kind::ping}, [this, name] {
    if (!lines_.contains(name)) rack_.remove(name);  // else it is wanted again
  });
}

// Whoever closes it waits for the answer to an order that comes after this.
void EvdevRouter::disconnect_clone(const std::string& name) {
  const auto line = lines_.find(name);
  if (line == lines_.end()) return;
  const auto target =
      std::find(slots_of_targets_.begin(), slots_of_targets_.end(), line->second.target);
  for (const auto& [slot, source] : sources_) {
    if (source.spec.id != line->second.source) continue;
    Order disconnect;
    disconnect.kind = Order::Kind::set_clone;
    disconnect.slot = slot;
    disconnect.target = static_cast<TargetSlot>(target - slots_of_targets_.begin());
    disconnect.fd = -1;
    order(disconnect);
  }
  lines_.erase(line);
}

// The thread swaps its matcher for the one it is handed, and hands back the old one.
void EvdevRouter::set_hotkeys(const std::vector<Hotkey>& hotkeys) {
  if (hotkeys == ordered_hotkeys_) return;
  ordered_hotkeys_ = hotkeys;
  auto handed = std::make_shared<HotkeyMatcher>(hotkeys);
  Order swap;
  swap.kind = Order::Kind::set_hotkeys;
  swap.hotkeys = handed.get();
  order(swap, [this, handed, hotkeys] { hotkeys_ = hotkeys; });
}

void EvdevRouter::set_shortcuts(const Shortcuts& shortcuts) {
  if (!thread_) return;
  auto table = std::make_shared<Router::Shortcuts>();
  for (const auto& [hotkey, target] : shortcuts) {
    const auto slot = std::find(slots_of_targets_.begin(), slots_of_targets_.end(), target);
    if (hotkey >= table->size() || slot == slots_of_targets_.end()) continue;
    table->at(hotkey) = static_cast<TargetSlot>(slot - slots_of_targets_.begin());
  }
  Order set;
  set.kind = Order::Kind::set_shortcuts;
  set.shortcuts = table.get();
  order(set, [table] {});
}

std::optional<SourceSlot> EvdevRouter::free_slot() const {
  for (SourceSlot slot = 0; slot < Router::kMaxSources; ++slot) {
    if (!sources_.contains(slot) && !watched_.contains(slot)) return slot;
  }
  return std::nullopt;
}

// The slot and the device are free when the thread has let go of them, and not before.
void EvdevRouter::drop_source(SourceSlot slot) {
  auto leaving = std::make_shared<Source>(std::move(sources_.at(slot)));
  leaving->grab.reset();
  for (auto& [name, line] : lines_) {
    if (line.source == leaving->spec.id) line.feedback.forget_effects();
  }
  sources_.erase(slot);
  remove(slot, [leaving] {});
}

void EvdevRouter::remove(SourceSlot slot, std::function<void()> then) {
  Order remove;
  remove.kind = Order::Kind::remove_source;
  remove.slot = slot;
  order(remove, std::move(then));
}

void EvdevRouter::add_source(const InputSource& spec) {
  for (auto& [slot, source] : sources_) {
    if (source.spec.id != spec.id) continue;
    source.spec = spec;  // it may have other names now
    return provide(slot, source);
  }
  const auto slot = free_slot();
  auto device = slot ? evdev::Device::open(spec.node)
                     : fail({"forward input", spec.node, "there are too many devices", ""});
  if (!device) {
    failed_.push_back(
        {spec.id, spec.device, spec.node, SourceState::failed, to_string(device.error())});
    return look_again_later();
  }
  if (!(*device)->says_anything()) return;
  Source& source = sources_[*slot];
  source.spec = spec;
  source.device = std::move(*device);
  read(*slot, *source.device);
  provide(*slot, source);
}

// With clones; then it is grabbed.
void EvdevRouter::provide(SourceSlot slot, Source& source) {
  const bool had_clones = source.has_clones;
  const bool is_new = make_clones(slot, source);
  if (!source.clones_problem.empty()) look_again_later();
  // Without a clone for the host its keyboard would be lost: then it stays the host's own.
  if (!source.has_clones) source.state = SourceState::failed;
  if (!source.has_clones || had_clones) return;
  source.state = let_go_ ? SourceState::let_go : SourceState::waiting;
  grab_after(slot, is_new ? kIntroduction : ports::Duration{});
}

// True when the host has a new clone to get used to.
bool EvdevRouter::make_clones(SourceSlot slot, Source& source) {
  bool is_new = false;
  source.clones_problem.clear();
  if (!source.clones_suit) renew_clones(source);
  for (const InputTarget& target : setup_.targets) {
    const bool of_host = target.name == kHost;
    const auto names = clone_names(target, source.spec);
    auto got = rack_.get({of_host, names.front()}, source.device->description());
    Expected<void> linked;
    if (got) linked = rack_.link(*got->clone, names);
    if (!got || !linked) {
      source.clones_problem = to_string(got ? linked.error() : got.error());
      if (of_host && !got) return false;
      if (!got) continue;
    }
    source.has_clones = true;  // the host's comes first
    is_new = is_new || (of_host && got->is_new);
    connect_clone(slot, source, target);
  }
  return is_new;
}

// A device was replaced by another, which may say more. A QEMU never opens a node again: as long as
// it may have the old clone, that stays.
void EvdevRouter::renew_clones(Source& source) {
  source.outdated.clear();
  const auto wanted = evdev::capabilities_of(source.spec.node);
  for (const InputTarget& target : setup_.targets) {
    const std::string name = clone_names(target, source.spec).front();
    const auto clone = rack_.all().find(name);
    if (clone == rack_.all().end() || !wanted) continue;
    const auto has = clone->second->capabilities();
    if (!has || has->covers(*wanted)) continue;
    if (target.name == kHost || (target.is_off && !clone->second->is_grabbed())) {
      retire_clone(name);
    } else {
      source.outdated.push_back(name + " was made for another " + source.spec.device.str() +
                                ": what only this one says is lost until " + target.name.str() +
                                " has been shut down");
    }
  }
  source.clones_suit = source.outdated.empty();
}

// There need not be another after it: without uinput none can be made.
void EvdevRouter::retire_clone(const std::string& name) {
  disconnect_clone(name);
  const std::shared_ptr<evdev::Clone> old = rack_.take_out(name);
  order({Order::Kind::ping}, [old] {});
}

void EvdevRouter::connect_clone(SourceSlot slot, const Source& source, const InputTarget& target) {
  const auto target_slot =
      std::find(slots_of_targets_.begin(), slots_of_targets_.end(), target.name);
  const std::string name = clone_names(target, source.spec).front();
  if (target_slot == slots_of_targets_.end()) return;
  evdev::Clone* clone = rack_.all().at(name).get();
  Order connect;
  connect.kind = Order::Kind::set_clone;
  connect.slot = slot;
  connect.target = static_cast<TargetSlot>(target_slot - slots_of_targets_.begin());
  connect.fd = clone->fd();
  order(connect);
  if (lines_.contains(name)) return;
  Line& line = lines_[name];
  line.router = this;
  line.clone = clone;
  line.target = target.name;
  line.source = source.spec.id;
  const auto lit = clone->is_adopted() ? clone->lit_leds() : std::nullopt;
  if (lit) line.feedback.remember(*lit);
  line.watch = watch(
      event_, clone->fd(),
      [](sd_event_source*, int, std::uint32_t, void* self) {
        auto* ready = static_cast<Line*>(self);
        ready->router->on_feedback(*ready);
        return 0;
      },
      &line);
}

void EvdevRouter::grab_after(SourceSlot slot, ports::Duration delay) {
  sources_.at(slot).grab = clock_.after(delay, [this, slot] {
    const auto keep = std::move(sources_.at(slot).grab);
    Order grab;
    grab.kind = Order::Kind::grab;
    grab.slot = slot;
    order(grab);
    name_held_keys_later(slot);
  });
}

// A key may be stuck, or a book lie on the keyboard: whoever wonders is told which key it is.
void EvdevRouter::name_held_keys_later(SourceSlot slot) {
  sources_.at(slot).grab = clock_.after(kLongPress, [this, slot] {
    Source& source = sources_.at(slot);
    const auto keep = std::move(source.grab);
    if (source.state != SourceState::waiting) return;
    // Of a descriptor of its own: the question takes key events out of the queue of the one that is
    // read (evdev_handle_get_val in drivers/input/evdev.c).
    auto asked = evdev::Device::open(source.spec.node);
    if (!asked) return;
    const auto key = (*asked)->held_key();
    close_later(std::move(*asked));
    if (!key) return;
    source.problem = "stays with the host until its keys are let go of: " + *key + " is down";
    tell();
  });
}

}  // namespace hotseat::adapters
