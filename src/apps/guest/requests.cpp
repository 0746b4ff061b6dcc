#include "apps/guest/requests.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "apps/guest/changes.h"

namespace hotseat::guest {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Proposal& proposal) {
  return {{"domain", proposal.name},
          {"running", proposal.running},
          {"added", proposal.added},
          {"changes", !proposal.changes_nothing()},
          {"diff", proposal.diff()},
          {"changed_since", proposal.changed_since},
          {"changes_since", proposal.changes_since},
          {"proposal",
           {{"name", proposal.name},
            {"uuid", proposal.uuid},
            {"before", proposal.before},
            {"after", proposal.after},
            {"undoes", proposal.undoes}}}};
}

Proposal proposal_in(const Json& json) {
  Proposal proposal;
  json.at("name").get_to(proposal.name);
  json.at("uuid").get_to(proposal.uuid);
  json.at("before").get_to(proposal.before);
  json.at("after").get_to(proposal.after);
  json.at("undoes").get_to(proposal.undoes);
  return proposal;
}

Result<Json> carry_out(const Json& request, std::chrono::system_clock::time_point now) {
  const auto action = request.at("action").get<std::string>();
  const auto libvirt = Libvirt::open(request.at("uri"));
  if (!libvirt) return tl::make_unexpected(libvirt.error());
  if (action == "propose-inputs") {
    return propose_inputs(*libvirt, request.at("domain"), request.at("nodes")).map(to_json);
  }
  const Backups backups(request.at("backups").get<std::string>());
  if (action == "propose-undo") {
    return propose_undo(*libvirt, request.at("domain"), backups).map(to_json);
  }
  if (action == "make") {
    return make(*libvirt, proposal_in(request.at("proposal")), backups, now)
        .map([](const std::string& backup) {
          return Json{{"backup", backup}};
        });
  }
  return fail_with(Status::usage, {"understand the request", action, "is no action", ""});
}

Reply reply_with(Status status, const Json& document) {
  return {status, document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

Reply reply_with(const Failure& failure) {
  const Error& error = failure.error;
  return reply_with(failure.status, {{"error",
                                      {{"context", error.context},
                                       {"object", error.object},
                                       {"reason", error.reason},
                                       {"hint", error.hint}}},
                                     {"known", failure.known}});
}

}  // namespace

Reply answer(const std::string& request, std::chrono::system_clock::time_point now) {
  try {
    const auto result = carry_out(Json::parse(request), now);
    return result ? reply_with(Status::done, *result) : reply_with(result.error());
  } catch (const Json::exception& error) {
    return reply_with(Failure{Status::usage, {"understand the request", "", error.what(), ""}, {}});
  }
}

}  // namespace hotseat::guest
