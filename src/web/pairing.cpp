#include "web/pairing.h"

#include <algorithm>

namespace hotseat::web {

namespace {

// Crockford's base 32: no letter that looks like another character.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeLength = 8;
constexpr std::size_t kMostOffers = 8;
constexpr int kMostWrong = 20;
constexpr std::size_t kLongestInput = 32;

// As it was meant, whatever it looks like.
std::string plain_code(std::string_view typed) {
  std::string code;
  for (char c : typed.substr(0, kLongestInput)) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

}  // namespace

std::string Pairing::begin(const std::string& name, const RandomBytes& random, Moment now) {
  forget_old(now);
  if (offers_.size() == kMostOffers) offers_.erase(offers_.begin());
  std::string code;
  for (const char byte : random(kCodeLength)) {
    code += kAlphabet[static_cast<unsigned char>(byte) % kAlphabet.size()];
  }
  offers_.push_back({code, name, now + kPairingTime, 0});
  return code.insert(kCodeLength / 2, "-");
}

std::optional<std::string> Pairing::redeem(std::string_view code, Moment now) {
  forget_old(now);
  const std::string meant = plain_code(code);
  const Offer* found = nullptr;
  for (const Offer& offer : offers_) {
    if (same_secret(offer.code, meant)) found = &offer;
  }
  if (found == nullptr) {
    for (Offer& offer : offers_) ++offer.wrong;
    return std::nullopt;
  }
  std::string name = found->name;
  offers_.erase(offers_.begin() + (found - offers_.data()));
  return name;
}

bool Pairing::any(Moment now) {
  forget_old(now);
  return !offers_.empty();
}

void Pairing::forget_old(Moment now) {
  offers_.erase(std::remove_if(offers_.begin(), offers_.end(),
                               [now](const Offer& offer) {
                                 return now >= offer.until || offer.wrong >= kMostWrong;
                               }),
                offers_.end());
}

}  // namespace hotseat::web
