#include "adapters/udev/usb_devices.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "adapters/udev/by_id.h"

namespace hotseat::adapters {

namespace {

using std::chrono::milliseconds;

// A GPU that is rebound brings its connectors and I2C buses one by one over some 100 ms.
constexpr milliseconds kDisplayQuiet{200};

// Looks at a device that lost its driver: after 10, 20, 40 … 1280 ms, 2.5 s in all. QEMU takes a
// few milliseconds from taking the driver away to claiming the interfaces, udev a second at worst
// to load a driver.
constexpr milliseconds kFirstLook{10};
constexpr int kLooks = 8;

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

}  // namespace

UdevUsbDevices::UdevUsbDevices(sd_event* event, ports::Clock& clock, ports::Dispatcher& dispatcher,
                               const std::filesystem::path& sys_dir, UdevLookup lookup)
    : clock_(clock),
      tree_(sys_dir),
      roster_(tree_, std::move(lookup)),
      reclaimer_(tree_, clock, dispatcher),
      display_(clock, kDisplayQuiet,
               [this] {
                 if (display_changed_) display_changed_();
               }),
      look_(new_look(event, this)),
      monitor_(
          event, {"usb", "input", "i2c-dev", "drm"},
          [this](const Uevent& uevent) { on_uevent(uevent); }, [this] { on_overrun(); }) {}

UdevUsbDevices::~UdevUsbDevices() = default;

// Uevents come in bursts, each read in a turn of the loop of its own. At the priority of idle work
// the look comes when all that are queued have been read.
UdevUsbDevices::Source UdevUsbDevices::new_look(sd_event* event, UdevUsbDevices* self) {
  auto on_idle = [](sd_event_source*, void* devices) {
    static_cast<UdevUsbDevices*>(devices)->look();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_defer(event, &source, on_idle, self), "sd_event_add_defer");
  Source look(source);
  check(sd_event_source_set_priority(source, SD_EVENT_PRIORITY_IDLE),
        "sd_event_source_set_priority");
  check(sd_event_source_set_enabled(source, SD_EVENT_OFF), "sd_event_source_set_enabled");
  return look;
}

void UdevUsbDevices::observe(std::function<void(const std::vector<UsbDevice>&)> changed) {
  changed_ = std::move(changed);
  look_soon();
}

std::optional<UsbDriver> UdevUsbDevices::driver_now(const UsbAddress& address) const {
  const auto driver = roster_.driver_now(address);
  if (!told_) return driver;
  auto told = std::find_if(told_->begin(), told_->end(),
                           [&](const UsbDevice& device) { return device.address == address; });
  const bool was_there = told != told_->end();
  const bool is_news = was_there ? driver != told->driver : driver.has_value();
  if (was_there && is_news) news_.try_emplace(told->port);
  if (is_news) look_soon();
  return driver;
}

void UdevUsbDevices::on_display_change(std::function<void()> changed) {
  display_changed_ = std::move(changed);
}

void UdevUsbDevices::on_uevent(const Uevent& uevent) {
  if (uevent.subsystem == "i2c-dev" || uevent.subsystem == "drm") {
    display_.stir();
    return;
  }
  const std::string port = port_in(uevent.devpath);
  if (!port.empty()) {
    PortNews& news = news_[port];
    const bool came_or_went = uevent.action == "add" || uevent.action == "remove";
    news.interfaces = news.interfaces || (uevent.subsystem == "usb" && came_or_went);
    if (uevent.subsystem == "input" && uevent.action != "remove") {
      for (std::string& name : by_id_names(uevent.device)) news.by_id.insert(std::move(name));
    }
  }
  look_afresh();
}

// Anything may have happened, to any device.
void UdevUsbDevices::on_overrun() {
  for (const std::string& port : tree_.ports()) news_[port].anything = true;
  display_.stir();
  look_afresh();
}

void UdevUsbDevices::look_afresh() {
  looks_ = 0;
  look_soon();
}

void UdevUsbDevices::look_soon() const {
  if (changed_) sd_event_source_set_enabled(look_.get(), SD_EVENT_ONESHOT);
}

void UdevUsbDevices::look() {
  auto devices = roster_.refresh(std::exchange(news_, {}));
  look_again_later();
  if (told_ == devices) return;
  told_ = devices;
  changed_(devices);
}

void UdevUsbDevices::look_again_later() {
  next_look_.reset();
  if (!roster_.is_waiting() || looks_ > kLooks) return;
  if (looks_ == kLooks) {
    ++looks_;  // said once, until the next uevent
    roster_.stop_waiting();
    look_soon();
    return;
  }
  next_look_ = clock_.after(kFirstLook * (1 << looks_++), [this] { look(); });
}

void UdevUsbDevices::reclaim(const UsbAddress& address, ports::Done done) {
  reclaimer_.reclaim(address,
                     [this, address, done = std::move(done)](const Expected<Reclaimed>& result) {
                       reclaimed(address, result, done);
                     });
}

void UdevUsbDevices::reclaimed(const UsbAddress& address, const Expected<Reclaimed>& result,
                               const ports::Done& done) {
  Expected<void> answer;
  if (!result) {
    answer = fail(result.error());
  } else if (*result == Reclaimed::unwanted) {
    if (roster_.driver_now(address) == UsbDriver::none) {
      answer = fail({"take the USB device back to the host", to_string(address),
                     "no driver of the host took it", "replug it; see dmesg for the reason"});
    }
    roster_.not_wanted(address);
  }
  look_soon();
  done(std::move(answer));
}

}  // namespace hotseat::adapters
