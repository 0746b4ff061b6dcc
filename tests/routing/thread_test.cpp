// The router's thread: reading, grabbing, letting go, and what it tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/routing/wires.h"

namespace hotseat::routing {
namespace {

using adapters::evdev::Notice;
using adapters::evdev::Order;
using ::testing::Optional;

const Hotkey kRelease = hotkey_of(HotkeyAction::release, "LEFTCTRL+ESC");
const Hotkey kWin11 = hotkey_of(HotkeyAction::switch_to, "LEFTCTRL+KP1");

Order order_of(Order::Kind kind, SourceSlot slot = 0) {
  Order order;
  order.kind = kind;
  order.slot = slot;
  return order;
}

TEST(RouterThread, what_a_grabbed_device_says_goes_to_the_target) {
  Wires wires;
  wires.grab(0);
  EXPECT_TRUE(wires.next(Notice::Kind::grabbed));
  wires.device().say("A down");
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A down")));
  wires.route(2);
  EXPECT_EQ(wires.thread().target(), 2u);
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A up")));
  wires.device().say("A up | B down");
  EXPECT_THAT(wires.clone(2).next_text(), Optional(std::string("B down")));
  EXPECT_TRUE(wires.clone(1).is_silent());
}

TEST(RouterThread, a_device_that_is_not_grabbed_is_only_watched) {
  Wires wires;
  wires.set_hotkeys({kWin11});
  wires.device().say("LEFTCTRL down | KP1 down");
  EXPECT_TRUE(wires.next(Notice::Kind::fired));
  EXPECT_TRUE(wires.clone().is_silent());
}

// A device that has filled the buffer is read once more, and then there may be nothing: a hotkey
// that waits for its time is not to be told the time of an event that does not exist.
TEST(RouterThread, a_buffer_that_was_filled_to_the_brim_ends_with_nothing) {
  Wires wires;
  Hotkey held = kWin11;
  held.hold = std::chrono::minutes(10);
  wires.set_hotkeys({held});
  wires.device().say("LEFTCTRL down | KP1 down");
  wires.settle();
  Events frames;
  while (frames.size() < Router::kMostEvents) frames.insert(frames.end(), {{0, 0, 2, 0, 1}, {}});
  wires.device().say(frames);
  wires.settle();
  EXPECT_EQ(wires.put_by(Notice::Kind::fired), 0u);
  wires.device().say("KP1 up | A down | A up");
  wires.settle();
  EXPECT_EQ(wires.put_by(Notice::Kind::fired), 0u);
}

TEST(RouterThread, what_is_read_at_once_is_written_at_once) {
  Wires wires;
  wires.grab(0);
  Events frames;
  for (int i = 0; i < 100; ++i) frames.insert(frames.end(), {{0, 0, 2, 0, i}, {}});
  wires.device().say(frames);  // below PIPE_BUF bytes, or nearly: it arrives as one
  Events got;
  int writes = 0;
  while (got.size() < frames.size()) {
    const auto write = wires.clone().next();
    ASSERT_TRUE(write);
    got.insert(got.end(), write->begin(), write->end());
    ++writes;
  }
  EXPECT_EQ(got, frames);
  EXPECT_LE(writes, 2);
}

// Frames of three do not fit into a read evenly.
TEST(RouterThread, a_frame_that_is_cut_by_the_end_of_a_read_is_put_together_again) {
  Wires wires;
  wires.grab(0);
  Events frames;
  for (int i = 0; i < 800; ++i) frames.insert(frames.end(), {{0, 0, 2, 0, i}, {0, 0, 2, 1, i}, {}});
  wires.device().say(frames);
  Events got;
  while (got.size() < frames.size()) {
    const auto write = wires.clone().next();
    ASSERT_TRUE(write);
    EXPECT_EQ(write->size() % 3, 0u);
    got.insert(got.end(), write->begin(), write->end());
  }
  EXPECT_EQ(got, frames);
}

TEST(RouterThread, a_frame_longer_than_any_read_comes_in_pieces) {
  Wires wires;
  wires.grab(0);
  Events frame(2 * Router::kMostEvents, InputEvent{0, 0, 2, 0, 1});
  frame.push_back({});
  wires.device().say(frame);
  std::size_t count = 0;
  while (count < frame.size()) {
    const auto write = wires.clone().next();
    ASSERT_TRUE(write);
    count += write->size();
  }
  EXPECT_EQ(count, frame.size());
}

// ---- grabbing -----------------------------------------------------------------------------------

TEST(RouterThread, a_device_is_grabbed_when_no_key_of_it_is_down) {
  Wires wires;
  wires.device().say("A down");
  wires.settle();
  wires.grab(0);
  EXPECT_EQ(wires.device().grabs(), 0);
  wires.device().say("B down | A up");
  wires.settle();
  EXPECT_EQ(wires.device().grabs(), 0);
  wires.device().say("B up");
  EXPECT_TRUE(wires.next(Notice::Kind::grabbed));
  EXPECT_TRUE(wires.clone().is_silent()) << "the host has had all of it already";
}

TEST(RouterThread, keys_that_are_down_when_it_comes_are_waited_for_too) {
  Wires wires;
  wires.order(order_of(Order::Kind::remove_source));
  wires.device().holds({"A"});
  Order add = order_of(Order::Kind::add_source);
  add.device = &wires.device();
  wires.order(add);
  wires.grab(0);
  EXPECT_EQ(wires.device().grabs(), 0);
  wires.device().holds({});
  wires.device().say("A up");
  EXPECT_TRUE(wires.next(Notice::Kind::grabbed));
}

// A throttle's switches are down for hours.
TEST(RouterThread, a_button_that_may_be_latched_is_not_waited_for) {
  Wires wires;
  wires.device().say("BTN_TRIGGER down");
  wires.device().holds_once_grabbed("BTN_TRIGGER");
  wires.settle();
  wires.grab(0);
  EXPECT_TRUE(wires.next(Notice::Kind::grabbed));
  wires.device().say("BTN_TRIGGER up | BTN_THUMB down | BTN_TRIGGER down");
  EXPECT_THAT(wires.clone().next_text(),
              Optional(std::string("BTN_THUMB down | BTN_TRIGGER down")));
}

// Its press was the host's, and so is its release.
TEST(RouterThread, a_key_pressed_while_it_is_grabbed_gives_it_back_once_more) {
  Wires wires;
  wires.device().holds_once_grabbed("A");
  wires.grab(0);
  EXPECT_EQ(wires.device().grabs(), 1);
  EXPECT_EQ(wires.device().given_back(), 1);
  EXPECT_FALSE(wires.thread().next_notice());
}

TEST(RouterThread, a_refusal_is_told_with_its_reason) {
  Wires wires;
  wires.device().refuses_grab(EBUSY);
  wires.grab(0);
  const auto refused = wires.next(Notice::Kind::refused);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->value, EBUSY);
  wires.device().refuses_grab(0);
  wires.grab(0);
  EXPECT_TRUE(wires.next(Notice::Kind::grabbed));
}

// ---- going
// ---------------------------------------------------------------------------------------

TEST(RouterThread, of_an_unplugged_device_nothing_stays_pressed) {
  Wires wires(2);
  wires.grab(0);
  wires.device().say("A down");
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A down")));
  wires.device().unplug();
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A up")));
  const auto gone = wires.next(Notice::Kind::gone);
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->slot, 0u);
  wires.grab(1);
  wires.device(1).say("B down");
  EXPECT_THAT(wires.clone(0, 1).next_text(), Optional(std::string("B down")));
}

