#include "importers/virt_aid.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/words.h"
#include "config/toml/words.h"
#include "importers/draft.h"
#include "importers/file.h"

namespace hotseat::importers {

namespace {

constexpr std::string_view kSwitch = "utils/switch/";
constexpr std::string_view kDevices = "utils/guest-devices/";
constexpr std::string_view kSetup = "utils/guest-setup/";
constexpr std::string_view kConf = ".conf";

struct Line {
  Origin at;  // its key is the whole line
  std::vector<std::string> words;
};

std::vector<Line> lines_of(const File& file) {
  std::vector<Line> found;
  const Lines lines(file.text);
  for (int number = 1; number <= lines.count(); ++number) {
    std::string_view rest = trimmed(lines[number], kBlanks);
    if (rest.empty()) continue;
    Line line{{file.name, number, std::string(rest)}, {}};
    while (!rest.empty()) {
      const auto end = std::min(rest.find_first_of(" \t"), rest.size());
      line.words.emplace_back(rest.substr(0, end));
      rest = trimmed(rest.substr(end), kBlanks);
    }
    found.push_back(std::move(line));
  }
  return found;
}

// 0000:03:00.0
bool is_pci(std::string_view text) {
  constexpr std::string_view kShape = "hhhh:hh:hh.h";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
           const bool hex =
               (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           return shape == 'h' ? hex : c == shape;
         });
}

// "0x11"
std::optional<std::uint8_t> input_of(std::string_view text) {
  if (!text.starts_with("0x") || text.size() < 3 || text.size() > 4) return std::nullopt;
  const std::string digits(text.substr(2));
  if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  return static_cast<std::uint8_t>(std::stoul(digits, nullptr, 16));
}

// The stem of "utils/guest-devices/zorg.conf" there; nothing for a file elsewhere.
std::optional<std::string> stem(const std::string& name, std::string_view folder) {
  if (!name.starts_with(folder) || !name.ends_with(kConf)) return std::nullopt;
  return name.substr(folder.size(), name.size() - folder.size() - kConf.size());
}

// An input of a monitor that a GPU feeds.
struct Feed {
  std::string monitor;
  std::uint8_t input = 0;
  std::string bus;
  Origin at;
};

class VirtAidImport {
 public:
  VirtAidImport(const std::string& folder, const std::vector<File>& files)
      : draft_("virt-aid in " + folder), files_(files) {}

  Expected<Imported> run() && {
    for (const File& file : files_) sort_in(file);
    add_guests();
    for (const Line& line : inputs_) take_input(line);
    if (switches_monitors_) add_monitors();
    report_pci();
    return std::move(draft_).finish();
  }

 private:
  void leave_out(const Line& line, std::string reason, std::string hint) {
    draft_.leave_out(line.at, std::move(reason), std::move(hint));
  }

  void sort_in(const File& file) {
    const auto lines = lines_of(file);
    const auto in_switch = stem(file.name, kSwitch);
    const auto guest = stem(file.name, kDevices);
    if (file.name == kSwitch.data() + std::string("disable-monitor-switch")) {
      switches_monitors_ = false;
      draft_.choose(
          "virt-aid was told to leave monitors alone (disable-monitor-switch), so there is "
          "no [[monitor]]. hotseat monitors --probe prints lines for them.");
    } else if (file.name == std::string(kSwitch) + "current") {
      for (const Line& line : lines) {
        leave_out(line, "is who had the seat last, no setting",
                  "nothing: hotseat looks who has it");
      }
    } else if (in_switch) {
      sort_in_switch(*in_switch, lines);
    } else if (guest == "single-gpu-passthrough-guests" || guest == "gpu-passthrough-guests") {
      for (const Line& line : lines) switched_.push_back(line);
    } else if (guest) {
      pci_[*guest] = lines;
    } else if (const auto described = stem(file.name, kSetup)) {
      for (const Line& line : lines) descriptions_[*described].push_back(line.at.key);
      set_up_.emplace_back(*described, Origin{file.name, 0, *described});
    } else {
      draft_.leave_out({file.name, 0, file.name}, "is no file of virt-aid that is known here",
                       "nothing, unless it sets something that matters");
    }
  }

