// What one listener is still to be sent.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "web/moment.h"

namespace hotseat::web {

// A frame is kept once, however many listen.
using Frame = std::shared_ptr<const std::string>;

class EventStream {
 public:
  EventStream(std::string listener, Moment begun) : listener_(std::move(listener)), begun_(begun) {}

  // The client's name.
  const std::string& listener() const { return listener_; }
  Moment begun() const { return begun_; }

  // One that reads too slowly is ended: it comes back, and is told how things are then.
  void send(const Frame& frame);
  void end();
  bool is_over() const { return ended_; }

  // For the server. Copies what fits; 0 when there is nothing yet.
  std::size_t read(char* to, std::size_t most);
  bool ended() const { return ended_ && frames_.empty(); }
  // Called when there is something to read, or the end.
  void on_more(std::function<void()> more) { more_ = std::move(more); }

 private:
  std::string listener_;
  Moment begun_;
  std::deque<Frame> frames_;
  std::size_t offset_ = 0;  // into the first
  std::size_t waiting_ = 0;
  bool ended_ = false;
  std::function<void()> more_;
};

}  // namespace hotseat::web