TEST(RouterThread, a_removed_source_is_not_touched_any_more) {
  Wires wires;
  wires.grab(0);
  wires.device().say("A down");
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A down")));
  wires.order(order_of(Order::Kind::remove_source));
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("A up")));
  wires.device().say("A up | B down");
  wires.order({});
  EXPECT_FALSE(wires.device().is_read());
  EXPECT_TRUE(wires.clone().is_silent());
}

TEST(RouterThread, without_a_clone_it_is_lost_and_nothing_else_happens) {
  Wires wires;
  wires.grab(0);
  Order connect = order_of(Order::Kind::set_clone);
  wires.order(connect);  // to no descriptor
  wires.device().say("A down");
  wires.settle();
  EXPECT_TRUE(wires.clone().is_silent());
}

// ---- hotkeys
// --------------------------------------------------------------------------------------

TEST(RouterThread, a_chord_is_told_and_a_release_has_been_carried_out_by_then) {
  Wires wires;
  wires.set_hotkeys({kWin11, kRelease});
  wires.grab(0);
  wires.device().say("LEFTCTRL down | KP1 down");
  EXPECT_EQ(wires.next(Notice::Kind::fired)->value, 0);
  wires.route(1);
  wires.device().say("KP1 up | LEFTCTRL up | LEFTCTRL down | ESC down");
  EXPECT_EQ(wires.next(Notice::Kind::fired)->value, 1);
  EXPECT_EQ(wires.thread().target(), Router::kHostSlot);
}

// Somebody asks for a guest, and does not know yet that the person wants the host.
TEST(RouterThread, a_route_does_not_overtake_the_release_chord) {
  Wires wires;
  wires.set_hotkeys({kRelease});
  wires.grab(0);
  wires.route(2);
  Order late = order_of(Order::Kind::route);
  late.target = 1;
  late.releases = wires.releases();
  wires.device().say("LEFTCTRL down | ESC down | ESC up | LEFTCTRL up");
  const auto fired = wires.next(Notice::Kind::fired);
  ASSERT_TRUE(fired);
  EXPECT_EQ(fired->releases, late.releases + 1);
  wires.order(late);
  EXPECT_EQ(wires.thread().target(), Router::kHostSlot);
  late.target = Router::kHostSlot;
  wires.order(late);
  wires.route(1);
  EXPECT_EQ(wires.thread().target(), 1u) << "who knows of it may ask again";
}

