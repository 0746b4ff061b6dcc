// The blocking side of the adapter as the engine sees it: a connection to libvirt and the calls on
// it. An interface so that the engine can be tested without libvirt.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/libvirt/domain_state.h"
#include "adapters/libvirt/domain_table.h"
#include "base/error.h"
#include "domain/usb.h"

namespace hotseat::adapters::libvirt {

// Called from any thread, with the client library's locks held: hand over and return.
struct Listener {
  std::function<void(DomainEvent)> event;
  std::function<void()> closed;  // may come more than once, or be missed: see Session::alive()
  // Something has come in: the given function is to be called, once, on a thread that may block.
  std::function<void(std::function<void()>)> readable;
};

struct Reading {
  bool failed = false;                   // could not be read
  std::optional<DomainSnapshot> domain;  // else: nothing means libvirt knows it no more
};

enum class Verdict {
  done,
  pending,  // a removal has been asked for; an event will tell
  failed,
};

struct Answer {
  Verdict verdict = Verdict::done;
  Error error;                        // when failed
  std::string uuid;                   // of the domain; empty: there is none of this name
  std::optional<DomainSnapshot> now;  // the domain as found, when the call had to look
};

using Progress = std::function<void(const std::string&)>;

// Everything but alive() blocks, and is for worker threads only; several may call at a time.
class Session {
 public:
  virtual ~Session() = default;  // closes; blocks too

  // Every domain, with the USB devices of the active ones.
  virtual Expected<std::vector<DomainSnapshot>> read_all() = 0;
  virtual Reading read(const std::string& uuid) = 0;
  virtual Answer start(const DomainName& name, const Progress& progress) = 0;
  virtual Answer attach(const DomainName& name, const UsbAddress& address,
                        const std::string& alias) = 0;
  virtual Answer detach(const DomainName& name, const std::string& alias) = 0;

  // False once the connection is known to be broken, after which every call fails at once.
  virtual bool alive() const = 0;
};

class Gateway {
 public:
  virtual ~Gateway() = default;

  // Blocks. Events are told from here on.
  virtual Expected<std::shared_ptr<Session>> open(Listener listener) = 0;
  // From any thread: whatever blocks in open() or in a call of the latest session fails soon.
  virtual void interrupt() = 0;
};

}  // namespace hotseat::adapters::libvirt
