#include "seat_watch.h"

#include <algorithm>

#include "web/event_frame.h"

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;

constexpr std::size_t kMostStreams = 600;
constexpr Moment kKeepAliveEvery = 15s;
// Then it has to be asked for anew, as browsers do by themselves: who listens day and night is seen
// to be there, well within the shortest session.
constexpr Moment kLongestStream = 12h;

}  // namespace

SeatWatch::SeatWatch(EventLoop& loop, bool session_bus)
    : loop_(loop),
      keep_alive_(loop, [this] { beat(); }),
      daemon_(loop, session_bus,
              {[this](bool present) { present_changed(present); },
               [this](const DaemonSignal& signal) { told(signal); }}) {}

std::shared_ptr<EventStream> SeatWatch::listen(const std::string& client) {
  forget_gone();
  if (streams_.size() >= kMostStreams) return nullptr;
  auto stream = std::make_shared<EventStream>(client, loop_.now());
  stream->send(std::make_shared<const std::string>(event_frame("hello", greeting(client))));
  if (streams_.empty()) keep_alive_.set(loop_.now() + kKeepAliveEvery);
  streams_.push_back(stream);
  return stream;
}

void SeatWatch::dismiss(const std::string& client) {
  for (const auto& stream : streams_) {
    if (stream->listener() == client) stream->end();
  }
  forget_gone();
}

void SeatWatch::close() {
  for (const auto& stream : streams_) stream->end();
  forget_gone();
  daemon_.close();
}

void SeatWatch::forget_gone() {
  streams_.erase(std::remove_if(streams_.begin(), streams_.end(),
                                [](const auto& stream) { return stream->is_over(); }),
                 streams_.end());
}

void SeatWatch::beat() {
  const auto frame = std::make_shared<const std::string>(kBeatFrame);
  for (const auto& stream : streams_) {
    stream->send(frame);
    if (loop_.now() - stream->begun() >= kLongestStream) stream->end();
  }
  forget_gone();
  if (!streams_.empty()) keep_alive_.set(loop_.now() + kKeepAliveEvery);
}

std::string SeatWatch::greeting(const std::string& client) const {
  const Json head = {{"client", client},
                     {"version", HOTSEAT_VERSION},
                     {"daemon", daemon_.present()},
                     {"history", history_.to_json()}};
  // The status is passed on as it came.
  std::string text = to_text(head);
  text.back() = ',';
  return text + "\"status\":" + status_ + "}";
}

void SeatWatch::present_changed(bool present) {
  if (!present) status_ = "null";
  tell("daemon", present ? "{\"present\":true}" : "{\"present\":false}");
  if (present) ask_status();
}

void SeatWatch::told(const DaemonSignal& signal) {
  switch (signal.kind) {
    case DaemonSignal::Kind::started:
      tell("started", to_text(signal.data));
      break;
    case DaemonSignal::Kind::step:
      tell("step", to_text(signal.data));
      return;
    case DaemonSignal::Kind::ended:
      history_.add(signal.data, EventLoop::date());
      tell("ended", to_text({{"report", signal.data}, {"history", history_.to_json()}}));
      break;
    case DaemonSignal::Kind::changed:
      break;
  }
  ask_status();
}

// One question at a time, and one more when something has happened since it was asked.
void SeatWatch::ask_status() {
  ask_again_ = asking_;
  if (asking_) return;
  asking_ = true;
  daemon_.status([this](const auto& answer) {
    asking_ = false;
    if (answer) learn(*answer);
    if (ask_again_) ask_status();
  });
}

void SeatWatch::learn(const std::string& document) {
  if (document == status_) return;
  const Json status = Json::parse(document, nullptr, false);
  if (!status.is_object()) return;
  last_guest_.learn(status);
  status_ = document;
  tell("status", status_);
}

void SeatWatch::tell(const char* event, const std::string& data) {
  if (streams_.empty()) return;
  const auto frame = std::make_shared<const std::string>(event_frame(event, data));
  for (const auto& stream : streams_) stream->send(frame);
}

}  // namespace hotseat::web
