#include "importers/virtkvm.h"

#include <optional>
#include <string>
#include <utility>

#include "domain/guest_inputs.h"
#include "importers/draft.h"
#include "importers/web_draft.h"
#include "importers/yaml.h"
#include "importers/yaml_settings.h"

namespace hotseat::importers {

namespace {

using Setting = YamlSettings::Setting;

constexpr const char* kElsewhere = "HTTP is answered by hotseat-web, which has a file of its own";
constexpr const char* kInstead =
    "import again with --web-toml /etc/hotseat/web.toml, which is written then";

class VirtkvmImport {
 public:
  VirtkvmImport(const File& file, bool with_web)
      : draft_("virtkvm's " + file.name),
        yaml_(file, draft_),
        with_web_(with_web),
        web_("virtkvm's " + file.name, draft_) {}

  Expected<Imported> run(const YamlNode& root) && {
    // What names the guest comes first, wherever it stands.
    std::optional<Setting> http, devices, displays, commands, kvm, evdev;
    const auto keep = [](std::optional<Setting>& place) {
      return [&place](const Setting& setting) { place = setting; };
    };
    yaml_.each(yaml_.root(root), {{"libvirt", [this](const Setting& it) { take_libvirt(it); }},
                                  {"http", keep(http)},
                                  {"kvm", keep(kvm)},
                                  {"evdev", keep(evdev)},
                                  {"devices", keep(devices)},
                                  {"displays", keep(displays)},
                                  {"commands", keep(commands)}});
    if (guest_ == nullptr) draft_.choose("there is no guest; add a table [guest.NAME] for it");
    if (http) take_http(*http);
    if (kvm) take_kvm(*kvm);
    if (evdev) take_evdev(*evdev);
    if (devices) take_devices(*devices);
    if (displays) take_displays(*displays);
    if (commands) take_commands(*commands);
    auto web_toml = web_.text();
    if (!web_toml) return fail(web_toml.error());
    auto imported = std::move(draft_).finish();
    if (!imported) return imported;
    imported->web_toml = *std::move(web_toml);
    for (Choice& choice : web_.choices()) imported->choices.push_back(std::move(choice));
    return imported;
  }

 private:
  void take_libvirt(const Setting& table) {
    yaml_.each(table, {{"uri",
                        [this](const Setting& it) {
                          if (const auto uri = yaml_.text(it)) draft_.set_uri(*uri, it.at);
                        }},
                       {"domain", [this](const Setting& it) {
                          if (const auto name = yaml_.text(it)) guest_ = draft_.guest(*name, it.at);
                        }}});
  }

  void take_http(const Setting& table) {
    if (!with_web_) return leave_http_out(table);
    bool enabled = true;
    std::optional<Setting> switched_off, address, security;
    yaml_.each(table, {{"enabled",
                        [&](const Setting& it) {
                          enabled = yaml_.flag(it).value_or(true);
                          switched_off = it;
                        }},
                       {"address", [&](const Setting& it) { address = it; }},
                       {"security", [&](const Setting& it) { security = it; }}});
    if (!enabled) {
      yaml_.leave_out(*switched_off, "HTTP is switched off, and so there is no web.toml",
                      "hotseat-web answers when it is enabled: systemctl enable --now hotseat-web");
      return;
    }
    if (address) take_address(*address);
    if (security) take_security(*security);
    if (guest_ != nullptr) web_.set_guest(guest_->name);
    allow_clients();
  }

  void leave_http_out(const Setting& table) {
    const auto elsewhere = [this](const Setting& it) { yaml_.leave_out(it, kElsewhere, kInstead); };
    yaml_.each(table, {{"enabled", elsewhere},
                       {"address", elsewhere},
                       {"security", [&](const Setting& security) {
                          yaml_.each(security, {{"enabled", elsewhere}, {"secret", elsewhere}});
                        }}});
  }

  void take_address(const Setting& setting) {
    if (const auto address = yaml_.text(setting)) web_.set_address(*address, setting.at);
  }

