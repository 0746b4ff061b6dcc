// Reading which input a monitor shows: once when it is found, and late after a Set.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/ddc/line.h"
#include "domain/seat.h"
#include "ports/clock.h"

namespace hotseat::adapters {

struct InputSeen {
  std::optional<std::uint8_t> asked;  // what the last Set wrote, if this is its read-back
  std::optional<std::uint8_t> said;   // what the monitor says; nothing when it does not answer
  std::string problem;                // empty when it says what was asked, or nothing was asked
  bool operator==(const InputSeen&) const = default;
};

// Up to three tries, further and further apart: monitors are deaf for seconds while they switch.
// An answer that is not ready is looked for again before the question is asked anew.
class InputRead {
 public:
  // What does it show?
  InputRead(const MonitorQuirks& quirks, ports::Instant now);
  // Does it show what was written at `written`?
  InputRead(const MonitorQuirks& quirks, std::uint8_t asked, ports::Instant written);

  // The last word on a Set that a read-back has confirmed: monitors that find no signal on their
  // new input go back by themselves after some seconds. One try; no answer is no objection.
  static InputRead last_look(const MonitorQuirks& quirks, std::uint8_t asked,
                             ports::Instant written);

  bool is_last_look() const { return last_look_; }
  const MonitorQuirks& quirks() const { return quirks_; }
  ports::Instant begun() const { return begun_; }

  // Does at most one transfer.
  Progress<InputSeen> step(DdcLine& line, ports::Instant now);

 private:
  Progress<InputSeen> ask(DdcLine& line, ports::Instant now);
  Progress<InputSeen> look(DdcLine& line);
  Progress<InputSeen> heard(std::uint8_t value, ports::Instant now);
  Progress<InputSeen> failed(DdcLine& line, const I2cResult& result);
  Progress<InputSeen> later(ports::Instant now);
  InputSeen given_up(ports::Instant now) const;

  MonitorQuirks quirks_;
  std::optional<std::uint8_t> asked_;
  ports::Instant begun_;
  ports::Instant due_;
  bool last_look_ = false;
  std::size_t tries_ = 0;
  std::optional<ports::Instant> reply_due_;  // the question is out
  int looks_left_ = 0;
  std::optional<std::uint8_t> said_;
  std::string fault_;
};

}  // namespace hotseat::adapters
