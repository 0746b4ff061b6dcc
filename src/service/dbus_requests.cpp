// The half of the door on D-Bus that does what callers want.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "service/dbus_messages.h"
#include "service/dbus_names.h"
#include "service/dbus_service.h"
#include "service/documents.h"

namespace hotseat::service {

namespace {

app::Service::Answer answer_to(BusMessage call) {
  // The answer may be copied, a message cannot: shared. It outlives a lost connection; replying
  // then fails, and there is nobody left to tell.
  std::shared_ptr<sd_bus_message> shared(std::move(call));
  return [shared](const SwitchReport& report) {
    sd_bus_reply_method_return(shared.get(), "s", report_document(report).c_str());
  };
}

void reply_denied(sd_bus_message* call, const Refusal& refusal) {
  reply_error(call, kDeniedError, refusal.reason + " (" + refusal.hint + ")");
}

void reply_to_reload(sd_bus_message* call, const Expected<std::vector<std::string>>& notes) {
  if (!notes) return reply_error(call, kConfigError, to_string(notes.error()));
  reply_strings(call, *notes);
}

bool speaks_for_others(const Requester& door) {
  return door.kind == Requester::Kind::root ||
         std::find(door.groups.begin(), door.groups.end(), kDoorsGroup) != door.groups.end();
}

// "web:phone", "ssh:laptop"
std::optional<Requester> client_named(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos || colon + 1 == text.size()) return std::nullopt;
  const std::string kind = text.substr(0, colon);
  const std::string name = text.substr(colon + 1);
  if (kind == "web") return Requester{Requester::Kind::web, name, {}};
  if (kind == "ssh") return Requester{Requester::Kind::ssh, name, {}};
  return std::nullopt;
}

std::optional<Verb> verb_named(const std::string& text) {
  if (text == "switch") return Verb::switch_to;
  if (text == "next") return Verb::next;
  if (text == "release") return Verb::release;
  if (text == "status") return Verb::status;
  return std::nullopt;
}

}  // namespace

// By the name that the target really has: a policy knows no other.
Wish DbusService::wish_for(Verb verb, const std::string& target) const {
  const auto resolved = resolve_target(app_.world(), app_.seat(), target);
  return {verb, resolved ? *resolved : TargetName{target}};
}

int DbusService::request(sd_bus_message* call, const Wish& wish, const std::string& target) {
  return calls_.identify_and(call, [this, wish, target](const Caller& who, BusMessage named) {
    sd_bus_message* raw = named.get();
    const auto answer = answer_to(std::move(named));
    authority_.decide(raw, who.requester, wish, [=, this](const Decision& decision) {
      service::request(app_, who, wish, target, decision, answer);
    });
  });
}

int DbusService::reload(sd_bus_message* call) {
  const Wish wish{Verb::reload, {}};
  return calls_.identify_and(call, [this, wish](const Caller& who, BusMessage named) {
    sd_bus_message* raw = named.get();
    const std::shared_ptr<sd_bus_message> shared(std::move(named));
    authority_.decide(raw, who.requester, wish, [=, this](const Decision& decision) {
      if (decision.allowed) return reply_to_reload(shared.get(), app_.reload());
      reply_denied(shared.get(), refusal_of(who.requester, wish, decision));
    });
  });
}

int DbusService::ask(sd_bus_message* call) {
  const char *client = nullptr, *verb = nullptr, *target = nullptr;
  const int result = sd_bus_message_read(call, "sss", &client, &verb, &target);
  if (result < 0) return result;
  return calls_.identify_and(call,
                             [this, client = std::string(client), verb = std::string(verb),
                              target = std::string(target)](const Caller& who, BusMessage named) {
                               answer_for(who, client, verb, target, std::move(named));
                             });
}

void DbusService::answer_for(const Caller& door, const std::string& client, const std::string& verb,
                             const std::string& target, BusMessage call) {
  if (!speaks_for_others(door.requester)) {
    return reply_error(
        call.get(), kDeniedError,
        door.text + " does not speak for others: it is not in the group " + kDoorsGroup);
  }
  const auto who = client_named(client);
  const auto what = verb_named(verb);
  if (!who || !what) {
    return reply_error(call.get(), SD_BUS_ERROR_INVALID_ARGS,
                       "client is \"web:NAME\" or \"ssh:NAME\"; verb is switch, next, release or "
                       "status");
  }
  const Wish wish = *what == Verb::switch_to ? wish_for(*what, target) : Wish{*what, {}};
  const Decision decision = authority_.decide(*who, wish);
  if (wish.verb == Verb::status) {
    if (decision.allowed) return reply_text(call.get(), status_document(app_.status()));
    return reply_denied(call.get(), refusal_of(*who, wish, decision));
  }
  service::request(app_, {*who, to_string(*who)}, wish, target, decision,
                   answer_to(std::move(call)));
}

}  // namespace hotseat::service
