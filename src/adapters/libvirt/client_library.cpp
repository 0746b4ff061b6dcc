#include "adapters/libvirt/client_library.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <poll.h>

#include <stdexcept>

namespace hotseat::adapters::libvirt {
namespace {

thread_local Socket* opening = nullptr;

short to_poll(int events) {
  int bits = 0;
  if ((events & VIR_EVENT_HANDLE_READABLE) != 0) bits |= POLLIN;
  if ((events & VIR_EVENT_HANDLE_WRITABLE) != 0) bits |= POLLOUT;
  return static_cast<short>(bits);
}

int from_poll(short bits) {
  int events = 0;
  if ((bits & POLLIN) != 0) events |= VIR_EVENT_HANDLE_READABLE;
  if ((bits & POLLOUT) != 0) events |= VIR_EVENT_HANDLE_WRITABLE;
  if ((bits & POLLHUP) != 0) events |= VIR_EVENT_HANDLE_HANGUP;
  if ((bits & (POLLERR | POLLNVAL)) != 0) events |= VIR_EVENT_HANDLE_ERROR;
  return events;
}

EventLoop::Free free_with(virFreeCallback free, void* opaque) {
  if (free == nullptr) return {};
  return [free, opaque] { free(opaque); };
}

int add_handle(int fd, int events, virEventHandleCallback fire, void* opaque,
               virFreeCallback free) {
  if (opening != nullptr) {
    opening->learn(fd);
    if (opening->withheld()) return -1;
  }
  const auto on_ready = [fd, fire, opaque](int id, short ready) {
    fire(id, fd, from_poll(ready), opaque);
  };
  return client_loop().add_handle(fd, to_poll(events), on_ready, free_with(free, opaque));
}

void update_handle(int id, int events) {
  client_loop().update_handle(id, to_poll(events));
}

int remove_handle(int id) {
  return client_loop().remove_handle(id) ? 0 : -1;
}

int add_timeout(int interval, virEventTimeoutCallback fire, void* opaque, virFreeCallback free) {
  return client_loop().add_timeout(
      interval, [fire, opaque](int id) { fire(id, opaque); }, free_with(free, opaque));
}

void update_timeout(int id, int interval) {
  client_loop().update_timeout(id, interval);
}

int remove_timeout(int id) {
  return client_loop().remove_timeout(id) ? 0 : -1;
}

EventLoop* registered_loop() {
  auto* loop = new EventLoop;
  // Unset, the library prints every error to stderr as well.
  virSetErrorFunc(nullptr, [](void*, virErrorPtr) {});
  if (virInitialize() < 0) throw std::runtime_error("libvirt does not initialise");
  virEventRegisterImpl(add_handle, update_handle, remove_handle, add_timeout, update_timeout,
                       remove_timeout);
  return loop;
}

}  // namespace

EventLoop& client_loop() {
  static EventLoop* const loop = registered_loop();
  return *loop;
}

Opening::Opening(Socket& socket) {
  opening = &socket;
}

Opening::~Opening() {
  opening = nullptr;
}

bool is_local(const std::string& uri) {
  const auto scheme_end = uri.find("://");
  if (scheme_end == std::string::npos) return false;
  const auto plus = uri.substr(0, scheme_end).find('+');
  const bool stays =
      plus == std::string::npos || uri.compare(plus + 1, scheme_end - plus - 1, "unix") == 0;
  const auto host = scheme_end + 3;
  return stays && (host == uri.size() || uri[host] == '/');
}

}  // namespace hotseat::adapters::libvirt
