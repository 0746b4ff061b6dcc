#include "web/connections.h"

#include <algorithm>

namespace hotseat::web {

namespace {

using std::chrono_literals::operator""s;

constexpr Moment kForRequest = 10s;  // from the connection, or the last answer, to a whole request
constexpr std::size_t kMostWaitedForOfOne = 64;
constexpr std::size_t kMostWaitedFor = 256;

}  // namespace

std::optional<ConnectionId> Connections::opened(ConnectionId id, const std::string& peer,
                                                Moment now) {
  std::size_t all = 0;
  std::size_t of_peer = 0;
  std::optional<ConnectionId> oldest;
  std::optional<ConnectionId> oldest_of_peer;
  // Numbers grow, so the first that is met is the oldest.
  for (const auto& [its_id, connection] : connections_) {
    if (connection.ours) continue;
    ++all;
    if (!oldest) oldest = its_id;
    if (connection.peer != peer) continue;
    ++of_peer;
    if (!oldest_of_peer) oldest_of_peer = its_id;
  }
  connections_[id] = {peer, false, now + kForRequest};
  if (of_peer >= kMostWaitedForOfOne) return oldest_of_peer;
  if (all >= kMostWaitedFor) return oldest;
  return std::nullopt;
}

void Connections::asked(ConnectionId id) {
  const auto found = connections_.find(id);
  if (found != connections_.end()) found->second.ours = true;
}

void Connections::answered(ConnectionId id, Moment now) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  found->second.ours = false;
  found->second.deadline = now + kForRequest;
}

void Connections::closed(ConnectionId id) {
  connections_.erase(id);
}

std::vector<ConnectionId> Connections::overdue(Moment now) const {
  std::vector<ConnectionId> late;
  for (const auto& [id, connection] : connections_) {
    if (!connection.ours && connection.deadline <= now) late.push_back(id);
  }
  return late;
}

std::optional<Moment> Connections::next_deadline() const {
  std::optional<Moment> first;
  for (const auto& [id, connection] : connections_) {
    if (connection.ours) continue;
    if (!first || connection.deadline < *first) first = connection.deadline;
  }
  return first;
}

}  // namespace hotseat::web
