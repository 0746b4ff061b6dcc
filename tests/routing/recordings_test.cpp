// Recorded devices, played through the router: every file in recordings/ beside this.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/routing/clones.h"
#include "tests/routing/recording.h"

namespace hotseat::routing {
namespace {

using ::testing::IsEmpty;

constexpr SourceSlot kDevice = 0;
constexpr TargetSlot kOther = 1;

std::vector<std::string> recording_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(RECORDINGS)) {
    if (entry.path().extension() == ".evemu") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_report(const InputEvent& event) {
  return event.type == codes::kSyn && event.code == codes::kSynReport;
}

// A clone repeats its keys itself, and what was sent to the device is none of its words.
bool is_forwarded(const InputEvent& event) {
  return event.type < codes::kLed && (event.type != codes::kKey || event.value != codes::kRepeated);
}

Events forwarded(const Recording& recording) {
  Events all;
  for (const Events& frame : recording.frames) {
    Events passing;
    std::copy_if(frame.begin(), frame.end(), std::back_inserter(passing), is_forwarded);
    if (!is_report(passing.front())) all.insert(all.end(), passing.begin(), passing.end());
  }
  return all;
}

class Recorded : public ::testing::TestWithParam<std::string> {
 protected:
  Recorded() {
    clones_.state_of(kDevice) = recording_.state;
    router_.add_source(kDevice, recording_.state);
    router_.set_forwarding(kDevice, true);
    static_cast<void>(clones_.take());  // where its axes are
  }

  // The device knows what it has said, whether it was read or not.
  void say(const Events& frame) {
    for (const InputEvent& event : frame) {
      Router::DeviceState& state = clones_.state_of(kDevice);
      if (event.type == codes::kKey) state.down[event.code] = event.value != codes::kReleased;
      if (event.type == codes::kAbs) state.axis.at(event.code) = event.value;
    }
  }

  void play(std::size_t from, std::size_t to) {
    for (std::size_t index = from; index < to; ++index) {
      say(recording_.frames[index]);
      router_.feed(kDevice, recording_.frames[index]);
    }
  }

  void expect_at_rest() {
    EXPECT_THAT(clones_.held(), IsEmpty());
    EXPECT_THAT(clones_.touched(), IsEmpty());
    EXPECT_THAT(clones_.wrong(), IsEmpty());
  }

  Recording recording_ = read_recording(std::string(RECORDINGS) + "/" + GetParam() + ".evemu");
  std::size_t size() const { return recording_.frames.size(); }
  Clones clones_;
  Router router_{clones_};
};

TEST_P(Recorded, ItsCloneGetsWhatItSaid) {
  ASSERT_GT(size(), 10U);
  play(0, size());
  Events got;
  for (const Happening& write : clones_.take()) {
    got.insert(got.end(), write.events.begin(), write.events.end());
  }
  EXPECT_EQ(got, forwarded(recording_));
  expect_at_rest();
}

TEST_P(Recorded, ReadInOneGoItIsTheSame) {
  Events batch;
  for (const Events& frame : recording_.frames) {
    if (batch.size() + frame.size() > Router::kMostEvents) {
      router_.feed(kDevice, std::exchange(batch, {}));
    }
    batch.insert(batch.end(), frame.begin(), frame.end());
  }
  router_.feed(kDevice, batch);
  Events got;
  for (const Happening& write : clones_.take()) {
    got.insert(got.end(), write.events.begin(), write.events.end());
  }
  EXPECT_EQ(got, forwarded(recording_));
}

// Between any two frames.
TEST_P(Recorded, WhereverTheSeatMovesNothingIsLeftBehind) {
  for (std::size_t moved = 1; moved < size(); ++moved) {
    play(0, moved);
    router_.route(kOther);
    for (const auto& [place, keys] : clones_.held()) EXPECT_EQ(place.first, kOther);
    for (const auto& [place, fingers] : clones_.touched()) EXPECT_EQ(place.first, kOther);
    play(moved, size());
    expect_at_rest();
    router_.route(Router::kHostSlot);
    ASSERT_FALSE(HasFailure()) << "moved after frame " << moved;
  }
}

// Any ten frames; from then on it is as if they had been read.
TEST_P(Recorded, WhateverIsLostNothingSticks) {
  for (std::size_t lost = 0; lost + 10 < size(); ++lost) {
    play(0, lost);
    for (std::size_t index = lost; index < lost + 10; ++index) say(recording_.frames[index]);
    const InputEvent& last = recording_.frames[lost + 9].back();
    router_.feed(
        kDevice,
        Events{{last.seconds, last.microseconds, codes::kSyn, codes::kSynDropped, 0}, last});
    play(lost + 10, size());
    expect_at_rest();
    for (std::uint16_t code = 0; code < codes::kAbsMtSlot; ++code) {
      if (!recording_.state.has_axis[code]) continue;
      EXPECT_EQ(clones_.axis({Router::kHostSlot, kDevice}, code),
                clones_.state_of(kDevice).axis.at(code));
    }
    ASSERT_FALSE(HasFailure()) << "lost from frame " << lost;
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Recorded, ::testing::ValuesIn(recording_names()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace hotseat::routing
