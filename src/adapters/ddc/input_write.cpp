#include "adapters/ddc/input_write.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/ddc/i2c_errors.h"
#include "wire/ddc.h"
#include "wire/mccs.h"

namespace hotseat::adapters {

namespace {

constexpr int kTries = 3;

}  // namespace

InputWrite::InputWrite(SetInputOrder order)
    : order_(std::move(order)), tries_left_(kTries), greeted_(!order_.quirks.get_before_set) {}

Progress<Expected<void>> InputWrite::step(DdcLine& line, ports::Instant now) {
  if (std::max(now, line.not_before()) > order_.deadline) {
    return fail(error(line.bus_number(), "not written: the bus stays busy beyond the deadline",
                      "try again; is the monitor's bus disturbed, or another program on it?"));
  }
  if (!greeted_) return greet(line, now);
  if (now < line.not_before()) return line.not_before();
  return write(line);
}

// Some monitors ignore a Set unless a Get came in on the same handle. What they answer, and whether
// they do, is of no interest.
Progress<Expected<void>> InputWrite::greet(DdcLine& line, ports::Instant now) {
  if (reply_due_) {
    if (now < *reply_due_) return *reply_due_;
    std::array<std::uint8_t, wire::kVcpReplySize> reply{};
    line.receive(reply);
    greeted_ = true;
    return line.not_before();
  }
  if (now < line.not_before()) return line.not_before();
  if (const int number = line.open()) return cannot_open(line, number);
  const auto& quirks = order_.quirks;
  const I2cResult result = line.send(wire::get_vcp(quirks.feature, quirks.source_address));
  if (result.error != 0) return failed(line, result);
  reply_due_ = result.ended + wire::kGetToReply;
  return *reply_due_;
}

Progress<Expected<void>> InputWrite::write(DdcLine& line) {
  if (const int number = line.open()) return cannot_open(line, number);
  const auto& quirks = order_.quirks;
  const I2cResult result =
      line.send(wire::set_vcp(quirks.feature, order_.input, quirks.source_address), quirks.settle);
  if (result.error != 0) return failed(line, result);
  written_ = result.ended;
  return Expected<void>{};
}

Progress<Expected<void>> InputWrite::failed(DdcLine& line, const I2cResult& result) {
  const bool renew = handle_is_stale(result.error) && !reopened_;
  if (renew) {
    line.close();
    reopened_ = true;
  }
  const bool again = renew || worth_retrying(result.error);
  if (again && --tries_left_ > 0 && line.not_before() <= order_.deadline) return line.not_before();
  Cause cause = transfer_cause(result.error);
  return fail(error(line.bus_number(), std::move(cause.reason), std::move(cause.hint)));
}

Progress<Expected<void>> InputWrite::cannot_open(DdcLine& line, int error_number) const {
  Cause cause = open_cause(error_number, line.bus_number());
  return fail(error(line.bus_number(), std::move(cause.reason), std::move(cause.hint)));
}

Error InputWrite::error(int bus_number, std::string reason, std::string hint) const {
  return {"set input " + wire::input_name(order_.input), on_bus(order_.monitor, bus_number),
          std::move(reason), std::move(hint)};
}

}  // namespace hotseat::adapters
