#include "adapters/evdev/router_thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <span>
#include <system_error>

#include "adapters/evdev/direct_calls.h"
#include "domain/held_keys.h"

namespace hotseat::adapters::evdev {

namespace {

// Above every ordinary process, below the kernel's own threads for interrupts (50).
constexpr int kPriority = 20;
constexpr std::uint32_t kOrders = 0xffffffff;  // in epoll's data, where a source's slot is else

// With the first events of the buffer behind it.
static_assert(sizeof(Router) + 32 * sizeof(InputEvent) < kPage);

int check(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void ring(int event) {
  const std::uint64_t one = 1;
  static_cast<void>(::write(event, &one, sizeof(one)));
}

// How many events; none when nothing is queued; nothing when there is no device any more.
std::optional<std::size_t> read_events(int fd, std::span<InputEvent> buffer) {
  for (;;) {
    const long size = read_directly(fd, buffer.data(), buffer.size_bytes());
    if (size > 0) return static_cast<std::size_t>(size) / sizeof(InputEvent);
    if (size == -EAGAIN) return 0;
    if (size != -EINTR) return std::nullopt;
  }
}

void silence(int event) {
  std::uint64_t count = 0;
  static_cast<void>(::read(event, &count, sizeof(count)));
}

}  // namespace

RouterThread::RouterThread(Privileges privileges)
    : epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      router_(*this),
      order_event_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      notice_event_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  for (Source& source : sources_) source.clones.fill(-1);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u32 = kOrders;
  check(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, order_event_.get(), &event), "epoll_ctl");
  if (privileges == Privileges::ask) lock_memory();
  thread_ = std::thread([this] { run(); });
  if (privileges == Privileges::ask) ask_for_priority();
}

RouterThread::~RouterThread() {
  Order stop;
  stop.kind = Order::Kind::stop;
  order(stop);
  thread_.join();
}

// Pages are locked as they are first used: the whole of every stack would be too much.
void RouterThread::lock_memory() {
  if (::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0) return;
  problems_.push_back("input may wait for swapped memory: mlockall: " +
                      std::generic_category().message(errno) + " (LimitMEMLOCK=infinity)");
}

void RouterThread::ask_for_priority() {
  sched_param parameters{};
  parameters.sched_priority = kPriority;
  const int error = ::pthread_setschedparam(thread_.native_handle(),
                                            SCHED_FIFO | SCHED_RESET_ON_FORK, &parameters);
  if (error == 0) return;
  problems_.push_back("input waits its turn on a busy machine: SCHED_FIFO: " +
                      std::generic_category().message(error) + " (LimitRTPRIO=20)");
}

// The ring holds more orders than a whole setup takes; should it be full the thread is at it.
void RouterThread::order(const Order& order) {
  while (!orders_.push(order)) ::sched_yield();
  ring(order_event_.get());
}

std::optional<Notice> RouterThread::next_notice() {
  auto notice = notices_.pop();
  if (notice) return notice;
  silence(notice_event_.get());
  return notices_.pop();
}

// A full ring means a loop thread that has hung for long. Input goes on; what it is not told it
// sees by itself when it is back. Hotkeys leave room for the answers it waits for: of those there
// are no more than it has asked for.
void RouterThread::tell(Notice notice) {
  notice.target = router_.target();
  notice.releases = router_.releases();
  const bool may_be_lost = notice.kind == Notice::Kind::fired;
  const bool is_lost =
      (may_be_lost && notices_.size() >= kMostNotices / 4) || !notices_.push(notice);
  if (is_lost) lost_.store(true, std::memory_order_release);
  ring(notice_event_.get());
}

void RouterThread::tell_of(SourceSlot slot, Notice::Kind kind, int error) {
  Notice notice;
  notice.kind = kind;
  notice.slot = slot;
  notice.value = error;
  notice.device = sources_[slot].device;
  tell(notice);
}

void RouterThread::run() {
  std::array<epoll_event, 32> events{};
  while (!stop_) {
    const long count = wait_directly(epoll_.get(), events, milliseconds_to_wait());
    for (long i = 0; i < count; ++i) {
      const std::uint32_t what = events[static_cast<std::size_t>(i)].data.u32;
      if (what == kOrders) {
        obey();
      } else {
        read_source(what);
      }
    }
    // Only now: a key may have been let go in time, and nobody has been told yet.
    if (router_.deadline()) router_.tick(std::chrono::steady_clock::now());
  }
}

int RouterThread::milliseconds_to_wait() const {
  const auto deadline = router_.deadline();
  if (!deadline) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

// All that is queued, in one call. A frame whose end did not fit waits for its end, so that the
// router, and a target, never see half of one.
void RouterThread::read_source(SourceSlot slot) {
  const Source& source = sources_[slot];
  if (source.state == Source::State::unused) return;  // removed by an order of the same turn
  std::size_t kept = 0;
  bool is_full = false;
  do {
    const auto more = read_events(source.fd, std::span(buffer_).subspan(kept));
    if (!more) return lose_source(slot);
    const std::size_t count = kept + *more;
    if (count == 0) break;
    is_full = count == buffer_.size();
    const std::size_t whole = is_full ? whole_frames() : count;
    router_.feed(slot, std::span<const InputEvent>(buffer_.data(), whole));
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(whole),
              buffer_.begin() + static_cast<std::ptrdiff_t>(count), buffer_.begin());
    kept = count - whole;
  } while (is_full);
  if (source.state == Source::State::wanted) grab_if_quiet(slot);
}

