#include "adapters/udev/input_nodes.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "adapters/udev/by_id.h"

namespace hotseat::adapters {

namespace {

struct UnrefAll {
  void operator()(sd_device_enumerator* all) const { sd_device_enumerator_unref(all); }
};

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

std::string attribute(sd_device* device, const char* name) {
  const char* value = nullptr;
  if (device == nullptr || sd_device_get_sysattr_value(device, name, &value) < 0) return "";
  return value;
}

std::uint16_t hex_attribute(sd_device* device, const char* name) {
  const std::string text = attribute(device, name);
  std::uint16_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

sd_device* parent(sd_device* device, const char* subsystem, const char* type) {
  sd_device* found = nullptr;
  if (sd_device_get_parent_with_subsystem_devtype(device, subsystem, type, &found) < 0)
    return nullptr;
  return found;
}

// The router's clones say whose they are in the place of where they are attached.
bool is_clone(const InputNode& node) {
  return node.phys.starts_with("hotseat/");
}

std::optional<InputNode> node_of(sd_device* event) {
  const char* devname = nullptr;
  sd_device* input = parent(event, "input", nullptr);
  if (input == nullptr || sd_device_get_devname(event, &devname) < 0) return std::nullopt;
  InputNode node;
  node.phys = attribute(input, "phys");
  if (is_clone(node)) return std::nullopt;
  node.node = devname;
  node.name = attribute(input, "name");
  node.address = attribute(input, "uniq");
  node.id = {hex_attribute(input, "id/vendor"), hex_attribute(input, "id/product")};
  if (sd_device* usb = parent(event, "usb", "usb_device")) {
    const char* port = nullptr;
    if (sd_device_get_sysname(usb, &port) >= 0) node.port = port;
    node.serial = attribute(usb, "serial");
  }
  node.by_id = by_id_names(event);
  std::sort(node.by_id.begin(), node.by_id.end());
  return node;
}

std::string path_of(sd_device* device) {
  const char* path = nullptr;
  return sd_device_get_devpath(device, &path) < 0 ? "" : path;
}

}  // namespace

UdevInputNodes::UdevInputNodes(sd_event* event)
    : monitor_(
          event, {"input"}, [this](const Uevent& uevent) { on_uevent(uevent); },
          [this] { read_all(); }) {
  // At the priority of idle work it is told when all uevents that are queued have been read.
  auto on_idle = [](sd_event_source*, void* nodes) {
    static_cast<UdevInputNodes*>(nodes)->tell();
    return 0;
  };
  sd_event_source* source = nullptr;
  check(sd_event_add_defer(event, &source, on_idle, this), "sd_event_add_defer");
  tell_.reset(source);
  check(sd_event_source_set_priority(source, SD_EVENT_PRIORITY_IDLE),
        "sd_event_source_set_priority");
  check(sd_event_source_set_enabled(source, SD_EVENT_OFF), "sd_event_source_set_enabled");
}

UdevInputNodes::~UdevInputNodes() = default;

void UdevInputNodes::observe(std::function<void(const std::vector<InputNode>&)> changed) {
  changed_ = std::move(changed);
  read_all();
}

// What udev is through with, of the devices whose nodes are not hotseat's own.
void UdevInputNodes::read_all() {
  nodes_.clear();
  tell_soon();
  sd_device_enumerator* raw = nullptr;
  if (sd_device_enumerator_new(&raw) < 0) return;
  const std::unique_ptr<sd_device_enumerator, UnrefAll> all(raw);
  if (sd_device_enumerator_add_match_subsystem(raw, "input", 1) < 0 ||
      sd_device_enumerator_add_match_sysname(raw, "event*") < 0) {
    return;
  }
  // Without allow_uninitialized only devices that udev is through with are listed.
  for (sd_device* device = sd_device_enumerator_get_device_first(raw); device != nullptr;
       device = sd_device_enumerator_get_device_next(raw)) {
    if (auto node = node_of(device)) nodes_[path_of(device)] = *std::move(node);
  }
}

// Of the one that it is about alone: a keyboard has half a dozen, and to read all devices for each
// is a good part of what a switch takes. One that has gone already is not there.
void UdevInputNodes::on_uevent(const Uevent& uevent) {
  const char* name = nullptr;
  if (sd_device_get_sysname(uevent.device, &name) < 0) return;
  if (!std::string_view(name).starts_with("event")) return;
  auto node = uevent.action == "remove" ? std::nullopt : node_of(uevent.device);
  if (node) {
    nodes_[uevent.devpath] = *std::move(node);
  } else {
    nodes_.erase(uevent.devpath);
  }
  tell_soon();
}

void UdevInputNodes::tell_soon() {
  if (changed_) sd_event_source_set_enabled(tell_.get(), SD_EVENT_ONESHOT);
}

void UdevInputNodes::tell() {
  std::vector<InputNode> all;
  all.reserve(nodes_.size());
  for (const auto& [path, node] : nodes_) all.push_back(node);
  if (told_ == all) return;
  told_ = all;
  changed_(all);
}

}  // namespace hotseat::adapters
