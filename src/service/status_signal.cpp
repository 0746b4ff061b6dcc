#include "service/status_signal.h"

#include <utility>

namespace hotseat::service {

namespace {

constexpr ports::Duration kPause = std::chrono::milliseconds(250);

}  // namespace

StatusSignal::StatusSignal(ports::Clock& clock, const app::Service& app, std::function<void()> tell)
    : clock_(clock), app_(app), tell_(std::move(tell)), told_(app.status()) {}

void StatusSignal::look(const app::Status& status) {
  if (pause_) {
    missed_ = true;
    return;
  }
  if (status.state == app::SeatState::switching) return;  // its end is a change, too
  // There and back during the pause is told, too: somebody may have asked in between.
  const bool missed = std::exchange(missed_, false);
  if (status == told_ && !missed) return;
  told_ = status;
  pause_ = clock_.after(kPause, [this] { pause_is_over(); });
  tell_();
}

void StatusSignal::pause_is_over() {
  pause_.reset();
  if (missed_) look(app_.status());
}

}  // namespace hotseat::service
