#include "importers/vm_attach.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "config/words.h"
#include "importers/ddcutil_call.h"
#include "importers/draft.h"
#include "importers/file.h"
#include "importers/hostdev_file.h"
#include "importers/script_direction.h"
#include "importers/shell.h"

namespace hotseat::importers {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// In front of a command that is meant.
constexpr std::array<std::string_view, 11> kPrefixes{
    "then", "do", "else", "{", "!", "time", "sudo", "exec", "command", "-n", "coproc"};
// The script's own machinery: nothing in it is a setting.
constexpr std::array<std::string_view, 29> kMachinery{
    "if",       "elif",  "fi", "for", "while", "until", "done",     "case",     "esac", "select",
    "function", "}",     "[",  "[[",  "]]",    "test",  "local",    "shift",    "exit", "return",
    "true",     "false", ":",  "set", "shopt", "break", "continue", "readonly", "unset"};
constexpr std::array<std::string_view, 4> kDeclarations{"declare", "export", "typeset", "read"};
constexpr std::array<std::string_view, 4> kWriters{"echo", "printf", "cat", "tee"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool names_guest(const std::string& variable) {
  constexpr std::array<std::string_view, 9> kNames{
      "vmname", "vm_name", "vm", "domain", "dom", "guest", "name", "guest_name", "domain_name"};
  return is_one_of(lower(variable), kNames);
}

bool uses_argument(std::string_view text) {
  for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const auto rest = text.substr(at + 1);
    const char c = rest.starts_with('{') && rest.size() > 1 ? rest[1]
                   : rest.empty()                           ? ' '
                                                            : rest[0];
    if ((c >= '1' && c <= '9') || c == '@' || c == '*' || c == '#') return true;
  }
  return false;
}

std::vector<std::string_view> split(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::vector<std::string_view> parts;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
    if (text.empty()) return parts;
    parts.push_back(text.substr(0, text.find_first_of(kBlank)));
    text.remove_prefix(parts.back().size());
  }
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

class VmAttachImport {
 public:
  VmAttachImport(const File& script, const std::vector<std::string>& guests)
      : script_(script), lines_(script.text), draft_(script.name) {
    for (const std::string& guest : guests)
      draft_.guest(guest, {script.name, 0, "--guest " + guest});
    guest_given_ = !guests.empty();
  }

  void take(const std::vector<ShellCommand>& commands) {
    for (const ShellCommand& command : commands) note_function(command);
    for (const ShellCommand& command : commands) {
      const Direction direction = direction_.follow(command);
      for (const auto& assignment : command.assignments) take_assignment(assignment);
      take_command(command, direction);
      for (const auto& document : command.documents) take_document(document);
    }
  }

  void take_file(const File& file) {
    const Origin at{file.name, 0, std::string(base_name(file.name))};
    const bool named = script_.text.find(base_name(file.name)) != std::string::npos ||
                       script_.text.find("*.xml") != std::string::npos;
    const auto id = usb_id_in_hostdev(file.text);
    if (!named) {
      draft_.leave_out(at, "is not named in the script", "add a [[device]] if it is to move too");
    } else if (!id) {
      draft_.leave_out(at, "holds no USB <hostdev> with vendor and product",
                       "add a [[device]] by hand; hotseat.toml(5) tells how to match it");
    } else {
      add_device(*id, at.key.substr(0, at.key.rfind('.')), at);
    }
  }

  Expected<Imported> finish() && {
    ensure_guest();
    for (const MonitorCall& call : calls_) take_call(call);
    add_monitors();
    for (const auto& [name, variable] : variables_) {
      if (variable.used) continue;
      draft_.leave_out(at(variable.line, name), "is not understood",
                       "if it matters, find its place in hotseat.toml(5)");
    }
    return std::move(draft_).finish();
  }

 private:
  struct Variable {
    std::string value;
    int line = 1;
    bool used = false;
  };
  struct MonitorCall {
    DdcutilCall call;
    Direction direction = Direction::unknown;
    Origin at;
  };
  struct MonitorInputs {
    MonitorMatch match;
    std::uint8_t feature = 0x60;
    std::optional<std::uint8_t> host;
    std::optional<std::uint8_t> guest;
    Origin at;
  };

  Origin at(int line, std::string key) const { return {script_.name, line, std::move(key)}; }

  void note_function(const ShellCommand& command) {
    if (command.words.size() == 1 && command.end == '(') functions_.insert(command.words[0].text);
    if (command.words.size() > 1 && command.words[0].text == "function") {
      functions_.insert(command.words[1].text);
    }
  }

  // ---- Devices

