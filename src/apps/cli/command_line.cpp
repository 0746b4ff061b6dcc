#include "apps/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/cli/commands/config_check.h"
#include "apps/cli/commands/devices.h"
#include "apps/cli/commands/guest_prepare.h"
#include "apps/cli/commands/guests.h"
#include "apps/cli/commands/hook.h"
#include "apps/cli/commands/import.h"
#include "apps/cli/commands/monitors.h"
#include "apps/cli/commands/next.h"
#include "apps/cli/commands/notify.h"
#include "apps/cli/commands/release.h"
#include "apps/cli/commands/reload.h"
#include "apps/cli/commands/setup_desktop.h"
#include "apps/cli/commands/setup_ssh.h"
#include "apps/cli/commands/snippets.h"
#include "apps/cli/commands/ssh_door.h"
#include "apps/cli/commands/status.h"
#include "apps/cli/commands/switch.h"
#include "apps/cli/commands/version.h"
#include "apps/cli/commands/watch.h"
#include "apps/cli/commands/web.h"
#include "apps/cli/web_socket.h"

namespace hotseat::cli {

namespace {

constexpr const char* kDescription =
    "One keyboard, one mouse, one set of monitors: the host and its guests take turns.\n"
    "A target is \"host\", the name of a guest, or \"guest\" for the only or first running one.";

constexpr const char* kFooter =
    "Examples:\n"
    "  hotseat switch win11            give the seat to win11, starting it if need be\n"
    "  hotseat switch win11 --dry-run  show what that would do, change nothing\n"
    "  hotseat release                 get the keyboard back, whatever is going on\n"
    "  hotseat status --json           everything, for a script\n"
    "  hotseat monitors --probe        what to write into the configuration\n"
    "  hotseat import virtkvm FILE     begin with what you use now\n"
    "\n"
    "Exit status: 0 done; 1 failed or rolled back; 2 wrong usage or configuration;\n"
    "  3 hotseatd is not reachable; 4 refused by a rule or not permitted.\n"
    "\n"
    "hotseat COMMAND --help tells more. See also hotseat(1), hotseat.toml(5), hotseatd(8).";

// Options of single commands, filled in by the parser.
struct Typed {
  std::string target;
  bool dry_run = false;
  bool probe = false;
  GuestPrepareCommand::Options prepare;
  ImportCommand::Options imported;
  SetupDesktopCommand::Options desktop;
  SetupSshCommand::Options ssh;
  SnippetsCommand::Options snippets;
  std::string key;
  std::vector<std::string> request;
  WebCommand::Options web{"", kWebControlSocket, false};
  std::string file = "/etc/hotseat/hotseat.toml";
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

class Parser {
 public:
  Parser() : app_(kDescription, "hotseat") {
    app_.footer(kFooter);
    app_.set_version_flag("--version", "hotseat " HOTSEAT_VERSION, "print this program's version");
    app_.require_subcommand(1);
    app_.fallthrough();  // global options may stand behind the command as well
    app_.add_flag("--json", settings_.json, "print JSON instead of text");
    app_.add_flag("--session-bus", settings_.session_bus,
                  "speak to a hotseatd on the session bus (hotseatd --session-bus)");
    app_.add_flag("--no-color,--no-colour", settings_.no_colour, "no colours, even on a terminal");
    add_seat_commands();
    add_list_commands();
    add_guest_commands();
    add_web_commands();
    add_service_commands();
    add_import_command();
    add_setup_commands();
    add_ssh_door_command();
  }

  tl::expected<CommandLine, ExitStatus> parse(int argc, const char* const* argv, std::ostream& out,
                                              std::ostream& err) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      if (error.get_exit_code() == 0) {  // --help, --version
        app_.exit(error, out, err);
        return tl::make_unexpected(ExitStatus::done);
      }
      // CLI11 misses the command before it notices the word that was meant to be one.
      const auto left = app_.remaining(true);
      const std::string reason =
          left.empty() ? error.what() : "\"" + left.front() + "\" is no command or option here";
      err << "hotseat: " << printable(reason) << "\n  " << named() << " --help shows how\n";
      return tl::make_unexpected(ExitStatus::usage);
    }
    return CommandLine{settings_, make_()};
  }

 private:
  // The command as far as it was understood: "hotseat web pair".
  std::string named() const {
    std::string words = app_.get_name();
    auto commands = app_.get_subcommands();
    while (!commands.empty()) {
      words += " " + commands.front()->get_name();
      commands = commands.front()->get_subcommands();
    }
    return words;
  }