  void take_security(const Setting& table) {
    yaml_.each(table, {{"enabled",
                        [this](const Setting& it) {
                          if (yaml_.flag(it).value_or(true)) return;
                          yaml_.leave_out(it, "hotseat-web believes nobody without the secret",
                                          "send it in the header X-Secret");
                        }},
                       {"secret", [this](const Setting& it) {
                          if (const auto secret = yaml_.text(it)) web_.set_secret(*secret, it.at);
                        }}});
  }

  void allow_clients() {
    std::vector<std::string> targets{"switch:host"};
    if (guest_ != nullptr) targets.push_back("switch:" + guest_->name);
    draft_.allow("web:virtkvm", std::move(targets),
                 "who has virtkvm's secret may what it could do there: move the seat between the "
                 "host and that guest.");
  }

  void take_kvm(const Setting& table) {
    yaml_.each(table, {{"usesudo",
                        [this](const Setting& it) {
                          yaml_.leave_out(it, "hotseatd needs no sudo to speak to monitors",
                                          "nothing: it runs as root, with few privileges");
                        }},
                       {"checkguest", [this](const Setting& it) { take_checkguest(it); }}});
  }

  // hotseat never moves the seat to a guest that is off: that is what `true` asks for.
  void take_checkguest(const Setting& setting) {
    const auto value = yaml_.flag(setting);
    if (value && !*value) {
      yaml_.leave_out(setting, "hotseat always looks whether the guest runs",
                      "start = \"auto\" under [guest.NAME] starts it when you switch to it");
    } else if (value && guest_ != nullptr) {
      guest_->choices.emplace_back(
          "checkguest: a switch is refused while the guest is off. start = \"auto\" would start "
          "it.");
    }
  }

  // The keyboard whose two Ctrl keys switch. QEMU reads it itself, by <input type='evdev'>.
  void take_evdev(const Setting& table) {
    bool enabled = true;
    std::optional<Setting> device;
    yaml_.each(table,
               {{"enabled", [&](const Setting& it) { enabled = yaml_.flag(it).value_or(true); }},
                {"device", [&](const Setting& it) { device = it; }}});
    if (!device) return;
    if (!enabled) {
      yaml_.leave_out(*device, "evdev is switched off",
                      "add a [[device]] with transport = \"evdev\" if hotkeys are wanted");
      return;
    }
    if (const auto path = yaml_.text(*device)) add_keyboard(*path, device->at);
  }

  void add_keyboard(const std::string& path, const Origin& at) {
    if (!path.starts_with(kByIdDirectory)) {
      draft_.leave_out(at, "hotseat finds devices by their names in /dev/input/by-id",
                       "match = { by_id = … }, { usb = … } or { name = … }; see hotseat.toml(5)");
      return;
    }
    DeviceMatch match;
    match.by_id = path.substr(kByIdDirectory.size());
    auto* keyboard = draft_.add_device(match, Transport::evdev, "keyboard", at);
    if (keyboard == nullptr) return;
    keyboard->choices.emplace_back(
        "hotseat forwards the keyboard itself, and the guest has to read that: hotseat guest "
        "prepare does it. Take out of the domain what reads the keyboard now (<input "
        "type='evdev'>). If it is among the USB devices below as well, keep one of the two.");
    draft_.set_cycle_hotkey({"KEY_LEFTCTRL", "KEY_RIGHTCTRL"}, at);
  }

  void take_devices(const Setting& list) {
    for (const Setting& item : yaml_.items(list)) {
      std::optional<std::int64_t> vendor, product;
      bool optional = false;
      yaml_.each(
          item,
          {{"vendor", [&](const Setting& it) { vendor = yaml_.number(it, 0, 0xffff); }},
           {"product", [&](const Setting& it) { product = yaml_.number(it, 0, 0xffff); }},
           {"optional", [&](const Setting& it) { optional = yaml_.flag(it).value_or(false); }}});
      if (!vendor || !product) {
        yaml_.leave_out(item, "has no usable vendor and product", "lsusb shows both, behind ID");
        continue;
      }
      DeviceMatch match;
      match.id = UsbId{static_cast<std::uint16_t>(*vendor), static_cast<std::uint16_t>(*product)};
      auto* device = draft_.add_device(match, Transport::usb, yaml_.comment_near(item), item.at);
      if (device == nullptr || !optional) continue;
      device->optional = true;
      device->choices.emplace_back(
          "optional was what skip_optional leaves behind; here it may be unplugged");
    }
  }

