#include "service/authority.h"

#include <cstdint>
#include <iterator>
#include <utility>

namespace hotseat::service {

namespace {

constexpr std::uint64_t kPatienceUs = 5'000'000;
// A person may have to type a password.
constexpr std::uint64_t kPatienceWithPeopleUs = 120'000'000;
// polkit, org.freedesktop.PolicyKit1.Authority: CheckAuthorizationFlags.AllowUserInteraction
constexpr std::uint32_t kMayAsk = 1;

// The actions of dist/polkit.
const char* action_of(Verb verb) {
  return verb == Verb::reload ? "org.hotseat.Hotseat1.reload" : "org.hotseat.Hotseat1.switch";
}

// The caller is named by its connection: nobody else can have that name afterwards.
int add_subject(sd_bus_message* question, const char* sender) {
  return sd_bus_message_append(question, "(sa{sv})", "system-bus-name", 1, "name", "s", sender);
}

}  // namespace

Decision Authority::decide(const Requester& who, const Wish& wish) {
  return told(who, wish, hotseat::decide(app_.seat().policy, who, wish));
}

void Authority::decide(sd_bus_message* call, const Requester& who, const Wish& wish, Then then) {
  Decision decision = hotseat::decide(app_.seat().policy, who, wish);
  if (decision.allowed || who.kind != Requester::Kind::user) {
    return then(told(who, wish, std::move(decision)));
  }
  asking_.push_back({this, who, wish, std::move(then), nullptr, {}});
  Asking& asking = asking_.back();
  asking.position = std::prev(asking_.end());
  if (ask_polkit(call, asking) >= 0) return;
  const Then answer = std::move(asking.then);
  asking_.pop_back();
  answer(told(who, wish, std::move(decision)));
}

int Authority::ask_polkit(sd_bus_message* call, Asking& asking) {
  sd_bus* bus = sd_bus_message_get_bus(call);
  const char* sender = sd_bus_message_get_sender(call);
  if (sender == nullptr) return -1;
  // Who wants to go home is not asked for a password: there may be no keyboard to type it on.
  const bool may_ask = sd_bus_message_get_allow_interactive_authorization(call) > 0 &&
                       asking.wish.verb != Verb::release;
  sd_bus_message* raw = nullptr;
  int result = sd_bus_message_new_method_call(
      bus, &raw, "org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority",
      "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization");
  const BusMessage question(raw);
  if (result >= 0) result = add_subject(raw, sender);
  if (result >= 0) {
    result = sd_bus_message_append(raw, "sa{ss}us", action_of(asking.wish.verb), 0,
                                   may_ask ? kMayAsk : 0U, "");
  }
  if (result < 0) return result;
  sd_bus_slot* slot = nullptr;
  result = sd_bus_call_async(bus, &slot, raw, &Authority::polkit_answers, &asking,
                             may_ask ? kPatienceWithPeopleUs : kPatienceUs);
  asking.slot.reset(slot);
  return result;
}

int Authority::polkit_answers(sd_bus_message* answer, void* asking, sd_bus_error*) {
  auto& mine = *static_cast<Asking*>(asking);
  Authority& all = *mine.all;
  const Requester who = std::move(mine.who);
  const Wish wish = std::move(mine.wish);
  const Then then = std::move(mine.then);
  all.asking_.erase(mine.position);
  // (bba{ss}): is_authorized, is_challenge, details. No polkit, no leave.
  int is_authorized = 0;
  if (sd_bus_message_is_method_error(answer, nullptr) <= 0 &&
      sd_bus_message_enter_container(answer, 'r', "bba{ss}") > 0) {
    sd_bus_message_read(answer, "b", &is_authorized);
  }
  Decision decision = hotseat::decide(all.app_.seat().policy, who, wish);
  if (sd_bus_message_is_method_error(answer, nullptr) > 0) {
    decision.why += "; polkit: " + std::string(sd_bus_message_get_error(answer)->message);
  }
  if (is_authorized != 0) decision = {true, "polkit gives leave"};
  then(all.told(who, wish, std::move(decision)));
  return 0;
}

Decision Authority::told(const Requester& who, const Wish& wish, Decision decision) {
  const std::string text = to_string(who) + ": " + to_string(wish) + " (" + decision.why + ")";
  if (decision.allowed) {
    log_.tell("allowed: " + text);
  } else {
    decision.quiet = !log_.tell_in_vain(to_string(who), "denied: " + text);
  }
  return decision;
}

Refusal refusal_of(const Requester& who, const Wish& wish, const Decision& decision) {
  std::string hint;
  switch (who.kind) {
    case Requester::Kind::root:
    case Requester::Kind::user:
      hint = "be at this machine, be in the group hotseat, or have a line under [policy]";
      break;
    case Requester::Kind::guest:
      hint = "policy under [guest." + who.name + "] says what it may";
      break;
    case Requester::Kind::web:
    case Requester::Kind::ssh:
      hint = "[policy] in hotseat.toml says what it may";
      break;
  }
  return {Rule::not_permitted, to_string(who) + " may not " + to_string(wish) + ": " + decision.why,
          hint};
}

void request(app::Service& app, const Caller& caller, const Wish& wish, const std::string& target,
             const Decision& decision, app::Service::Answer answer) {
  const std::string& who = caller.text;
  if (!decision.allowed) {
    const std::string wanted = wish.verb == Verb::next      ? "next"
                               : wish.verb == Verb::release ? kHost.str()
                                                            : target;
    const auto heard_by = decision.quiet ? app::Audience::requester : app::Audience::everybody;
    return app.refuse_request(wanted, who, refusal_of(caller.requester, wish, decision), heard_by,
                              std::move(answer));
  }
  if (wish.verb == Verb::next) return app.request_next(who, std::move(answer));
  if (wish.verb == Verb::release) return app.request_release(who, std::move(answer));
  app.request_switch(target, who, std::move(answer));
}

}  // namespace hotseat::service