  // A command that has commands.
  CLI::App* add_group(const char* name, const char* summary) {
    CLI::App* group = app_.add_subcommand(name, summary);
    group->require_subcommand(1);
    group->footer("hotseat " + std::string(name) + " COMMAND --help tells more.");
    return group;
  }

  CLI::App* add(CLI::App& parent, const char* name, const char* summary, const char* more,
                std::function<std::unique_ptr<Command>()> make) {
    CLI::App* command = parent.add_subcommand(name, summary);
    command->footer(more);
    command->callback([this, make = std::move(make)] { make_ = make; });
    return command;
  }

  void add_seat_commands() {
    CLI::App* to =
        add(app_, "switch", "Give the seat to a target",
            "Moves the input devices and the monitors' inputs, and starts the guest when the\n"
            "configuration says so. Returns when all is done; when something needed fails,\n"
            "everything is put back and the step that failed is named.",
            [this] { return std::make_unique<SwitchCommand>(typed_.target, typed_.dry_run); });
    to->add_option("TARGET", typed_.target, "\"host\", a guest's name, or \"guest\"")->required();
    to->add_flag("--dry-run", typed_.dry_run, "print the steps this would take; change nothing");
    add(app_, "next", "Give the seat to the next target",
        "The host, then the guests that run or may be started, in the order of the\n"
        "configuration, then the host again.",
        [] { return std::make_unique<NextCommand>(); });
    add(app_, "release", "Give the seat back to the host, now",
        "Calls off a switch to a guest that is under way. This is never refused.",
        [] { return std::make_unique<ReleaseCommand>(); });
  }

  void add_list_commands() {
    add(app_, "status", "Show who has the seat and where everything is",
        "Targets, devices, monitors, what is wrong, and how the last switch ended.",
        [] { return std::make_unique<StatusCommand>(); });
    add(app_, "devices", "List the input devices and where they are",
        "AT is \"host\", a guest, or other:NAME for a guest outside the configuration.",
        [] { return std::make_unique<DevicesCommand>(); });
    CLI::App* monitors =
        add(app_, "monitors", "List the monitors and what they show",
            "An input is \"verified\" once the monitor itself says so. With --probe the\n"
            "hardware is asked instead of hotseatd: which monitors there are, their inputs, and\n"
            "the lines for the configuration. That takes some seconds and access to /dev/i2c-*\n"
            "(root, or group i2c).",
            [this] { return std::make_unique<MonitorsCommand>(typed_.probe); });
    monitors->add_flag("--probe", typed_.probe, "ask the hardware what there is");
    add(app_, "guests", "List the guests",
        "STATE is what libvirt says; STARTS tells whether a switch may start the guest.",
        [] { return std::make_unique<GuestsCommand>(); });
    add(app_, "watch", "Print what happens, until Ctrl-C",
        "Begins with the status, then a line for each event; with --json, an object on each\n"
        "line. Goes on when hotseatd is restarted.",
        [] { return std::make_unique<WatchCommand>(); });
    add(app_, "notify", "Tell on the desktop what happens",
        "Shows a notification when the seat has moved, or could not, and when something\n"
        "needs a look. Desktops start it with the session.",
        [] { return std::make_unique<NotifyCommand>(); });
  }

  void add_guest_commands() {
    CLI::App* guest = add_group("guest", "Work with the definitions of guests");
    auto& options = typed_.prepare;
    CLI::App* texts =
        add(app_, "snippets", "Print what a guest needs to ask for a switch",
            "For guests without any program of ours: the serial port, curl, PowerShell and\n"
            "AutoHotkey, ready to paste.",
            [this] { return std::make_unique<SnippetsCommand>(typed_.snippets); });
    texts->add_option("VM", typed_.snippets.vm, "a guest's name, or its domain's")->required();
    texts->add_option("--url", typed_.snippets.url, "where the guest reaches hotseat-web")
        ->capture_default_str();
    texts->add_option("--token", typed_.snippets.token, "of hotseat web token");
    CLI::App* prepare =
        add(*guest, "prepare", "Let a guest read the devices that are forwarded",
            "Adds an <input> to the domain for each device of the seat with transport =\n"
            "\"evdev\" that it does not read yet. Shows what would change and asks first, keeps\n"
            "the definition as it was in /var/lib/hotseat/backups. A guest that runs has to be\n"
            "shut down and started again. Needs root, or group libvirt and that directory.",
            [this] { return std::make_unique<GuestPrepareCommand>(typed_.prepare); });
    prepare->add_option("VM", options.vm, "a guest's name, or its domain's")->required();
    prepare->add_flag("--dry-run", options.dry_run, "show what would change; change nothing");
    prepare->add_flag("-y,--yes", options.yes, "do not ask");
    CLI::Option* undo =
        prepare->add_flag("--undo", options.undo, "go back to what the domain was before");
    prepare->add_flag("--force", options.force, "with --undo: lose what was changed since")
        ->needs(undo);
    prepare
        ->add_flag("--optional", options.optional,
                   "optional devices too; the guest will not start without them")
        ->excludes(undo);
  }

