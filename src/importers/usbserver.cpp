#include "importers/usbserver.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/words.h"
#include "config/toml/words.h"
#include "importers/draft.h"
#include "importers/file.h"

namespace hotseat::importers {

namespace {

// "attach" of the request; the others are what its log says became of it.
constexpr std::array<std::string_view, 6> kActions{"attach",   "detach",    "attached",
                                                   "detached", "attaching", "detaching"};
// The function of the guest's PowerShell script: takes the device alone.
constexpr std::array<std::string_view, 2> kFunctions{"attach-device", "detach-device"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Between words: blanks, quotes and what scripts put around them.
constexpr std::string_view kBetween = " \t\r\"'`();,+|[]{}<>=";

// What one line says.
struct Request {
  bool attaches = false;
  std::optional<std::string> guest;
  std::optional<std::string> device;  // as it stands there
  std::string text;                   // "win10 attach 046d:c31c"
};

std::optional<Request> request_in(const std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool alone = is_one_of(words[i], kFunctions);
    if (!alone && !is_one_of(words[i], kActions)) continue;
    std::size_t next = i + 1;
    if (next < words.size() && words[next] == "device") ++next;
    Request request;
    if (next < words.size() && words[next].find(':') != std::string_view::npos) {
      request.device = words[next];
    }
    if (!alone && i > 0) request.guest = words[i - 1];
    request.attaches = words[i].starts_with("attach");
    request.text = request.guest.value_or("") + (request.guest ? " " : "") + std::string(words[i]) +
                   (request.device ? " " : "") + request.device.value_or("");
    if (request.guest || request.device) return request;
  }
  return std::nullopt;
}

class UsbserverImport {
 public:
  UsbserverImport(const File& file, const std::vector<std::string>& guests)
      : file_(file), lines_(file.text), draft_(file.name) {
    for (const auto& guest : guests) draft_.guest(guest, {file.name, 0, "--guest " + guest});
  }

  Expected<Imported> run() && {
    for (int line = 1; line <= lines_.count(); ++line) take(line);
    report_passage();
    ensure_guest();
    for (GuestDraft& guest : draft_.guests()) set_policy(guest);
    draft_.choose(
        "everything moves together, to whichever guest has the seat; usbserver moved each device "
        "by "
        "itself.");
    return std::move(draft_).finish();
  }

 private:
  void take(int line) {
    const auto text = trimmed(lines_[line], kBlanks);
    if (text.empty() || text.starts_with('#') || text.starts_with("//")) return;
    const auto request = request_in(words_of(text, kBetween));
    if (!request) {
      if (passage_ == 0) passage_ = line;
      passage_end_ = line;
      return;
    }
    report_passage();
    const Origin at{file_.name, line, request->text};
    attaches_ = attaches_ || request->attaches;
    if (request->guest) take_guest(*request->guest, at);
    if (request->device) take_device(*request->device, line, at);
  }

  // Variables of a script are not names.
  void take_guest(const std::string& name, const Origin& at) {
    if (name.find_first_of("$%@") != std::string::npos) {
      draft_.leave_out(at, "the guest is worked out when the script runs",
                       "name it: --guest NAME, as virsh list --all shows it");
      return;
    }
    draft_.guest(name, at);
  }

  void take_device(const std::string& text, int line, const Origin& at) {
    const auto id = parse_usb_id(text);
    if (!id) {
      draft_.leave_out(
          at, config::in_quotes(text) + " is no vendor:product, four hexadecimal digits each",
          "lsusb shows it behind ID");
      return;
    }
    DeviceMatch match;
    match.id = id;
    if (draft_.has_device(match)) return;  // it comes and goes, in many lines
    const std::string comment = lines_.comment_near(line);
    auto* device =
        draft_.add_device(match, Transport::usb, comment.size() <= 32 ? comment : "", at);
    if (device == nullptr) return;
    device->optional = true;
    device->choices.emplace_back("optional, as usbserver goes on when a device is not there");
  }

  // Lines that are no request, told as one where they follow each other.
  void report_passage() {
    if (passage_ == 0) return;
    const std::string text(trimmed(lines_[passage_], kBlanks).substr(0, 60));
    const std::string until =
        passage_end_ == passage_ ? "" : " … line " + std::to_string(passage_end_);
    draft_.leave_out({file_.name, passage_, text + until},
                     "holds no \"VM attach VENDOR:PRODUCT\" or \"VM detach VENDOR:PRODUCT\"",
                     "nothing, unless it sets something that matters");
    passage_ = 0;
  }

  void ensure_guest() {
    if (!draft_.guests().empty()) return;
    auto* guest = draft_.guest("vm", {file_.name, 0, "guest"});
    if (guest == nullptr) return;
    guest->choices.emplace_back(
        "no line names a guest. Put the name here that virsh list --all shows; or import again "
        "with "
        "--guest NAME.");
  }

  // Who sends its lines through a serial port is a guest; on the host, it is root.
  bool speaks_from_guest() const {
    constexpr std::array<std::string_view, 4> kSerial{"SerialPort", "COM1", "COM2", "/dev/ttyS"};
    return std::any_of(kSerial.begin(), kSerial.end(), [this](std::string_view name) {
      return file_.text.find(name) != std::string::npos;
    });
  }

  void set_policy(GuestDraft& guest) const {
    const bool takes = attaches_ && speaks_from_guest();
    guest.policy = {"switch:host"};
    if (takes) guest.policy.emplace_back("switch:self");
    guest.choices.emplace_back(
        std::string("usbserver did whatever any guest said. Over its serial port this one gives "
                    "the seat back") +
        (takes ? ", and takes it, as the script attaches."
               : "; to let it take the seat too, add \"switch:self\"."));
  }

  const File& file_;
  Lines lines_;
  Draft draft_;
  bool attaches_ = false;
  int passage_ = 0;  // where the lines begin that are no request; 0: the last one was
  int passage_end_ = 0;
};

}  // namespace

Expected<Imported> import_usbserver(const File& file, const std::vector<std::string>& guests) {
  if (auto checked = check(file); !checked) return fail(checked.error());
  return UsbserverImport(file, guests).run();
}

}  // namespace hotseat::importers
