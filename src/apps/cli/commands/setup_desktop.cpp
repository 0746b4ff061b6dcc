#include "apps/cli/commands/setup_desktop.h"

#include <sys/types.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "apps/cli/commands/ask_status.h"
#include "apps/files/whole_file.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kMakingMenu = "set up the desktop's menu";
constexpr mode_t kForEverybody = 0644;

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

// The directory of entries, and what has to be done there.
class Menu {
 public:
  Menu(Console& console, fs::path directory, bool dry_run)
      : console_(console), directory_(std::move(directory)), dry_run_(dry_run) {}

  Result<void> put(const MenuEntry& entry) {
    const fs::path file = directory_ / entry.file;
    const std::string before = files::read_whole(file);
    if (before == entry.text) return {};
    if (fs::exists(file) && !is_entry_text(before)) {
      return fail_with(ExitStatus::refused,
                       {kMakingMenu, file.string(), "was not made by hotseat, and is left as it is",
                        "give it another name"});
    }
    return change('+', file, [&] {
      std::error_code error;
      fs::create_directories(directory_, error);
      return error ? error
                   : files::write_whole(file, entry.text, kForEverybody,
                                        files::Existing::is_replaced);
    });
  }

  // Takes the others away that were made here before.
  Result<void> keep_only(const std::vector<MenuEntry>& entries) {
    for (const fs::path& file : made_here()) {
      const bool stays = std::any_of(entries.begin(), entries.end(), [&](const MenuEntry& entry) {
        return entry.file == file.filename().string();
      });
      if (stays) continue;
      auto taken = change('-', file, [&] {
        std::error_code error;
        fs::remove(file, error);
        return error;
      });
      if (!taken) return taken;
    }
    return {};
  }

  bool has_changed() const { return changed_; }

 private:
  template <typename How>
  Result<void> change(char sign, const fs::path& file, How how) {
    changed_ = true;
    console_.out << sign << " " << file.string() << "\n";
    const std::error_code error = dry_run_ ? std::error_code() : how();
    if (!error) return {};
    return fail_with(ExitStatus::failed, {kMakingMenu, file.string(), error.message(), ""});
  }

  std::vector<fs::path> made_here() const {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& file : fs::directory_iterator(directory_, none)) {
      const fs::path& path = file.path();
      if (is_entry_name(path.filename().string()) && is_entry_text(files::read_whole(path))) {
        found.push_back(path);
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  Console& console_;
  fs::path directory_;
  bool dry_run_;
  bool changed_ = false;
};

}  // namespace

// XDG Base Directory Specification: a path that is not absolute does not count.
Result<fs::path> SetupDesktopCommand::directory() const {
  if (!options_.directory.empty()) return options_.directory;
  const fs::path data = variable("XDG_DATA_HOME");
  if (data.is_absolute()) return data / "applications";
  const fs::path home = variable("HOME");
  if (home.is_absolute()) return home / ".local/share/applications";
  return fail_with(ExitStatus::usage, {kMakingMenu, "", "HOME is not set", "name --directory"});
}

Result<std::vector<MenuEntry>> SetupDesktopCommand::wanted(const Console& console) const {
  if (options_.undo) return std::vector<MenuEntry>{};
  const auto answer = ask_status(console);
  if (!answer) return tl::make_unexpected(answer.error());
  return menu_entries(parse_document(*answer));
}

Result<ExitStatus> SetupDesktopCommand::run(Console& console) {
  const auto place = directory();
  if (!place) return tl::make_unexpected(place.error());
  const auto entries = wanted(console);
  if (!entries) return tl::make_unexpected(entries.error());
  Menu menu(console, *place, options_.dry_run);
  for (const MenuEntry& entry : *entries) {
    if (const auto put = menu.put(entry); !put) return tl::make_unexpected(put.error());
  }
  if (const auto kept = menu.keep_only(*entries); !kept) return tl::make_unexpected(kept.error());
  if (!menu.has_changed()) console.out << "nothing to do\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
