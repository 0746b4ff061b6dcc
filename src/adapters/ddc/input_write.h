// Writing a monitor's input: the hot path of a switch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/ddc/line.h"
#include "base/error.h"
#include "domain/seat.h"
#include "ports/clock.h"

namespace hotseat::adapters {

struct SetInputOrder {
  std::uint64_t ticket = 0;
  std::string monitor;  // for error texts
  std::uint8_t input = 0;
  MonitorQuirks quirks;
  ports::Instant deadline;  // not written after this
};

// Up to three tries; a handle that died in between is opened anew once. Nothing else comes before
// the first byte unless the monitor's quirks ask for it.
class InputWrite {
 public:
  explicit InputWrite(SetInputOrder order);

  // Does at most one transfer.
  Progress<Expected<void>> step(DdcLine& line, ports::Instant now);

  const SetInputOrder& order() const { return order_; }
  ports::Instant written() const { return written_; }  // once it has ended well
  Error error(int bus_number, std::string reason, std::string hint) const;

 private:
  Progress<Expected<void>> greet(DdcLine& line, ports::Instant now);
  Progress<Expected<void>> write(DdcLine& line);
  Progress<Expected<void>> failed(DdcLine& line, const I2cResult& result);
  Progress<Expected<void>> cannot_open(DdcLine& line, int error) const;

  SetInputOrder order_;
  int tries_left_;
  bool reopened_ = false;
  bool greeted_;                             // or need not be
  std::optional<ports::Instant> reply_due_;  // of the greeting
  ports::Instant written_{};
};

}  // namespace hotseat::adapters
