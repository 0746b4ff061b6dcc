#include "adapters/udev/reclaim.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace hotseat::adapters {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Loading a driver's module takes udev some hundred milliseconds on a busy machine.
constexpr milliseconds kPause{20};
constexpr int kPauses = 100;
// Deauthorizing waits for the device's lock: a control transfer that times out holds it 5 s
// (USB_CTRL_GET_TIMEOUT in include/linux/usb.h).
constexpr seconds kLimit{8};

Error describe(const UsbAddress& address, std::string reason, std::string hint) {
  return {"take the USB device back to the host", to_string(address), std::move(reason),
          std::move(hint)};
}

Error unplugged(const UsbAddress& address) {
  return describe(address, "it is not plugged in", "");
}

Expected<void> cut_off_and_readmit(const UsbTree& tree, const std::string& port) {
  auto cut_off = tree.authorize(port, false);
  if (!cut_off) return cut_off;
  return tree.authorize(port, true);
}

void offer(const UsbTree& tree, const UsbNode& node) {
  for (const UsbInterface& interface : node.interfaces) {
    // A refusal shows in what drives it afterwards.
    if (interface.driver.empty()) [[maybe_unused]]
      auto offered = tree.probe(interface);
  }
}

Expected<Reclaimed> wait_for_driver(const UsbTree& tree, const UsbAddress& address,
                                    const std::function<void()>& pause) {
  for (int pauses = 0;; ++pauses) {
    const auto node = tree.node_at(address);
    if (!node) return fail(unplugged(address));
    if (is_driven_by_host(*node)) return Reclaimed::driven;
    if (is_held_by_usbfs(*node)) {
      return fail(describe(address, "a program took it again at once",
                           "stop the virtual machine or program that uses it, or replug it"));
    }
    if (pauses == kPauses) return Reclaimed::unwanted;
    pause();
  }
}

}  // namespace

Expected<Reclaimed> reclaim_usb(const UsbTree& tree, const UsbAddress& address,
                                const std::function<void()>& pause) {
  const auto node = tree.node_at(address);
  if (!node) return fail(unplugged(address));
  if (is_driven_by_host(*node)) return Reclaimed::driven;
  if (is_held_by_usbfs(*node) || node->interfaces.empty()) {
    auto readmitted = cut_off_and_readmit(tree, node->port);
    if (!readmitted) return fail(readmitted.error());
  } else {
    offer(tree, *node);
  }
  return wait_for_driver(tree, address, pause);
}

Reclaimer::Reclaimer(UsbTree tree, ports::Clock& clock, ports::Dispatcher& dispatcher)
    : tree_(std::move(tree)), clock_(clock) {
  return_->owner = this;
  return_->dispatcher = &dispatcher;
}

Reclaimer::~Reclaimer() {
  std::lock_guard lock(return_->mutex);
  return_->owner = nullptr;
  return_->dispatcher = nullptr;
}

void Reclaimer::reclaim(const UsbAddress& address, ports::Completion<Reclaimed> done) {
  auto [entry, is_first] = under_way_.try_emplace(address);
  entry->second.waiting.push_back(std::move(done));
  if (!is_first) return;
  entry->second.limit = clock_.after(kLimit, [this, address] {
    answer(address,
           fail(describe(address, "the kernel is still waiting for the device", "replug it")));
  });
  std::thread([tree = tree_, address, back = return_] {
    auto result = reclaim_usb(tree, address, [] { std::this_thread::sleep_for(kPause); });
    std::lock_guard lock(back->mutex);
    if (back->dispatcher == nullptr) return;
    back->dispatcher->post([back, address, result = std::move(result)] {
      // Set and cleared on this thread, the loop's, only.
      if (back->owner != nullptr) back->owner->answer(address, result);
    });
  }).detach();
}

// An answer may come twice, from a thread that was given up and returned after all: the second one
// finds nobody waiting, or those who asked again meanwhile, and is as good for them.
void Reclaimer::answer(const UsbAddress& address, const Expected<Reclaimed>& result) {
  auto node = under_way_.extract(address);
  if (node.empty()) return;
  // May destroy this: nothing of it is touched from here on.
  for (auto& done : node.mapped().waiting) done(result);
}

}  // namespace hotseat::adapters
