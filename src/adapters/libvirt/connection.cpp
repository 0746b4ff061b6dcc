#include "adapters/libvirt/connection.h"

#include <libvirt/virterror.h>
#include <poll.h>

#include <array>
#include <utility>

#include "adapters/libvirt/client_library.h"

namespace hotseat::adapters::libvirt {
namespace {

// Of remote URIs; the library's documentation suggests these (virsh -k, -K).
constexpr int kKeepAliveSeconds = 5;
constexpr unsigned kKeepAliveTries = 5;

using ListenerPtr = std::shared_ptr<const Listener>;

void tell(void* opaque, virDomainPtr domain, DomainEvent::Kind kind, const char* alias) {
  DomainEvent event;
  event.kind = kind;
  event.name = DomainName{virDomainGetName(domain)};
  std::array<char, VIR_UUID_STRING_BUFLEN> uuid{};
  if (virDomainGetUUIDString(domain, uuid.data()) == 0) event.uuid = uuid.data();
  if (alias != nullptr) event.alias = alias;
  (*static_cast<ListenerPtr*>(opaque))->event(std::move(event));
}

int on_lifecycle(virConnectPtr, virDomainPtr domain, int event, int /*detail*/, void* opaque) {
  const auto kind = lifecycle_kind(event);
  if (kind) tell(opaque, domain, *kind, nullptr);
  return 0;
}

void on_added(virConnectPtr, virDomainPtr domain, const char* alias, void* opaque) {
  tell(opaque, domain, DomainEvent::Kind::device_added, alias);
}

void on_removed(virConnectPtr, virDomainPtr domain, const char* alias, void* opaque) {
  tell(opaque, domain, DomainEvent::Kind::device_removed, alias);
}

void on_removal_failed(virConnectPtr, virDomainPtr domain, const char* alias, void* opaque) {
  tell(opaque, domain, DomainEvent::Kind::removal_failed, alias);
}

// Said of every edit of <title>, <description> or <metadata>, which may hold a hotkey.
void on_metadata(virConnectPtr, virDomainPtr domain, int /*type*/, const char* /*uri*/,
                 void* opaque) {
  tell(opaque, domain, DomainEvent::Kind::changed, nullptr);
}

void on_closed(virConnectPtr, int /*reason*/, void* opaque) {
  (*static_cast<ListenerPtr*>(opaque))->closed();
}

void free_listener(void* opaque) {
  delete static_cast<ListenerPtr*>(opaque);
}

struct Subscription {
  int id;
  virConnectDomainEventGenericCallback callback;
};

// A domain that is defined, undefined or renamed is told as changed.
Listener forgetting(std::shared_ptr<KnownDomains> domains, Listener listener) {
  auto event = std::move(listener.event);
  listener.event = [domains = std::move(domains), event = std::move(event)](DomainEvent told) {
    if (told.kind == DomainEvent::Kind::changed) domains->clear();
    event(std::move(told));
  };
  return listener;
}

// libvirt takes every kind of callback as this one type (VIR_DOMAIN_EVENT_CALLBACK in its header)
// and casts it back by its event's id. The detour says to the compiler that it is meant.
template <typename Callback>
virConnectDomainEventGenericCallback generic(Callback callback) {
  return reinterpret_cast<virConnectDomainEventGenericCallback>(
      reinterpret_cast<void (*)()>(callback));
}

}  // namespace

Error last_error(std::string context, std::string object, std::string hint) {
  const char* message = virGetLastErrorMessage();
  return {std::move(context), std::move(object), message != nullptr ? message : "unknown error",
          std::move(hint)};
}

Expected<std::shared_ptr<Connection>> Connection::open(const std::string& uri, EventLoop& loop,
                                                       std::shared_ptr<Socket> socket,
                                                       Listener listener) {
  virConnectPtr raw = nullptr;
  {
    const Opening scope(*socket);
    raw = virConnectOpen(uri.c_str());
  }
  if (raw == nullptr) {
    return fail(
        last_error("connect to libvirt", uri,
                   is_local(uri) ? "is libvirtd running? See: systemctl status libvirtd" : ""));
  }
  std::shared_ptr<Connection> connection(
      new Connection(raw, loop, std::move(socket), std::move(listener)));
  const Call call(*connection);
  if (auto listening = connection->listen(); !listening) return fail(listening.error());
  connection->watch();
  return connection;
}

Connection::Connection(virConnectPtr raw, EventLoop& loop, std::shared_ptr<Socket> socket,
                       Listener listener)
    : raw_(raw),
      loop_(loop),
      socket_(std::move(socket)),
      domains_(std::make_shared<KnownDomains>()),
      listener_(std::make_shared<const Listener>(forgetting(domains_, std::move(listener)))) {}

Expected<void> Connection::listen() {
  const std::array subscriptions{
      Subscription{VIR_DOMAIN_EVENT_ID_LIFECYCLE, generic(on_lifecycle)},
      Subscription{VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, generic(on_added)},
      Subscription{VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, generic(on_removed)},
      Subscription{VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED, generic(on_removal_failed)},
      Subscription{VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, generic(on_metadata)}};
  for (const auto& [id, callback] : subscriptions) {
    auto* opaque = new ListenerPtr(listener_);
    const int registered =
        virConnectDomainEventRegisterAny(raw_, nullptr, id, callback, opaque, free_listener);
    if (registered < 0) {
      free_listener(opaque);
      return fail(last_error("listen to libvirt's events", "", ""));
    }
    callbacks_.push_back(registered);
  }
  // Nobody frees this one: drivers inside this process take a close callback and forget it.
  told_of_close_ = virConnectRegisterCloseCallback(raw_, on_closed, &listener_, nullptr) == 0;
  // A peer on another machine may vanish without a word. Refused where there is no socket.
  if (!socket_->withheld()) virConnectSetKeepAlive(raw_, kKeepAliveSeconds, kKeepAliveTries);
  return {};
}

void Connection::watch() {
  if (!socket_->withheld() || socket_->fd() < 0) return;
  const auto on_ready = [&loop = loop_, listener = listener_, self = weak_from_this()](int id,
                                                                                       short) {
    loop.update_handle(id, 0);  // until drain() has run
    listener->readable([self] {
      if (const auto connection = self.lock()) connection->drain();
    });
  };
  const std::lock_guard lock(mutex_);
  watch_ = loop_.add_handle(socket_->fd(), 0, on_ready, {});
}

void Connection::begin_call() {
  const std::lock_guard lock(mutex_);
  if (calls_++ == 0 && watch_ != 0) loop_.update_handle(watch_, 0);
}

void Connection::end_call() {
  const std::lock_guard lock(mutex_);
  if (--calls_ == 0 && watch_ != 0 && alive()) loop_.update_handle(watch_, POLLIN);
}

// Makes the library read what is there, events or that the server is gone, by the cheapest call
// that goes to the server and back: whatever was sent before its answer has been read when it
// returns.
void Connection::drain() {
  {
    const Call call(*this);
    unsigned long version = 0;
    virConnectGetLibVersion(raw_, &version);
  }
  if (!alive()) listener_->closed();
}

Connection::~Connection() {
  if (watch_ != 0) loop_.remove_handle(watch_);
  for (const int id : callbacks_) virConnectDomainEventDeregisterAny(raw_, id);
  if (told_of_close_) virConnectUnregisterCloseCallback(raw_, on_closed);
  domains_->clear();
  virConnectClose(raw_);
}

}  // namespace hotseat::adapters::libvirt
