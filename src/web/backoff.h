// Who keeps showing wrong secrets has to wait, longer each time.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "web/moment.h"

namespace hotseat::web {

// Guesses that can hit are counted: virtkvm's secret and pairing codes, which people choose or
// type. Cookies and tokens cannot be guessed, and are looked up whoever shows them; else one
// program on a machine could keep all others on it out.
class Backoff {
 public:
  // How long this address has to wait still; zero when it may try.
  Moment wait(const std::string& peer, Moment now) const;
  void failed(const std::string& peer, Moment now);
  void succeeded(const std::string& peer);

 private:
  struct Record {
    int failures = 0;
    Moment last{};
    Moment until{};
  };
  void make_room(Moment now);

  std::map<std::string, Record> records_;  // by network: see peer_network()
};

// What one guesser can choose its addresses from: an IPv6 network of 64 bits, else the address.
std::string peer_network(const std::string& ip);

}  // namespace hotseat::web
