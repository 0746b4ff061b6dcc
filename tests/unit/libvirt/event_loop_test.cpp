#include "adapters/libvirt/event_loop.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <future>
#include <stdexcept>

#include "adapters/libvirt/socket.h"

namespace hotseat::adapters::libvirt {
namespace {

using std::chrono::hours;

struct SocketPair {
  SocketPair() {
    std::array<int, 2> fds{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
      throw std::runtime_error("socketpair");
    }
    near.reset(fds[0]);
    far.reset(fds[1]);
  }
  void say() const { ASSERT_EQ(::write(far.get(), "x", 1), 1); }

  UniqueFd near;
  UniqueFd far;
};

TEST(EventLoop, FiresAHandleWhenItsFileIsReadable) {
  SocketPair pair;
  EventLoop loop;
  std::promise<short> fired;
  const auto on_ready = [&](int id, short events) {
    loop.update_handle(id, 0);
    fired.set_value(events);
  };
  const Turning turning(loop);
  loop.add_handle(pair.near.get(), POLLIN, on_ready, {});
  pair.say();
  EXPECT_EQ(fired.get_future().get() & POLLIN, POLLIN);
}

TEST(EventLoop, ASleepingHandleHearsNotEvenAHangUp) {
  SocketPair pair;
  EventLoop loop;
  bool fired = false;
  std::promise<void> turned;
  {
    const Turning turning(loop);
    loop.add_handle(pair.near.get(), 0, [&](int, short) { fired = true; }, {});
    pair.far.reset();
    const auto timer = loop.after(std::chrono::milliseconds(0), [&] { turned.set_value(); });
    turned.get_future().wait();
  }
  EXPECT_FALSE(fired);
}

TEST(EventLoop, AWokenHandleHearsWhatCameWhileItSlept) {
  SocketPair pair;
  EventLoop loop;
  std::promise<void> fired;
  const Turning turning(loop);
  const auto on_ready = [&](int handle, short) {
    loop.update_handle(handle, 0);
    fired.set_value();
  };
  const int id = loop.add_handle(pair.near.get(), 0, on_ready, {});
  pair.say();
  loop.update_handle(id, POLLIN);
  fired.get_future().wait();
}

TEST(EventLoop, FreesARemovedHandleOnItsThreadAndNotInsideTheRemoval) {
  SocketPair pair;
  EventLoop loop;
  std::mutex held_by_the_remover;
  std::promise<std::thread::id> freed;
  const Turning turning(loop);
  const auto free = [&] {
    const std::lock_guard lock(held_by_the_remover);
    freed.set_value(std::this_thread::get_id());
  };
  const int id = loop.add_handle(
      pair.near.get(), POLLIN, [](int, short) {}, free);
  {
    const std::lock_guard lock(held_by_the_remover);
    EXPECT_TRUE(loop.remove_handle(id));
  }
  EXPECT_TRUE(freed.get_future().get() != std::this_thread::get_id());
  EXPECT_FALSE(loop.remove_handle(id));
}

TEST(EventLoop, ATimeoutRepeatsUntilItIsPutToSleep) {
  EventLoop loop;
  int count = 0;
  std::promise<void> third;
  const Turning turning(loop);
  const auto fire = [&](int id) {
    if (++count < 3) return;
    loop.update_timeout(id, -1);
    third.set_value();
  };
  loop.add_timeout(0, fire, {});
  third.get_future().wait();
}

TEST(EventLoop, ASleepingTimeoutIsWokenByAnUpdate) {
  EventLoop loop;
  std::promise<void> fired;
  const Turning turning(loop);
  const auto fire = [&](int id) {
    loop.update_timeout(id, -1);
    fired.set_value();
  };
  const int id = loop.add_timeout(-1, fire, {});
  loop.update_timeout(id, 0);
  fired.get_future().wait();
}

TEST(EventLoop, AnEarlierTimerIsNotHeldUpByALaterOne) {
  EventLoop loop;
  std::promise<void> fired;
  bool late = false;
  {
    const Turning turning(loop);
    const auto far_off = loop.after(hours(10), [&] { late = true; });
    const auto soon = loop.after(std::chrono::milliseconds(1), [&] { fired.set_value(); });
    fired.get_future().wait();
  }
  EXPECT_FALSE(late);
}

TEST(EventLoop, ATimerOfNoTimeFiresAndOneOfAllTimeDoesNot) {
  EventLoop loop;
  std::promise<void> fired;
  bool never = false;
  {
    const Turning turning(loop);
    const auto endless = loop.after(std::chrono::nanoseconds::max(), [&] { never = true; });
    const auto past = loop.after(std::chrono::seconds(-5), [&] { fired.set_value(); });
    fired.get_future().wait();
  }
  EXPECT_FALSE(never);
}

TEST(EventLoop, CanBeTurnedAgainAndByTwo) {
  EventLoop loop;
  { const Turning once(loop); }
  const auto first = std::make_unique<Turning>(loop);
  auto second = std::make_unique<Turning>(loop);
  second.reset();
  std::promise<void> fired;
  const auto timer = loop.after(std::chrono::milliseconds(0), [&] { fired.set_value(); });
  fired.get_future().wait();
}

TEST(Socket, InterruptedEndsBothItsCopies) {
  SocketPair pair;
  Socket socket(true);
  socket.learn(pair.near.get());
  EXPECT_NE(socket.fd(), pair.near.get());
  socket.interrupt();
  char byte = 0;
  EXPECT_EQ(::read(pair.near.get(), &byte, 1), 0);
}

TEST(Socket, InterruptedBeforeItIsKnownEndsAtOnce) {
  SocketPair pair;
  Socket socket(true);
  socket.interrupt();
  socket.learn(pair.near.get());
  char byte = 0;
  EXPECT_EQ(::read(pair.near.get(), &byte, 1), 0);
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