  void add_web_commands() {
    CLI::App* web = add_group("web", "Say who may use the dashboard and the HTTP API");
    web->footer("Speaks to hotseat-web, as root. hotseat web COMMAND --help tells more.");
    web->add_option("--control", typed_.web.socket, "hotseat-web's control socket")
        ->capture_default_str();
    const auto make = [this](WebCommand::Verb verb) {
      return [this, verb] { return std::make_unique<WebCommand>(verb, typed_.web); };
    };
    CLI::App* pair = add(*web, "pair", "Let a browser in",
                         "Prints an address and a code that is good once, for ten minutes, and a\n"
                         "QR code for a phone. A browser of the same name is replaced.",
                         make(WebCommand::Verb::pair));
    pair->add_option("NAME", typed_.web.name, "what to call it; browser-1, … when left out");
    pair->add_flag("--qr", typed_.web.qr, "the QR code also when the output is no terminal");
    add(*web, "list", "List the browsers and tokens that are let in",
        "SEEN is the day it was last used.", make(WebCommand::Verb::list));
    CLI::App* unpair = add(*web, "unpair", "Let a browser or a token in no longer",
                           "Ends what it is doing, too.", make(WebCommand::Verb::unpair));
    unpair->add_option("NAME", typed_.web.name, "as hotseat web list shows it")->required();
    CLI::App* token = add(*web, "token", "Make a token for a program",
                          "Prints it, once. A token of the same name is replaced.",
                          make(WebCommand::Verb::token));
    token->add_option("NAME", typed_.web.name, "what to call the program")->required();
  }

  void add_service_commands() {
    add(app_, "reload", "Make hotseatd read its configuration again",
        "A file with an error is refused, and the running configuration stays.",
        [] { return std::make_unique<ReloadCommand>(); });
    CLI::App* config = add_group("config", "Work with configuration files");
    CLI::App* check =
        add(*config, "check", "Check a configuration file",
            "Tells every mistake with its line and column. Needs no running hotseatd.",
            [this] { return std::make_unique<ConfigCheckCommand>(typed_.file); });
    check->add_option("FILE", typed_.file, "the file to check")->capture_default_str();
    add(app_, "hook", "Tell hotseatd what libvirt tells its hooks",
        "As libvirt calls it, through /etc/libvirt/hooks/qemu.d/hotseat:\n"
        "  hotseat hook qemu VM OP SUBOP EXTRA < domain.xml\n"
        "Acts on \"prepare begin\" and \"release end\". It fails, and the guest does not start, "
        "when\n"
        "an input device that the guest is to read cannot be had. Takes three seconds at most.",
        [] { return std::make_unique<HookCommand>(std::vector<std::string>{}); });
    add(app_, "version", "Print the versions of hotseat and hotseatd",
        "They should be the same; restart hotseatd after an update.",
        [] { return std::make_unique<VersionCommand>(); });
  }

  void add_import_command() {
    auto& options = typed_.imported;
    CLI::App* command = add(
        app_, "import", "Turn the settings of what you use now into hotseat.toml",
        "What is made goes to standard output, with a comment where a choice was made; what could\n"
        "not be carried over goes to standard error, all of it, with its place and what to do.\n"
        "No file is written but with --web-toml, nothing is run, and hotseatd is not needed.\n"
        "\n"
        "PROGRAM and PATH:\n"
        "  virtkvm       config.yaml, also of its forks\n"
        "  vfio-kvm      /etc/vfio-kvm.yaml, and --domain FILE for each domain (virsh dumpxml VM)\n"
        "  virt-aid      the folder it is installed in, /usr/local/bin/virt-aid\n"
        "  vm-attach.sh  a script of virsh and ddcutil; XML files beside it are read too\n"
        "  usbserver     a script, note or log with lines such as: win10 attach 046d:c31c\n"
        "\n"
        "Examples:\n"
        "  hotseat import virtkvm ~/.config/virtkvm/config.yaml > hotseat.toml\n"
        "  virsh dumpxml win10 > win10.xml\n"
        "  hotseat import vfio-kvm /etc/vfio-kvm.yaml --domain win10.xml > hotseat.toml\n"
        "  hotseat import vm-attach.sh /usr/local/bin/vm-attach.sh --guest win10 > hotseat.toml\n"
        "  hotseat config check hotseat.toml",
        [this] { return std::make_unique<ImportCommand>(typed_.imported); });
    command->add_option("PROGRAM", options.from, "what you use now")
        ->required()
        ->check(CLI::IsMember({"virtkvm", "vfio-kvm", "virt-aid", "vm-attach.sh", "usbserver"}));
    command->add_option("PATH", options.path, "its configuration")->required();
    command->add_option("--domain", options.domains, "vfio-kvm: a domain's description; repeatable")
        ->allow_extra_args(false)
        ->type_name("FILE");
    command
        ->add_option("--guest", options.guests,
                     "vm-attach.sh, usbserver: a guest it is for; repeatable")
        ->allow_extra_args(false)
        ->type_name("NAME");
    CLI::Option* web =
        command
            ->add_option("--web-toml", options.web_toml,
                         "virtkvm: write what it says of HTTP, and its secret, to this file, which "
                         "only you may read; /etc/hotseat/web.toml")
            ->type_name("FILE");
    command->add_flag("--force", options.force, "write over that file")->needs(web);
  }

