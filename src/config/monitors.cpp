#include "config/monitors.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "config/names.h"
#include "config/toml/words.h"
#include "wire/mccs.h"

namespace hotseat::config {

namespace {

constexpr const char* kMatchExample = R"(match = { model = "HP 24o" })";
constexpr const char* kInputsExample = R"(inputs = { host = "DisplayPort-1", GUEST = "HDMI-1" })";

// I2C_MINORS (drivers/i2c/i2c-dev.c) is 2^20.
constexpr std::int64_t kLastBus = (1 << 20) - 1;

// Longer than any monitor is known to be deaf after a Set.
constexpr Milliseconds kLongestSettle{10'000};

std::optional<std::uint8_t> read_byte(const std::optional<Field>& field) {
  const auto value = field ? field->whole(0, 255) : std::nullopt;
  if (!value) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

std::optional<std::string> read_word(const std::optional<Field>& field) {
  return field ? field->word() : std::nullopt;
}

// EDID 1.4, 3.4.1: three letters.
std::optional<std::string> read_manufacturer(const std::optional<Field>& field) {
  auto id = read_word(field);
  if (!id) return id;
  const bool fits = id->size() == 3 && std::all_of(id->begin(), id->end(),
                                                   [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!fits) {
    field->report(
        "expected the three capital letters of an EDID manufacturer, found " + in_quotes(*id),
        "such as \"HPN\", \"GSM\" or \"DEL\"; `hotseat monitors --probe` shows it");
  }
  return id;
}

MonitorMatch read_match(const Field& field) {
  MonitorMatch match;
  const auto section =
      Section::open(field, kMatchExample, {"manufacturer", "model", "serial", "connector", "bus"});
  if (!section) return match;
  if (section->empty()) {
    field.report("matches nothing", std::string("give one key at least: ") + kMatchExample);
  }
  match.manufacturer = read_manufacturer(section->find("manufacturer"));
  match.model = read_word(section->find("model"));
  match.serial = read_word(section->find("serial"));
  match.connector = read_word(section->find("connector"));
  if (const auto bus = section->find("bus")) {
    if (const auto number = bus->whole(0, kLastBus)) match.bus = static_cast<int>(*number);
  }
  return match;
}

MonitorQuirkOverrides read_quirks(const Field& field) {
  MonitorQuirkOverrides quirks;
  const auto section =
      Section::open(field, "quirks = { feature = 0xF4, source_address = 0x50 }",
                    {"feature", "source_address", "get_before_set", "settle", "read_mask"});
  if (!section) return quirks;
  quirks.feature = read_byte(section->find("feature"));
  quirks.source_address = read_byte(section->find("source_address"));
  quirks.read_mask = read_byte(section->find("read_mask"));
  if (const auto get = section->find("get_before_set")) quirks.get_before_set = get->flag();
  if (const auto settle = section->find("settle")) {
    quirks.settle = settle->duration(Milliseconds{0}, kLongestSettle);
  }
  return quirks;
}

std::optional<std::uint8_t> read_input(const Field& field) {
  if (!field.is_text()) {
    if (field.is_integer()) return read_byte(field);
    field.mismatch("the name or number of an input", "such as \"HDMI-1\" or 0x11");
    return std::nullopt;
  }
  const auto name = field.word();
  if (!name) return std::nullopt;
  if (const auto value = wire::input_by_name(*name)) return value;
  std::vector<std::string> known;
  for (const auto& input : wire::input_names()) known.emplace_back(input.name);
  const bool number = name->find_first_not_of("0123456789abcdefxABCDEFX") == std::string::npos;
  field.report("no input is called " + in_quotes(*name),
               number ? "write the number without quotes"
                      : suggestion(*name, known,
                                   "write its number, such as 0x11; `hotseat monitors --probe` "
                                   "shows what the monitor says it has"));
  return std::nullopt;
}

std::map<TargetName, std::uint8_t> read_inputs(const Field& field,
                                               const std::vector<std::string>& targets) {
  std::map<TargetName, std::uint8_t> inputs;
  const auto members = field.members(kInputsExample);
  if (!members) return inputs;
  if (members->empty()) field.report("names no input", std::string("write ") + kInputsExample);
  for (const Member& member : *members) {
    if (std::find(targets.begin(), targets.end(), member.name) == targets.end()) {
      member.report("there is no target " + in_quotes(member.name),
                    suggestion(member.name, targets,
                               "add a table [guest.NAME] for it; known here: " + listed(targets)));
    }
    if (const auto input = read_input(member.value)) {
      inputs.emplace(TargetName{member.name}, *input);
    }
  }
  return inputs;
}

MonitorSpec read_monitor(const Section& section, const std::vector<std::string>& targets,
                         FirstUse& names) {
  MonitorSpec monitor;
  monitor.name = MonitorName{read_unique_name(section, kNamePunctuation, names)};
  if (const auto match = section.require("match", std::string("add ") + kMatchExample)) {
    monitor.match = read_match(*match);
  }
  if (const auto inputs = section.require("inputs", std::string("add ") + kInputsExample)) {
    monitor.inputs = read_inputs(*inputs, targets);
  }
  if (const auto quirks = section.find("quirks")) monitor.quirks = read_quirks(*quirks);
  return monitor;
}

void check_twin(const Section& section, const MonitorSpec& monitor,
                const std::vector<MonitorSpec>& others) {
  if (monitor.match == MonitorMatch{}) return;
  for (const MonitorSpec& other : others) {
    if (other.match != monitor.match) continue;
    section.find("match")->report("matches the same as the monitor " + in_quotes(other.name.str()),
                                  "tell twins apart by serial or connector");
    return;
  }
}

}  // namespace

std::vector<MonitorSpec> read_monitors(const std::optional<Field>& field,
                                       const std::vector<std::string>& targets) {
  std::vector<MonitorSpec> monitors;
  const auto items = field ? field->items("[[monitor]]") : std::nullopt;
  if (!items) return monitors;
  FirstUse names;
  for (const Field& item : *items) {
    const auto section = Section::open(item, "[[monitor]]", {"name", "match", "inputs", "quirks"});
    if (!section) continue;
    MonitorSpec monitor = read_monitor(*section, targets, names);
    check_twin(*section, monitor, monitors);
    monitors.push_back(std::move(monitor));
  }
  return monitors;
}

}  // namespace hotseat::config
