#include "sim/agenda.h"

#include <utility>

namespace hotseat::sim {

Agenda::Entry Agenda::in(ports::Duration delay, std::function<void()> what) {
  const Entry entry = ++last_;
  timers_[entry] = clock_.after(delay, [this, entry, what = std::move(what)] {
    timers_.erase(entry);
    what();  // last: it may destroy the agenda
  });
  return entry;
}

void Mail::deliver(ports::Duration delay, std::function<void()> what) {
  waiting_.push_back(std::move(what));
  agenda_.in(delay, [this] {
    // Whichever timer comes first takes what was put in first.
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    first();
  });
}

}  // namespace hotseat::sim
