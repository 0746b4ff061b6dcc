#include "adapters/evdev/device.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

#include "domain/held_keys.h"

namespace hotseat::adapters::evdev {

namespace {

// struct input_event and InputEvent are the same bytes: events are never copied from one to the
// other.
static_assert(sizeof(input_event) == sizeof(InputEvent));
static_assert(offsetof(input_event, type) == offsetof(InputEvent, type));
static_assert(offsetof(input_event, value) == offsetof(InputEvent, value));
static_assert(KEY_CNT == codes::kKeyCount && ABS_CNT == codes::kAbsCount);
static_assert(SW_CNT == codes::kSwCount);

Error failed(const std::string& node, int number) {
  std::string hint;
  if (number == EACCES || number == EPERM) {
    hint = "hotseatd must run as root with DeviceAllow=char-input rw; see hotseatd(8)";
  }
  return {"open the input device", node, std::generic_category().message(number), std::move(hint)};
}

template <std::size_t Bytes>
bool bit(const std::array<unsigned char, Bytes>& bits, unsigned number) {
  return (bits[number / 8] >> (number % 8) & 1) != 0;
}

}  // namespace

Expected<std::unique_ptr<Device>> Device::open(const std::string& node) {
  UniqueFd fd(::open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return fail(failed(node, errno));
  libevdev* description = nullptr;
  if (const int result = libevdev_new_from_fd(fd.get(), &description); result < 0) {
    return fail(failed(node, -result));
  }
  std::unique_ptr<Device> device(new Device(node, std::move(fd), description));
  const int clock = CLOCK_MONOTONIC;
  if (::ioctl(device->fd(), EVIOCSCLOCKID, &clock) != 0) return fail(failed(node, errno));
  return device;
}

Device::Device(std::string node, UniqueFd fd, libevdev* description)
    : node_(std::move(node)), fd_(std::move(fd)), description_(description) {}

bool Device::says_anything() const {
  for (const unsigned type : {EV_KEY, EV_REL, EV_ABS, EV_SW}) {
    if (libevdev_has_event_type(description_.get(), type) != 0) return true;
  }
  return false;
}

bool Device::has_key(KeyCode code) const {
  return libevdev_has_event_code(description_.get(), EV_KEY, code) != 0;
}

std::optional<std::string> Device::held_key() const {
  Router::DeviceState state;
  static_cast<void>(ask_state(state));
  for (unsigned code = 0; code < KEY_CNT; ++code) {
    if (!state.down[code] || !must_be_let_go(static_cast<KeyCode>(code))) continue;
    const char* name = libevdev_event_code_get_name(EV_KEY, code);
    return name == nullptr ? "key " + std::to_string(code) : name;
  }
  return std::nullopt;
}

// Sticks, triggers and hats of joysticks and gamepads; a throttle or a wheel stays where it is put.
bool Device::springs_back(unsigned axis) const {
  const bool is_stick = libevdev_has_event_code(description_.get(), EV_KEY, BTN_GAMEPAD) != 0 ||
                        libevdev_has_event_code(description_.get(), EV_KEY, BTN_JOYSTICK) != 0;
  return is_stick && (axis <= ABS_RZ || axis == ABS_GAS || axis == ABS_BRAKE ||
                      (axis >= ABS_HAT0X && axis <= ABS_HAT3Y));
}

bool Device::ask_state(Router::DeviceState& state) const {
  std::array<unsigned char, (KEY_CNT + 7) / 8> keys{};
  if (::ioctl(fd(), EVIOCGKEY(keys.size()), keys.data()) < 0) return false;
  for (unsigned code = 0; code < KEY_CNT; ++code) state.down[code] = bit(keys, code);
  for (unsigned axis = 0; axis <= ABS_MT_SLOT; ++axis) {
    if (libevdev_has_event_code(description_.get(), EV_ABS, axis) == 0) continue;
    input_absinfo info{};
    if (::ioctl(fd(), EVIOCGABS(axis), &info) < 0) return false;
    state.has_axis.set(axis);
    state.axis[axis] = info.value;
    state.springs_back[axis] = springs_back(axis);
  }
  return ask_switches(state);
}

bool Device::ask_switches(Router::DeviceState& state) const {
  if (libevdev_has_event_type(description_.get(), EV_SW) == 0) return true;
  std::array<unsigned char, (SW_CNT + 7) / 8> switches{};
  if (::ioctl(fd(), EVIOCGSW(switches.size()), switches.data()) < 0) return false;
  for (unsigned code = 0; code < SW_CNT; ++code) {
    state.has_switch[code] = libevdev_has_event_code(description_.get(), EV_SW, code) != 0;
    state.switched_on[code] = bit(switches, code);
  }
  return true;
}

int Device::grab() const {
  return ::ioctl(fd(), EVIOCGRAB, 1) == 0 ? 0 : errno;
}

int Device::give_back() const {
  return ::ioctl(fd(), EVIOCGRAB, 0) == 0 ? 0 : errno;
}

}  // namespace hotseat::adapters::evdev
