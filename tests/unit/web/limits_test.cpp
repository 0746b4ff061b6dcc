// What keeps one visitor from taking everything: back-off and connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/backoff.h"
#include "web/connections.h"

namespace hotseat::web {
namespace {

using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BackoffTest, DoublesUpToAMinute) {
  Backoff backoff;
  for (int i = 0; i < 4; ++i) backoff.failed("a", Moment{0});
  EXPECT_EQ(backoff.wait("a", Moment{0}), Moment{0});
  for (const Moment wait : {Moment(1s), Moment(2s), Moment(4s), Moment(8s), Moment(16s),
                            Moment(32s), Moment(60s), Moment(60s)}) {
    backoff.failed("a", Moment{0});
    EXPECT_EQ(backoff.wait("a", Moment{0}), wait);
  }
  EXPECT_EQ(backoff.wait("a", 59s), Moment(1s));
  EXPECT_EQ(backoff.wait("a", 61s), Moment{0});
  EXPECT_EQ(backoff.wait("b", Moment{0}), Moment{0});
}

TEST(BackoffTest, ForgivesAndForgets) {
  Backoff backoff;
  for (int i = 0; i < 9; ++i) backoff.failed("a", Moment{0});
  backoff.succeeded("a");
  EXPECT_EQ(backoff.wait("a", Moment{0}), Moment{0});
  for (int i = 0; i < 9; ++i) backoff.failed("a", Moment{0});
  backoff.failed("b", 11min);
  backoff.failed("a", 11min);
  EXPECT_EQ(backoff.wait("a", 11min), Moment{0});
}

TEST(BackoffTest, AnIpv6NetworkIsOneGuesser) {
  EXPECT_EQ(peer_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(peer_network("10.0.0.1"), "10.0.0.1");
  Backoff backoff;
  for (int i = 0; i < 5; ++i) backoff.failed("2001:db8::" + std::to_string(i), Moment{0});
  EXPECT_GT(backoff.wait("2001:db8::ffff", Moment{0}), Moment{0});
}

TEST(BackoffTest, ManyGuessersTakeBoundedMemory) {
  Backoff backoff;
  for (int i = 0; i < 5; ++i) backoff.failed("first", Moment{0});
  for (int i = 0; i < 5000; ++i) backoff.failed(std::to_string(i), Moment{1});
  EXPECT_EQ(backoff.wait("first", Moment{1}), Moment{0});  // it had to make room
}

TEST(ConnectionsTest, ARequestHasTenSecondsHoweverItComes) {
  Connections connections;
  connections.opened(1, "a", 0s);
  connections.opened(2, "a", 3s);
  EXPECT_EQ(connections.next_deadline(), Moment(10s));
  EXPECT_THAT(connections.overdue(9s), IsEmpty());
  EXPECT_THAT(connections.overdue(10s), ElementsAre(1U));
  EXPECT_THAT(connections.overdue(20s), ElementsAre(1U, 2U));
}

TEST(ConnectionsTest, OursHaveAllTheTimeInTheWorld) {
  Connections connections;
  connections.opened(1, "a", 0s);
  connections.asked(1);
  EXPECT_EQ(connections.next_deadline(), std::nullopt);
  EXPECT_THAT(connections.overdue(1000s), IsEmpty());
  connections.answered(1, 1000s);
  EXPECT_EQ(connections.next_deadline(), Moment(1010s));
  connections.closed(1);
  connections.answered(1, 2000s);
  EXPECT_EQ(connections.next_deadline(), std::nullopt);
}

TEST(ConnectionsTest, WhoOpensTooManyPushesOutTheirOwn) {
  Connections connections;
  connections.opened(1, "other", 0s);
  for (ConnectionId id = 2; id < 66; ++id) EXPECT_EQ(connections.opened(id, "a", 0s), std::nullopt);
  EXPECT_EQ(connections.opened(66, "a", 0s), ConnectionId{2});
  connections.closed(2);
  connections.asked(3);  // is being answered
  EXPECT_EQ(connections.opened(67, "a", 0s), std::nullopt);
  EXPECT_EQ(connections.opened(68, "a", 0s), ConnectionId{4});
}

TEST(ConnectionsTest, FromManyAddressesTheOldestGivesWay) {
  Connections connections;
  for (ConnectionId id = 1; id <= 256; ++id) {
    EXPECT_EQ(connections.opened(id, std::to_string(id), 0s), std::nullopt);
  }
  EXPECT_EQ(connections.opened(257, "x", 0s), ConnectionId{1});
}

}  // namespace
}  // namespace hotseat::web
