#include "importers/vm_attach.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/words.h"
#include "config/toml/words.h"
#include "importers/ddcutil_call.h"
#include "importers/draft.h"
#include "importers/file.h"
#include "importers/hostdev_file.h"
#include "importers/monitor_calls.h"
#include "importers/script_direction.h"
#include "importers/script_variables.h"
#include "importers/script_words.h"
#include "importers/shell.h"

namespace hotseat::importers {

namespace {

constexpr std::string_view kBetweenIds = " \t\r\n";

class VmAttachImport {
 public:
  VmAttachImport(const File& script, const std::vector<File>& hostdevs,
                 const std::vector<std::string>& guests)
      : script_(script), lines_(script.text), draft_(script.name), variables_(script.name, draft_) {
    for (const std::string& guest : guests)
      draft_.guest(guest, {script.name, 0, "--guest " + guest});
    guest_given_ = !guests.empty();
    for (const File& file : hostdevs) files_.insert(std::string(base_name(file.name)));
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
    allow_key();
    monitors_.write(draft_);
    variables_.report_unused();
    return std::move(draft_).finish();
  }

 private:
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
      for (const auto part : words_of(value.text, kBetweenIds)) {
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
      const auto parts = words_of(value.text, kBetweenIds);
      if (std::any_of(parts.begin(), parts.end(), [](const auto part) {
            return parse_usb_id(std::string(part)).has_value();
          })) {
        return true;
      }
    }
    return assignment.is_array && names_devices(assignment.name) &&
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
        variables_.set(assignment.name, value.text, assignment.line, true);
      }
    } else {
      variables_.set(assignment.name, value.text, assignment.line, direction_.in_function());
    }
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
    if (const auto known = variables_.expand(assignment.values.front())) {
      variables_.set(assignment.name, *known, assignment.line, false);
      return;
    }
    draft_.leave_out(at(assignment.line, assignment.name), "is worked out when the script runs",
                     "if it matters, find its place in hotseat.toml(5)");
  }

  // ---- Commands

  void take_command(const ShellCommand& command, Direction direction) {
    std::vector<ShellWord> words = command.words;
    while (!words.empty() && is_prefix(words.front().text)) words.erase(words.begin());
    if (words.empty()) return;
    const std::string& first = words.front().text;
    const bool defines = command.end == '(' && words.size() == 1;
    const bool is_pattern = command.end == ')' && words.size() == 1;
    if (defines || is_pattern) return;
    if (is_machinery(first) || functions_.contains(first)) {
      take_ids_among(words);
    } else if (base_name(first) == "ddcutil") {
      take_ddcutil(words, direction);
    } else if (base_name(first) == "virsh") {
      take_virsh(words);
    } else if (is_writer(base_name(first))) {
      take_writer(command, words);
    } else {
      leave_out_command(words, "is a command of its own");
    }
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
      auto argument = variables_.expand(words[i]);
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
      monitors_.add(*call, direction, origin, draft_);
    }
  }

  void take_virsh(const std::vector<ShellWord>& words) {
    std::vector<ShellWord> rest;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool connect = words[i].text == "-c" || words[i].text == "--connect";
      if (connect && i + 1 < words.size()) {
        const auto uri = variables_.expand(words[++i]);
        if (uri) draft_.set_uri(*uri, at(words[i].line, "virsh --connect"));
      } else if (!words[i].text.starts_with('-')) {
        rest.push_back(words[i]);
      }
    }
    if (rest.empty() || is_virsh_question(rest[0].text)) return;
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
      const auto guest = variables_.expand(rest[1]);
      if (guest && !direction_.in_function()) draft_.guest(*guest, at(rest[1].line, joined(words)));
    }
    if (general) return;
    const auto file = rest.size() > 2 ? variables_.expand(rest[2]) : std::nullopt;
    if (file && files_.contains(std::string(base_name(*file)))) return;
    if (file && file->find('*') != std::string::npos) return;
    leave_out_command(words, "the device is in a file that is not beside the script");
  }

  void take_start(const std::vector<ShellWord>& words, const ShellWord& name) {
    const auto known = variables_.expand(name);
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

  // The guest comes with a key whose forced command is the script; sshd(8), "command=".
  void allow_key() {
    std::string targets;
    for (const GuestDraft& guest : draft_.guests()) {
      targets += (targets.empty() ? "\"switch:" : " or \"switch:") + guest.name + "\"";
    }
    draft_.allow("ssh:vm-attach", {"switch:host"},
                 "for a guest that runs the script over SSH: in authorized_keys write "
                 "command=\"/usr/bin/hotseat ssh-door vm-attach detach\" in place of the script. A "
                 "key that attaches needs " +
                     targets + " here too.");
  }

  const File& script_;
  Lines lines_;
  Draft draft_;
  ScriptDirection direction_;
  bool guest_given_ = false;
  std::set<std::string> functions_;
  std::set<std::string> files_;
  ScriptVariables variables_;
  MonitorCalls monitors_;
};

}  // namespace

Expected<Imported> import_vm_attach(const File& script, const std::vector<File>& hostdevs,
                                    const std::vector<std::string>& guests) {
  const auto commands = parse_shell(script);
  if (!commands) return fail(commands.error());
  VmAttachImport importer(script, hostdevs, guests);
  importer.take(*commands);
  for (const File& file : hostdevs) {
    if (auto checked = check(file); !checked) return fail(checked.error());
    importer.take_file(file);
  }
  return std::move(importer).finish();
}

}  // namespace hotseat::importers
