// Does what the lines of the Unix socket and of guests' serial ports ask for.
#pragma once

#include <functional>
#include <string>

#include "app/service.h"
#include "domain/policy.h"
#include "service/access_log.h"
#include "service/authority.h"
#include "wire/line_request.h"

namespace hotseat::service {

// Loop thread only. Everything given outlives it.
class LineClerk {
 public:
  // One line, without its end. Called once, now or later, if handle() has said so.
  using Answer = std::function<void(const std::string& line)>;

  LineClerk(app::Service& app, Authority& authority, AccessLog& log)
      : app_(app), authority_(authority), log_(log) {}

  // False: there is no answer. The requests of old have none.
  bool handle(const Requester& who, const std::string& line, Answer answer);

 private:
  void switch_to(const Requester& who, const std::string& target, Answer answer);
  void ask(const Requester& who, const Wish& wish, const std::string& target, Answer answer);
  void tell_status(const Requester& who, const Answer& answer);
  void old_request(const Requester& who, const wire::LineRequest& request);
  bool has_device(const wire::LineRequest& request) const;
  void log(const Requester& who, const std::string& text);

  app::Service& app_;
  Authority& authority_;
  AccessLog& log_;
};

}  // namespace hotseat::service
