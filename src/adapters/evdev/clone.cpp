#include "adapters/evdev/clone.h"

#include <fcntl.h>
#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <map>
#include <system_error>
#include <utility>

#include "adapters/evdev/sysfs.h"
#include "domain/input_event.h"

namespace hotseat::adapters::evdev {

namespace {

namespace fs = std::filesystem;

constexpr const char* kUinput = "/dev/uinput";
constexpr const char* kHostPhys = "hotseat/host/";
constexpr const char* kGuestPhys = "hotseat/guest/";

Error failed(const std::string& name, int number) {
  std::string hint = "modprobe uinput";
  if (number == EACCES || number == EPERM) {
    hint = "hotseatd must run as root with DeviceAllow=/dev/uinput rw; see hotseatd(8)";
  }
  return {"make the virtual input device " + name, kUinput, std::generic_category().message(number),
          hint};
}

// "input17", the name of a uinput device below /sys/devices/virtual/input.
std::string sysname_of(int fd) {
  std::array<char, 64> name{};
  if (::ioctl(fd, UI_GET_SYSNAME(name.size()), name.data()) < 0) return "";
  return name.data();
}

fs::path sysfs_of(int fd) {
  const std::string name = sysname_of(fd);
  return name.empty() ? fs::path() : fs::path("/sys/devices/virtual/input") / name;
}

std::string node_of(int fd) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(sysfs_of(fd), ignored)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("event")) return "/dev/input/" + name;
  }
  return "";
}

// Not libevdev_uinput: its devices end with the process, and clones must outlive it.
class Maker {
 public:
  Maker(int fd, const libevdev* source, bool of_host)
      : fd_(fd), source_(source), of_host_(of_host) {}

  // 0, or errno.
  int make(const std::string& phys) {
    call(UI_SET_PHYS, phys.c_str());
    copy_properties();
    copy_codes();
    copy_axes();
    set_up();
    call(UI_DEV_CREATE, 0);
    return error_;
  }

 private:
  template <typename Argument>
  void call(unsigned long request, Argument argument) {
    if (error_ == 0 && ::ioctl(fd_, request, argument) != 0) error_ = errno;
  }

  void copy_properties() {
    for (unsigned property = 0; property < INPUT_PROP_CNT; ++property) {
      if (libevdev_has_property(source_, property) != 0) call(UI_SET_PROPBIT, property);
    }
  }

  // A guest's clone has no EV_MSC: it would go round for ever. A Linux guest says such an event
  // back to its device (input_get_event_disposition in drivers/input/input.c), QEMU writes it to
  // the clone (virtio_input_host_handle_status in hw/input/virtio-input-host.c) and reads it there
  // again. After some dozens of keys a frame is longer than the guest's queue, and QEMU drops it.
  void copy_codes() {
    constexpr std::array<std::pair<unsigned, unsigned long>, 8> kTypes{{{EV_KEY, UI_SET_KEYBIT},
                                                                        {EV_REL, UI_SET_RELBIT},
                                                                        {EV_ABS, UI_SET_ABSBIT},
                                                                        {EV_MSC, UI_SET_MSCBIT},
                                                                        {EV_SW, UI_SET_SWBIT},
                                                                        {EV_LED, UI_SET_LEDBIT},
                                                                        {EV_SND, UI_SET_SNDBIT},
                                                                        {EV_FF, UI_SET_FFBIT}}};
    for (const auto& [type, request] : kTypes) {
      if (libevdev_has_event_type(source_, type) == 0) continue;
      if (type == EV_MSC && !of_host_) continue;
      call(UI_SET_EVBIT, type);
      const int last = libevdev_event_type_get_max(type);
      for (int code = 0; code <= last; ++code) {
        if (libevdev_has_event_code(source_, type, static_cast<unsigned>(code)) != 0) {
          call(request, code);
        }
      }
    }
    // The kernel repeats a clone's keys by itself, until they are released there.
    if (libevdev_has_event_type(source_, EV_REP) != 0) call(UI_SET_EVBIT, EV_REP);
  }

  void copy_axes() {
    for (unsigned axis = 0; axis < ABS_CNT; ++axis) {
      const input_absinfo* info = libevdev_get_abs_info(source_, axis);
      if (info == nullptr) continue;
      uinput_abs_setup setup{};
      setup.code = static_cast<std::uint16_t>(axis);
      setup.absinfo = *info;
      call(UI_ABS_SETUP, &setup);
    }
  }

  void set_up() {
    uinput_setup setup{};
    setup.id.bustype = static_cast<std::uint16_t>(libevdev_get_id_bustype(source_));
    setup.id.vendor = static_cast<std::uint16_t>(libevdev_get_id_vendor(source_));
    setup.id.product = static_cast<std::uint16_t>(libevdev_get_id_product(source_));
    setup.id.version = static_cast<std::uint16_t>(libevdev_get_id_version(source_));
    const std::string name = libevdev_get_name(source_);
    name.copy(static_cast<char*>(setup.name), UINPUT_MAX_NAME_SIZE - 1);
    setup.ff_effects_max = effects();
    call(UI_DEV_SETUP, &setup);
  }

  // How many force feedback effects the device can keep.
  unsigned effects() const {
    int count = 0;
    if (libevdev_has_event_type(source_, EV_FF) == 0) return 0;
    if (::ioctl(libevdev_get_fd(source_), EVIOCGEFFECTS, &count) != 0) return 0;
    return static_cast<unsigned>(count);
  }