  void take_displays(const Setting& list) {
    for (const Setting& item : yaml_.items(list)) take_display(item);
  }

  void take_display(const Setting& item) {
    std::optional<std::int64_t> bus, feature, host, guest;
    std::optional<Setting> guest_setting;
    const auto byte = [this](std::optional<std::int64_t>& place) {
      return [this, &place](const Setting& it) { place = yaml_.number(it, 0, 255); };
    };
    yaml_.each(item, {{"bus", [&](const Setting& it) { bus = yaml_.number(it, 0, 0xfffff); }},
                      {"feature", byte(feature)},
                      {"host", byte(host)},
                      {"guest", [&](const Setting& it) {
                         guest_setting = it;
                         guest = yaml_.number(it, 0, 255);
                       }}});
    if (guest && guest_ == nullptr) {
      yaml_.leave_out(*guest_setting, "there is no guest (libvirt.domain) that it could be for",
                      "add a table [guest.NAME], and NAME to the monitor's inputs");
    }
    const bool names_input = host || (guest && guest_ != nullptr);
    if (!bus || !names_input) {
      yaml_.leave_out(item, !bus ? "has no usable bus" : "has no usable input",
                      "hotseat monitors --probe prints lines for every monitor");
      return;
    }
    MonitorMatch match;
    match.bus = static_cast<int>(*bus);
    auto* monitor = draft_.add_monitor(match, yaml_.comment_near(item), item.at);
    if (monitor == nullptr) return;
    monitor->choices.emplace_back(
        "found by the number of its I2C bus, as before. Numbers move; hotseat monitors --probe "
        "prints a match by model and serial.");
    if (host) monitor->inputs.emplace_back("host", static_cast<std::uint8_t>(*host));
    if (guest && guest_ != nullptr) {
      monitor->inputs.emplace_back(guest_->name, static_cast<std::uint8_t>(*guest));
    }
    if (feature) monitor->feature = static_cast<std::uint8_t>(*feature);
  }

  void take_commands(const Setting& table) {
    yaml_.each(table,
               {{"host", [this](const Setting& it) { take_commands_of(&draft_.host(), it); }},
                {"guest", [this](const Setting& it) { take_commands_of(guest_, it); }}});
  }

  void take_commands_of(TargetDraft* target, const Setting& list) {
    for (const Setting& item : yaml_.items(list)) {
      const auto command = yaml_.text(item);
      if (!command) continue;
      if (target == nullptr) {
        yaml_.leave_out(item, "there is no guest (libvirt.domain) that it could be for",
                        "add a table [guest.NAME] with on_enter");
        continue;
      }
      draft_.add_command(*target, {"/bin/sh", "-c", *command}, item.at);
    }
    if (target == nullptr || target->on_enter.empty()) return;
    target->choices.emplace_back(
        "these were lines for a shell and still go through one. They run as root in hotseatd's "
        "sandbox, for 5 seconds at most; hotseat.toml(5) shows how to leave it with systemd-run.");
  }

  Draft draft_;
  YamlSettings yaml_;
  bool with_web_;
  WebDraft web_;
  GuestDraft* guest_ = nullptr;
};

}  // namespace

Expected<Imported> import_virtkvm(const File& file, bool with_web) {
  const auto root = parse_yaml(file);
  if (!root) return fail(root.error());
  if (root->table() == nullptr) {
    return fail(
        {"import", file.name + ":" + std::to_string(root->line),
         "expected virtkvm's settings (libvirt, http, devices, displays, commands), found " +
             describe(*root),
         "is it the right file?"});
  }
  return VirtkvmImport(file, with_web).run(*root);
}

}  // namespace hotseat::importers
