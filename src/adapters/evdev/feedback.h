// What targets send to a device: lock LEDs and force feedback. Not for the router's thread: nobody
// aims by a LED.
#pragma once

#include <linux/input.h>

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace hotseat::adapters::evdev {

// Of one clone. Loop thread only.
class Feedback {
 public:
  // Reads all that the target has sent. What is to be shown goes to the device when `shown`, that
  // is while the target has the seat; `device` is -1 while it is unplugged.
  void read(int clone, int device, bool shown);
  // The target has got the seat: the device shows its LEDs.
  void show(int device) const;
  // What the target has said to an earlier hotseatd.
  void remember(const std::vector<unsigned>& lit);
  // A target may never have said anything of its LEDs.
  bool knows_leds() const { return knows_leds_; }
  // The target has lost the seat: nothing of its goes on shaking.
  void hush(int device) const;
  // Another device is there, or none: it knows none of the effects.
  void forget_effects() { effects_.clear(); }

 private:
  void upload(int clone, int device, std::int32_t request);
  void erase(int clone, int device, std::int32_t request);
  void take(const input_event& event, int clone, int device, bool shown);

  std::array<bool, LED_CNT> leds_{};
  bool knows_leds_ = false;
  std::map<int, std::int16_t> effects_;  // the target's number for an effect: the device's
};

}  // namespace hotseat::adapters::evdev
