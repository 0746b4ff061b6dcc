// The conversation with one monitor on one bus, as a passive state machine: orders go in, transfers
// happen when step() is called, events come out. Time goes in as a value, so nothing here waits.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "adapters/ddc/i2c_bus.h"
#include "adapters/ddc/input_read.h"
#include "adapters/ddc/input_write.h"
#include "adapters/ddc/line.h"
#include "base/error.h"
#include "ports/clock.h"
#include "wire/edid.h"

namespace hotseat::adapters {

// Opens the bus, so that a switch finds it open, and reads the input, unless a Set or a reading is
// under way. Not read when no bit of the answer means anything.
struct ReadInputOrder {
  MonitorQuirks quirks;
};

struct ReadEdidOrder {};

// A SetInputOrder replaces one that has not been written yet, and ends whatever is being read.
using Order = std::variant<SetInputOrder, ReadInputOrder, ReadEdidOrder>;

struct SetEnded {
  std::uint64_t ticket = 0;
  std::uint8_t input = 0;
  Expected<void> result;
};

struct EdidSeen {
  std::optional<wire::Edid> edid;
  std::string problem;  // why there is none
};

using Event = std::variant<SetEnded, InputSeen, EdidSeen>;

// Used by one thread. Events are told from inside accept(), step() and abandon().
class DdcSession {
 public:
  DdcSession(int bus_number, std::unique_ptr<I2cBus> bus, std::function<void(Event)> tell);

  void accept(Order order, ports::Instant now);  // transfers nothing

  // Does what is due, at most one transfer. Returns when to be called again, which may be at once
  // (a time not after `now`); nothing when there is nothing to do until the next order.
  std::optional<ports::Instant> step(ports::Instant now);

  // The bus is to be closed: a Set that is not written yet ends in an error.
  void abandon();

 private:
  void begin(SetInputOrder order, ports::Instant now);
  void begin(const ReadInputOrder& order, ports::Instant now);
  void begin(const ReadEdidOrder& order, ports::Instant now);

  std::optional<ports::Instant> step_write(ports::Instant now);
  std::optional<ports::Instant> step_read(ports::Instant now);
  std::optional<ports::Instant> step_edid(ports::Instant now);
  void end_write(Expected<void> result);

  DdcLine line_;
  std::function<void(Event)> tell_;
  std::optional<InputWrite> write_;
  std::optional<InputRead> read_;
  int edid_tries_left_ = 0;
};

}  // namespace hotseat::adapters
