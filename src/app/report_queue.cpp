#include "app/report_queue.h"

#include <utility>

namespace hotseat::app {

ReportQueue::ReportQueue(ports::Clock& clock, std::vector<ports::Reports*> listeners)
    : clock_(clock), listeners_(std::move(listeners)) {}

void ReportQueue::switch_started(const SwitchReport& report) {
  queue([report](ports::Reports& listener) { listener.switch_started(report); });
}

void ReportQueue::step_changed(SwitchId id, const StepReport& step) {
  queue([id, step](ports::Reports& listener) { listener.step_changed(id, step); });
}

void ReportQueue::switch_ended(const SwitchReport& report) {
  queue([report](ports::Reports& listener) { listener.switch_ended(report); });
}

void ReportQueue::status_changed() {
  if (status_queued_) return;
  status_queued_ = true;
  queue([this](ports::Reports& listener) {
    status_queued_ = false;
    listener.status_changed();
  });
}

void ReportQueue::notice(const std::string& text) {
  queue([text](ports::Reports& listener) { listener.notice(text); });
}

void ReportQueue::queue(Telling telling) {
  waiting_.push_back(std::move(telling));
  if (!timer_) {
    timer_ = clock_.after({}, [this] {
      timer_.reset();
      flush();
    });
  }
}

void ReportQueue::flush() {
  auto batch = std::exchange(waiting_, {});
  for (const Telling& telling : batch) {
    for (ports::Reports* listener : listeners_) telling(*listener);
  }
}

}  // namespace hotseat::app