// Of a full buffer. Everything, when it is all one frame.
std::size_t RouterThread::whole_frames() const {
  const auto last = std::find_if(buffer_.rbegin(), buffer_.rend(), [](const InputEvent& event) {
    return event.type == codes::kSyn && event.code == codes::kSynReport;
  });
  if (last == buffer_.rend()) return buffer_.size();
  return static_cast<std::size_t>(buffer_.rend() - last);
}

void RouterThread::lose_source(SourceSlot slot) {
  tell_of(slot, Notice::Kind::gone);
  remove_source(slot);
}

// uinput takes any number of events in one call, and never waits for readers
// (uinput_inject_events); only a signal can come before it has begun.
void RouterThread::write(SourceSlot source, TargetSlot target, std::span<const InputEvent> events) {
  const int fd = sources_[source].clones[target];
  if (fd < 0) return;
  while (write_directly(fd, events.data(), events.size_bytes()) == -EINTR) {
  }
}

void RouterThread::ask_state(SourceSlot source, Router::DeviceState& state) {
  static_cast<void>(sources_[source].device->ask_state(state));
}

void RouterThread::fired(std::size_t hotkey, bool second) {
  target_.store(router_.target(), std::memory_order_release);
  tell({Notice::Kind::fired, 0, 0, static_cast<std::int64_t>(hotkey)});
  if (second) let_everything_go();
}

void RouterThread::obey() {
  silence(order_event_.get());
  while (const auto order = orders_.pop()) {
    carry_out(*order);
    if (order->number != 0) tell({Notice::Kind::done, order->slot, order->number, 0});
  }
}

void RouterThread::carry_out(const Order& order) {
  switch (order.kind) {
    case Order::Kind::add_source:
      return add_source(order);
    case Order::Kind::remove_source:
      return remove_source(order.slot);
    case Order::Kind::grab:
      return want(order.slot);
    case Order::Kind::set_clone:
      sources_[order.slot].clones[order.target] = order.fd;
      return;
    case Order::Kind::set_hotkeys:
      return router_.exchange_hotkeys(*order.hotkeys);
    case Order::Kind::set_shortcuts:
      return router_.set_shortcuts(*order.shortcuts);
    case Order::Kind::route:
      return route(order);
    case Order::Kind::take_up:
      return take_everything_up();
    case Order::Kind::ping:
      return;
    case Order::Kind::stop:
      stop_ = true;
      return;
  }
}

// The way home is not overtaken: who asked did not know of the person's release yet.
void RouterThread::route(const Order& order) {
  if (order.target != Router::kHostSlot && order.releases != router_.releases()) return;
  router_.route(order.target);
  target_.store(order.target, std::memory_order_release);
}

void RouterThread::add_source(const Order& order) {
  Source& source = sources_[order.slot];
  source.device = order.device;
  source.fd = order.device->fd();
  source.state = Source::State::watched;
  source.clones.fill(-1);
  Router::DeviceState state;
  static_cast<void>(order.device->ask_state(state));
  router_.add_source(order.slot, state);
  epoll_event event{};
  // Told once of what has come: it is read until nothing is left, and epoll need not ask the device
  // before each sleep whether there is more.
  event.events = EPOLLIN | EPOLLET;
  event.data.u32 = order.slot;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, source.fd, &event) != 0) lose_source(order.slot);
}

// While everything is let go of, not before it is taken up again.
void RouterThread::want(SourceSlot slot) {
  Source& source = sources_[slot];
  if (source.state != Source::State::watched) return;
  source.state = let_go_ ? Source::State::let_go : Source::State::wanted;
  if (!let_go_) grab_if_quiet(slot);
}

void RouterThread::remove_source(SourceSlot slot) {
  Source& source = sources_[slot];
  if (source.state == Source::State::unused) return;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, source.fd, nullptr);
  router_.remove_source(slot);
  source.state = Source::State::unused;
  source.device = nullptr;
  source.clones.fill(-1);
}

// A key that is down was pressed for the host by the device itself, and is released there by it
// (domain/held_keys.h).
void RouterThread::grab_if_quiet(SourceSlot slot) {
  Source& source = sources_[slot];
  if (any_must_be_let_go(router_.keys_down(slot))) return;
  if (const int error = source.device->grab(); error != 0) {
    source.state = Source::State::watched;
    return tell_of(slot, Notice::Kind::refused, error);
  }
  // Pressed in between: its press is the host's already.
  Router::DeviceState state;
  if (source.device->ask_state(state) && any_must_be_let_go(state.down)) {
    source.device->give_back();
    router_.remove_source(slot);
    router_.add_source(slot, state);
    return;
  }
  source.state = Source::State::grabbed;
  router_.set_forwarding(slot, true);
  tell_of(slot, Notice::Kind::grabbed);
}

// The person's last way out. It takes tens of milliseconds a device, which nobody minds then.
void RouterThread::let_everything_go() {
  let_go_ = true;
  for (SourceSlot slot = 0; slot < sources_.size(); ++slot) {
    Source& source = sources_[slot];
    if (source.state != Source::State::grabbed && source.state != Source::State::wanted) continue;
    router_.set_forwarding(slot, false);
    if (source.state == Source::State::grabbed) source.device->give_back();
    source.state = Source::State::let_go;
  }
  router_.set_shortcuts({});  // taking up again is not for this thread to decide
  tell({Notice::Kind::let_go, 0, 0, 0});
}

void RouterThread::take_everything_up() {
  let_go_ = false;
  for (SourceSlot slot = 0; slot < sources_.size(); ++slot) {
    if (sources_[slot].state != Source::State::let_go) continue;
    sources_[slot].state = Source::State::wanted;
    grab_if_quiet(slot);
  }
}

}  // namespace hotseat::adapters::evdev
