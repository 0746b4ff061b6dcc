// One connection to libvirt, with its events.
#pragma once

#include <libvirt/libvirt.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/libvirt/event_loop.h"
#include "adapters/libvirt/known_domains.h"
#include "adapters/libvirt/session.h"
#include "adapters/libvirt/socket.h"
#include "base/error.h"

namespace hotseat::adapters::libvirt {

// Opening, destroying and calls block; only for threads that may. Thread-safe once open.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Events come from the moment of opening. `loop` is the one libvirt runs on, kept turning by the
  // caller; `socket` can be interrupted from outside.
  static Expected<std::shared_ptr<Connection>> open(const std::string& uri, EventLoop& loop,
                                                    std::shared_ptr<Socket> socket,
                                                    Listener listener);
  // Quick when the socket was interrupted or is dead.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virConnectPtr raw() const { return raw_; }
  KnownDomains& domains() const { return *domains_; }
  bool alive() const { return virConnectIsAlive(raw_) == 1; }  // asks nobody

  // To be held around libvirt calls. The library reads a withheld socket itself while a call is
  // under way; the watch sleeps meanwhile, not to wake at every reply.
  class Call {
   public:
    explicit Call(Connection& connection) : connection_(connection) { connection_.begin_call(); }
    ~Call() { connection_.end_call(); }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Connection& connection_;
  };

 private:
  Connection(virConnectPtr raw, EventLoop& loop, std::shared_ptr<Socket> socket, Listener listener);

  Expected<void> listen();
  void watch();
  void drain();
  void begin_call();
  void end_call();

  virConnectPtr raw_;
  EventLoop& loop_;
  std::shared_ptr<Socket> socket_;
  std::shared_ptr<KnownDomains> domains_;
  std::shared_ptr<const Listener> listener_;
  std::vector<int> callbacks_;  // virConnectDomainEventRegisterAny
  bool told_of_close_ = false;

  std::mutex mutex_;  // guards both below
  int calls_ = 0;
  int watch_ = 0;  // handle of the loop; 0: the library watches for itself
};

// What libvirt said last on this thread.
Error last_error(std::string context, std::string object, std::string hint = {});

}  // namespace hotseat::adapters::libvirt