  void sort_in_switch(const std::string& name, const std::vector<Line>& lines) {
    if (name == "input") {
      inputs_ = lines;
    } else if (name == "primary-gpu") {
      for (const Line& line : lines) take_primary(line);
    } else if (name == "shared-displays") {
      for (const Line& line : lines) take_display(line);
    } else if (name == "gpu-framebuffer") {
      for (const Line& line : lines) {
        leave_out(line, "hotseat does not hand over GPUs yet, nor their framebuffers",
                  "leave it to the domain's <hostdev> and its hooks");
      }
    } else if (name.starts_with("mon-")) {
      for (const Line& line : lines) repeated_.emplace_back(name.substr(4), line);
    } else if (is_pci(name)) {
      for (const Line& line : lines) take_feed(name, line);
    } else {
      for (const Line& line : lines) {
        leave_out(line, "is in a file of virt-aid that is not known here",
                  "nothing, unless it sets something that matters");
      }
    }
  }

  void take_primary(const Line& line) {
    if (is_pci(line.at.key)) {
      primary_ = line.at.key;
    } else {
      leave_out(line, "expected the PCI address of the host's GPU, such as 0000:03:00.0",
                "correct it; without it the host's inputs are not known");
    }
  }

  // "1 24o 0000:00:02.0 card0-DP-1 4"
  void take_display(const Line& line) {
    if (line.words.size() == 5 && is_pci(line.words[2])) {
      connectors_[{line.words[2], line.words[1], line.words[4]}] = line.words[3];
    } else {
      leave_out(line, "expected DISPLAY MODEL GPU CONNECTOR BUS", "correct it, or remove the line");
    }
  }

  // "24o 0x11 4"
  void take_feed(const std::string& gpu, const Line& line) {
    const auto input = line.words.size() == 3 ? input_of(line.words[1]) : std::nullopt;
    if (input) {
      feeds_[gpu].push_back({line.words[0], *input, line.words[2], line.at});
    } else {
      leave_out(line, "expected MONITOR INPUT BUS, such as 24o 0x11 4",
                "hotseat monitors --probe prints lines for every monitor");
    }
  }

  void take_input(const Line& line) {
    const auto id = parse_usb_id(line.at.key);
    if (!id) {
      leave_out(line, "expected VENDOR:PRODUCT, four hexadecimal digits each",
                "lsusb shows it behind ID");
      return;
    }
    DeviceMatch match;
    match.id = id;
    auto* device = draft_.add_device(match, Transport::usb, "", line.at);
    if (device == nullptr) return;
    device->optional = true;
    device->choices.emplace_back("optional, as virt-aid goes on when a device is not there");
  }

  // Those with a GPU: the others are in no switch list.
  void add_guests() {
    std::set<std::string> added;
    for (const Line& line : switched_) {
      if (!added.insert(line.at.key).second) continue;
      auto* guest = draft_.guest(line.at.key, line.at);
      if (guest == nullptr) continue;
      guest->starts = true;
      guest->choices.emplace_back("starts when it is switched to, as with virt-aid");
      for (const auto& text : descriptions_[line.at.key]) guest->remarks.push_back(text);
    }
    for (const auto& [name, at] : set_up_) {
      if (added.contains(name)) continue;
      draft_.leave_out(at, "has no GPU of its own: virt-aid does not switch to it",
                       "add [guest." + name + "] if hotseat should");
    }
  }

  void report_pci() {
    for (const auto& [guest, lines] : pci_) {
      for (const Line& line : lines) {
        leave_out(line, "hotseat does not hand over PCI devices yet",
                  "leave it to the <hostdev managed='yes'> of " + guest + " and its hooks");
      }
    }
  }

  // ---- Monitors: each is what a GPU of the host feeds, or any

  std::optional<std::string> gpu_of(const GuestDraft& guest) const {
    const auto devices = pci_.find(guest.domain);
    if (devices == pci_.end()) return std::nullopt;
    for (const Line& line : devices->second) {
      if (feeds_.contains(line.at.key)) return line.at.key;
    }
    return std::nullopt;
  }

  void add_monitors() {
    if (primary_.empty() && !feeds_.empty()) {
      draft_.choose(
          "which GPU is the host's is not known (primary-gpu.conf): its inputs are missing");
    }
    std::set<std::string> names;
    for (const auto& [gpu, feeds] : feeds_) {
      for (const Feed& feed : feeds) names.insert(feed.monitor);
    }
    for (const std::string& name : names) add_monitor(name);
    for (const auto& [monitor, line] : repeated_) {
      if (line.words.size() != 3 || !repeats(monitor, line)) {
        leave_out(line, "says something else than the file of its GPU, or has no GPU's file",
                  "hotseat monitors --probe prints lines for every monitor");
      }
    }
  }

  bool repeats(const std::string& monitor, const Line& line) const {
    const auto feeds = feeds_.find(line.words[0]);
    return feeds != feeds_.end() &&
           std::any_of(feeds->second.begin(), feeds->second.end(), [&](const Feed& feed) {
             return feed.monitor == monitor && input_of(line.words[1]) == feed.input;
           });
  }

