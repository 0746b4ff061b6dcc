#include "tests/routing/wires.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace hotseat::routing {

using adapters::evdev::Notice;
using adapters::evdev::Order;

namespace {

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
}

bool is_readable(int fd, std::chrono::milliseconds timeout) {
  pollfd wait{fd, POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(timeout.count())) > 0;
}

InputEvent now(InputEvent event) {
  const auto time = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
  event.seconds = time.count() / 1'000'000;
  event.microseconds = time.count() % 1'000'000;
  return event;
}

}  // namespace

// ---- devices ------------------------------------------------------------------------------------

PipeDevice::PipeDevice() {
  std::array<int, 2> ends{};
  check(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
  head_ = UniqueFd(ends[0]);
  tail_ = UniqueFd(ends[1]);
  check(::fcntl(fd(), F_SETFL, O_NONBLOCK), "fcntl");
}

void PipeDevice::say(std::span<const InputEvent> events) const {
  const ssize_t size = ::write(tail_.get(), events.data(), events.size_bytes());
  if (size != static_cast<ssize_t>(events.size_bytes())) throw std::runtime_error("pipe is full");
}

void PipeDevice::say(const std::string& frames) const {
  Events events = frames_in(words_of(frames));
  std::transform(events.begin(), events.end(), events.begin(), now);
  say(events);
}

bool PipeDevice::is_read() const {
  int left = 0;
  check(::ioctl(fd(), FIONREAD, &left), "FIONREAD");
  return left == 0;
}

void PipeDevice::holds(const std::vector<std::string>& keys) {
  const std::lock_guard lock(mutex_);
  state_.down.reset();
  for (const std::string& key : keys) state_.down.set(key_in(key));
}

void PipeDevice::holds_once_grabbed(const std::string& key) {
  const std::lock_guard lock(mutex_);
  pressed_in_between_ = key_in(key);
}

bool PipeDevice::ask_state(Router::DeviceState& state) const {
  const std::lock_guard lock(mutex_);
  state = state_;
  return true;
}

int PipeDevice::grab() const {
  if (refusal_ != 0) return refusal_;
  ++grabs_;
  const std::lock_guard lock(mutex_);
  if (pressed_in_between_) state_.down.set(*pressed_in_between_);
  return 0;
}

int PipeDevice::give_back() const {
  ++given_back_;
  return 0;
}

// ---- clones -------------------------------------------------------------------------------------

SocketClone::SocketClone() {
  std::array<int, 2> ends{};
  check(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), "socketpair");
  write_end_ = UniqueFd(ends[0]);
  read_end_ = UniqueFd(ends[1]);
}

std::optional<Events> SocketClone::next(std::chrono::milliseconds timeout) const {
  if (!is_readable(read_end_.get(), timeout)) return std::nullopt;
  Events events(4 * Router::kMostEvents);
  const ssize_t size = ::read(read_end_.get(), events.data(), events.size() * sizeof(InputEvent));
  check(static_cast<int>(size), "read");
  events.resize(static_cast<std::size_t>(size) / sizeof(InputEvent));
  return events;
}

std::optional<std::string> SocketClone::next_text() const {
  const auto events = next();
  if (!events) return std::nullopt;
  return text_of(*events);
}

// ---- the thread ---------------------------------------------------------------------------------

Wires::Wires(std::size_t devices) : devices_(devices), clones_(devices) {
  for (SourceSlot slot = 0; slot < devices; ++slot) {
    devices_[slot] = std::make_unique<PipeDevice>();
    Order add;
    add.kind = Order::Kind::add_source;
    add.slot = slot;
    add.device = devices_[slot].get();
    thread_.order(add);
    for (TargetSlot target = 0; target < kTargets; ++target) {
      clones_[slot][target] = std::make_unique<SocketClone>();
      Order connect;
      connect.kind = Order::Kind::set_clone;
      connect.slot = slot;
      connect.target = target;
      connect.fd = clones_[slot][target]->fd();
      thread_.order(connect);
    }
  }
}

// Its descriptors are closed after this, when nobody writes any more.
Wires::~Wires() {
  for (SourceSlot slot = 0; slot < devices_.size(); ++slot) {
    Order remove;
    remove.kind = Order::Kind::remove_source;
    remove.slot = slot;
    thread_.order(remove);
  }
}

void Wires::order(Order order) {
  order.number = ++last_number_;
  thread_.order(order);
  const auto done = next(Notice::Kind::done);
  if (!done || done->number != order.number) throw std::runtime_error("the order is not answered");
}

void Wires::route(TargetSlot target) {
  Order route;
  route.kind = Order::Kind::route;
  route.target = target;
  route.releases = releases_;
  order(route);
}

void Wires::grab(SourceSlot slot) {
  Order grab;
  grab.kind = Order::Kind::grab;
  grab.slot = slot;
  order(grab);
}

void Wires::set_hotkeys(const std::vector<Hotkey>& hotkeys) {
  HotkeyMatcher matcher(hotkeys);
  Order swap;
  swap.kind = Order::Kind::set_hotkeys;
  swap.hotkeys = &matcher;
  order(swap);
}

std::optional<Notice> Wires::next(Notice::Kind kind) {
  const auto is_wanted = [kind](const Notice& notice) { return notice.kind == kind; };
  const auto found = std::find_if(put_by_.begin(), put_by_.end(), is_wanted);
  if (found != put_by_.end()) {
    const Notice notice = *found;
    put_by_.erase(found);
    return notice;
  }
  while (const auto notice = next_notice()) {
    if (is_wanted(*notice)) return notice;
    put_by_.push_back(*notice);
  }
  return std::nullopt;
}

std::size_t Wires::put_by(Notice::Kind kind) const {
  return static_cast<std::size_t>(
      std::count_if(put_by_.begin(), put_by_.end(),
                    [kind](const Notice& notice) { return notice.kind == kind; }));
}

std::optional<Notice> Wires::next_notice() {
  for (;;) {
    if (const auto notice = thread_.next_notice()) {
      releases_ = notice->releases;
      return notice;
    }
    if (!is_readable(thread_.notices(), std::chrono::seconds(10))) return std::nullopt;
  }
}

// What has been read is dealt with before the next order is.
void Wires::settle() {
  const auto is_read = [](const auto& device) { return device->is_read(); };
  do {
    order({});
  } while (!std::all_of(devices_.begin(), devices_.end(), is_read));
  order({});
}

Hotkey hotkey_of(HotkeyAction action, const std::string& chord) {
  Hotkey hotkey;
  hotkey.action = action;
  hotkey.keys = chord_in(chord);
  return hotkey;
}

}  // namespace hotseat::routing
