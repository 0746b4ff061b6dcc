// Against the test driver inside libvirt's client library: real calls and events, no server.
#include <gmock/gmock.h>
#include <libvirt/libvirt.h>

#include <algorithm>
#include <vector>

#include "tests/integration/libvirt/observed_hypervisor.h"

namespace hotseat::adapters {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The driver's one domain "test" runs when the first connection of the process is opened, and all
// share it.
constexpr const char* kUri = "test:///default";

// Somebody else who works with the same domain.
class OtherClient {
 public:
  OtherClient()
      : connection_(virConnectOpen(kUri)), domain_(virDomainLookupByName(connection_, "test")) {}
  ~OtherClient() {
    virDomainFree(domain_);
    virConnectClose(connection_);
  }
  OtherClient(const OtherClient&) = delete;
  OtherClient& operator=(const OtherClient&) = delete;

  void destroy() const { ASSERT_EQ(virDomainDestroy(domain_), 0); }
  void suspend() const { ASSERT_EQ(virDomainSuspend(domain_), 0); }
  void resume() const { ASSERT_EQ(virDomainResume(domain_), 0); }
  void create() const { ASSERT_EQ(virDomainCreate(domain_), 0); }

 private:
  virConnectPtr connection_;
  virDomainPtr domain_;
};

// A domain of the test's own, until its end.
class DefinedDomain {
 public:
  explicit DefinedDomain(const char* xml)
      : connection_(virConnectOpen(kUri)), domain_(virDomainDefineXML(connection_, xml)) {}
  ~DefinedDomain() {
    virDomainUndefine(domain_);
    virDomainFree(domain_);
    virConnectClose(connection_);
  }
  DefinedDomain(const DefinedDomain&) = delete;
  DefinedDomain& operator=(const DefinedDomain&) = delete;

  void set_settings(const char* xml) const {
    ASSERT_EQ(
        virDomainSetMetadata(domain_, VIR_DOMAIN_METADATA_ELEMENT, xml, "vfiokvm",
                             "https://kvm.vfio/xmlns/libvirt/domain/1.0", VIR_DOMAIN_AFFECT_CONFIG),
        0);
  }

 private:
  virConnectPtr connection_;
  virDomainPtr domain_;
};

class TestDriver : public testing::Test {
 protected:
  TestDriver() { hypervisor_.wait_until_connected(true); }

  ObservedHypervisor hypervisor_{kUri};
};

TEST_F(TestDriver, ListsTheDomain) {
  const auto* domain = hypervisor_.last().domain(DomainName{"test"});
  ASSERT_NE(domain, nullptr);
  EXPECT_EQ(domain->state, DomainState::running);
  EXPECT_EQ(domain->started, 1U);
  EXPECT_EQ(domain->uuid.size(), 36U);
}

TEST_F(TestDriver, WhatOthersDoShowsAtOnce) {
  const OtherClient other;
  other.suspend();
  hypervisor_.wait_for_state("test", DomainState::paused);
  other.resume();
  hypervisor_.wait_for_state("test", DomainState::running);
  other.destroy();
  hypervisor_.wait_for_state("test", DomainState::shutoff);
  EXPECT_EQ(hypervisor_.last().domain(DomainName{"test"})->started, 0U);
  other.create();
  hypervisor_.wait_for_state("test", DomainState::running);
}

TEST_F(TestDriver, ADomainIsReadWhenItIsDefinedAndWhenItsMetadataIsEdited) {
  const DefinedDomain zorg(R"(<domain type='test'>
      <name>zorg</name><memory>8192</memory><os><type>hvm</type></os>
      <devices>
        <input type='passthrough' bus='virtio'>
          <source evdev='/dev/input/by-id/zorg-mouse'/>
        </input>
      </devices></domain>)");
  const auto known = [&] { return hypervisor_.last().domain(DomainName{"zorg"}); };
  hypervisor_.wait_until([&] { return known() != nullptr && !known()->inputs.empty(); });
  EXPECT_EQ(known()->inputs.front().path, "/dev/input/by-id/zorg-mouse");
  EXPECT_THAT(known()->hotkey, IsEmpty());
  zorg.set_settings("<settings><hotkey><key value='KEY_KP1'/></hotkey></settings>");
  hypervisor_.wait_until([&] { return !known()->hotkey.empty(); });
  EXPECT_THAT(known()->hotkey, ElementsAre(79));
}

TEST_F(TestDriver, StartsADomainThatIsOff) {
  const OtherClient other;
  other.destroy();
  hypervisor_.wait_for_state("test", DomainState::shutoff);
  ASSERT_TRUE(hypervisor_.wait(hypervisor_.start("test")));
  EXPECT_THAT(hypervisor_.progress(), ElementsAre("starting test", "waiting until test runs"));
  EXPECT_EQ(hypervisor_.last().domain(DomainName{"test"})->state, DomainState::running);
}

TEST_F(TestDriver, ADomainThatRunsNeedsNoStart) {
  EXPECT_TRUE(hypervisor_.wait(hypervisor_.start("test")));
  EXPECT_TRUE(hypervisor_.progress().empty());
}

TEST_F(TestDriver, APausedDomainIsNotStarted) {
  const OtherClient other;
  other.suspend();
  const auto outcome = hypervisor_.wait(hypervisor_.start("test"));
  other.resume();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().reason, "it is paused");
  EXPECT_THAT(outcome.error().hint, HasSubstr("virsh resume"));
}

TEST_F(TestDriver, AnUnknownDomainIsNamedWithAHint) {
  for (const auto& result :
       {hypervisor_.start("no 'such' & domain"), hypervisor_.attach("no 'such' & domain")}) {
    const auto outcome = hypervisor_.wait(result);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().object, "domain no 'such' & domain");
    EXPECT_EQ(outcome.error().hint, "virsh list --all shows the names");
  }
}

TEST_F(TestDriver, WhatIsNotThereNeedsNoDetaching) {
  EXPECT_TRUE(hypervisor_.wait(hypervisor_.detach("no such domain")));
  EXPECT_TRUE(hypervisor_.wait(hypervisor_.detach("test")));
}

TEST_F(TestDriver, ARefusedAttachSaysWhy) {
  const auto outcome = hypervisor_.wait(hypervisor_.attach("test"));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().context, "attach 1:2 to test");
  EXPECT_FALSE(outcome.error().reason.empty());
}

TEST_F(TestDriver, MayBeDestroyedWithWorkUnderWay) {
  std::vector<ObservedHypervisor::Result> results;
  for (int i = 0; i < 20; ++i) {
    results.push_back(hypervisor_.start("test"));
    results.push_back(hypervisor_.detach("test"));
  }
  hypervisor_.run_posted();
  hypervisor_.destroy();
  const auto answered = [](const auto& result) { return result->has_value(); };
  const auto before = std::count_if(results.begin(), results.end(), answered);
  hypervisor_.run_posted();
  EXPECT_EQ(std::count_if(results.begin(), results.end(), answered), before);
}

TEST(BadUri, IsToldAsTheProblem) {
  for (const char* uri : {"nosuch:///driver", "qemu+unix:///system?socket=/nonexistent/socket"}) {
    ObservedHypervisor hypervisor(uri);
    hypervisor.wait_until_connected(false);
    EXPECT_THAT(hypervisor.last().problem, HasSubstr(uri));
    EXPECT_FALSE(hypervisor.wait(hypervisor.start("test")));
  }
}

}  // namespace
}  // namespace hotseat::adapters
