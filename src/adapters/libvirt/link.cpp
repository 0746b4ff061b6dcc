#include "adapters/libvirt/link.h"

#include <algorithm>
#include <array>

namespace hotseat::adapters::libvirt {
namespace {

using std::chrono::milliseconds;

// Connecting, listing and draining. Domain names, the other lanes, are never empty.
const std::string kConnectionLane;

// The first is short for the restart of a libvirtd that is activated by its socket.
constexpr std::array kRetries{milliseconds(100), milliseconds(1000), milliseconds(2000),
                              milliseconds(4000), milliseconds(5000)};

// How long calls may go on when the daemon ends, before they are broken off.
constexpr milliseconds kGrace{500};

}  // namespace

void Link::open(Post post) {
  post_ = std::move(post);
  connect();
}

void Link::connect() {
  ++number_;
  early_.clear();
  attempt_ = std::make_shared<Attempt>();
  lanes_->post(kConnectionLane, [this, gateway = gateway_, attempt = attempt_, post = post_,
                                 number = number_, listener = listener()] {
    auto session = gateway->open(listener);
    if (!session) {
      attempt->error = session.error();
    } else if (auto domains = (*session)->read_all(); !domains) {
      attempt->error = domains.error();
    } else {
      attempt->session = std::move(*session);
      attempt->domains = std::move(*domains);
    }
    post([this, number] { attempted(number); });
  });
}

Listener Link::listener() {
  // The library may hold on to the listener longer than we live.
  const std::weak_ptr<Lanes> lanes = lanes_;
  return {[this, post = post_, number = number_](DomainEvent event) {
            post([this, number, event = std::move(event)] { heard(number, event); });
          },
          [this, post = post_, number = number_] { post([this, number] { lost(number); }); },
          [lanes](std::function<void()> drain) {
            if (const auto alive = lanes.lock()) alive->post(kConnectionLane, std::move(drain));
          }};
}

void Link::attempted(unsigned number) {
  if (number != number_) return;
  const auto attempt = std::exchange(attempt_, nullptr);
  if (!attempt->session || !attempt->session->alive()) {
    ++failures_;
    retry();
    owner_.down(attempt->error ? to_string(*attempt->error) : "the connection was lost at once");
    return;
  }
  session_ = std::move(attempt->session);
  was_up_ = true;
  failures_ = 0;
  const auto early = std::exchange(early_, {});
  owner_.up(attempt->domains);
  for (const auto& event : early) owner_.event(event);
}

void Link::heard(unsigned number, const DomainEvent& event) {
  if (number != number_) return;
  if (session_) {
    owner_.event(event);
  } else {
    early_.push_back(event);
  }
}

void Link::lost(unsigned number) {
  if (number != number_ || !session_) return;
  // Closing may block: left to a lane.
  lanes_->post(kConnectionLane, [closing = std::exchange(session_, nullptr)] {});
  retry();
  owner_.down("the connection to libvirt was lost");
}

void Link::retry() {
  const auto delay = kRetries.at(std::min(failures_, kRetries.size() - 1));
  retry_ = loop_.after(delay, [this, post = post_] { post([this] { connect(); }); });
}

void Link::stop() {
  retry_.reset();
  lanes_->drop_waiting();
  // Comes after an attempt that is under way on this lane.
  lanes_->post(kConnectionLane, [closing = std::exchange(session_, nullptr),
                                 attempt = std::exchange(attempt_, nullptr)] {
    if (attempt) attempt->session.reset();
  });
  if (!lanes_->wait_idle(kGrace)) gateway_->interrupt();
  lanes_->stop();
}

}  // namespace hotseat::adapters::libvirt
