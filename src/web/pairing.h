// One-time codes by which a browser becomes a client.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/moment.h"
#include "web/secret.h"

namespace hotseat::web {

inline constexpr Moment kPairingTime = std::chrono::minutes(10);

class Pairing {
 public:
  // "K7QM-3XPD": 40 random bits, good once, for kPairingTime. `name` is the client's to be. At most
  // eight stand at a time: the oldest gives way.
  std::string begin(const std::string& name, const RandomBytes& random, Moment now);

  // The name that the code was made for; the code is used up. Upper and lower case, hyphens and
  // spaces do not matter, nor O for 0, I and L for 1. Twenty wrong guesses end all codes.
  std::optional<std::string> redeem(std::string_view code, Moment now);

  bool any(Moment now);  // is a code waiting?

 private:
  struct Offer {
    std::string code;  // without the hyphen
    std::string name;
    Moment until{};
    int wrong = 0;  // guesses while it stood
  };
  void forget_old(Moment now);

  std::vector<Offer> offers_;
};

}  // namespace hotseat::web
