#include "fuzz/input.h"
#include "fuzz/sound.h"
#include "importers/virtkvm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = hotseat::fuzz::text_of(data, size);
  for (const bool with_web : {false, true}) {
    hotseat::fuzz::check(hotseat::importers::import_virtkvm({"f", text}, with_web));
  }
  return 0;
}
