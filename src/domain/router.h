// Where every input event goes: to the clone of its source at one target. Keeps the ledger of keys,
// so that what was pressed at a target is released there, and only there.
//
// Pure, and the hot path of hotseat: no fd, clock, lock or log, and nothing is allocated once a
// source has been added.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "domain/hotkey_matcher.h"
#include "domain/input_event.h"

namespace hotseat {

using SourceSlot = unsigned;  // below Router::kMaxSources
using TargetSlot = unsigned;  // 0 is the host

class Router {
 public:
  using Instant = HotkeyMatcher::Instant;
  using KeySet = std::bitset<codes::kKeyCount>;

  static constexpr SourceSlot kMaxSources = 128;
  static constexpr TargetSlot kHostSlot = 0;
  // Pressed again within this time the release chord gives the devices themselves back.
  static constexpr std::chrono::seconds kSecondPress{3};

  // What a device says of itself when asked, after it was opened or its events were lost.
  struct DeviceState {
    KeySet down;
    std::bitset<codes::kAbsCount> has_axis;  // those of contacts (ABS_MT_) are left out
    std::array<std::int32_t, codes::kAbsCount> axis{};
    // Axes that spring back when they are let go, such as a stick's; their present value is taken
    // for where they rest.
    std::bitset<codes::kAbsCount> springs_back;
  };

  class Output {
   public:
    virtual ~Output() = default;
    // Whole frames, as a rule; a frame that is longer than a read comes in pieces.
    virtual void write(SourceSlot source, TargetSlot target,
                       std::span<const InputEvent> events) = 0;
    // The device's events were lost: what is its state now?
    virtual void ask_state(SourceSlot source, DeviceState& state) = 0;
    // A hotkey went off, by its index; a release has been carried out already. Second: the release
    // chord was pressed twice.
    virtual void fired(std::size_t hotkey, bool second) = 0;
  };

  explicit Router(Output& output);
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // Its keys that are down already are let go of unseen.
  void add_source(SourceSlot slot, const DeviceState& state);
  // Unplugged, or the host's own again: what it holds on the target is released.
  void remove_source(SourceSlot slot);
  // Only a source that is forwarded is written to its clones; all others are watched for chords.
  void set_forwarding(SourceSlot slot, bool forwards);
  bool any_key_down(SourceSlot slot) const;

  // What was read from the source, in order.
  void feed(SourceSlot slot, std::span<const InputEvent> events, Instant now);
  // Hotkeys that are to be held.
  void tick(Instant now);
  std::optional<Instant> deadline() const { return matcher_->deadline(); }

  // Releases on the old target what is held there, and brings the new one's axes up to date.
  void route(TargetSlot target);
  TargetSlot target() const { return target_; }
  // Swaps the hotkeys for those of the other, which takes the old ones. What is held stays held.
  void exchange_hotkeys(std::unique_ptr<HotkeyMatcher>& matcher);

 private:
  struct Source {
    bool forwards = false;
    bool dropping = false;  // since SYN_DROPPED, until the next SYN_REPORT
    KeySet down;            // on the device
    KeySet delivered;       // pressed on the target and not released: the ledger
    std::bitset<codes::kAbsCount> has_axis;
    std::bitset<codes::kAbsCount> springs_back;
    std::array<std::int32_t, codes::kAbsCount> axis{};
    std::array<std::int32_t, codes::kAbsCount> rest{};
    std::uint64_t contacts = 0;  // multitouch slots in use on the target
    unsigned contact_slot = 0;
  };
  struct Withheld {
    SourceSlot source;
    KeyCode code;
  };

  static bool is_plain(std::span<const InputEvent> events, const Source& source);
  void take(SourceSlot slot, Source& source, const InputEvent& event, Instant now);
  void take_key(SourceSlot slot, Source& source, const InputEvent& event, Instant now);
  void take_axis(Source& source, const InputEvent& event);
  void end_frame(SourceSlot slot, Source& source, const InputEvent& event, Instant now);
  void press(SourceSlot slot, Source& source, const InputEvent& event, Instant now);
  void release(Source& source, const InputEvent& event);
  void replay();
  void resync(SourceSlot slot, Source& source, const InputEvent& event, Instant now);
  void fire(std::size_t hotkey, Instant now);
  void take_back(const Chord& keys);
  void leave(SourceSlot slot, Source& source);
  void enter(SourceSlot slot, const Source& source);
  void put(std::uint16_t type, std::uint16_t code, std::int32_t value);
  void put(const InputEvent& event) { out_[count_++] = event; }
  void drop_scan_code();
  void flush(SourceSlot slot);

  Output& output_;
  std::array<std::unique_ptr<Source>, kMaxSources> sources_;
  std::unique_ptr<HotkeyMatcher> matcher_;
  TargetSlot target_ = kHostSlot;
  std::optional<Withheld> withheld_;
  std::optional<std::size_t> fired_;  // at the end of this frame
  std::optional<Instant> released_;   // when the release chord was pressed last
  std::vector<InputEvent> out_;       // of fixed size
  std::size_t count_ = 0;
  std::size_t frame_ = 0;  // where the frame begins that is being put together
};

}  // namespace hotseat
