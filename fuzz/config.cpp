// hotseat.toml: read or refused with its place, whatever stands in it.
#include "config/config.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto seat = hotseat::config::parse({reinterpret_cast<const char*>(data), size}, "f");
  if (!seat && (!seat.error().object.starts_with("f:") || seat.error().reason.empty()))
    std::abort();
  return 0;
}