TEST(RouterThread, the_release_chord_twice_gives_every_device_back) {
  Wires wires(3);
  wires.set_hotkeys({kRelease});
  for (const SourceSlot slot : {0u, 1u}) wires.grab(slot);
  wires.route(1);
  wires.device(1).say("A down");
  wires.device(0).say("LEFTCTRL down | ESC down | ESC up | ESC down | ESC up | LEFTCTRL up");
  EXPECT_TRUE(wires.next(Notice::Kind::let_go));
  for (const SourceSlot slot : {0u, 1u}) EXPECT_EQ(wires.device(slot).given_back(), 1);
  EXPECT_EQ(wires.device(2).given_back(), 0) << "it was the host's all the time";
  wires.device(1).say("A up");
  wires.settle();
  while (wires.clone(0, 1).next(std::chrono::milliseconds(0))) {
  }
  wires.device(1).say("B down | B up");
  wires.settle();
  EXPECT_TRUE(wires.clone(0, 1).is_silent());

  wires.order(order_of(Order::Kind::take_up));
  for (const SourceSlot slot : {0u, 1u}) EXPECT_EQ(wires.device(slot).grabs(), 2);
  EXPECT_EQ(wires.device(2).grabs(), 0);
  wires.device(1).say("B down");
  EXPECT_THAT(wires.clone(0, 1).next_text(), Optional(std::string("B down")));
}

TEST(RouterThread, nothing_is_grabbed_anew_while_everything_is_let_go) {
  Wires wires(2);
  wires.set_hotkeys({kRelease});
  wires.grab(0);
  wires.device(0).say("LEFTCTRL down | ESC down | ESC up | ESC down | ESC up | LEFTCTRL up");
  EXPECT_TRUE(wires.next(Notice::Kind::let_go));
  wires.order(order_of(Order::Kind::grab, 1));
  EXPECT_EQ(wires.device(1).grabs(), 0);
  wires.order(order_of(Order::Kind::take_up));
  for (const SourceSlot slot : {0u, 1u}) EXPECT_EQ(wires.device(slot).grabs(), 2 - slot);
}

TEST(RouterThread, what_was_let_go_is_taken_up_when_its_keys_are_up) {
  Wires wires;
  wires.set_hotkeys({kRelease});
  wires.grab(0);
  wires.device().say("LEFTCTRL down | ESC down | ESC up | ESC down");
  EXPECT_TRUE(wires.next(Notice::Kind::let_go));
  wires.order(order_of(Order::Kind::take_up));
  EXPECT_EQ(wires.device().grabs(), 1);
  wires.device().say("ESC up | LEFTCTRL up");
  wires.settle();
  EXPECT_EQ(wires.device().grabs(), 2);
}

TEST(RouterThread, a_chord_that_is_held_goes_off_by_itself) {
  Wires wires;
  Hotkey held = kWin11;
  held.hold = std::chrono::milliseconds(20);
  wires.set_hotkeys({held});
  wires.grab(0);
  wires.device().say("LEFTCTRL down | KP1 down");
  EXPECT_TRUE(wires.next(Notice::Kind::fired));
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("LEFTCTRL down")));
  EXPECT_THAT(wires.clone().next_text(), Optional(std::string("LEFTCTRL up")));
}

// The loop thread hangs, and somebody hammers on the hotkeys.
TEST(RouterThread, nobody_who_listens_is_no_reason_to_wait) {
  constexpr int kBatches = 200;
  constexpr int kChords = 10;
  Wires wires;
  wires.set_hotkeys({kWin11});
  wires.grab(0);
  wires.next(Notice::Kind::grabbed);
  std::string chords = "LEFTCTRL down";
  for (int i = 0; i < kChords; ++i) chords += " | KP1 down | KP1 up";
  for (int i = 0; i < kBatches; ++i) {
    wires.device().say(chords + " | LEFTCTRL up | A down | A up");
    for (bool is_out = false; !is_out;) {
      const auto write = wires.clone().next();
      ASSERT_TRUE(write);
      is_out = text_of(*write).ends_with("A up");
    }
  }
  wires.settle();  // orders are answered all the same
  EXPECT_LT(wires.put_by(Notice::Kind::fired), kBatches * kChords);
  EXPECT_TRUE(wires.thread().has_lost_notices());
  EXPECT_FALSE(wires.thread().has_lost_notices());
}

}  // namespace
}  // namespace hotseat::routing
