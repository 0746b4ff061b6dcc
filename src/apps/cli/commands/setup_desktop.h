// hotseat setup desktop: the targets in the desktop's menu.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "apps/cli/commands/command.h"
#include "apps/cli/menu_entries.h"

namespace hotseat::cli {

class SetupDesktopCommand : public Command {
 public:
  struct Options {
    std::string directory;  // where the entries go; empty: the user's own
    bool dry_run = false;
    bool undo = false;
  };

  explicit SetupDesktopCommand(Options options) : options_(std::move(options)) {}
  // Makes the directory what it should be, and prints each change. Entries of targets that are no
  // longer there go.
  Result<ExitStatus> run(Console& console) override;

 private:
  Result<std::filesystem::path> directory() const;
  Result<std::vector<MenuEntry>> wanted(const Console& console) const;

  Options options_;
};

}  // namespace hotseat::cli
