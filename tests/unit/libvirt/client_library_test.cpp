#include "adapters/libvirt/client_library.h"

#include <gtest/gtest.h>

namespace hotseat::adapters::libvirt {
namespace {

TEST(IsLocal, IsAUriThatStaysOnThisMachine) {
  for (const char* uri : {"qemu:///system", "qemu:///session", "qemu+unix:///system",
                          "test:///default", "qemu+unix:///system?socket=/run/x"}) {
    EXPECT_TRUE(is_local(uri)) << uri;
  }
}

TEST(IsLocal, IsNotOneThatLeavesIt) {
  for (const char* uri : {"qemu+ssh://root@box/system", "qemu://box/system", "qemu+tcp:///system",
                          "qemu+tls://box/system", "nonsense", ""}) {
    EXPECT_FALSE(is_local(uri)) << uri;
  }
}

}  // namespace
}  // namespace hotseat::adapters::libvirt
