// Carries out what root asks on the control socket.
#pragma once

#include <string>

#include "client_store.h"
#include "event_loop.h"
#include "seat_watch.h"
#include "web/config.h"
#include "web/control.h"
#include "web/pairing.h"

namespace hotseat::web {

class ControlDesk {
 public:
  struct Address {
    std::string url;          // where browsers find us
    std::string fingerprint;  // of our certificate; empty without TLS
  };

  // What it is given outlives it.
  ControlDesk(EventLoop& loop, const Config& config, ClientStore& store, Pairing& pairing,
              SeatWatch& seat, Address address);

  // A line of JSON, answered by another.
  std::string answer(const std::string& line);

 private:
  Json carry_out(const ControlRequest& request);
  Json pair(const std::string& name);
  Json token(const std::string& name);
  Json unpair(const std::string& name);

  EventLoop& loop_;
  const Config& config_;
  ClientStore& store_;
  Pairing& pairing_;
  SeatWatch& seat_;
  Address address_;
};

}  // namespace hotseat::web
