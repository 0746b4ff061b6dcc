#include "importers/yaml_settings.h"

#include <algorithm>
#include <map>
#include <utility>

#include "config/toml/words.h"

namespace hotseat::importers {

void YamlSettings::leave_out(const Setting& setting, std::string reason, std::string hint) {
  draft_->leave_out(setting.at, std::move(reason), std::move(hint));
}

void YamlSettings::mismatch(const Setting& setting, const std::string& expected) {
  leave_out(setting, "expected " + expected + ", found " + describe(*setting.node),
            "correct it, or write the setting into hotseat.toml by hand");
}

std::vector<std::pair<std::string, YamlSettings::Setting>> YamlSettings::entries(
    const Setting& table) {
  std::vector<std::pair<std::string, Setting>> found;
  if (table.node->empty()) return found;
  const auto* all = table.node->table();
  if (all == nullptr) {
    mismatch(table, "a table of settings");
    return found;
  }
  std::map<std::string_view, const YamlEntry*> last;
  for (const YamlEntry& entry : *all) last[entry.key] = &entry;
  const std::string prefix = table.at.key.empty() ? "" : table.at.key + ".";
  for (const YamlEntry& entry : *all) {
    const Setting setting{&entry.value, {file_->name, entry.line, prefix + entry.key}};
    const YamlEntry* counts = last[entry.key];
    if (counts == &entry) {
      found.emplace_back(entry.key, setting);
    } else {
      leave_out(setting,
                "line " + std::to_string(counts->line) + " sets it again, and the last counts",
                "remove one of the two");
    }
  }
  return found;
}

void YamlSettings::each(const Setting& table, std::initializer_list<Known> known) {
  for (const auto& [key, setting] : entries(table)) {
    const auto* who = std::find_if(
        known.begin(), known.end(),
        [&, name = std::string_view(key)](const Known& one) { return one.key == name; });
    if (who != known.end()) {
      who->take(setting);
      continue;
    }
    std::vector<std::string> keys;
    for (const Known& one : known) keys.emplace_back(one.key);
    leave_out(setting, "is no setting that is known here",
              config::suggestion(key, keys, "known here: " + config::listed(keys)));
  }
}

std::vector<YamlSettings::Setting> YamlSettings::items(const Setting& list) {
  std::vector<Setting> found;
  if (list.node->empty()) return found;
  const auto* all = list.node->list();
  if (all == nullptr) {
    mismatch(list, "a list");
    return found;
  }
  for (std::size_t i = 0; i < all->size(); ++i) {
    const YamlNode& node = (*all)[i];
    found.push_back({&node, {file_->name, node.line, list.at.key + "[" + std::to_string(i) + "]"}});
  }
  return found;
}

std::optional<std::string> YamlSettings::text(const Setting& setting) {
  if (const auto* found = setting.node->text()) return found->text;
  mismatch(setting, "text");
  return std::nullopt;
}

std::vector<std::string> YamlSettings::texts(const Setting& list) {
  std::vector<std::string> found;
  for (const Setting& item : items(list)) {
    if (auto one = text(item)) found.push_back(std::move(*one));
  }
  return found;
}

std::optional<std::int64_t> YamlSettings::number(const Setting& setting, std::int64_t low,
                                                 std::int64_t high) {
  const auto* found = setting.node->text();
  const auto value = found == nullptr ? std::nullopt : yaml_number(*found);
  if (value && *value >= low && *value <= high) return value;
  mismatch(setting, "a number from " + std::to_string(low) + " to " + std::to_string(high));
  return std::nullopt;
}

std::optional<bool> YamlSettings::flag(const Setting& setting) {
  const auto* found = setting.node->text();
  const auto value = found == nullptr ? std::nullopt : yaml_flag(*found);
  if (!value) mismatch(setting, "true or false");
  return value;
}

}  // namespace hotseat::importers
