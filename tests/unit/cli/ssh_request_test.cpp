// What a key may ask for, in words of ours and of the script that keys ran before.
#include "apps/cli/ssh_request.h"

#include <gtest/gtest.h>

#include <string>

namespace hotseat::cli {
namespace {

using Kind = wire::LineRequest::Kind;

std::string target_of(std::string_view text) {
  const auto request = parse_ssh_request(text);
  return request && request->kind == Kind::switch_to ? request->target : "none";
}

TEST(SshRequest, Verbs) {
  EXPECT_EQ(target_of("switch win11"), "win11");
  EXPECT_EQ(parse_ssh_request("next")->kind, Kind::next);
  EXPECT_EQ(parse_ssh_request("release")->kind, Kind::release);
  EXPECT_EQ(parse_ssh_request(" status ")->kind, Kind::status);
}

TEST(SshRequest, TheScriptThatKeysRan) {
  EXPECT_EQ(target_of("/usr/local/bin/vm-attach.sh detach"), "host");
  EXPECT_EQ(target_of("/usr/local/bin/vm-attach.sh attach"), "guest");
  EXPECT_EQ(target_of("sudo vm-attach.sh attach"), "guest");
  EXPECT_EQ(target_of("vm-attach.sh"), "host");
  EXPECT_EQ(target_of("attach"), "guest");
  EXPECT_EQ(target_of(" detach\r\n"), "host");
}

TEST(SshRequest, NothingElse) {
  for (const char* text :
       {"", "sudo", "sudo switch win11", "vm-attach.sh attach; reboot", "vm-attach.sh frob",
        "bash vm-attach.sh attach", "vm-attach.sh attach attach", "evil-vm-attach.sh detach",
        "win10 attach 046d:c31c", "reload", "vm-attach.sh attach 046d:c31c"}) {
    EXPECT_FALSE(parse_ssh_request(text)) << text;
  }
  EXPECT_FALSE(parse_ssh_request("switch " + std::string(wire::kLongestLine, 'x')));
}

}  // namespace
}  // namespace hotseat::cli