  void add_setup_commands() {
    CLI::App* setup = add_group("setup", "Set up what reaches hotseat from elsewhere");
    add_setup_ssh(*setup);
    auto& options = typed_.desktop;
    CLI::App* desktop =
        add(*setup, "desktop", "Put \"Switch to win11\" into your desktop's menu",
            "Writes an entry for each target, to ~/.local/share/applications. Again, when there\n"
            "are other targets: what is new comes, what is gone goes.",
            [this] { return std::make_unique<SetupDesktopCommand>(typed_.desktop); });
    desktop->add_option("--directory", options.directory, "where the entries go")
        ->type_name("DIRECTORY");
    desktop->add_flag("--dry-run", options.dry_run, "print what would change; change nothing");
    desktop->add_flag("--undo", options.undo, "take them all away again");
  }

  void add_setup_ssh(CLI::App& setup) {
    auto& options = typed_.ssh;
    CLI::App* ssh =
        add(setup, "ssh", "Make a key that may switch over SSH, and nothing else",
            "Makes a key pair and lets it in as user hotseat-ssh, who can run hotseat ssh-door\n"
            "alone: no terminal, no forwarding. What the key may is said under [policy].",
            [this] {
              if (typed_.ssh.key_file.empty()) typed_.ssh.key_file = "hotseat-" + typed_.ssh.name;
              return std::make_unique<SetupSshCommand>(typed_.ssh);
            });
    ssh->add_option("NAME", options.name, "what the key is called, such as laptop")->required();
    CLI::Option* file =
        ssh->add_option("--key-file", options.key_file, "where the new key goes (hotseat-NAME)");
    ssh->add_option("--public-key", options.public_key, "let in this one, which exists already")
        ->excludes(file);
    ssh->add_option("--only", options.only, "what the key does, whatever it is asked for")
        ->type_name("REQUEST");
    ssh->add_option("--authorized-keys", options.authorized_keys, "of user hotseat-ssh")
        ->capture_default_str();
    ssh->add_flag("-y,--yes", options.yes, "do not ask");
    ssh->add_flag("--undo", options.undo, "let the key in no longer");
  }

  void add_ssh_door_command() {
    CLI::App* door = add(
        app_, "ssh-door", "Do what somebody wants who came with a key",
        "For sshd, as the forced command of a key: hotseat setup ssh writes the\n"
        "line. Takes the request from SSH_ORIGINAL_COMMAND: switch TARGET, next, release,\n"
        "status, or as scripts have it: vm-attach.sh attach, vm-attach.sh detach.",
        [this] { return std::make_unique<SshDoorCommand>(typed_.key, joined(typed_.request)); });
    door->add_option("KEY", typed_.key, "the key's name")->required();
    door->add_option("REQUEST", typed_.request, "do this, whatever is asked for");
  }

  CLI::App app_;
  Settings settings_;
  Typed typed_;
  std::function<std::unique_ptr<Command>()> make_;
};

// Domains may be called anything, "--help" as well: the words of a hook are not parsed.
bool is_hook_call(int argc, const char* const* argv) {
  return argc > 2 && std::string_view(argv[1]) == "hook" && std::string_view(argv[2]) == "qemu";
}

}  // namespace

tl::expected<CommandLine, ExitStatus> parse_command_line(int argc, const char* const* argv,
                                                         std::ostream& out, std::ostream& err) {
  if (is_hook_call(argc, argv)) {
    const std::vector<std::string> words(argv + 2, argv + argc);
    return CommandLine{Settings{}, std::make_unique<HookCommand>(words)};
  }
  return Parser().parse(argc, argv, out, err);
}

}  // namespace hotseat::cli
