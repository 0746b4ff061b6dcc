// A shell script, read and never run: its commands and assignments, word by word. What a word
// stands for when it has expansions in it is not worked out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "importers/imported.h"

namespace hotseat::importers {

struct ShellWord {
  std::string text;     // without quotes; expansions as they stand there: "--bus=$monitor"
  bool plain = true;    // has no expansions
  bool quoted = false;  // has quotes somewhere
  int line = 1;
};

struct ShellAssignment {
  std::string name;
  bool is_array = false;
  bool adds = false;              // +=
  std::vector<ShellWord> values;  // one, unless it is an array
  int line = 1;
};

struct ShellCommand {
  std::vector<ShellAssignment> assignments;  // in front of it, or of declare, local, …
  std::vector<ShellWord> words;
  std::vector<ShellWord> targets;    // of redirections: files
  std::vector<ShellWord> documents;  // "here documents"
  char end = '\n';                   // what ends it: \n ; & | ( ) or D for ;;
  int line = 1;
};

// Control structures are commands that begin with their words, "if", "do", "}"; parentheses end a
// command. Fails, with "FILE:LINE" as its object, on quotes and parentheses that are never closed.
Expected<std::vector<ShellCommand>> parse_shell(const File& file);

}  // namespace hotseat::importers
