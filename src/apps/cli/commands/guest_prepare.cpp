#include "apps/cli/commands/guest_prepare.h"

#include "apps/cli/commands/ask_status.h"
#include "apps/cli/guest_helper.h"
#include "apps/cli/render_guest.h"

namespace hotseat::cli {

namespace {

constexpr const char* kBackups = "/var/lib/hotseat/backups";
constexpr const char* kUsualUri = "qemu:///system";

// As hotseat-guest proposes it when there is nothing to ask it for.
Json no_change(const GuestAddress& guest) {
  return {{"domain", guest.domain},
          {"running", nullptr},
          {"added", Json::array()},
          {"changes", false},
          {"diff", ""}};
}

std::string why_nothing(const GuestInputs& inputs, const std::string& domain) {
  if (!inputs.any_routed) return "no device of the seat has transport = \"evdev\"";
  if (inputs.nodes.empty()) return "no device is there to be added";
  return domain + " reads every device of the seat already";
}

}  // namespace

Result<ExitStatus> GuestPrepareCommand::run(Console& console) {
  const auto answer = ask_status(console);
  // What hotseat has done can be undone without hotseatd too.
  const bool is_missed =
      !answer && (!options_.undo || answer.error().status != ExitStatus::unreachable);
  if (is_missed) return tl::make_unexpected(answer.error());
  const Json status = answer ? parse_document(*answer) : Json();
  return options_.undo ? undo(console, address_for_undo(status)) : prepare(console, status);
}

Result<ExitStatus> GuestPrepareCommand::prepare(Console& console, const Json& status) const {
  const auto guest = find_guest(status, options_.vm);
  if (!guest) return tl::make_unexpected(guest.error());
  const GuestInputs inputs = inputs_for(status, guest->target, options_.optional);
  if (!console.settings.json) console.err << render_notes(inputs.notes, console.err_style);
  Json change = no_change(*guest);
  if (!inputs.nodes.empty()) {
    auto proposed = ask_guest_helper({{"action", "propose-inputs"},
                                      {"uri", guest->uri},
                                      {"domain", guest->domain},
                                      {"nodes", inputs.nodes}});
    if (!proposed) return tl::make_unexpected(proposed.error());
    change = std::move(*proposed);
  }
  change["notes"] = inputs.notes;
  if (!change.at("changes").get<bool>()) {
    return nothing_to_do(console, std::move(change), why_nothing(inputs, guest->domain));
  }
  return show_and_make(console, guest->uri, std::move(change));
}

GuestAddress GuestPrepareCommand::address_for_undo(const Json& status) const {
  if (status.is_null()) return {options_.vm, options_.vm, kUsualUri};
  // One that has left the configuration may have been prepared before.
  const GuestAddress by_domain{options_.vm, options_.vm, status.at("libvirt").at("uri")};
  return find_guest(status, options_.vm).value_or(by_domain);
}

Result<ExitStatus> GuestPrepareCommand::undo(Console& console, const GuestAddress& guest) const {
  auto change = ask_guest_helper({{"action", "propose-undo"},
                                  {"uri", guest.uri},
                                  {"domain", guest.domain},
                                  {"backups", kBackups}});
  if (!change) return tl::make_unexpected(change.error());
  (*change)["notes"] = Json::array();
  if (!change->at("changes").get<bool>()) {
    return nothing_to_do(
        console, std::move(*change),
        guest.domain + " is as it was before hotseat changed it, or hotseat never did");
  }
  if (change->at("changed_since").get<bool>() && !options_.force) {
    return refuse_to_lose(console, std::move(*change));
  }
  return show_and_make(console, guest.uri, std::move(*change));
}

Result<ExitStatus> GuestPrepareCommand::show_and_make(Console& console, const std::string& uri,
                                                      Json change) const {
  if (!console.settings.json) console.out << render_diff(change.at("diff"), console.style);
  if (!options_.dry_run) {
    const auto agreed = confirmed(console, change);
    if (!agreed) return tl::make_unexpected(agreed.error());
    if (!*agreed) {
      console.err << "nothing was changed\n";
      return ExitStatus::failed;
    }
    const auto made = ask_guest_helper({{"action", "make"},
                                        {"uri", uri},
                                        {"backups", kBackups},
                                        {"proposal", change.at("proposal")}});
    if (!made) return tl::make_unexpected(made.error());
    change["backup"] = made->at("backup");
  }
  if (console.settings.json) {
    print_json(console, std::move(change));
  } else if (!options_.dry_run) {
    console.out << (options_.undo ? render_undone(change) : render_prepared(change, options_.vm));
  }
  return ExitStatus::done;
}

Result<ExitStatus> GuestPrepareCommand::refuse_to_lose(Console& console, Json change) const {
  const Error refusal{"undo", change.at("domain"), "it has been changed since hotseat changed it",
                      "--force goes back all the same, and loses that"};
  if (!console.settings.json) {
    console.out << render_diff(change.at("changes_since"), console.style);
    return fail_with(ExitStatus::refused, refusal);
  }
  print_json(console, std::move(change));
  return ExitStatus::refused;
}

Result<bool> GuestPrepareCommand::confirmed(Console& console, const Json& change) const {
  if (options_.yes) return true;
  if (console.settings.json || !can_ask()) {
    return fail_with(ExitStatus::usage, {"change " + text_of(change, "domain"), "",
                                         "there is nobody to ask whether to do it",
                                         "--yes answers, --dry-run only shows"});
  }
  return ask(console.out, "Change the definition of " + text_of(change, "domain") + " like this?");
}

Result<ExitStatus> GuestPrepareCommand::nothing_to_do(Console& console, Json change,
                                                      const std::string& why) const {
  if (console.settings.json) {
    print_json(console, std::move(change));
  } else {
    console.out << "nothing to do: " << printable(why) << "\n";
  }
  return ExitStatus::done;
}

// {"domain","running","added","changes","diff",…,"notes","dry_run","backup"}; a backup tells that
// it was done.
void GuestPrepareCommand::print_json(Console& console, Json change) const {
  change.erase("proposal");
  change["dry_run"] = options_.dry_run;
  if (!change.contains("backup")) change["backup"] = nullptr;
  console.out << change.dump() << "\n";
}

}  // namespace hotseat::cli
