#include "event_stream.h"

#include <algorithm>

namespace hotseat::web {

namespace {

constexpr std::size_t kMostWaiting = 262'144;

}  // namespace

void EventStream::send(const Frame& frame) {
  if (ended_) return;
  if (waiting_ + frame->size() > kMostWaiting) {
    frames_.clear();
    end();
    return;
  }
  waiting_ += frame->size();
  frames_.push_back(frame);
  if (more_) more_();
}

void EventStream::end() {
  if (ended_) return;
  ended_ = true;
  if (more_) more_();
}

std::size_t EventStream::read(char* to, std::size_t most) {
  std::size_t copied = 0;
  while (copied < most && !frames_.empty()) {
    const std::string& frame = *frames_.front();
    const std::size_t count = std::min(most - copied, frame.size() - offset_);
    std::copy_n(frame.data() + offset_, count, to + copied);
    copied += count;
    offset_ += count;
    if (offset_ < frame.size()) break;
    waiting_ -= frame.size();
    offset_ = 0;
    frames_.pop_front();
  }
  return copied;
}

}  // namespace hotseat::web