  int fd_;
  const libevdev* source_;
  bool of_host_;
  int error_ = 0;
};

}  // namespace

std::string phys_of(const CloneIdentity& identity) {
  return (identity.of_host ? kHostPhys : kGuestPhys) + identity.name;
}

std::optional<CloneIdentity> identity_in(const std::string& phys) {
  for (const bool of_host : {true, false}) {
    const std::string_view prefix = of_host ? kHostPhys : kGuestPhys;
    if (phys.starts_with(prefix)) return CloneIdentity{of_host, phys.substr(prefix.size())};
  }
  return std::nullopt;
}

Expected<std::unique_ptr<Clone>> Clone::create(const CloneIdentity& identity,
                                               const libevdev* source) {
  UniqueFd fd(::open(kUinput, O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return fail(failed(identity.name, errno));
  Maker maker(fd.get(), source, identity.of_host);
  if (const int error = maker.make(phys_of(identity)); error != 0) {
    return fail(failed(identity.name, error));
  }
  std::string node = node_of(fd.get());
  return std::unique_ptr<Clone>(new Clone(identity, std::move(fd), std::move(node)));
}

std::unique_ptr<Clone> Clone::adopt(UniqueFd fd) {
  const fs::path sysfs = sysfs_of(fd.get());
  if (sysfs.empty()) return nullptr;
  auto identity = identity_in(line_in(sysfs / "phys"));
  if (!identity) return nullptr;
  std::string node = node_of(fd.get());
  ::fcntl(fd.get(), F_SETFL, O_RDWR | O_NONBLOCK);
  std::unique_ptr<Clone> clone(new Clone(*std::move(identity), std::move(fd), std::move(node)));
  clone->is_adopted_ = true;
  return clone;
}

Clone::Clone(CloneIdentity identity, UniqueFd fd, std::string node)
    : identity_(std::move(identity)), fd_(std::move(fd)), node_(std::move(node)) {}

std::optional<Capabilities> Clone::capabilities() const {
  return capabilities_in(sysfs_of(fd()));
}

// In sysfs (input17::capslock/brightness; drivers/input/input-leds.c), for to open the node and to
// close it again takes a grace period of the kernel.
std::optional<std::vector<unsigned>> Clone::lit_leds() const {
  static const std::map<std::string, unsigned> names{
      {"numlock", LED_NUML},    {"capslock", LED_CAPSL},   {"scrolllock", LED_SCROLLL},
      {"compose", LED_COMPOSE}, {"kana", LED_KANA},        {"sleep", LED_SLEEP},
      {"suspend", LED_SUSPEND}, {"mute", LED_MUTE},        {"misc", LED_MISC},
      {"mail", LED_MAIL},       {"charging", LED_CHARGING}};
  std::optional<std::vector<unsigned>> lit;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(sysfs_of(fd()), ignored)) {
    const std::string name = entry.path().filename();
    const auto colons = name.find("::");
    if (colons == std::string::npos) continue;
    const auto led = names.find(name.substr(colons + 2));
    const std::string brightness = line_in(entry.path() / "brightness");
    if (led == names.end() || brightness.empty()) continue;
    if (!lit) lit.emplace();
    if (brightness != "0") lit->push_back(led->second);
  }
  return lit;
}

// The kernel passes on what changes something and drops the rest (input_get_disposition and
// input_handle_abs_event in drivers/input/input.c), so that all keys can be said to be up, and all
// fingers, in however many slots, to be gone.
void Clone::release_everything() const {
  constexpr int kSlots = 64;  // as the router has them
  std::vector<InputEvent> frame;
  for (std::uint16_t code = 0; code < codes::kKeyCount; ++code) {
    frame.push_back({0, 0, codes::kKey, code, codes::kReleased});
  }
  for (int slot = 0; slot < kSlots; ++slot) {
    frame.push_back({0, 0, codes::kAbs, codes::kAbsMtSlot, slot});
    frame.push_back({0, 0, codes::kAbs, codes::kAbsMtTrackingId, -1});
  }
  frame.emplace_back();
  // A target that does not read cannot make this wait: the descriptor is non-blocking.
  static_cast<void>(::write(fd(), frame.data(), frame.size() * sizeof(InputEvent)));
}

bool Clone::is_grabbed() const {
  const UniqueFd probe(::open(node_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!probe) return false;
  return ::ioctl(probe.get(), EVIOCGRAB, 1) != 0 && errno == EBUSY;
}

Expected<void> CloneLinks::set(const std::string& name, const std::string& node) const {
  std::error_code error;
  fs::create_directories(directory_, error);
  const fs::path link = directory_ / name;
  const fs::path wanted = fs::path("..") / fs::path(node).filename();
  if (fs::is_symlink(link, error)) {
    if (fs::read_symlink(link, error) == wanted) return {};
    fs::remove(link, error);
  }
  fs::create_symlink(wanted, link, error);
  if (!error) return {};
  return fail({"name the virtual input device", link.string(), error.message(),
               "see to it that nothing else has this name"});
}

void CloneLinks::remove(const std::string& name, const std::string& node) const {
  std::error_code ignored;
  const fs::path link = directory_ / name;
  if (fs::read_symlink(link, ignored) == fs::path("..") / fs::path(node).filename()) {
    fs::remove(link, ignored);
  }
}

}  // namespace hotseat::adapters::evdev
