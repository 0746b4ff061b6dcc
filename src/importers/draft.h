// A seat as it is put together from what another program was told. Takes what hotseat.toml can
// hold and reports the rest, so that what comes out is always valid.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "domain/hotkey.h"
#include "domain/seat.h"
#include "importers/imported.h"

namespace hotseat::importers {

// What every part of the seat has.
struct Part {
  std::string name;                  // in hotseat.toml; empty for [host]
  std::vector<std::string> remarks;  // comments in front of it
  std::vector<std::string> choices;  // these too, and they are listed
};

struct TargetDraft : Part {
  std::vector<std::vector<std::string>> on_enter;  // argv of each
};

struct GuestDraft : TargetDraft {
  std::string domain;
  bool starts = false;
  std::vector<std::string> policy;  // what it may over its serial port; empty: as hotseat has it
};

struct DeviceDraft : Part {
  DeviceMatch match;
  Transport transport = Transport::usb;
  bool optional = false;
};

struct MonitorDraft : Part {
  MonitorMatch match;
  std::vector<std::pair<std::string, std::uint8_t>> inputs;  // target, input; each target once
  std::uint8_t feature = 0x60;
};

// { bus = 6 }
std::string toml_of(const DeviceMatch& match);
std::string toml_of(const MonitorMatch& match);

class Draft {
 public:
  // What the text says of itself at its top: "virtkvm's config.yaml".
  explicit Draft(std::string source) : source_(std::move(source)) {}

  void leave_out(Origin at, std::string reason, std::string hint);
  void choose(std::string text);  // for the seat as a whole

  // Parts stay where they are until finish(). Each returns nullptr, with the reason reported, for
  // what cannot be had.

  // The guest with this domain; added when it is new.
  GuestDraft* guest(const std::string& domain, const Origin& at);
  TargetDraft& host() { return host_; }
  std::deque<GuestDraft>& guests() { return guests_; }

  // The name is a wish: made plain, and unique. One that matches the same as another is a mistake
  // of the original.
  DeviceDraft* add_device(const DeviceMatch& match, Transport transport, const std::string& wish,
                          const Origin& at);
  MonitorDraft* add_monitor(const MonitorMatch& match, const std::string& wish, const Origin& at);

  void set_uri(const std::string& uri, const Origin& at);
  void answer_as_vfio_kvm() { vfio_kvm_ = true; }
  void set_bus_name(const std::string& name, const Origin& at);
  void set_object_path(const std::string& path, const Origin& at);

  // A line under [policy]: "web:virtkvm" may "switch:host". `choice` is a comment, and listed.
  void allow(std::string who, std::vector<std::string> permissions, std::string choice);

  void add_command(TargetDraft& target, std::vector<std::string> argv, const Origin& at);

  // Keys by name. Of a target one counts: the first.
  void set_cycle_hotkey(std::vector<std::string> keys, const Origin& at);
  void set_release_hotkey(std::vector<std::string> keys, const Origin& at);
  void set_hotkey(const TargetDraft& target, std::vector<std::string> keys, const Origin& at);
  // Where the target has its hotkey from, if it has one.
  std::optional<Origin> hotkey_origin(const TargetDraft& target) const;

  bool has_devices() const { return !devices_.empty(); }
  bool has_device(const DeviceMatch& match) const;

  // Fails only when the text would be longer than hotseat.toml may be.
  Expected<Imported> finish() &&;

 private:
  struct HotkeyDraft {
    std::string place;  // "cycle", "release", "host" or "guest.NAME"
    std::vector<std::string> keys;
    Origin at;
  };
  using Hotkeys = std::vector<HotkeyDraft>;
  struct GrantDraft {
    std::string who;
    std::vector<std::string> permissions;
    std::string choice;
  };

  // Does hotseat.toml take these lines? Reports what it says against them.
  bool accepts(const std::string& lines, const Origin& at);
  void set_hotkey_of(std::string place, std::vector<std::string> keys, const Origin& at);
  bool is_possible(const HotkeyDraft& draft, Hotkey& hotkey);
  void settle_hotkeys();
  std::vector<Choice> list_choices() const;

  // Writing it, in draft_text.cpp.
  std::string text() const;
  std::string text_of_guests() const;
  std::string text_of_devices() const;
  std::string text_of_monitors() const;
  std::string text_of_host() const;
  std::string text_of_settings() const;
  std::string text_of_policy() const;
  std::string hotkey_line(const std::string& place, const std::string& key) const;

  std::string source_;
  std::vector<std::string> choices_;
  std::vector<NotCarried> not_carried_;
  TargetDraft host_;
  std::deque<GuestDraft> guests_;
  std::deque<DeviceDraft> devices_;
  std::deque<MonitorDraft> monitors_;
  std::vector<GrantDraft> grants_;
  std::set<std::string> guest_names_;
  std::set<std::string> device_names_;
  std::set<std::string> monitor_names_;
  Hotkeys hotkeys_;
  std::string uri_;
  std::string bus_name_;
  std::string object_path_;
  bool vfio_kvm_ = false;
};

}  // namespace hotseat::importers
