#include "adapters/ddc/session.h"

#include <array>
#include <utility>

#include "adapters/ddc/i2c_errors.h"

namespace hotseat::adapters {

namespace {

constexpr int kEdidTries = 2;

std::string text(const Cause& cause) {
  return cause.reason + (cause.hint.empty() ? "" : " (" + cause.hint + ")");
}

}  // namespace

DdcSession::DdcSession(int bus_number, std::unique_ptr<I2cBus> bus, std::function<void(Event)> tell)
    : line_(bus_number, std::move(bus)), tell_(std::move(tell)) {}

void DdcSession::accept(Order order, ports::Instant now) {
  std::visit([&](auto& what) { begin(std::move(what), now); }, order);
}

void DdcSession::begin(SetInputOrder order, ports::Instant) {
  if (write_) {
    end_write(fail(write_->error(line_.bus_number(), "replaced by a newer request", "")));
  }
  read_.reset();
  write_.emplace(std::move(order));
}

void DdcSession::begin(const ReadInputOrder& order, ports::Instant now) {
  if (write_ || read_) return;
  if (order.quirks.read_mask != 0) {
    read_.emplace(order.quirks, now);
    return;
  }
  const int error = line_.open();
  tell_(InputSeen{{}, {}, error == 0 ? "" : text(open_cause(error, line_.bus_number()))});
}

void DdcSession::begin(const ReadEdidOrder&, ports::Instant) {
  edid_tries_left_ = kEdidTries;
}

std::optional<ports::Instant> DdcSession::step(ports::Instant now) {
  if (write_) return step_write(now);
  if (edid_tries_left_ > 0) return step_edid(now);
  if (read_) return step_read(now);
  return std::nullopt;
}

std::optional<ports::Instant> DdcSession::step_write(ports::Instant now) {
  auto progress = write_->step(line_, now);
  if (auto* again = std::get_if<ports::Instant>(&progress)) return *again;
  end_write(std::get<Expected<void>>(std::move(progress)));
  return now;
}

void DdcSession::end_write(Expected<void> result) {
  const InputWrite ended = *std::exchange(write_, std::nullopt);
  const SetInputOrder& order = ended.order();
  if (result && order.quirks.read_mask != 0) {
    read_.emplace(order.quirks, order.input, ended.written());
  }
  tell_(SetEnded{order.ticket, order.input, std::move(result)});
}

std::optional<ports::Instant> DdcSession::step_edid(ports::Instant now) {
  // The EDID memory is another chip, but in many monitors the same firmware plays both.
  if (now < line_.not_before()) return line_.not_before();
  --edid_tries_left_;
  EdidSeen seen;
  if (const int error = line_.open()) {
    edid_tries_left_ = 0;
    seen.problem = text(open_cause(error, line_.bus_number()));
  } else {
    std::array<std::uint8_t, wire::kEdidSize> block{};
    const I2cResult result = line_.read_edid(block);
    const auto edid = wire::parse_edid(block);
    if (result.error != 0) {
      if (handle_is_stale(result.error)) line_.close();
      seen.problem = "no monitor answers";
    } else if (edid) {
      seen.edid = *edid;
    } else {
      seen.problem = wire::to_string(edid.error());
    }
  }
  if (!seen.edid && edid_tries_left_ > 0) return now;
  edid_tries_left_ = 0;
  tell_(std::move(seen));
  return now;
}

std::optional<ports::Instant> DdcSession::step_read(ports::Instant now) {
  auto progress = read_->step(line_, now);
  if (auto* again = std::get_if<ports::Instant>(&progress)) return *again;
  const InputRead ended = *std::exchange(read_, std::nullopt);
  auto seen = std::get<InputSeen>(std::move(progress));
  if (seen.asked && seen.problem.empty() && !ended.is_last_look()) {
    read_ = InputRead::last_look(ended.quirks(), *seen.asked, ended.begun());
  }
  tell_(std::move(seen));
  return now;
}

void DdcSession::abandon() {
  if (write_) end_write(fail(write_->error(line_.bus_number(), "the bus went away", "")));
}

}  // namespace hotseat::adapters
