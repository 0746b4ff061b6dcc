#include "apps/cli/commands/import.h"

#include <sys/stat.h>

#include <cerrno>

#include "apps/cli/document.h"
#include "apps/cli/helper.h"
#include "apps/cli/render_import.h"
#include "apps/files/whole_file.h"

namespace hotseat::cli {

namespace {

constexpr mode_t kSecret = 0600;

Result<Json> ask_import_helper(const Json& request) {
  const auto program = find_helper("hotseat-import");
  if (!program) return tl::make_unexpected(program.error());
  const auto end =
      run_helper(*program, request.dump(-1, ' ', false, Json::error_handler_t::replace), "import");
  if (!end) return tl::make_unexpected(end.error());
  Json answer = Json::parse(end->output, nullptr, false);
  if (!answer.is_object()) {
    return fail_with(ExitStatus::failed,
                     {"import", *program, "ended with status " + std::to_string(end->status), ""});
  }
  if (end->status == 0) return answer;
  const Json& error = answer.at("error");
  return fail_with(ExitStatus::usage, {text_of(error, "context"), text_of(error, "object"),
                                       text_of(error, "reason"), text_of(error, "hint")});
}

// An option that would be ignored is a misunderstanding.
Result<void> check(const ImportCommand::Options& options) {
  const auto misused = [&](const char* option, const char* hint) {
    return fail_with(ExitStatus::usage, {"import", option, "is not for " + options.from, hint});
  };
  const bool is_script = options.from == "vm-attach.sh" || options.from == "usbserver";
  if (!options.domains.empty() && options.from != "vfio-kvm") {
    return misused("--domain", "it is for vfio-kvm, whose devices stand in the domains");
  }
  if (!options.guests.empty() && !is_script) {
    return misused("--guest", "it is for vm-attach.sh and usbserver, which need not name theirs");
  }
  if (!options.web_toml.empty() && options.from != "virtkvm") {
    return misused("--web-toml", "it is for virtkvm, which is the one with HTTP");
  }
  return {};
}

}  // namespace

Result<void> ImportCommand::write_web_toml(const std::string& text) const {
  const auto failed = [this](ExitStatus status, const std::string& reason,
                             const std::string& hint) {
    return fail_with(status, {"import", options_.web_toml, reason, hint});
  };
  if (text.empty()) {
    return failed(ExitStatus::usage, "not written: there is no HTTP that is switched on",
                  "leave --web-toml out");
  }
  const auto existing = options_.force ? files::Existing::is_replaced : files::Existing::stays;
  const auto error = files::write_whole(options_.web_toml, text, kSecret, existing);
  if (!error) return {};
  if (error.value() == EEXIST) {
    return failed(ExitStatus::usage, "is there already", "--force writes over it");
  }
  return failed(ExitStatus::failed, error.message(), "");
}

Result<ExitStatus> ImportCommand::run(Console& console) {
  if (auto checked = check(options_); !checked) return tl::make_unexpected(checked.error());
  const bool web = !options_.web_toml.empty();
  auto imported = ask_import_helper({{"from", options_.from},
                                     {"path", options_.path},
                                     {"web", web},
                                     {"domains", options_.domains},
                                     {"guests", options_.guests}});
  if (!imported) return tl::make_unexpected(imported.error());
  if (web) {
    const auto written = write_web_toml(imported->at("web_toml").get<std::string>());
    if (!written) return tl::make_unexpected(written.error());
  }
  imported->erase("web_toml");  // the secret goes to that file and nowhere else
  if (console.settings.json) {
    console.out << imported->dump() << "\n";
    return ExitStatus::done;
  }
  console.out << imported->at("toml").get<std::string>() << std::flush;
  console.err << render_import(*imported, console.err_style);
  if (web) console.err << options_.web_toml << ": written; only its owner may read it\n";
  return ExitStatus::done;
}

}  // namespace hotseat::cli
