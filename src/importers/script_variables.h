// What a script plainly assigns, and whether that was of any use.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "importers/draft.h"
#include "importers/shell.h"

namespace hotseat::importers {

class ScriptVariables {
 public:
  // `file` is the script's name, in reports.
  ScriptVariables(std::string file, Draft& draft) : file_(std::move(file)), draft_(&draft) {}

  // `used`: it needs no use to be understood.
  void set(const std::string& name, const std::string& value, int line, bool used);

  // The word with its variables put in, which are used then; nothing when something else is to be
  // worked out in it.
  std::optional<std::string> expand(const ShellWord& word);

  void report_unused() const;

 private:
  struct Variable {
    std::string value;
    int line = 1;
    bool used = false;
  };

  std::string file_;
  Draft* draft_;
  std::map<std::string, Variable> variables_;
};

}  // namespace hotseat::importers
