#include "importers/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "config/toml/words.h"
#include "importers/file.h"

namespace hotseat::importers {

namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostNodes = 50'000;

struct Refusal : std::runtime_error {
  Refusal(int where, const std::string& reason) : std::runtime_error(reason), line(where) {}
  int line;
};

int line_of(const YAML::Mark& mark) {
  return mark.line < 0 ? 1 : mark.line + 1;
}

std::size_t size_of(const YamlNode& node) {
  std::size_t count = 1;
  if (const auto* list = node.list()) {
    for (const YamlNode& item : *list) count += size_of(item);
  } else if (const auto* table = node.table()) {
    for (const YamlEntry& entry : *table) count += size_of(entry.value);
  }
  return count;
}

// Events rather than yaml-cpp's own nodes: those share what aliases name, and grow without bounds
// when they are walked.
class TreeBuilder : public YAML::EventHandler {
 public:
  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add({line_of(mark), {}}, anchor, 1);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    add({line_of(mark), YamlText{value, tag == "?" || tag.empty()}}, anchor, 1);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) throw Refusal(line_of(mark), "an alias that contains itself");
    // Counted before it is copied.
    const std::size_t more = size_of(named->second);
    check_count(line_of(mark), more);
    add(named->second, 0, more);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open({line_of(mark), YamlList{}}, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open({line_of(mark), YamlTable{}}, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlEntry> entry = {};  // of a table: its key is there, its value is awaited
  };

  void check_count(int line, std::size_t more) const {
    if (count_ + more > kMostNodes) throw Refusal(line, "more values than any seat has");
  }

  void open(YamlNode node, YAML::anchor_t anchor) {
    if (open_.size() >= kDeepest) throw Refusal(node.line, "values nested too deep");
    open_.push_back({std::move(node), anchor});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.anchor, 1);
  }

  void add(YamlNode node, YAML::anchor_t anchor, std::size_t count) {
    check_count(node.line, count);
    count_ += count;
    if (anchor != 0) anchors_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (auto* list = std::get_if<YamlList>(&open_.back().node.value)) {
      list->push_back(std::move(node));
    } else {
      add_to_table(open_.back(), std::move(node));
    }
  }

  static void add_to_table(Open& table, YamlNode node) {
    if (table.entry) {
      table.entry->value = std::move(node);
      std::get<YamlTable>(table.node.value).push_back(*std::exchange(table.entry, std::nullopt));
      return;
    }
    const auto* key = node.text();
    if (key == nullptr) throw Refusal(node.line, "expected a key, found " + describe(node));
    table.entry = YamlEntry{key->text, node.line, {}};
  }

  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t count_ = 0;
};

tl::unexpected<Error> refuse(const File& file, int line, const std::string& reason) {
  return fail({"import", file.name + ":" + std::to_string(line), reason,
               "expected the program's YAML configuration; is it the right file?"});
}

std::optional<std::int64_t> digits(std::string_view text, int base) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

}  // namespace

Expected<YamlNode> parse_yaml(const File& file) {
  if (auto checked = check(file); !checked) return fail(checked.error());
  try {
    std::istringstream stream(file.text);
    YAML::Parser parser(stream);
    TreeBuilder first;
    parser.HandleNextDocument(first);
    YamlNode root = first.take();
    TreeBuilder second;
    if (parser.HandleNextDocument(second)) {
      return refuse(file, std::max(1, second.take().line), "a second document begins here");
    }
    return root;
  } catch (const Refusal& refusal) {
    return refuse(file, refusal.line, refusal.what());
  } catch (const YAML::Exception& error) {
    return refuse(file, line_of(error.mark), "not valid YAML: " + error.msg);
  } catch (const std::exception& error) {
    return refuse(file, 1, std::string("not valid YAML: ") + error.what());
  }
}

std::optional<std::int64_t> yaml_number(const YamlText& scalar) {
  if (!scalar.plain) return std::nullopt;
  std::string text = scalar.text;
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.starts_with('-')) return std::nullopt;
  std::optional<std::int64_t> value;
  if (rest.starts_with("0x")) {
    value = digits(rest.substr(2), 16);
  } else if (rest.starts_with("0b")) {
    value = digits(rest.substr(2), 2);
  } else if (rest.size() > 1 && rest.starts_with('0')) {
    value = digits(rest.substr(1), 8);
  } else {
    value = digits(rest, 10);
  }
  if (value && *value < 0) return std::nullopt;  // "0x-1"
  return value && negative ? -*value : value;
}

std::optional<bool> yaml_flag(const YamlText& scalar) {
  if (!scalar.plain) return std::nullopt;
  std::string word = scalar.text;
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::array kYes{"yes", "true", "on"};
  constexpr std::array kNo{"no", "false", "off"};
  if (std::find(kYes.begin(), kYes.end(), word) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), word) != kNo.end()) return false;
  return std::nullopt;
}

std::string describe(const YamlNode& node) {
  if (const auto* text = node.text()) return config::in_quotes(text->text);
  if (node.list() != nullptr) return "a list";
  return node.table() != nullptr ? "a table" : "nothing";
}

}  // namespace hotseat::importers
