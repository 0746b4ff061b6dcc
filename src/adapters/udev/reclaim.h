// Taking a USB device back from whoever has it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/udev/usb_tree.h"
#include "base/error.h"
#include "domain/usb.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::adapters {

enum class Reclaimed {
  driven,    // a driver of the host has it
  unwanted,  // nobody has it any more, and no driver of the host took it
};

// Blocks, in the kernel too: for a thread of its own. The mildest means first: a device that merely
// lost its driver is offered to the host's drivers; only one that a program holds is deauthorized
// and authorized again. `pause` waits a little and is called a bounded number of times, as drivers
// may have to be loaded.
Expected<Reclaimed> reclaim_usb(const UsbTree& tree, const UsbAddress& address,
                                const std::function<void()>& pause);

// The same without blocking. Loop thread only.
class Reclaimer {
 public:
  Reclaimer(UsbTree tree, ports::Clock& clock, ports::Dispatcher& dispatcher);
  ~Reclaimer();  // does not wait for what is under way, nor let it call back
  Reclaimer(const Reclaimer&) = delete;
  Reclaimer& operator=(const Reclaimer&) = delete;

  // Answers in bounded time, also when the kernel does not return from it.
  void reclaim(const UsbAddress& address, ports::Completion<Reclaimed> done);

 private:
  struct UnderWay {
    std::vector<ports::Completion<Reclaimed>> waiting;
    std::unique_ptr<ports::Timer> limit;
  };
  // What a thread reaches us through. A thread may be stuck in the kernel for ever, so it is not
  // joined, and everything it touches is its own or in here.
  struct Return {
    std::mutex mutex;            // guards owner and dispatcher
    Reclaimer* owner = nullptr;  // none: destroyed
    ports::Dispatcher* dispatcher = nullptr;
  };

  void answer(const UsbAddress& address, const Expected<Reclaimed>& result);

  UsbTree tree_;
  ports::Clock& clock_;
  std::map<UsbAddress, UnderWay> under_way_;
  std::shared_ptr<Return> return_ = std::make_shared<Return>();
};

}  // namespace hotseat::adapters
