#include "fuzz/input.h"
#include "fuzz/sound.h"
#include "importers/virt_aid.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hotseat::fuzz::check(
      hotseat::importers::import_virt_aid("folder", hotseat::fuzz::files_of(data, size)));
  return 0;
}
