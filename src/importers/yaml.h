// A YAML file as a plain tree that remembers where everything stood. The parser library stays
// behind this header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

struct YamlNode;
struct YamlEntry;
using YamlList = std::vector<YamlNode>;
using YamlTable = std::vector<YamlEntry>;  // in the order of the file; a key may stand there twice

struct YamlText {
  std::string text;
  bool plain = true;  // not in quotes: may be a number or a word such as "yes"
};

struct YamlNode {
  int line = 1;
  std::variant<std::monostate, YamlText, YamlList, YamlTable> value;  // monostate: no value

  bool empty() const { return std::holds_alternative<std::monostate>(value); }
  const YamlText* text() const { return std::get_if<YamlText>(&value); }
  const YamlList* list() const { return std::get_if<YamlList>(&value); }
  const YamlTable* table() const { return std::get_if<YamlTable>(&value); }
};

struct YamlEntry {
  std::string key;
  int line = 1;
  YamlNode value;
};

// The one document of the file. Aliases are replaced by what they stand for. Fails, with
// "FILE:LINE" as its object, on what is not YAML, nests deeper than any configuration does, or
// grows beyond bounds through its aliases.
Expected<YamlNode> parse_yaml(const File& file);

// As YAML 1.1 has them, which is what the programs written in Python read: 0x1F, 0b11, 017 (octal),
// 1_000; yes, no, on, off, true, false. (Base 60 is left out.)
std::optional<std::int64_t> yaml_number(const YamlText& scalar);
std::optional<bool> yaml_flag(const YamlText& scalar);

// "a table", "a list", "nothing", "the text …": for messages.
std::string describe(const YamlNode& node);

}  // namespace hotseat::importers
