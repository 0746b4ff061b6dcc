// The thread that moves input events. It touches its own descriptors and nothing else: no lock, no
// allocation, no log, nobody to wait for.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/evdev/device.h"
#include "adapters/evdev/ring.h"
#include "base/unique_fd.h"
#include "domain/router.h"

namespace hotseat::adapters::evdev {

// What the loop thread wants done, and what it is told. Both are copied through rings.
struct Order {
  enum class Kind {
    add_source,
    remove_source,
    grab,         // as soon as nothing is down that must be let go of first
    set_clone,    // `fd` is what source `slot` writes to for `target`; -1: nothing
    set_hotkeys,  // `hotkeys` points at a matcher that is swapped with the one in use
    set_shortcuts,
    route,    // to a guest: not if the release chord has been pressed since `releases`
    take_up,  // grab again what was let go
    ping,
    stop,
  };
  Kind kind = Kind::ping;
  SourceSlot slot = 0;
  TargetSlot target = 0;
  int fd = -1;
  const EventSource* device = nullptr;
  HotkeyMatcher* hotkeys = nullptr;
  const Router::Shortcuts* shortcuts = nullptr;
  std::uint64_t releases = 0;  // as the notices have told
  std::uint64_t number = 0;    // answered with `done`, unless 0
};

struct Notice {
  enum class Kind {
    done,     // the order with this `number`
    grabbed,  // source `slot`, which is `device`
    refused,  // the same could not be grabbed: errno in `value`
    gone,     // the same cannot be read any more
    fired,    // hotkey `value`
    let_go,   // everything is the host's own
  };
  Kind kind = Kind::done;
  SourceSlot slot = 0;
  std::uint64_t number = 0;
  std::int64_t value = 0;
  // Whatever is told: where events go by now, and how often the release chord has been pressed.
  TargetSlot target = 0;
  std::uint64_t releases = 0;
  // To compare: the slot may have another device by the time this is read.
  const EventSource* device = nullptr;
};

// What every frame touches stands together, in code (gnu::hot) and in data: after each frame other
// processes run, and each page is looked up anew.
constexpr std::size_t kPage = 4096;

// Whether to ask for real-time priority and for memory that is never swapped out. Both are the
// whole process's business, not only this thread's.
enum class Privileges { ask, none };

class alignas(kPage) RouterThread : private Router::Output {
 public:
  static constexpr TargetSlot kMaxTargets = 64;

  // Throws std::system_error when the kernel gives no epoll, eventfd or thread.
  explicit RouterThread(Privileges privileges = Privileges::ask);
  ~RouterThread() override;
  RouterThread(const RouterThread&) = delete;
  RouterThread& operator=(const RouterThread&) = delete;

  // For the loop thread alone. Devices and clones outlive the answer to their removal.
  void order(const Order& order);
  std::optional<Notice> next_notice();
  int notices() const { return notice_event_.get(); }  // readable when there may be notices
  // Where events go this instant; notices tell the same, in order, a little later.
  TargetSlot target() const { return target_.load(std::memory_order_acquire); }
  // True once after notices were lost, because nobody took them for long.
  bool has_lost_notices() { return lost_.exchange(false, std::memory_order_acq_rel); }
  // What could not be had of real-time priority and locked memory, for a person.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  struct Source {
    const EventSource* device = nullptr;
    int fd = -1;
    enum class State { unused, watched, wanted, grabbed, let_go } state = State::unused;
    std::array<int, kMaxTargets> clones{};
  };

  // Router::Output
  [[gnu::hot]] void write(SourceSlot source, TargetSlot target,
                          std::span<const InputEvent> events) override;
  void ask_state(SourceSlot source, Router::DeviceState& state) override;
  void fired(std::size_t hotkey, bool second) override;

  void lock_memory();
  void ask_for_priority();
  [[gnu::hot]] void run();
  int milliseconds_to_wait() const;
  void obey();
  void carry_out(const Order& order);
  void add_source(const Order& order);
  void route(const Order& order);
  void want(SourceSlot slot);
  void remove_source(SourceSlot slot);
  [[gnu::hot]] void read_source(SourceSlot slot);
  std::size_t whole_frames() const;
  void grab_if_quiet(SourceSlot slot);
  void let_everything_go();
  void take_everything_up();
  void lose_source(SourceSlot slot);
  void tell(Notice notice);
  void tell_of(SourceSlot slot, Notice::Kind kind, int error = 0);

  UniqueFd epoll_;
  bool stop_ = false;
  Router router_;
  // More than any evdev client's queue, as a rule. A frame is a few at its beginning.
  std::array<InputEvent, Router::kMostEvents> buffer_{};
  std::array<Source, Router::kMaxSources> sources_;
  // Rare from here on.
  bool let_go_ = false;  // everything: the release chord was pressed twice
  UniqueFd order_event_;
  UniqueFd notice_event_;
  Ring<Order, 16384> orders_;
  static constexpr std::size_t kMostNotices = 4096;
  Ring<Notice, kMostNotices> notices_;
  std::atomic<TargetSlot> target_{Router::kHostSlot};
  std::atomic<bool> lost_{false};
  std::vector<std::string> problems_;
  std::thread thread_;
};

}  // namespace hotseat::adapters::evdev
