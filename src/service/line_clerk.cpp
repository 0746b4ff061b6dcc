#include "service/line_clerk.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"

namespace hotseat::service {

namespace {

std::string answer_to(const SwitchReport& report) {
  if (!has_moved(report)) return printable("error " + reason_of(report));
  std::string text = "ok " + report.owner.str() + " has the seat";
  if (!report.warnings.empty()) text += "; warning: " + report.warnings.front();
  return printable(text);
}

}  // namespace

bool LineClerk::handle(const Requester& who, const std::string& line, Answer answer) {
  using Kind = wire::LineRequest::Kind;
  const auto request = wire::parse_line(line);
  if (!request) {
    log(who, "a line that is no request was ignored");
    return false;
  }
  switch (request->kind) {
    case Kind::attach:
    case Kind::detach:
      old_request(who, *request);
      return false;
    case Kind::switch_to:
      switch_to(who, request->target, std::move(answer));
      break;
    case Kind::next:
      ask(who, {Verb::next, {}}, "", std::move(answer));
      break;
    case Kind::release:
      ask(who, {Verb::release, {}}, "", std::move(answer));
      break;
    case Kind::status:
      tell_status(who, answer);
      break;
    case Kind::help:
      answer(wire::kLineHelp);
      break;
  }
  return true;
}

// "self" is the guest itself.
void LineClerk::switch_to(const Requester& who, const std::string& target, Answer answer) {
  const bool is_self = target == "self" && who.kind == Requester::Kind::guest;
  const std::string named = is_self ? who.name : target;
  const auto resolved = resolve_target(app_.world(), app_.seat(), named);
  ask(who, {Verb::switch_to, resolved ? *resolved : TargetName{named}}, named, std::move(answer));
}

void LineClerk::ask(const Requester& who, const Wish& wish, const std::string& target,
                    Answer answer) {
  request(app_, {who, to_string(who)}, wish, target, authority_.decide(who, wish),
          [answer = std::move(answer)](const SwitchReport& report) { answer(answer_to(report)); });
}

void LineClerk::tell_status(const Requester& who, const Answer& answer) {
  const Wish wish{Verb::status, {}};
  const Decision decision = authority_.decide(who, wish);
  if (!decision.allowed) return answer(printable("error " + decision.why + " " + to_string(wish)));
  const app::Status status = app_.status();
  std::string text = "ok " + status.world.owner.str() + " has the seat, ";
  text += app::to_string(status.state);
  if (!status.problems.empty()) text += ": " + status.problems.front();
  answer(printable(text));
}

// The seat moves as a whole: the first of its devices that is asked for takes the others along, and
// asking for these changes nothing.
void LineClerk::old_request(const Requester& who, const wire::LineRequest& request) {
  const Seat& seat = app_.seat();
  const GuestSpec* guest = seat.guest_by_domain(DomainName{request.guest});
  if (guest == nullptr) guest = seat.guest(TargetName{request.guest});
  if (guest == nullptr) return log(who, "there is no guest of the name that was asked for");
  if (who.kind == Requester::Kind::guest && who.name != guest->name.str()) {
    return log(who, "denied: it speaks for " + guest->name.str());
  }
  if (!has_device(request)) return log(who, "the device that was asked for is not of the seat");
  const bool to_guest = request.kind == wire::LineRequest::Kind::attach;
  const TargetName target = to_guest ? guest->name : kHost;
  const TargetName& owner = app_.world().owner;
  const bool is_there = to_guest ? owner == target : owner != guest->name;
  if (is_there) return;
  ask(who, {Verb::switch_to, target}, target.str(), [](const std::string&) {});
}

bool LineClerk::has_device(const wire::LineRequest& request) const {
  const UsbId id{request.vendor, request.product};
  const auto is_it = [&](const DeviceSpec& spec) {
    if (spec.match.id) return *spec.match.id == id;
    const auto found = resolve(app_.world(), spec);
    return std::any_of(found.begin(), found.end(),
                       [&](const UsbDevice* device) { return device->id == id; });
  };
  const auto& devices = app_.seat().devices;
  return std::any_of(devices.begin(), devices.end(), is_it);
}

void LineClerk::log(const Requester& who, const std::string& text) {
  log_.tell_in_vain(to_string(who), to_string(who) + ": " + text);
}

}  // namespace hotseat::service