  void add_device(const UsbId& id, const std::string& wish, const Origin& origin) {
    DeviceMatch match;
    match.id = id;
    if (draft_.has_device(match)) return;  // attached and detached: that is two mentions of one
    auto* device = draft_.add_device(match, Transport::usb, wish, origin);
    if (device == nullptr) return;
    device->optional = true;
    device->choices.emplace_back("optional, as the script goes on when a device is not there");
  }

  std::string wish_for(int line, const std::string& otherwise) const {
    const std::string comment = lines_.comment_near(line);
    return comment.size() <= 32 && !comment.empty() ? comment : otherwise;
  }

  void take_ids(const ShellAssignment& assignment) {
    int index = 0;
    for (const ShellWord& value : assignment.values) {
      for (const auto part : split(value.text)) {
        const std::string key = assignment.is_array
                                    ? assignment.name + "[" + std::to_string(index) + "]"
                                    : assignment.name;
        ++index;
        const auto id = parse_usb_id(std::string(part));
        if (id) {
          // A comment on the line of several is about all of them.
          const bool alone = assignment.values.size() == 1 || value.line != assignment.line;
          add_device(*id,
                     alone ? wish_for(value.line, assignment.is_array ? "" : assignment.name) : "",
                     at(value.line, key));
        } else {
          draft_.leave_out(at(value.line, key),
                           config::in_quotes(part) +
                               " is no vendor:product, four hexadecimal "
                               "digits each",
                           "lsusb shows it behind ID");
        }
      }
    }
  }

  static bool is_device_list(const ShellAssignment& assignment) {
    for (const ShellWord& value : assignment.values) {
      const auto parts = split(value.text);
      if (std::any_of(parts.begin(), parts.end(), [](const auto part) {
            return parse_usb_id(std::string(part)).has_value();
          })) {
        return true;
      }
    }
    return assignment.is_array && lower(assignment.name).find("dev") != std::string::npos &&
           std::all_of(assignment.values.begin(), assignment.values.end(),
                       [](const ShellWord& value) { return value.plain; });
  }

  void take_ids_among(const std::vector<ShellWord>& words) {
    for (const ShellWord& word : words) {
      if (const auto id = parse_usb_id(word.text)) add_device(*id, "", at(word.line, word.text));
    }
  }

  void take_document(const ShellWord& document) {
    if (const auto id = usb_id_in_hostdev(document.text)) {
      add_device(*id, "", at(document.line, "<hostdev>"));
    } else if (document.plain && document.text.find("<hostdev") != std::string::npos) {
      draft_.leave_out(at(document.line, "<hostdev>"), "is no USB device with vendor and product",
                       "add a [[device]] by hand; hotseat.toml(5) tells how to match it");
    }
  }

  // ---- Settings

  void take_assignment(const ShellAssignment& assignment) {
    if (is_device_list(assignment)) {
      take_ids(assignment);
      return;
    }
    const ShellWord& value = assignment.is_array ? ShellWord{} : assignment.values.front();
    if (assignment.is_array) {
      take_other_array(assignment);
    } else if (!value.plain) {
      take_expression(assignment);
    } else if (names_guest(assignment.name) && !direction_.in_function()) {
      if (draft_.guest(value.text, at(assignment.line, assignment.name)) != nullptr) {
        set_variable(assignment.name, {value.text, assignment.line, true});
      }
    } else {
      set_variable(assignment.name, {value.text, assignment.line, direction_.in_function()});
    }
  }

  void set_variable(const std::string& name, Variable variable) {
    const auto [known, is_new] = variables_.try_emplace(name, variable);
    if (is_new) return;
    if (!known->second.used) {
      draft_.leave_out(at(known->second.line, name),
                       "line " + std::to_string(variable.line) + " sets it again before it is used",
                       "nothing, or remove one of the two");
    }
    known->second = std::move(variable);
  }

  void take_other_array(const ShellAssignment& assignment) {
    const bool from_arguments =
        std::any_of(assignment.values.begin(), assignment.values.end(),
                    [](const ShellWord& value) { return uses_argument(value.text); });
    if (from_arguments || assignment.values.empty()) return;
    draft_.leave_out(at(assignment.line, assignment.name), "is no list of vendor:product",
                     "if it matters, find its place in hotseat.toml(5)");
  }

  void take_expression(const ShellAssignment& assignment) {
    const bool passed_on = direction_.in_function() || uses_argument(assignment.values[0].text);
    if (names_guest(assignment.name) && !passed_on) {
      if (guest_given_) return;
      draft_.leave_out(at(assignment.line, assignment.name),
                       "is worked out when the script runs, and hotseat has to know the guests",
                       "name them: --guest NAME, as virsh list --all shows it; once for each");
      return;
    }
    if (passed_on) return;
    if (const auto known = expand(assignment.values.front())) {
      set_variable(assignment.name, {*known, assignment.line, false});
      return;
    }
    draft_.leave_out(at(assignment.line, assignment.name), "is worked out when the script runs",
                     "if it matters, find its place in hotseat.toml(5)");
  }

