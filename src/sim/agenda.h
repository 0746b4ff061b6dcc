// Things to do later. What is left is forgotten with the agenda.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "ports/clock.h"

namespace hotseat::sim {

class Agenda {
 public:
  using Entry = std::uint64_t;

  explicit Agenda(ports::Clock& clock) : clock_(clock) {}

  Entry in(ports::Duration delay, std::function<void()> what);
  void cancel(Entry entry) { timers_.erase(entry); }

 private:
  ports::Clock& clock_;
  Entry last_ = 0;
  std::map<Entry, std::unique_ptr<ports::Timer>> timers_;
};

// Delivers in the order things were put in, each a little later: how events and answers of one
// connection reach its client.
class Mail {
 public:
  explicit Mail(ports::Clock& clock) : agenda_(clock) {}

  void deliver(ports::Duration delay, std::function<void()> what);

 private:
  std::deque<std::function<void()>> waiting_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
