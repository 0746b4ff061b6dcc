#include "fuzz/input.h"
#include "fuzz/sound.h"
#include "importers/vm_attach.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The script, then XML files beside it.
  auto files = hotseat::fuzz::files_of(data, size);
  const hotseat::importers::File script = files.front();
  files.erase(files.begin());
  hotseat::fuzz::check(hotseat::importers::import_vm_attach(script, files, {}));
  return 0;
}
