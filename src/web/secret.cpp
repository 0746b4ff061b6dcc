#include "web/secret.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace hotseat::web {

namespace {

constexpr std::size_t kHashSize = 32;
constexpr std::size_t kSecretSize = 32;
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// RFC 4648, sections 4 and 5, without the padding.
std::string base64(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
    held += 8;
    while (held >= 6) text += alphabet[bits >> (held -= 6) & 0x3fU];
  }
  if (held > 0) text += alphabet[bits << (6 - held) & 0x3fU];
  return text;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string hash(kHashSize, '\0');
  if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.data(), bytes.size(), hash.data()) < 0) {
    throw std::runtime_error("GnuTLS has no SHA-256");
  }
  return hash;
}

std::string sha256_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : sha256(bytes)) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 0xfU];
  }
  return text;
}

std::string sha256_base64(std::string_view bytes) {
  return base64(sha256(bytes), kBase64) + "=";
}

// The hashes are compared, so that neither length nor content shows in the time it takes.
bool same_secret(std::string_view a, std::string_view b) {
  const std::string of_a = sha256(a);
  const std::string of_b = sha256(b);
  return gnutls_memcmp(of_a.data(), of_b.data(), kHashSize) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (gnutls_rnd(GNUTLS_RND_KEY, bytes.data(), count) < 0) {
    throw std::runtime_error("the system has no random numbers");
  }
  return bytes;
}

std::string new_secret(const RandomBytes& random) {
  return base64(random(kSecretSize), kBase64Url);
}

}  // namespace hotseat::web