  const Feed* feed_of(const std::string& gpu, const std::string& monitor) {
    const Feed* found = nullptr;
    const auto feeds = feeds_.find(gpu);
    if (feeds == feeds_.end()) return nullptr;
    for (const Feed& feed : feeds->second) {
      if (feed.monitor == monitor && found == nullptr) found = &feed;
    }
    return found;
  }

  MonitorMatch match_of(const std::string& gpu, const Feed& feed) const {
    MonitorMatch match;
    const auto connector = connectors_.find({gpu, feed.monitor, feed.bus});
    if (connector != connectors_.end()) match.connector = connector->second;
    const bool number = !feed.bus.empty() && feed.bus.size() < 7 &&
                        feed.bus.find_first_not_of("0123456789") == std::string::npos;
    if (!match.connector && number) match.bus = std::stoi(feed.bus);
    return match;
  }

  void add_monitor(const std::string& name) {
    const Feed* reference = feed_of(primary_, name);
    std::string gpu = primary_;
    for (auto feeds = feeds_.begin(); reference == nullptr && feeds != feeds_.end(); ++feeds) {
      reference = feed_of(feeds->first, name);
      gpu = feeds->first;
    }
    if (reference == nullptr) return;
    std::vector<std::pair<std::string, std::uint8_t>> inputs;
    if (const Feed* host = feed_of(primary_, name)) inputs.emplace_back("host", host->input);
    for (const GuestDraft& guest : draft_.guests()) {
      const auto its = gpu_of(guest);
      const Feed* feed = its ? feed_of(*its, name) : nullptr;
      if (feed != nullptr) inputs.emplace_back(guest.name, feed->input);
    }
    const MonitorMatch match = match_of(gpu, *reference);
    const bool possible = !inputs.empty() && match != MonitorMatch{};
    auto* monitor = possible ? draft_.add_monitor(match, name, reference->at) : nullptr;
    if (!possible) {
      draft_.leave_out(reference->at, "no target is fed by its GPU, or its bus is not known",
                       "hotseat monitors --probe prints lines for every monitor");
    }
    report_unused(name, inputs, monitor != nullptr);
    if (monitor == nullptr) return;
    monitor->inputs = std::move(inputs);
    monitor->choices.emplace_back(
        "virt-aid knows it as " + name +
        ", the last word of its model, which is not enough to find "
        "it by: it is found where it is plugged in. hotseat monitors --probe prints a match by "
        "model and serial, which holds when a GPU is with a guest, too.");
  }

  // Inputs that belong to no target: a GPU that no guest has, a second monitor of the same name.
  void report_unused(const std::string& name,
                     const std::vector<std::pair<std::string, std::uint8_t>>& inputs, bool added) {
    for (const auto& [gpu, feeds] : feeds_) {
      for (const Feed& feed : feeds) {
        const bool carried = added && &feed == feed_of(gpu, name) &&
                             std::any_of(inputs.begin(), inputs.end(),
                                         [&](const auto& one) { return one.second == feed.input; });
        if (feed.monitor != name || carried) continue;
        draft_.leave_out(feed.at, "is the input of no target, or of a second monitor of that name",
                         "hotseat monitors --probe prints lines for every monitor");
      }
    }
  }

  Draft draft_;
  const std::vector<File>& files_;
  bool switches_monitors_ = true;
  std::string primary_;
  std::vector<Line> inputs_;
  std::vector<Line> switched_;                          // guests in the switch list
  std::map<std::string, std::vector<Line>> pci_;        // by guest
  std::map<std::string, std::vector<Feed>> feeds_;      // by GPU
  std::vector<std::pair<std::string, Line>> repeated_;  // by monitor, what feeds_ says already
  std::map<std::vector<std::string>, std::string> connectors_;  // by GPU, monitor and bus
  std::map<std::string, std::vector<std::string>> descriptions_;
  std::vector<std::pair<std::string, Origin>> set_up_;
};

}  // namespace

bool is_virt_aid_setting(std::string_view name) {
  return name.ends_with(kConf) || name.ends_with("/current") ||
         name.ends_with("/disable-monitor-switch");
}

Expected<Imported> import_virt_aid(const std::string& folder, const std::vector<File>& files) {
  for (const File& file : files) {
    if (auto checked = check(file); !checked) return fail(checked.error());
  }
  if (files.empty()) {
    return fail({"import", folder,
                 "expected virt-aid's settings in utils/switch and "
                 "utils/guest-devices, found none",
                 "name the folder it is installed in, /usr/local/bin/virt-aid as a rule"});
  }
  return VirtAidImport(folder, files).run();
}

}  // namespace hotseat::importers
