#include "importers/ddcutil_call.h"

#include <charconv>
#include <string_view>

namespace hotseat::importers {

namespace {

std::optional<int> digits(std::string_view text, int base, int highest) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || error != std::errc{} || rest != end) return std::nullopt;
  if (value < 0 || value > highest) return std::nullopt;
  return value;
}

// ddcutil(1): features are hexadecimal, with or without 0x; values are decimal unless they begin
// with 0x or x, or end with h.
std::optional<int> feature_code(std::string_view text) {
  if (text.starts_with('0')) text.remove_prefix(1);  // 0x60, 060
  if (text.starts_with('x')) text.remove_prefix(1);
  return digits(text, 16, 0xff);
}

std::optional<int> feature_value(std::string_view text) {
  if (text.starts_with("0x")) return digits(text.substr(2), 16, 0xff);
  if (text.starts_with('x')) return digits(text.substr(1), 16, 0xff);
  if (text.ends_with('h')) return digits(text.substr(0, text.size() - 1), 16, 0xff);
  return digits(text, 10, 0xff);
}

// Input Select, or what a manufacturer has made of E0 to FF (MCCS 2.2a, 8).
bool may_select_input(int feature) {
  return feature == 0x60 || feature >= 0xe0;
}

struct Option {
  std::string_view name;
  std::string_view letter;
};
constexpr Option kBus{"--bus", "-b"};
constexpr Option kModel{"--model", "-l"};
constexpr Option kSerial{"--sn", "-n"};
constexpr Option kManufacturer{"--mfg", "-g"};

class Reader {
 public:
  explicit Reader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  std::optional<DdcutilCall> run(std::string& fault) {
    while (at_ < arguments_.size()) {
      if (!take(fault)) return std::nullopt;
    }
    if (words_.size() != 3 || words_[0] != "setvcp") {
      fault = "is no call that sets one feature";
      return std::nullopt;
    }
    const auto feature = feature_code(words_[1]);
    const auto value = feature_value(words_[2]);
    if (!feature || !value) {
      fault = "has no feature and value that are numbers up to 255";
      return std::nullopt;
    }
    if (!may_select_input(*feature)) {
      fault = "sets a feature that selects no input";
      return std::nullopt;
    }
    if (call_.match == MonitorMatch{}) {
      fault = "does not say which monitor it means";
      return std::nullopt;
    }
    call_.feature = static_cast<std::uint8_t>(*feature);
    call_.value = static_cast<std::uint8_t>(*value);
    return call_;
  }

 private:
  bool take(std::string& fault) {
    if (const auto bus = value_of(kBus)) {
      call_.match.bus = digits(*bus, 10, 0xfffff);
      if (!call_.match.bus) fault = "has no number for --bus";
      return call_.match.bus.has_value();
    }
    for (const auto& [option, place] :
         {std::pair{kModel, &call_.match.model}, std::pair{kSerial, &call_.match.serial},
          std::pair{kManufacturer, &call_.match.manufacturer}}) {
      if (auto value = value_of(option)) {
        *place = std::move(value);
        return true;
      }
    }
    const std::string& argument = arguments_[at_++];
    if (argument.starts_with("-d") || argument.starts_with("--display")) {
      fault = "names the monitor by a number that only ddcutil gives it";
      return false;
    }
    // Others say how to do it, which hotseat knows itself.
    if (!argument.starts_with('-')) words_.push_back(argument);
    return true;
  }

  // --bus=3, --bus 3, -b 3, -b3
  std::optional<std::string> value_of(const Option& option) {
    const std::string_view argument = arguments_[at_];
    const bool alone = argument == option.name || argument == option.letter;
    if (alone && at_ + 1 < arguments_.size()) {
      at_ += 2;
      return arguments_[at_ - 1];
    }
    if (argument.starts_with(std::string(option.name) + "=")) {
      ++at_;
      return std::string(argument.substr(option.name.size() + 1));
    }
    if (!alone && argument.starts_with(option.letter)) {
      ++at_;
      return std::string(argument.substr(option.letter.size()));
    }
    return std::nullopt;
  }

  const std::vector<std::string>& arguments_;
  std::size_t at_ = 0;
  std::vector<std::string> words_;
  DdcutilCall call_;
};

}  // namespace

std::optional<DdcutilCall> parse_ddcutil(const std::vector<std::string>& arguments,
                                         std::string& fault) {
  return Reader(arguments).run(fault);
}

}  // namespace hotseat::importers
