// Keeps one session with libvirt, for ever: connects, notices the loss, connects again.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/libvirt/event_loop.h"
#include "adapters/libvirt/lanes.h"
#include "adapters/libvirt/session.h"
#include "base/error.h"

namespace hotseat::adapters::libvirt {

// Runs a function on the loop thread; from any thread.
using Post = std::function<void(std::function<void()>)>;

// Loop thread only. Everything is called back there through the Post, which must drop what comes
// after stop().
class Link {
 public:
  struct Owner {
    std::function<void(std::vector<DomainSnapshot>)> up;  // connected; all domains
    std::function<void(std::string)> down;                // not, or no more; why
    std::function<void(const DomainEvent&)> event;        // while up
  };

  Link(std::shared_ptr<Gateway> gateway, EventLoop& loop, Owner owner)
      : gateway_(std::move(gateway)), loop_(loop), owner_(std::move(owner)) {}

  void open(Post post);  // once; call() only after it
  bool up() const { return session_ != nullptr; }
  // Connecting has been tried and never succeeded.
  bool never_up() const { return !was_up_ && failures_ > 0; }

  // Makes `call` on that lane and hands its answer to `then`, with whether the connection had
  // survived it, and its number for lost(). Only while up.
  template <typename Call, typename Then>
  void call(const std::string& lane, Call call, Then then) {
    lanes_->post(lane, [session = session_, post = post_, number = number_, call = std::move(call),
                        then = std::move(then)] {
      auto answer = call(*session);
      const bool alive = session->alive();
      post([then, alive, number, answer = std::move(answer)] { then(answer, alive, number); });
    });
  }
  // That connection was found broken. Nothing happens if it is no longer the one in use.
  void lost(unsigned number);

  // Closes, within a second or so whatever libvirt does. Nothing else afterwards.
  void stop();

 private:
  // Filled by the connection lane, read here when it says it has ended. It holds the session rather
  // than the message about it: a message that nobody reads any more must not close a session.
  struct Attempt {
    std::shared_ptr<Session> session;
    std::vector<DomainSnapshot> domains;
    std::optional<Error> error;
  };

  void connect();
  Listener listener();
  void attempted(unsigned number);
  void heard(unsigned number, const DomainEvent& event);
  void retry();

  std::shared_ptr<Gateway> gateway_;
  EventLoop& loop_;
  Owner owner_;
  Post post_;
  std::shared_ptr<Lanes> lanes_ = std::make_shared<Lanes>();
  std::shared_ptr<Session> session_;
  std::shared_ptr<Attempt> attempt_;
  unsigned number_ = 0;             // of the session, or of the attempt
  std::vector<DomainEvent> early_;  // came while the domains were being read for the first time
  bool was_up_ = false;
  std::size_t failures_ = 0;  // since it was up
  std::unique_ptr<EventLoop::Timer> retry_;
};

}  // namespace hotseat::adapters::libvirt
