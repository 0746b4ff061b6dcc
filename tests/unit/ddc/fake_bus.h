// A monitor on a bus that needs no hardware: writes down what it gets and answers as it is told.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "adapters/ddc/i2c_bus.h"
#include "wire/ddc.h"
#include "wire/edid.h"

namespace hotseat::adapters::testing {

using Bytes = std::vector<std::uint8_t>;

inline Bytes vcp_reply(std::uint8_t feature, std::uint16_t value, std::uint8_t result = 0) {
  Bytes bytes{0x6e,
              0x88,
              0x02,
              result,
              feature,
              0x00,
              0x00,
              0x12,
              static_cast<std::uint8_t>(value >> 8),
              static_cast<std::uint8_t>(value & 0xff)};
  std::uint8_t sum = 0x50;
  for (const std::uint8_t byte : bytes) sum ^= byte;
  bytes.push_back(sum);
  return bytes;
}

inline Bytes null_message() {
  Bytes bytes{0x6e, 0x80, 0xbe};
  bytes.resize(wire::kVcpReplySize);
  return bytes;
}

inline Bytes edid_block(const std::string& manufacturer, const std::string& name,
                        const std::string& serial, std::uint8_t number = 0) {
  Bytes block(wire::kEdidSize, 0);
  std::fill_n(block.begin() + 1, 6, std::uint8_t{0xff});
  unsigned packed = 0;
  for (const char letter : manufacturer) packed = packed << 5 | static_cast<unsigned>(letter - '@');
  block[8] = static_cast<std::uint8_t>(packed >> 8);
  block[9] = static_cast<std::uint8_t>(packed & 0xff);
  block[12] = number;
  const auto text = [&](std::size_t at, std::uint8_t tag, const std::string& value) {
    block[at + 3] = tag;
    for (std::size_t i = 0; i < 13; ++i) {
      block[at + 5 + i] = static_cast<std::uint8_t>(i < value.size() ? value[i] : ' ');
    }
  };
  text(54, 0xfc, name);
  text(72, 0xff, serial);
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : block) sum = static_cast<std::uint8_t>(sum + byte);
  block[127] = static_cast<std::uint8_t>(0x100 - sum);
  return block;
}

// What happens on the bus, shared by the test and the FakeBus that a session owns.
struct FakeMonitor {
  std::mutex mutex;
  std::function<ports::Instant()> now;

  Bytes edid;  // empty: nobody acknowledges at 0x50
  std::uint16_t shows = 0x0f;
  bool obeys = true;
  std::deque<int> open_errors;   // taken in order; none left means success
  std::deque<int> write_errors;  // likewise
  std::deque<int> read_errors;
  std::deque<Bytes> replies;  // instead of the true one

  std::vector<Bytes> written;
  std::vector<ports::Instant> write_times;
  int opened = 0;
  int closed = 0;
  int reads = 0;
  int edid_reads = 0;
};

class FakeBus : public I2cBus {
 public:
  explicit FakeBus(std::shared_ptr<FakeMonitor> monitor) : monitor_(std::move(monitor)) {}
  ~FakeBus() override { FakeBus::close(); }
  FakeBus(const FakeBus&) = delete;
  FakeBus& operator=(const FakeBus&) = delete;

  int open() override {
    std::lock_guard lock(monitor_->mutex);
    if (open_) return 0;
    if (const int error = next(monitor_->open_errors)) return error;
    ++monitor_->opened;
    open_ = true;
    return 0;
  }

  void close() override {
    std::lock_guard lock(monitor_->mutex);
    if (open_) ++monitor_->closed;
    open_ = false;
  }

  I2cResult write(std::span<const std::uint8_t> message) override {
    std::lock_guard lock(monitor_->mutex);
    if (!open_) return {EBADF, monitor_->now()};
    monitor_->written.emplace_back(message.begin(), message.end());
    monitor_->write_times.push_back(monitor_->now());
    const int error = next(monitor_->write_errors);
    if (error == 0) obey(message);
    return {error, monitor_->now()};
  }

  I2cResult read(std::span<std::uint8_t> reply) override {
    std::lock_guard lock(monitor_->mutex);
    ++monitor_->reads;
    Bytes bytes = vcp_reply(asked_, monitor_->shows);
    if (!monitor_->replies.empty()) {
      bytes = monitor_->replies.front();
      monitor_->replies.pop_front();
    }
    bytes.resize(reply.size());
    std::copy(bytes.begin(), bytes.end(), reply.begin());
    return {next(monitor_->read_errors), monitor_->now()};
  }

  I2cResult read_edid(std::span<std::uint8_t> block) override {
    std::lock_guard lock(monitor_->mutex);
    ++monitor_->edid_reads;
    if (monitor_->edid.empty()) return {ENXIO, monitor_->now()};
    std::copy_n(monitor_->edid.begin(), block.size(), block.begin());
    return {0, monitor_->now()};
  }

 private:
  static int next(std::deque<int>& errors) {
    if (errors.empty()) return 0;
    const int error = errors.front();
    errors.pop_front();
    return error;
  }

  void obey(std::span<const std::uint8_t> message) {
    asked_ = message[3];
    if (message[2] == 0x03 && monitor_->obeys) monitor_->shows = message[5];
  }

  std::shared_ptr<FakeMonitor> monitor_;
  bool open_ = false;
  std::uint8_t asked_ = 0;
};

}  // namespace hotseat::adapters::testing
