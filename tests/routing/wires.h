// The router's thread with pipes for devices and sockets for clones: no kernel device is needed.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/evdev/router_thread.h"
#include "base/unique_fd.h"
#include "tests/routing/words.h"

namespace hotseat::routing {

// What is written to it, the router reads.
class PipeDevice : public adapters::evdev::EventSource {
 public:
  PipeDevice();

  void say(std::span<const InputEvent> events) const;
  void say(const std::string& frames) const;  // "A down | A up", with the time it is
  bool is_read() const;                       // all that was said
  void unplug() { tail_ = UniqueFd(); }

  // What it answers when it is asked or grabbed; of any thread.
  void holds(const std::vector<std::string>& keys);
  void holds_once_grabbed(const std::string& key);
  void refuses_grab(int error) { refusal_ = error; }
  int grabs() const { return grabs_; }
  int given_back() const { return given_back_; }

  // EventSource
  int fd() const override { return head_.get(); }
  bool ask_state(Router::DeviceState& state) const override;
  int grab() const override;
  int give_back() const override;

 private:
  UniqueFd head_;
  UniqueFd tail_;
  mutable std::mutex mutex_;
  mutable Router::DeviceState state_;
  std::optional<KeyCode> pressed_in_between_;
  std::atomic<int> refusal_{0};
  mutable std::atomic<int> grabs_{0};
  mutable std::atomic<int> given_back_{0};
};

// Every write is a packet of its own. A writer waits for room, so that nothing is lost here.
class SocketClone {
 public:
  SocketClone();

  int fd() const { return write_end_.get(); }
  // The next write; nothing when there is none.
  std::optional<Events> next(std::chrono::milliseconds timeout = std::chrono::seconds(10)) const;
  std::optional<std::string> next_text() const;
  bool is_silent() const { return !next(std::chrono::milliseconds(0)); }

 private:
  UniqueFd write_end_;
  UniqueFd read_end_;
};

// A thread at work, with some devices and a clone of each at three targets.
class Wires {
 public:
  static constexpr TargetSlot kTargets = 3;

  explicit Wires(std::size_t devices = 1);
  ~Wires();

  adapters::evdev::RouterThread& thread() { return thread_; }
  PipeDevice& device(SourceSlot slot = 0) { return *devices_.at(slot); }
  SocketClone& clone(TargetSlot target = 0, SourceSlot slot = 0) {
    return *clones_.at(slot).at(target);
  }

  // Waits until it is carried out.
  void order(adapters::evdev::Order order);
  void route(TargetSlot target);
  void grab(SourceSlot slot);  // asks for it, and does not wait for the grab itself
  void set_hotkeys(const std::vector<Hotkey>& hotkeys);
  // The next notice of the kind; others before it are put by. Nothing after ten seconds.
  std::optional<adapters::evdev::Notice> next(adapters::evdev::Notice::Kind kind);
  std::size_t put_by(adapters::evdev::Notice::Kind kind) const;
  // How often the release chord was pressed, as the notices have told so far.
  std::uint64_t releases() const { return releases_; }
  // Everything that was said and ordered has been dealt with.
  void settle();

 private:
  std::optional<adapters::evdev::Notice> next_notice();

  std::vector<std::unique_ptr<PipeDevice>> devices_;
  std::vector<std::array<std::unique_ptr<SocketClone>, kTargets>> clones_;
  std::vector<adapters::evdev::Notice> put_by_;
  std::uint64_t last_number_ = 0;
  std::uint64_t releases_ = 0;
  adapters::evdev::RouterThread thread_{adapters::evdev::Privileges::none};
};

Hotkey hotkey_of(HotkeyAction action, const std::string& chord);

}  // namespace hotseat::routing