  // The word with what is plainly assigned put in; nothing when something else is in it.
  std::optional<std::string> expand(const ShellWord& word) {
    if (word.plain) return word.text;
    std::string result;
    for (std::string_view rest = word.text; !rest.empty();) {
      const auto dollar = std::min(rest.find_first_of("$`"), rest.size());
      result += rest.substr(0, dollar);
      rest.remove_prefix(dollar);
      if (rest.empty()) break;
      const bool braces = rest.starts_with("${");
      rest.remove_prefix(braces ? 2 : 1);
      const auto length = std::min(
          rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
          rest.size());
      const auto known = variables_.find(std::string(rest.substr(0, length)));
      rest.remove_prefix(length);
      if (known == variables_.end() || (braces && !rest.starts_with('}'))) return std::nullopt;
      if (braces) rest.remove_prefix(1);
      known->second.used = true;
      result += known->second.value;
    }
    return result;
  }

  // ---- Commands

  void take_command(const ShellCommand& command, Direction direction) {
    std::vector<ShellWord> words = command.words;
    while (!words.empty() && is_one_of(words.front().text, kPrefixes)) words.erase(words.begin());
    if (words.empty()) return;
    const std::string& first = words.front().text;
    const bool defines = command.end == '(' && words.size() == 1;
    const bool is_pattern = command.end == ')' && words.size() == 1;
    if (defines || is_pattern) return;
    if (is_one_of(first, kMachinery) || is_one_of(first, kDeclarations) ||
        functions_.contains(first)) {
      take_ids_among(words);
    } else if (base_name(first) == "ddcutil") {
      take_ddcutil(words, direction);
    } else if (base_name(first) == "virsh") {
      take_virsh(words);
    } else if (is_one_of(base_name(first), kWriters)) {
      take_writer(command, words);
    } else {
      leave_out_command(words, "is a command of its own");
    }
  }

  static std::string joined(const std::vector<ShellWord>& words) {
    std::string text;
    for (const ShellWord& word : words) {
      text += (text.empty() ? "" : " ") + word.text;
      if (text.size() > 80) return text.substr(0, 80) + "...";
    }
    return text;
  }

  void leave_out_command(const std::vector<ShellWord>& words, const std::string& reason) {
    draft_.leave_out(at(words.front().line, joined(words)), reason,
                     "if it has to run at a switch: on_enter or on_leave, see Commands in "
                     "hotseat.toml(5)");
  }

  // What is printed is for people, or makes the XML for virsh. A file in /sys is a setting.
  void take_writer(const ShellCommand& command, const std::vector<ShellWord>& words) {
    for (const ShellWord& target : command.targets) {
      const bool aside = !target.plain || target.text.starts_with("/tmp/") ||
                         target.text.starts_with("/dev/") || target.text.ends_with(".xml");
      if (!aside) leave_out_command(words, "writes to " + target.text);
    }
  }

  void take_ddcutil(const std::vector<ShellWord>& words, Direction direction) {
    std::vector<std::string> arguments;
    for (std::size_t i = 1; i < words.size(); ++i) {
      auto argument = expand(words[i]);
      if (!argument) {
        leave_out_command(words, config::in_quotes(words[i].text) +
                                     " is worked out when the script "
                                     "runs");
        return;
      }
      arguments.push_back(std::move(*argument));
    }
    std::string fault;
    const auto call = parse_ddcutil(arguments, fault);
    const Origin origin = at(words.front().line, joined(words));
    if (!call) {
      draft_.leave_out(origin, fault, "hotseat monitors --probe prints lines for every monitor");
    } else if (direction == Direction::unknown) {
      draft_.leave_out(origin,
                       "is not told to be for \"attach\" or \"detach\" by an if or case around it",
                       "write the value into inputs of a [[monitor]]");
    } else {
      calls_.push_back({*call, direction, origin});
    }
  }

  void take_virsh(const std::vector<ShellWord>& words) {
    std::vector<ShellWord> rest;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool connect = words[i].text == "-c" || words[i].text == "--connect";
      if (connect && i + 1 < words.size()) {
        const auto uri = expand(words[++i]);
        if (uri) draft_.set_uri(*uri, at(words[i].line, "virsh --connect"));
      } else if (!words[i].text.starts_with('-')) {
        rest.push_back(words[i]);
      }
    }
    constexpr std::array<std::string_view, 6> kQuestions{"list",  "domstate", "dominfo",
                                                         "domid", "dumpxml",  "nodedev-list"};
    if (rest.empty() || is_one_of(rest[0].text, kQuestions)) return;
    if (rest[0].text.ends_with("-device")) {
      take_device_call(words, rest);
    } else if (rest[0].text == "start" && rest.size() > 1) {
      take_start(words, rest[1]);
    } else {
      leave_out_command(words, "is a command of its own");
    }
  }

