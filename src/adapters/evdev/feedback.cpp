#include "adapters/evdev/feedback.h"

#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace hotseat::adapters::evdev {

namespace {

void write_events(int device, const input_event* events, std::size_t count) {
  if (device < 0 || count == 0) return;
  static_cast<void>(::write(device, events, count * sizeof(input_event)));
}

input_event event_of(unsigned type, unsigned code, int value) {
  input_event event{};
  event.type = static_cast<std::uint16_t>(type);
  event.code = static_cast<std::uint16_t>(code);
  event.value = value;
  return event;
}

}  // namespace

void Feedback::read(int clone, int device, bool shown) {
  std::array<input_event, 64> events{};
  for (;;) {
    const ssize_t size = ::read(clone, events.data(), sizeof(events));
    if (size <= 0) return;
    const auto count = static_cast<std::size_t>(size) / sizeof(input_event);
    for (std::size_t i = 0; i < count; ++i) take(events.at(i), clone, device, shown);
  }
}

void Feedback::take(const input_event& event, int clone, int device, bool shown) {
  if (event.type == EV_UINPUT && event.code == UI_FF_UPLOAD) {
    upload(clone, device, event.value);
  } else if (event.type == EV_UINPUT && event.code == UI_FF_ERASE) {
    erase(clone, device, event.value);
  } else if (event.type == EV_LED && event.code < LED_CNT) {
    leds_.at(event.code) = event.value != 0;
    knows_leds_ = true;
    if (shown) write_events(device, &event, 1);
  } else if (event.type == EV_FF && shown) {
    const auto known = effects_.find(event.code);
    // Gain and autocentre have codes of their own, beyond any effect's number.
    const unsigned code = event.code >= FF_GAIN     ? event.code
                          : known == effects_.end() ? FF_CNT
                                                    : static_cast<unsigned>(known->second);
    const input_event play = event_of(EV_FF, code, event.value);
    if (code < FF_CNT) write_events(device, &play, 1);
  } else if (event.type == EV_SND && shown) {
    write_events(device, &event, 1);
  }
}

// Documentation/input/uinput.rst: the request is fetched, carried out and answered. The caller, a
// game, waits for the answer.
void Feedback::upload(int clone, int device, std::int32_t request) {
  uinput_ff_upload upload{};
  upload.request_id = static_cast<std::uint32_t>(request);
  if (::ioctl(clone, UI_BEGIN_FF_UPLOAD, &upload) != 0) return;
  ff_effect effect = upload.effect;
  const int number = effect.id;
  const auto known = effects_.find(number);
  effect.id = known == effects_.end() ? std::int16_t{-1} : known->second;
  if (device < 0) {
    upload.retval = -ENODEV;
  } else if (::ioctl(device, EVIOCSFF, &effect) != 0) {
    upload.retval = -errno;
  } else {
    effects_[number] = effect.id;
    upload.retval = 0;
  }
  ::ioctl(clone, UI_END_FF_UPLOAD, &upload);
}

void Feedback::erase(int clone, int device, std::int32_t request) {
  uinput_ff_erase erase{};
  erase.request_id = static_cast<std::uint32_t>(request);
  if (::ioctl(clone, UI_BEGIN_FF_ERASE, &erase) != 0) return;
  const auto known = effects_.find(static_cast<int>(erase.effect_id));
  if (known != effects_.end()) {
    if (device >= 0) ::ioctl(device, EVIOCRMFF, static_cast<int>(known->second));
    effects_.erase(known);
  }
  erase.retval = 0;
  ::ioctl(clone, UI_END_FF_ERASE, &erase);
}

void Feedback::show(int device) const {
  std::array<input_event, LED_CNT + 1> frame{};
  for (unsigned led = 0; led < LED_CNT; ++led) {
    frame.at(led) = event_of(EV_LED, led, leds_.at(led) ? 1 : 0);  // those it lacks are ignored
  }
  frame.back() = event_of(EV_SYN, SYN_REPORT, 0);
  write_events(device, frame.data(), frame.size());
}

void Feedback::remember(const std::vector<unsigned>& lit) {
  for (const unsigned led : lit) leds_.at(led) = true;
  knows_leds_ = true;
}

void Feedback::hush(int device) const {
  for (const auto& [number, effect] : effects_) {
    const input_event stop = event_of(EV_FF, static_cast<unsigned>(effect), 0);
    write_events(device, &stop, 1);
  }
}

}  // namespace hotseat::adapters::evdev
