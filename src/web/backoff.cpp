#include "web/backoff.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;

constexpr int kFree = 5;
constexpr Moment kFirstWait = 1s;
constexpr Moment kLongestWait = 60s;
constexpr Moment kForgottenAfter = 10min;
constexpr std::size_t kMostRecords = 1024;

Moment wait_after(int failures) {
  if (failures < kFree) return Moment{0};
  const int doublings = std::min(failures - kFree, 10);
  return std::min(kFirstWait * (1 << doublings), kLongestWait);
}

}  // namespace

std::string peer_network(const std::string& ip) {
  in6_addr address{};
  if (inet_pton(AF_INET6, ip.c_str(), &address) != 1) return ip;
  std::fill(std::begin(address.s6_addr) + 8, std::end(address.s6_addr), std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> words{};
  inet_ntop(AF_INET6, &address, words.data(), words.size());
  return words.data();
}

Moment Backoff::wait(const std::string& peer, Moment now) const {
  const auto found = records_.find(peer_network(peer));
  if (found == records_.end()) return Moment{0};
  return std::max(found->second.until - now, Moment{0});
}

void Backoff::failed(const std::string& peer, Moment now) {
  make_room(now);
  Record& record = records_[peer_network(peer)];
  record.last = now;
  record.until = now + wait_after(++record.failures);
}

void Backoff::succeeded(const std::string& peer) {
  records_.erase(peer_network(peer));
}

void Backoff::make_room(Moment now) {
  for (auto record = records_.begin(); record != records_.end();) {
    const bool old = now - record->second.last > kForgottenAfter;
    record = old ? records_.erase(record) : std::next(record);
  }
  if (records_.size() < kMostRecords) return;
  records_.erase(
      std::min_element(records_.begin(), records_.end(),
                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
}

}  // namespace hotseat::web
