// Changes of a real libvirt domain, of the test driver.
#include "apps/guest/changes.h"

#include <gmock/gmock.h>

#include "test_domain.h"

namespace hotseat::guest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Changes : public TestDomain {
 protected:
  Proposal inputs(const std::vector<NodeNames>& nodes) {
    auto proposal = propose_inputs(libvirt_, name_, nodes);
    EXPECT_TRUE(proposal) << proposal.error().error.reason;
    return *proposal;
  }
  Proposal undo() {
    auto proposal = propose_undo(libvirt_, name_, store_);
    EXPECT_TRUE(proposal) << proposal.error().error.reason;
    return *proposal;
  }
  Result<std::string> make(const Proposal& proposal) {
    return guest::make(libvirt_, proposal, store_, std::chrono::system_clock::now());
  }

  Libvirt libvirt_ = std::move(*Libvirt::open(kUri));
  Backups store_{backups()};
};

TEST_F(Changes, AreProposedAndChangeNothing) {
  const auto before = now();
  const auto proposal = inputs({{kKeyboard}, {kMouse}});
  EXPECT_THAT(proposal.added, ElementsAre(kKeyboard, kMouse));
  EXPECT_THAT(proposal.diff(), HasSubstr("+    <input type='passthrough' bus='virtio'>\n"));
  EXPECT_EQ(now(), before);
  EXPECT_FALSE(has_backups());
}

TEST_F(Changes, AreMadeAndUndone) {
  const auto before = now();
  ASSERT_TRUE(make(inputs({{kKeyboard}, {kMouse}})));
  EXPECT_THAT(now(), HasSubstr("-mouse'/>"));
  EXPECT_THAT(inputs({{kKeyboard}, {kMouse}}).added, IsEmpty());
  EXPECT_TRUE(inputs({{kKeyboard}, {kMouse}}).changes_nothing());

  const auto back = undo();
  EXPECT_FALSE(back.changed_since);
  EXPECT_THAT(back.diff(), HasSubstr("-    <input type='passthrough' bus='virtio'>\n"));
  ASSERT_TRUE(make(back));
  EXPECT_EQ(now(), before);
  EXPECT_TRUE(undo().changes_nothing());
}

TEST_F(Changes, AreUndoneOneByOne) {
  const auto first = now();
  ASSERT_TRUE(make(inputs({{kKeyboard}})));
  const auto second = now();
  ASSERT_TRUE(make(inputs({{kMouse}})));
  ASSERT_TRUE(make(undo()));
  EXPECT_EQ(now(), second);
  ASSERT_TRUE(make(undo()));
  EXPECT_EQ(now(), first);
}

TEST_F(Changes, WhatADomainReadsUnderAnotherNameIsNotAddedAgain) {
  define("<input type='passthrough' bus='virtio'><source evdev='/dev/input/by-id/other'/></input>");
  EXPECT_THAT(inputs({{kMouse, "/dev/input/by-id/other"}, {kKeyboard}}).added,
              ElementsAre(kKeyboard));
}

TEST_F(Changes, PasswordsAreKeptAndNotShown) {
  define("");
  const auto proposal = inputs({{kMouse}});
  EXPECT_THAT(proposal.diff(), Not(HasSubstr("secret")));
  ASSERT_TRUE(make(proposal));
  EXPECT_THAT(now(), HasSubstr("passwd='secret'"));
}

TEST_F(Changes, OfADomainThatWasChangedMeanwhileAreNotMade) {
  const auto proposal = inputs({{kMouse}});
  define("<input type='tablet' bus='usb'/>");
  const auto before = now();
  const auto made = make(proposal);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().error.reason, HasSubstr("meanwhile"));
  EXPECT_EQ(now(), before);
  EXPECT_FALSE(has_backups());
}

TEST_F(Changes, ThatLibvirtRefusesLeaveNothing) {
  auto proposal = inputs({{kMouse}});
  proposal.after = "<domain type='no such thing'/>";
  const auto before = now();
  ASSERT_FALSE(make(proposal));
  EXPECT_EQ(now(), before);
  EXPECT_FALSE(has_backups());
}

TEST_F(Changes, WithoutABackupAreNotMade) {
  const auto before = now();
  const Backups nowhere("/proc/hotseat/backups");
  const auto made = guest::make(libvirt_, inputs({{kMouse}}), nowhere, {});
  ASSERT_FALSE(made);
  EXPECT_EQ(now(), before);
}

TEST_F(Changes, UndoingShowsWhatItWouldLose) {
  ASSERT_TRUE(make(inputs({{kMouse}})));
  virDomainSetMetadata(domain(), VIR_DOMAIN_METADATA_TITLE, "edited", nullptr, nullptr,
                       VIR_DOMAIN_AFFECT_CONFIG);
  const auto back = undo();
  EXPECT_TRUE(back.changed_since);
  EXPECT_THAT(back.changes_since, HasSubstr("+  <title>edited</title>\n"));
  const auto path = make(back);  // whoever insists
  ASSERT_TRUE(path);
  EXPECT_THAT(now(), Not(HasSubstr("edited")));
  EXPECT_TRUE(std::filesystem::exists(*path + "/replaced.xml"));
}

TEST_F(Changes, OfAnUnknownDomainTellWhatThereIs) {
  const auto proposal = propose_inputs(libvirt_, "zorg", {{kMouse}});
  ASSERT_FALSE(proposal);
  EXPECT_EQ(proposal.error().status, Status::usage);
  EXPECT_THAT(proposal.error().known, ElementsAre("test", name_));
}

TEST(Connecting, ToNobodyIsAClearFailure) {
  const auto libvirt = Libvirt::open("qemu+unix:///system?socket=/nonexistent/socket");
  ASSERT_FALSE(libvirt);
  EXPECT_EQ(libvirt.error().status, Status::failed);
  EXPECT_THAT(libvirt.error().error.hint, HasSubstr("libvirtd"));
}

}  // namespace
}  // namespace hotseat::guest
