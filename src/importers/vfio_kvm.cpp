#include "importers/vfio_kvm.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/guest_inputs.h"
#include "importers/draft.h"
#include "importers/vfio_domains.h"
#include "importers/yaml.h"
#include "importers/yaml_settings.h"

namespace hotseat::importers {

namespace {

using Setting = YamlSettings::Setting;

// What vfio-kvm 2.x and akeydo have in common, under different keys.
class VfioKvmImport {
 public:
  explicit VfioKvmImport(const File& file)
      : draft_("vfio-kvm's " + file.name), yaml_(file, draft_) {
    draft_.answer_as_vfio_kvm();
  }

  // Before the configuration: a hotkey in a domain counts more than one there.
  Expected<void> take_domain(const File& file) { return take_vfio_domain(file, draft_); }

  void take(const YamlNode& root) {
    const auto unused = [this](const char* reason, const char* hint) {
      return [=, this](const Setting& it) { yaml_.leave_out(it, reason, hint); };
    };
    const auto tuning = unused("hotseat does not touch the host's processors and memory",
                               "hugepages and CPU sets stay with libvirt, systemd or a hook");
    yaml_.each(
        yaml_.root(root),
        {{"hotkey", [this](const Setting& it) { cycle_ = it; }},
         {"qemu_hotkey", [this](const Setting& it) { qemu_ = it; }},
         {"release_hotkey", [this](const Setting& it) { take_release(it); }},
         {"host", [this](const Setting& it) { take_host(it); }},
         {"vm", [this](const Setting& it) { take_guests(it); }},
         {"dbus_bus_name", [this](const Setting& it) { take_bus_name(it); }},
         {"dbus_object_path", [this](const Setting& it) { take_object_path(it); }},
         {"manage_cpu", tuning},
         {"manage_hugepages", tuning},
         {"delay", unused("hotseat needs no pause after a hotkey",
                          "nothing: keys that are held are released where they were pressed")},
         {"devices", [this](const Setting& it) { take_devices(it); }},
         {"hotkeys", [this](const Setting& it) { take_akeydo_hotkeys(it); }},
         {"dbus", [this](const Setting& it) { take_akeydo_bus(it); }},
         {"cpu", tuning},
         {"memory", tuning},
         {"gpu", unused("hotseat does not hand over GPUs yet",
                        "leave it to the domain's <hostdev> and its hooks")}});
    take_cycle();
  }

  Expected<Imported> finish() && {
    if (!draft_.has_devices()) {
      draft_.choose(
          "no device is known. vfio-kvm's stand in the domains: virsh dumpxml VM > vm.xml, then "
          "--domain vm.xml for each; or add [[device]] tables by hand.");
    }
    for (GuestDraft& guest : draft_.guests()) {
      guest.remarks.emplace_back(
          "vfio-kvm starts no guest either; start = \"auto\" would, when it is switched to.");
    }
    return std::move(draft_).finish();
  }

 private:
  void take_cycle() {
    if (cycle_) {
      draft_.set_cycle_hotkey(yaml_.texts(*cycle_), cycle_->at);
      if (qemu_) {
        yaml_.leave_out(
            *qemu_, "hotseat reads QEMU's chord in each domain's definition",
            "set grabToggle in <source> of <input type='evdev'> if it is not ctrl-ctrl");
      }
    } else if (qemu_) {
      draft_.choose(
          "the chord of QEMU (qemu_hotkey) cycles, as there is no other. What QEMU itself "
          "listens to is read in each domain's definition (grabToggle).");
      draft_.set_cycle_hotkey(yaml_.texts(*qemu_), qemu_->at);
    }
  }

  void take_release(const Setting& setting) {
    draft_.choose(
        "the release hotkey gives the seat to the host, and the same key does not give it "
        "back. Pressed twice, nothing is forwarded any more.");
    draft_.set_release_hotkey(yaml_.texts(setting), setting.at);
  }

  void take_host(const Setting& table) {
    yaml_.each(table, {{"hotkey", [this](const Setting& it) {
                          draft_.set_hotkey(draft_.host(), yaml_.texts(it), it.at);
                        }}});
  }

  void take_guests(const Setting& table) {
    for (const auto& [name, guest] : yaml_.entries(table)) {
      auto* added = draft_.guest(name, guest.at);
      if (added == nullptr) continue;
      yaml_.each(guest,
                 {{"hotkey", [this, added](const Setting& it) { take_hotkey(*added, it); }}});
    }
  }

