#include "apps/cli/commands/setup_ssh.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "apps/cli/authorized_keys.h"
#include "apps/cli/ssh_request.h"
#include "apps/cli/terminal.h"
#include "apps/files/whole_file.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSettingUp = "set up the SSH door";
constexpr const char* kUser = "hotseat-ssh";
constexpr mode_t kReadable = 0644;  // sshd reads it as the user, who may not change it

tl::unexpected<Failure> failed(const std::string& object, int error) {
  const bool denied = error == EACCES || error == EPERM;
  return fail_with(denied ? ExitStatus::refused : ExitStatus::failed,
                   {kSettingUp, object, std::generic_category().message(error),
                    denied ? "run it with sudo" : ""});
}

constexpr std::string_view kPlain =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

bool is_plain(const std::string& name) {
  return !name.empty() && name.size() <= 64 && name.find_first_not_of(kPlain) == std::string::npos;
}

// sshd hands the words of a forced command to a shell: none may mean anything there.
bool is_request(const std::string& only) {
  const std::string allowed = std::string(kPlain) + " /";
  return only.find_first_not_of(allowed) == std::string::npos && parse_ssh_request(only);
}

Result<void> write(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return failed(file.parent_path(), error.value());
  error = files::write_whole(file, text, kReadable, files::Existing::is_replaced);
  if (error) return failed(file, error.value());
  return {};
}

bool agrees(Console& console, bool yes) {
  return yes || (can_ask() && ask(console.out, "Go on?"));
}

tl::unexpected<Failure> nobody_agreed() {
  return fail_with(ExitStatus::usage,
                   {kSettingUp, "", "nobody agreed; nothing was changed", "--yes agrees"});
}

bool run_program(std::vector<std::string> words) {
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, argv.front(), nullptr, nullptr, argv.data(), environ) != 0) {
    return false;
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Without a passphrase: a shortcut cannot type one, and the key may do next to nothing.
bool make_key(const std::string& file, const std::string& comment) {
  return run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file});
}

// systemd-sysusers makes users whose account has expired (sysusers.d(5)): sshd lets none of them
// in.
bool let_user_in() {
  return run_program({"usermod", "--expiredate", "", kUser});
}

std::string own_path() {
  std::error_code error;
  const auto self = fs::read_symlink("/proc/self/exe", error);
  return error ? "/usr/bin/hotseat" : self.string();
}

}  // namespace

Result<ExitStatus> SetupSshCommand::run(Console& console) {
  if (!is_plain(options_.name)) {
    return fail_with(ExitStatus::usage,
                     {kSettingUp, "\"" + printable(options_.name) + "\"", "is no name for a key",
                      "letters, digits, '.', '_' and '-'"});
  }
  if (!options_.only.empty() && !is_request(options_.only)) {
    return fail_with(ExitStatus::usage,
                     {kSettingUp, "\"" + printable(options_.only) + "\"", "is no request for a key",
                      "switch TARGET, next, release, status, attach or detach"});
  }
  return options_.undo ? remove(console) : add(console);
}

Result<std::string> SetupSshCommand::public_key(Console& console) const {
  if (!options_.public_key.empty()) {
    if (::access(options_.public_key.c_str(), R_OK) != 0) return failed(options_.public_key, errno);
    const std::string text = files::read_whole(options_.public_key);
    const bool is_key =
        text.starts_with("ssh-") || text.starts_with("ecdsa-") || text.starts_with("sk-");
    if (is_key) return text;
    return fail_with(ExitStatus::usage, {kSettingUp, options_.public_key, "holds no public key",
                                         "it is the file that ends with .pub"});
  }
  if (fs::exists(options_.key_file)) {
    return fail_with(ExitStatus::usage, {kSettingUp, options_.key_file, "is there already",
                                         "name another with --key-file, or use it: --public-key " +
                                             options_.key_file + ".pub"});
  }
  if (!make_key(options_.key_file, "hotseat:" + options_.name)) {
    return fail_with(ExitStatus::failed, {kSettingUp, options_.key_file, "ssh-keygen failed",
                                          "is openssh-client installed?"});
  }
  console.out << "The new key is in " << options_.key_file
              << ": take it to the machine that is to use it.\n";
  return files::read_whole(options_.key_file + ".pub");
}

Result<ExitStatus> SetupSshCommand::add(Console& console) const {
  console.out << "To " << options_.authorized_keys << " comes a line that lets the key \""
              << options_.name << "\" run hotseat ssh-door, and nothing else.\n";
  if (!agrees(console, options_.yes)) return nobody_agreed();
  const auto key = public_key(console);
  if (!key) return tl::make_unexpected(key.error());
  const std::string line = authorized_line(own_path(), options_.name, options_.only, *key);
  const std::string before = files::read_whole(options_.authorized_keys);
  const auto written = write(options_.authorized_keys, with_key(before, options_.name, line));
  if (!written) return tl::make_unexpected(written.error());
  if (!let_user_in()) {
    console.err << "hotseat: user " << kUser << " cannot log in yet: usermod failed; is it there? "
                << "systemd-sysusers makes it\n";
  }
  console.out << "+ " << line << what_is_next();
  return ExitStatus::done;
}

std::string SetupSshCommand::what_is_next() const {
  return "What it may is for you to say, in hotseat.toml:\n    [policy]\n    \"ssh:" +
         options_.name + "\" = [\"switch\", \"status\"]\n" +
         "Then, from there: ssh -i KEY hotseat-ssh@THIS-MACHINE" +
         (options_.only.empty() ? " switch win11" : "") + "\n";
}

Result<ExitStatus> SetupSshCommand::remove(Console& console) const {
  const std::string before = files::read_whole(options_.authorized_keys);
  const std::string after = without_key(before, options_.name);
  if (after == before) {
    console.out << "there is no key \"" << options_.name << "\": nothing to do\n";
    return ExitStatus::done;
  }
  console.out << "From " << options_.authorized_keys << " goes the line of the key \""
              << options_.name << "\".\n";
  if (!agrees(console, options_.yes)) return nobody_agreed();
  const auto written = write(options_.authorized_keys, after);
  if (!written) return tl::make_unexpected(written.error());
  return ExitStatus::done;
}

}  // namespace hotseat::cli
