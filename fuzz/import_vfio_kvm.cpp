#include "fuzz/input.h"
#include "fuzz/sound.h"
#include "importers/vfio_kvm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The configuration, then domains.
  auto files = hotseat::fuzz::files_of(data, size);
  const hotseat::importers::File config = files.front();
  files.erase(files.begin());
  hotseat::fuzz::check(hotseat::importers::import_vfio_kvm(config, files));
  return 0;
}
