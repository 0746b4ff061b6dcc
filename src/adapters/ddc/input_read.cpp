#include "adapters/ddc/input_read.h"

#include <algorithm>
#include <chrono>

#include "adapters/ddc/i2c_errors.h"
#include "wire/ddc.h"
#include "wire/mccs.h"

namespace hotseat::adapters {

namespace {

using std::chrono::milliseconds;

// From the Set (or the try before) to each try. Together a little over 4 s: read-backs that fail
// for seconds after a switch are common.
constexpr std::array<milliseconds, 3> kPauses{milliseconds{300}, milliseconds{1000},
                                              milliseconds{3000}};
// How often an answer is looked for, kAfterMessage apart, until the question counts as ignored.
constexpr int kLooks = 5;
constexpr milliseconds kLastLook{5000};

std::string seconds_since(ports::Instant begun, ports::Instant now) {
  return std::to_string(std::chrono::round<std::chrono::seconds>(now - begun).count()) + " s";
}

}  // namespace

InputRead::InputRead(const MonitorQuirks& quirks, ports::Instant now)
    : quirks_(quirks), begun_(now), due_(now) {}

InputRead::InputRead(const MonitorQuirks& quirks, std::uint8_t asked, ports::Instant written)
    : quirks_(quirks),
      asked_(asked),
      begun_(written),
      due_(written + quirks.settle + kPauses.front()) {}

InputRead InputRead::last_look(const MonitorQuirks& quirks, std::uint8_t asked,
                               ports::Instant written) {
  InputRead read(quirks, asked, written);
  read.last_look_ = true;
  read.tries_ = kPauses.size() - 1;
  read.due_ = written + quirks.settle + kLastLook;
  return read;
}

Progress<InputSeen> InputRead::step(DdcLine& line, ports::Instant now) {
  if (reply_due_) {
    if (now < *reply_due_) return *reply_due_;
    return look(line);
  }
  const ports::Instant start = std::max(due_, line.not_before());
  if (now < start) return start;
  return ask(line, now);
}

Progress<InputSeen> InputRead::ask(DdcLine& line, ports::Instant now) {
  ++tries_;
  if (const int error = line.open()) {
    const Cause cause = open_cause(error, line.bus_number());
    fault_ = cause.reason + (cause.hint.empty() ? "" : " (" + cause.hint + ")");
    return later(now);
  }
  const I2cResult result = line.send(wire::get_vcp(quirks_.feature, quirks_.source_address));
  if (result.error != 0) return failed(line, result);
  reply_due_ = result.ended + wire::kGetToReply;
  looks_left_ = kLooks;
  return *reply_due_;
}

Progress<InputSeen> InputRead::look(DdcLine& line) {
  std::array<std::uint8_t, wire::kVcpReplySize> bytes{};
  const I2cResult result = line.receive(bytes);
  if (result.error != 0) return failed(line, result);
  const auto reply = wire::parse_vcp_reply(bytes, quirks_.feature);
  // MCCS 2.2a: only the low byte of a non-continuous feature means something.
  if (reply) return heard(static_cast<std::uint8_t>(reply->current & 0xff), result.ended);

  using wire::ReplyFault;
  const bool not_ready =
      reply.error() == ReplyFault::null_message || reply.error() == ReplyFault::silence;
  if (not_ready && --looks_left_ > 0) {
    reply_due_ = result.ended + wire::kAfterMessage;
    return *reply_due_;
  }
  fault_ = std::string{"it gives "} + wire::to_string(reply.error());
  if (reply.error() == ReplyFault::unsupported_feature) return given_up(result.ended);
  return later(result.ended);
}

Progress<InputSeen> InputRead::heard(std::uint8_t value, ports::Instant now) {
  if (!asked_) return InputSeen{{}, value, ""};
  if (((value ^ *asked_) & quirks_.read_mask) == 0) return InputSeen{asked_, asked_, ""};
  said_ = value;
  return later(now);
}

Progress<InputSeen> InputRead::failed(DdcLine& line, const I2cResult& result) {
  if (handle_is_stale(result.error)) line.close();  // the next try opens it anew
  fault_ = transfer_cause(result.error).reason;
  return later(result.ended);
}

Progress<InputSeen> InputRead::later(ports::Instant now) {
  reply_due_.reset();
  if (tries_ >= kPauses.size()) return given_up(now);
  due_ = now + kPauses[tries_];
  return due_;
}

InputSeen InputRead::given_up(ports::Instant now) const {
  if (!asked_) {
    return {{},
            {},
            "cannot tell its input: " + fault_ +
                "; is DDC/CI enabled in its menu? Many answer only on the input they show"};
  }
  const std::string asked = wire::input_name(*asked_);
  const std::string after = seconds_since(begun_, now);
  if (last_look_) {
    if (!said_) return {asked_, asked_, ""};
    return {asked_, said_,
            "took " + asked + ", but went back to " + wire::input_name(*said_) + " within " +
                after + "; is there a picture on that input?"};
  }
  if (said_) {
    return {asked_, said_,
            "was told " + asked + " and still says " + wire::hex(*said_) + " after " + after +
                "; is there a picture on that input, and is the value right for this monitor? If "
                "it did switch, set read_mask = 0 for it"};
  }
  return {
      asked_, {}, "was told " + asked + ", but cannot confirm it within " + after + ": " + fault_};
}

}  // namespace hotseat::adapters
