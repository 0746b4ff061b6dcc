// hotseat ssh-door as sshd runs it: what a key asks for, what it was told to do alone, and its
// policy.
#include <gmock/gmock.h>

#include <cstdlib>

#include "bus_fixture.h"

namespace hotseat::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SshDoorTest : public BusFixture {
 protected:
  SshDoorTest() {
    start_service();
    app_.configured.policy.grants["ssh:vm-attach"] = {{Verb::switch_to, kHost},
                                                      {Verb::switch_to, TargetName{"win11"}}};
    app_.configured.policy.grants["ssh:back"] = {{Verb::switch_to, kHost}};
  }
  ~SshDoorTest() override { unsetenv("SSH_ORIGINAL_COMMAND"); }

  Finished asks_for(const std::string& text, std::vector<std::string> door = {"vm-attach"}) {
    setenv("SSH_ORIGINAL_COMMAND", text.c_str(), 1);
    door.insert(door.begin(), "ssh-door");
    return hotseat(std::move(door));
  }
};

TEST_F(SshDoorTest, WhatTheScriptWasAskedForMovesTheSeat) {
  EXPECT_EQ(asks_for("/usr/local/bin/vm-attach.sh attach").status, 0);
  EXPECT_EQ(asks_for("/usr/local/bin/vm-attach.sh detach").status, 0);
  EXPECT_THAT(app_.requests, ElementsAre("switch guest", "switch host"));
  EXPECT_THAT(app_.callers, ElementsAre("ssh key vm-attach", "ssh key vm-attach"));
}

// putty -load vm-attach: asks for nothing, and its key's forced command says what happens.
TEST_F(SshDoorTest, AForcedCommandSaysItAll) {
  unsetenv("SSH_ORIGINAL_COMMAND");
  EXPECT_EQ(hotseat({"ssh-door", "vm-attach", "detach"}).status, 0);
  EXPECT_EQ(asks_for("switch win11", {"vm-attach", "switch", "host"}).status, 0);
  EXPECT_EQ(asks_for("status", {"vm-attach", "vm-attach.sh", "detach"}).status, 0);
  EXPECT_THAT(app_.requests, ElementsAre("switch host", "switch host", "switch host"));
}

TEST_F(SshDoorTest, AFailureIsNoSuccess) {
  app_.outcome = Outcome::rolled_back;
  const Finished ended = asks_for("vm-attach.sh detach");
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("no answer"));
}

TEST_F(SshDoorTest, TheScriptMayNoMoreThanItsKey) {
  EXPECT_EQ(asks_for("vm-attach.sh attach", {"back"}).status, 4);
  EXPECT_EQ(asks_for("vm-attach.sh detach", {"stranger"}).status, 4);
  EXPECT_EQ(asks_for("", {"back", "attach"}).status, 4);
  EXPECT_THAT(app_.requests, IsEmpty());
  EXPECT_EQ(asks_for("vm-attach.sh detach", {"back"}).status, 0);
}

TEST_F(SshDoorTest, AKeyThatMayNotLookIsToldWhereThatIsSaid) {
  const Finished ended = asks_for("status");
  EXPECT_EQ(ended.status, 4);
  EXPECT_THAT(ended.err, HasSubstr("vm-attach may not"));
  EXPECT_THAT(ended.err, HasSubstr("([policy] in hotseat.toml says what it may)"));
}

TEST_F(SshDoorTest, WhatIsNoRequestIsNotUnderstood) {
  for (const char* text : {"", "bash", "vm-attach.sh attach; reboot", "reload"}) {
    const Finished ended = asks_for(text);
    EXPECT_EQ(ended.status, 2) << text;
    EXPECT_THAT(ended.err, HasSubstr("say one of: switch TARGET"));
  }
  EXPECT_THAT(app_.requests, IsEmpty());
}

}  // namespace
}  // namespace hotseat::test
