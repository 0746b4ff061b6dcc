// Reading typed values out of a document. Whatever does not fit is reported as a Problem, and
// reading goes on, so that one run finds everything.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/toml/document.h"
#include "config/toml/problem.h"

namespace hotseat::config {

struct Member;

// One value and the key it stands under. Refers to the document and the problems, which outlive it.
// Asked for a kind of value that it is not, it reports that and gives nothing.
class Field {
 public:
  Field(const Node& node, std::string key, Problems& problems);

  const std::string& key() const { return key_; }  // "guest.win11.start"
  Position at() const { return node_->at; }

  std::optional<std::string> text() const;  // any, also empty, but without NUL
  std::optional<std::string> word() const;  // not empty, no control characters
  std::optional<bool> flag() const;
  std::optional<std::int64_t> whole(std::int64_t lowest, std::int64_t highest) const;
  // Text such as "500ms", "10s", "2m"; never a bare number, whose unit one would have to know.
  std::optional<std::chrono::milliseconds> duration(std::chrono::milliseconds lowest,
                                                    std::chrono::milliseconds highest) const;
  // What stands in an array; `example` shows how to write one.
  std::optional<std::vector<Field>> items(const std::string& example) const;
  // What stands in a table, in the order of the file.
  std::optional<std::vector<Member>> members(const std::string& example) const;

  bool is_text() const;
  bool is_integer() const;
  bool is_table() const;
  bool is_empty_list() const;

  // The value is wrong, here.
  void report(std::string reason, std::string hint) const;
  void report_at(Position at, std::string reason, std::string hint) const;
  // "expected WHAT, found what it is"
  void mismatch(const std::string& what, std::string hint) const;

 private:
  const Node* node_;
  std::string key_;
  Problems* problems_;
};

struct Member {
  std::string name;
  Position name_at;
  Field value;
  // The name is wrong, there.
  void report(std::string reason, std::string hint) const;
};

// A table with a fixed set of keys; others are reported when it is opened.
class Section {
 public:
  // What to do about an unknown key that resembles none of the known ones; when it says nothing,
  // they are listed.
  using Advice = std::function<std::string(const Member&)>;

  static std::optional<Section> open(const Field& field, const std::string& example,
                                     std::initializer_list<const char*> known,
                                     const Advice& advice = {});

  std::optional<Field> find(std::string_view name) const;
  // As find(), and reports its absence.
  std::optional<Field> require(std::string_view name, std::string hint) const;
  const Field& field() const { return field_; }
  bool empty() const { return members_.empty(); }

 private:
  Section(Field field, std::vector<Member> members);

  Field field_;
  std::vector<Member> members_;
};

}  // namespace hotseat::config
