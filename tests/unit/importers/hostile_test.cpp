// Whatever bytes are given: an import that the configuration takes, or an error; never a crash.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "importers/usbserver.h"
#include "importers/vfio_kvm.h"
#include "importers/virt_aid.h"
#include "importers/virtkvm.h"
#include "importers/vm_attach.h"
#include "samples.h"
#include "web/config.h"

namespace hotseat::importers {
namespace {

std::string mutated(std::string text, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  for (std::size_t left = 1 + below(6); left > 0; --left) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0:
        text.erase(at, below(30));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size() + 1), below(40)));
        break;
      default:
        text.insert(at, 1, "\"'`$(){}[]<>&|;:#\\\n-.*!%@"[below(25)]);
        break;
    }
  }
  return text;
}

void expect_sound(const Expected<Imported>& imported, const std::string& text) {
  if (imported) {
    EXPECT_TRUE(config::parse(imported->toml, "t")) << text;
    EXPECT_TRUE(web::parse_config(imported->web_toml, "t")) << text;
  } else {
    EXPECT_EQ(imported.error().reason.find("not valid:"), std::string::npos)
        << imported.error().reason << "\n"
        << text;
    EXPECT_NE(imported.error().object, "");
  }
}

TEST(Hostile, EveryMutationIsImportedOrRefused) {
  const File domain = sample("win10.xml");
  for (unsigned seed = 0; seed < 150; ++seed) {
    for (const char* name : {"virtkvm.yaml", "virtkvm-rokups.yaml"}) {
      const auto text = mutated(sample(name).text, seed);
      expect_sound(import_virtkvm({"f", text}), text);
      expect_sound(import_virtkvm({"f", text}, true), text);
    }
    for (const char* name : {"vfio-kvm.yaml", "akeydo.conf"}) {
      const auto text = mutated(sample(name).text, seed);
      const auto xml = mutated(domain.text, seed + 1000);
      expect_sound(import_vfio_kvm({"f", text}, {}), text);
      expect_sound(import_vfio_kvm({"f", ""}, {{"d", xml}}), xml);
    }
    for (const char* name : {"vm-attach.sh", "vm-attach-own.sh", "usbserver.sh"}) {
      const auto text = mutated(sample(name).text, seed);
      expect_sound(import_vm_attach({"f", text}, {{"p.xml", mutated(domain.text, seed)}}, {}),
                   text);
      expect_sound(import_usbserver({"f", text}, {}), text);
    }
    for (const char* name :
         {"utils/switch/0000:03:00.0.conf", "utils/switch/shared-displays.conf"}) {
      const auto text = mutated(sample(std::string("virt-aid/") + name).text, seed);
      expect_sound(
          import_virt_aid("d", {{"utils/switch/primary-gpu.conf", "0000:03:00.0"}, {name, text}}),
          text);
    }
  }
}

}  // namespace
}  // namespace hotseat::importers
