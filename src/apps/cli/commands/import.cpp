#include "apps/cli/commands/import.h"

#include "apps/cli/document.h"
#include "apps/cli/helper.h"
#include "apps/cli/render_import.h"

namespace hotseat::cli {

namespace {

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
  return {};
}

}  // namespace

Result<ExitStatus> ImportCommand::run(Console& console) {
  if (auto checked = check(options_); !checked) return tl::make_unexpected(checked.error());
  const auto imported = ask_import_helper({{"from", options_.from},
                                           {"path", options_.path},
                                           {"domains", options_.domains},
                                           {"guests", options_.guests}});
  if (!imported) return tl::make_unexpected(imported.error());
  if (console.settings.json) {
    console.out << imported->dump() << "\n";
    return ExitStatus::done;
  }
  console.out << imported->at("toml").get<std::string>() << std::flush;
  console.err << render_import(*imported, console.style);
  return ExitStatus::done;
}

}  // namespace hotseat::cli