  void take_hotkey(const GuestDraft& guest, const Setting& setting) {
    const auto in_domain = draft_.hotkey_origin(guest);
    if (!in_domain) {
      draft_.set_hotkey(guest, yaml_.texts(setting), setting.at);
      return;
    }
    yaml_.leave_out(setting,
                    "the domain has one of its own, which counts: " + in_domain->file + ":" +
                        std::to_string(in_domain->line),
                    "nothing, or change hotkey under [guest." + guest.name + "]");
  }

  void take_bus_name(const Setting& setting) {
    if (const auto name = yaml_.text(setting)) draft_.set_bus_name(*name, setting.at);
  }

  void take_object_path(const Setting& setting) {
    if (const auto path = yaml_.text(setting)) draft_.set_object_path(*path, setting.at);
  }

  // A list of paths in 1.x, a table in akeydo.
  void take_devices(const Setting& setting) {
    if (setting.node->table() != nullptr) {
      take_akeydo_devices(setting);
      return;
    }
    for (const Setting& item : yaml_.items(setting)) {
      const auto path = yaml_.text(item);
      if (!path) continue;
      if (path->starts_with(kByIdDirectory)) {
        add_device(path->substr(kByIdDirectory.size()), item.at);
      } else {
        yaml_.leave_out(item, "hotseat finds devices by their names in /dev/input/by-id",
                        "match = { by_id = … }, { usb = … } or { name = … }; see hotseat.toml(5)");
      }
    }
  }

  void add_device(const std::string& by_id, const Origin& at) {
    DeviceMatch match;
    match.by_id = by_id;
    if (!draft_.has_device(match)) {
      draft_.add_device(match, Transport::evdev, name_of_node(by_id), at);
    }
  }

  void take_akeydo_devices(const Setting& table) {
    const auto by_id = [this](const Setting& it) {
      for (const Setting& item : yaml_.items(it)) {
        if (const auto name = yaml_.text(item)) add_device(*name, item.at);
      }
    };
    const auto always = [this](const Setting& it) {
      yaml_.leave_out(it, "hotseat watches its devices as long as it runs", "nothing");
    };
    yaml_.each(
        table,
        {{"by-id", by_id}, {"by_id", by_id}, {"enabled", always}, {"wait_duration", always}});
  }

  void take_akeydo_hotkeys(const Setting& table) {
    const auto no_pause = [this](const Setting& it) {
      yaml_.leave_out(it, "hotseat needs no pause after a hotkey",
                      "nothing: keys that are held are released where they were pressed");
    };
    const auto no_signals = [this](const Setting& it) {
      yaml_.leave_out(it, "hotseat has no hotkeys that only send a signal",
                      "let the desktop run the program");
    };
    yaml_.each(
        table,
        {{"toggle", [this](const Setting& it) { cycle_ = it; }},
         {"qemu", [this](const Setting& it) { qemu_ = it; }},
         {"release", [this](const Setting& it) { take_release(it); }},
         {"host",
          [this](const Setting& it) { draft_.set_hotkey(draft_.host(), yaml_.texts(it), it.at); }},
         {"virtual_machines",
          [this](const Setting& it) {
            for (const auto& [name, hotkey] : yaml_.entries(it)) {
              if (auto* guest = draft_.guest(name, hotkey.at)) {
                take_hotkey(*guest, hotkey);
              }
            }
          }},
         {"signals", no_signals},
         {"delay", no_pause}});
  }

  void take_akeydo_bus(const Setting& table) {
    const auto other = [this](const Setting& it) {
      yaml_.leave_out(it, "hotseat answers as vfio-kvm does, not as akeydo",
                      "change the scripts to org.hotseat.Hotseat1, or to vfio.kvm");
    };
    yaml_.each(table, {{"bus_name", other}, {"object_path", other}});
  }

  Draft draft_;
  YamlSettings yaml_;
  std::optional<Setting> cycle_;
  std::optional<Setting> qemu_;
};

// "<<" is a key of YAML.
bool is_xml(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with('<') && !text.starts_with("<<");
}

}  // namespace

Expected<Imported> import_vfio_kvm(const File& config, const std::vector<File>& domains) {
  VfioKvmImport importer(config);
  if (is_xml(config.text)) {
    if (auto taken = importer.take_domain(config); !taken) return fail(taken.error());
  }
  for (const File& domain : domains) {
    if (auto taken = importer.take_domain(domain); !taken) return fail(taken.error());
  }
  if (is_xml(config.text)) return std::move(importer).finish();
  const auto root = parse_yaml(config);
  if (!root) return fail(root.error());
  if (!root->empty() && root->table() == nullptr) {
    return fail({"import", config.name + ":" + std::to_string(root->line),
                 "expected vfio-kvm's settings (hotkey, release_hotkey, host, vm), found " +
                     describe(*root),
                 "is it the right file?"});
  }
  importer.take(*root);
  return std::move(importer).finish();
}

}  // namespace hotseat::importers