  // The file is looked at by itself (take_file), whoever names it.
  void take_device_call(const std::vector<ShellWord>& words, const std::vector<ShellWord>& rest) {
    const bool general = !rest[0].plain || direction_.in_function();
    if (rest.size() > 1) {
      const auto guest = expand(rest[1]);
      if (guest && !direction_.in_function()) draft_.guest(*guest, at(rest[1].line, joined(words)));
    }
    if (general) return;
    const auto file = rest.size() > 2 ? expand(rest[2]) : std::nullopt;
    if (file && files_.contains(std::string(base_name(*file)))) return;
    if (file && file->find('*') != std::string::npos) return;
    leave_out_command(words, "the device is in a file that is not beside the script");
  }

  void take_start(const std::vector<ShellWord>& words, const ShellWord& name) {
    const auto known = expand(name);
    auto* guest = known ? draft_.guest(*known, at(name.line, joined(words))) : nullptr;
    if (guest == nullptr) {
      leave_out_command(words, "starts a guest that is not named");
      return;
    }
    guest->starts = true;
    guest->choices.emplace_back("starts when it is switched to, as the script has it");
  }

  // ---- What is known at the end only

  void ensure_guest() {
    if (!draft_.guests().empty()) return;
    auto* guest = draft_.guest("vm", at(0, "guest"));
    if (guest == nullptr) return;
    guest->choices.emplace_back(
        "the script takes the first guest that runs; hotseat has to know them by name. Put the "
        "name "
        "here that virsh list --all shows, and a table for each further guest; or import again "
        "with "
        "--guest NAME.");
  }

  void take_call(const MonitorCall& made) {
    auto known = std::find_if(
        monitors_.begin(), monitors_.end(),
        [&](const MonitorInputs& monitor) { return monitor.match == made.call.match; });
    if (known == monitors_.end()) {
      monitors_.push_back({made.call.match, made.call.feature, {}, {}, made.at});
      known = std::prev(monitors_.end());
    }
    auto& input = made.direction == Direction::to_host ? known->host : known->guest;
    const bool differs =
        (input && *input != made.call.value) || known->feature != made.call.feature;
    if (differs) {
      draft_.leave_out(
          made.at, "sets the monitor to something else than line " + std::to_string(known->at.line),
          "choose one; a monitor has one input for a target");
      return;
    }
    input = made.call.value;
  }

  void add_monitors() {
    for (const MonitorInputs& found : monitors_) {
      auto* monitor = draft_.add_monitor(found.match, "", found.at);
      if (monitor == nullptr) continue;
      monitor->feature = found.feature;
      if (found.host) monitor->inputs.emplace_back("host", *found.host);
      if (found.guest) {
        for (const GuestDraft& guest : draft_.guests()) {
          monitor->inputs.emplace_back(guest.name, *found.guest);
        }
      }
      if (found.match.bus) {
        monitor->choices.emplace_back(
            "found by the number of its I2C bus, as before. Numbers move; hotseat monitors --probe "
            "prints a match by model and serial.");
      }
      if (found.host) continue;
      monitor->choices.emplace_back(
          "the script does not know the host's input: the guest sets it (mControl setcontrol 60 "
          "N). "
          "Add host = N to inputs.");
    }
  }

 public:
  void know_file(const File& file) { files_.insert(std::string(base_name(file.name))); }

 private:
  const File& script_;
  Lines lines_;
  Draft draft_;
  ScriptDirection direction_;
  bool guest_given_ = false;
  std::set<std::string> functions_;
  std::set<std::string> files_;
  std::map<std::string, Variable> variables_;
  std::vector<MonitorCall> calls_;
  std::vector<MonitorInputs> monitors_;
};

}  // namespace

Expected<Imported> import_vm_attach(const File& script, const std::vector<File>& hostdevs,
                                    const std::vector<std::string>& guests) {
  const auto commands = parse_shell(script);
  if (!commands) return fail(commands.error());
  VmAttachImport importer(script, guests);
  for (const File& file : hostdevs) importer.know_file(file);
  importer.take(*commands);
  for (const File& file : hostdevs) {
    if (auto checked = check(file); !checked) return fail(checked.error());
    importer.take_file(file);
  }
  return std::move(importer).finish();
}

}  // namespace hotseat::importers
