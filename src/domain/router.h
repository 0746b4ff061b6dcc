// Where every input event goes: to the clone of its source at one target. Keeps the ledger of keys,
// so that what was pressed at a target is released there, and only there.
//
// Pure, and the hot path of hotseat: no fd, clock, lock or log, and nothing is allocated but in the
// constructor.
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
  static constexpr std::size_t kMostEvents = 1024;  // that may be fed at once
  static constexpr std::size_t kMostShortcuts = 64;
  // Pressed again within this time the release chord gives the devices themselves back.
  static constexpr std::chrono::seconds kSecondPress{3};

  // What a device says of itself when asked, after it was opened or its events were lost.
  struct DeviceState {
    KeySet down;
    // Those of contacts (ABS_MT_) are left out, but for ABS_MT_SLOT: which of them comes next.
    std::bitset<codes::kAbsCount> has_axis;
    std::array<std::int32_t, codes::kAbsCount> axis{};
    // Axes that spring back when they are let go, such as a stick's; their present value is taken
    // for where they rest.
    std::bitset<codes::kAbsCount> springs_back;
    // A lid, a plug in a socket.
    std::bitset<codes::kSwCount> has_switch;
    std::bitset<codes::kSwCount> switched_on;
  };

  // Where hotkeys lead at once, by their index.
  using Shortcuts = std::array<std::optional<TargetSlot>, kMostShortcuts>;

  class Output {
   public:
    virtual ~Output() = default;
    // Whole frames, if whole frames are fed.
    virtual void write(SourceSlot source, TargetSlot target,
                       std::span<const InputEvent> events) = 0;
    // The device's events were lost: what is its state now?
    virtual void ask_state(SourceSlot source, DeviceState& state) = 0;
    // A hotkey went off, by its index; a release and a shortcut have been carried out already.
    // Second: the release chord was pressed twice.
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
  // What is down when that begins is let go of unseen, too.
  void set_forwarding(SourceSlot slot, bool forwards);
  const KeySet& keys_down(SourceSlot slot) const;

  // What was read from the source, in order. An event says itself when it was.
  [[gnu::hot]] void feed(SourceSlot slot, std::span<const InputEvent> events);
  // Hotkeys that are to be held. What was read before is fed first: it may have been let go in
  // time.
  void tick(Instant now);
  std::optional<Instant> deadline() const { return matcher_.deadline(); }

  // How often the release chord has gone off. Who asks for a route can tell by it whether a person
  // has asked for the host since.
  std::uint64_t releases() const { return releases_; }

  // Releases on the old target what is held there, and brings the new one's axes and switches up to
  // date.
  void route(TargetSlot target);
  TargetSlot target() const { return target_; }
  // Swaps the hotkeys for those of the other, which takes the old ones. What is held stays held; a
  // key that was withheld for one of the old ones is delivered.
  // The new ones have no shortcuts.
  void exchange_hotkeys(HotkeyMatcher& matcher);
  void set_shortcuts(const Shortcuts& shortcuts) { shortcuts_ = shortcuts; }

 private:
  struct Source {
    bool forwards = false;
    bool dropping = false;  // since SYN_DROPPED, until the next SYN_REPORT
    // What is still to come of this reading is older than the state that was asked for.
    bool is_ahead = false;
    KeySet down;       // on the device
    KeySet delivered;  // pressed on the target and not released: the ledger
    // Multitouch slots that are touched. Those of the device that are not the target's are of
    // fingers that were there before it had the seat.
    std::uint64_t touched = 0;   // on the device
    std::uint64_t contacts = 0;  // on the target
    std::bitset<codes::kAbsCount> has_axis;
    std::bitset<codes::kAbsCount> springs_back;
    std::array<std::int32_t, codes::kAbsCount> axis{};
    std::array<std::int32_t, codes::kAbsCount> rest{};
    std::bitset<codes::kSwCount> has_switch;
    std::bitset<codes::kSwCount> switched_on;
  };
  struct Withheld {
    SourceSlot source;
    KeyCode code;
  };
  static constexpr SourceSlot kNoSource = kMaxSources;

  // router.cpp: what comes from the devices
  [[gnu::hot]] static bool passes_whole(const Source& source, std::span<const InputEvent> events);
  [[gnu::hot]] void take(SourceSlot slot, Source& source, const InputEvent& event);
  [[gnu::hot]] void take_key(SourceSlot slot, Source& source, const InputEvent& event);
  [[gnu::hot]] static bool take_axis(Source& source, const InputEvent& event);
  static bool take_contact(Source& source, const InputEvent& event);
  [[gnu::hot]] void end_frame(SourceSlot slot, Source& source, const InputEvent& event);
  [[gnu::hot]] void press(SourceSlot slot, Source& source, const InputEvent& event);
  [[gnu::hot]] void release(SourceSlot slot, Source& source, const InputEvent& event);
  void replay(SourceSlot fed);
  void begin_dropping(Source& source);
  void resync(SourceSlot slot, Source& source, const InputEvent& event);
  void resync_keys(SourceSlot slot, Source& source, const KeySet& down, InputEvent change);
  void resync_axes(Source& source, const DeviceState& state);
  void resync_switches(Source& source, const DeviceState& state);
  std::optional<InputEvent> take_scan_code();
  void drop_scan_code() { static_cast<void>(take_scan_code()); }

  // router_route.cpp: what hotkeys and the seat's moving change at the targets
  void fire(std::size_t hotkey, Instant now);
  void take_back(const Chord& keys);
  void leave(SourceSlot slot, Source& source);
  void enter(SourceSlot slot, const Source& source);
  void end_contacts(Source& source);

  void put(std::uint16_t type, std::uint16_t code, std::int32_t value);
  void put(const InputEvent& event) { out_[count_++] = event; }
  [[gnu::hot]] void flush(SourceSlot slot);

  Output& output_;
  TargetSlot target_ = kHostSlot;
  HotkeyMatcher matcher_{{}};
  std::array<std::unique_ptr<Source>, kMaxSources> sources_;  // all there; these are in use:
  std::bitset<kMaxSources> present_;
  Shortcuts shortcuts_;
  std::optional<Withheld> withheld_;
  std::optional<std::size_t> fired_;  // at the end of this frame
  std::optional<Instant> released_;   // when the release chord was pressed last
  std::uint64_t releases_ = 0;
  std::vector<InputEvent> out_;  // of fixed size
  std::size_t count_ = 0;
  std::size_t frame_ = 0;  // where the frame begins that is being put together
};

}  // namespace hotseat
