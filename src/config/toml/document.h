// A TOML file as a plain tree that remembers where everything stood. The parser library stays
// behind this header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "config/toml/problem.h"

namespace hotseat::config {

struct Node;
struct Entry;
using List = std::vector<Node>;
using Table = std::vector<Entry>;  // in the order of the file

// A value of a kind that no key takes.
struct Unusable {
  std::string kind;  // "a float", "a date"
};

struct Node {
  Position at;
  std::variant<std::string, std::int64_t, bool, List, Table, Unusable> value;
};

struct Entry {
  std::string key;
  Position key_at;
  Node value;
};

// The root is a Table. Fails on the first thing that is not TOML 1.0.
tl::expected<Node, Problem> parse_document(std::string_view text);

}  // namespace hotseat::config
