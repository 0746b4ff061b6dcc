// What is answered to whom.
#pragma once

#include <string>

#include "client_store.h"
#include "event_loop.h"
#include "http_server.h"
#include "seat_watch.h"
#include "web/config.h"
#include "web/gate.h"
#include "web/pairing.h"

namespace hotseat::web {

// What it is given outlives it. `host_name` is the machine's.
class Site {
 public:
  Site(EventLoop& loop, const Config& config, const std::string& host_name, ClientStore& store,
       Pairing& pairing, SeatWatch& seat);

  void handle(const Request& request, const HttpServer::Answer& answer);

 private:
  using Answer = HttpServer::Answer;

  Answer noted(const Admission& admission, const Request& request, const Answer& answer);
  void carry_out(const Admission& admission, const Request& request, const Answer& answer);
  Response pair(const Request& request);
  Response paired(const std::string& name, bool encrypted);
  Response unpair(const Visitor& visitor, const Request& request);
  void virtkvm(const Request& request, const Answer& answer);
  void switch_seat(Action action, const Visitor& visitor, const Request& request,
                   const Answer& answer);
  void plan(const Visitor& visitor, const Request& request, const Answer& answer);
  void part_of_status(const char* part, const Answer& answer);
  void stream_events(const Visitor& visitor, const Answer& answer);

  EventLoop& loop_;
  const Config& config_;
  ClientStore& store_;
  Pairing& pairing_;
  SeatWatch& seat_;
  Gate gate_;
};

}  // namespace hotseat::web
