// Secrets: compared, hashed and made.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hotseat::web {

// Takes as long whatever differs, their lengths included.
bool same_secret(std::string_view a, std::string_view b);

std::string sha256(std::string_view bytes);         // 32 bytes
std::string sha256_hex(std::string_view bytes);     // 64 characters
std::string sha256_base64(std::string_view bytes);  // 44 characters

// Unpredictable bytes; throws when the system has none.
std::string random_bytes(std::size_t count);
using RandomBytes = std::function<std::string(std::size_t)>;

// 256 bits as 43 characters for a cookie or a header.
std::string new_secret(const RandomBytes& random);

}  // namespace hotseat::web
