// Recorded devices, played through the router: every file in recordings/ and below.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tests/routing/clones.h"
#include "tests/routing/recording.h"

namespace hotseat::routing {
namespace {

using ::testing::IsEmpty;

constexpr SourceSlot kDevice = 0;
constexpr TargetSlot kOther = 1;

std::vector<std::filesystem::path> recordings() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(RECORDINGS)) {
    if (entry.path().extension() == ".evemu") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_report(const InputEvent& event) {
  return event.type == codes::kSyn && event.code == codes::kSynReport;
}

bool is_scan_code(const InputEvent& event) {
  return event.type == codes::kMsc && event.code == codes::kMscScan;
}

// A clone repeats its keys itself, and what was sent to the device is none of its words. A
// recording may begin with the release of the Enter that started it: whoever has the seat knows of
// no press.
class Passing {
 public:
  Events of(const Recording& recording) {
    for (const Events& frame : recording.frames) add(frame);
    return std::move(all_);
  }

 private:
  void add(const Events& frame) {
    Events passing;
    for (const InputEvent& event : frame) {
      if (event.type >= codes::kLed) continue;
      if (event.type != codes::kKey || changes(event)) {
        passing.push_back(event);
      } else if (!passing.empty() && is_scan_code(passing.back())) {
        passing.pop_back();
      }
    }
    if (!is_report(passing.front())) all_.insert(all_.end(), passing.begin(), passing.end());
  }

  bool changes(const InputEvent& key) {
    if (key.value == codes::kRepeated) return false;
    const bool is_down = key.value != codes::kReleased;
    if (down_[key.code] == is_down) return false;
    down_[key.code] = is_down;
    return true;
  }

  Router::KeySet down_;
  Events all_;
};

class Recorded : public ::testing::TestWithParam<std::filesystem::path> {
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

  Recording recording_ = read_recording(GetParam());
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
  EXPECT_EQ(got, Passing().of(recording_));
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
  EXPECT_EQ(got, Passing().of(recording_));
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

INSTANTIATE_TEST_SUITE_P(Devices, Recorded, ::testing::ValuesIn(recordings()),
                         [](const auto& row) { return row.param.stem().string(); });

}  // namespace
}  // namespace hotseat::routing
