// May they? Asked by every door before anything is done for somebody, and told to the log.
#pragma once

#include <systemd/sd-bus.h>

#include <functional>
#include <list>
#include <string>

#include "app/service.h"
#include "domain/policy.h"
#include "service/access_log.h"
#include "service/caller.h"
#include "service/sd_bus_handles.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it.
class Authority {
 public:
  using Then = std::function<void(const Decision&)>;

  Authority(app::Service& app, AccessLog& log) : app_(app), log_(log) {}
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  // By the configuration alone.
  Decision decide(const Requester& who, const Wish& wish);
  // A user whom the configuration does not name may have polkit's leave, which the person at the
  // desk has without being asked, and others with an administrator's password. `then` is called
  // once, at once if polkit has nothing to say; not after forget().
  void decide(sd_bus_message* call, const Requester& who, const Wish& wish, Then then);
  void forget() { asking_.clear(); }  // the connection is about to go

 private:
  struct Asking {
    Authority* all;
    Requester who;
    Wish wish;
    Then then;
    BusSlot slot;
    std::list<Asking>::iterator position;
  };

  static int polkit_answers(sd_bus_message* answer, void* asking, sd_bus_error*);
  int ask_polkit(sd_bus_message* call, Asking& asking);
  Decision told(const Requester& who, const Wish& wish, Decision decision);

  app::Service& app_;
  AccessLog& log_;
  std::list<Asking> asking_;
};

// What a refused switch says.
Refusal refusal_of(const Requester& who, const Wish& wish, const Decision& decision);

// A switch, the next target or a release: asked of the app, or refused, as it was decided. `target`
// is what was said to switch to, which may be no target's name. Answered either way.
void request(app::Service& app, const Caller& caller, const Wish& wish, const std::string& target,
             const Decision& decision, app::Service::Answer answer);

}  // namespace hotseat::service
