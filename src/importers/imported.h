// What an importer takes, and what it gives.
#pragma once

#include <string>
#include <vector>

namespace hotseat::importers {

struct File {
  std::string name;  // as the person knows it; for messages
  std::string text;
};

// Where something stood in what is imported.
struct Origin {
  std::string file;
  int line = 0;  // from 1; 0: of the file as a whole
  std::string key;
  bool operator==(const Origin&) const = default;
};

// Something that hotseat.toml has no place for, or that this program does not understand.
struct NotCarried {
  Origin at;
  std::string reason;
  std::string hint;  // what to do about it
  bool operator==(const NotCarried&) const = default;
};

// Something that the original leaves open or does otherwise. Stands as a comment in the text too.
struct Choice {
  std::string at;  // the key in hotseat.toml, "guest.win10"; empty for the seat as a whole
  std::string text;
  bool operator==(const Choice&) const = default;
};

struct Imported {
  std::string toml;      // config::parse() takes it
  std::string web_toml;  // web::parse_config() takes it, and it holds a secret; empty: none
  std::vector<NotCarried> not_carried;
  std::vector<Choice> choices;
};

}  // namespace hotseat::importers
