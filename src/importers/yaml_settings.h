// Reading settings out of a YAML file. What does not fit is reported as not carried, and reading
// goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/draft.h"
#include "importers/file.h"
#include "importers/yaml.h"

namespace hotseat::importers {

class YamlSettings {
 public:
  // Both outlive this.
  YamlSettings(const File& file, Draft& draft) : file_(&file), lines_(file.text), draft_(&draft) {}

  // A value and the key it stands under, "http.security.secret".
  struct Setting {
    const YamlNode* node = nullptr;
    Origin at;
  };
  struct Known {
    std::string_view key;
    std::function<void(const Setting&)> take;
  };

  // Every entry of a table goes to the one that knows its key; what nobody knows is reported. Of a
  // key that stands there twice the last counts, as it does for the original. No value is an
  // empty table.
  void each(const Setting& table, std::initializer_list<Known> known);
  // Every entry, whatever its key.
  std::vector<std::pair<std::string, Setting>> entries(const Setting& table);
  // "displays[0]", "displays[1]", …; no value is an empty list.
  std::vector<Setting> items(const Setting& list);

  std::optional<std::string> text(const Setting& setting);
  std::vector<std::string> texts(const Setting& list);
  std::optional<std::int64_t> number(const Setting& setting, std::int64_t low, std::int64_t high);
  std::optional<bool> flag(const Setting& setting);

  // For a setting that hotseat has nothing for.
  void leave_out(const Setting& setting, std::string reason, std::string hint);

  Setting root(const YamlNode& node) const { return {&node, {file_->name, node.line, ""}}; }
  std::string comment_near(const Setting& setting) const {
    return lines_.comment_near(setting.at.line);
  }

 private:
  void mismatch(const Setting& setting, const std::string& expected);

  const File* file_;
  Lines lines_;
  Draft* draft_;
};

}  // namespace hotseat::importers
