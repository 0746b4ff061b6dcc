// Against a real libvirtd over its socket: how it ends, comes back, and hangs.
#include <gtest/gtest.h>
#include <libvirt/libvirt.h>

#include <memory>

#include "tests/integration/libvirt/observed_hypervisor.h"
#include "tests/integration/libvirt/private_libvirtd.h"

namespace hotseat::adapters {
namespace {

struct Close {
  void operator()(virConnectPtr connection) const { virConnectClose(connection); }
  void operator()(virDomainPtr domain) const { virDomainFree(domain); }
};
using ConnectPtr = std::unique_ptr<virConnect, Close>;
using DomainPtr = std::unique_ptr<virDomain, Close>;

class Libvirtd : public testing::Test {
 protected:
  void SetUp() override {
    if (!PrivateLibvirtd::is_available()) GTEST_SKIP() << "no libvirtd here";
    libvirtd_ = std::make_unique<PrivateLibvirtd>();
    hypervisor_ = std::make_unique<ObservedHypervisor>(libvirtd_->uri());
    hypervisor_->wait_until_connected(true);
  }
  void TearDown() override {
    hypervisor_.reset();
    libvirtd_.reset();
  }

  std::unique_ptr<PrivateLibvirtd> libvirtd_;
  std::unique_ptr<ObservedHypervisor> hypervisor_;
};

TEST_F(Libvirtd, MayComeUpAfterUs) {
  hypervisor_->wait_for_state("test", DomainState::running);
}

// No call of ours is under way when they come: the withheld socket is read because it is watched.
TEST_F(Libvirtd, ItsEventsComeWithoutAsking) {
  const ConnectPtr other(virConnectOpen(libvirtd_->uri().c_str()));
  ASSERT_TRUE(other);
  const DomainPtr domain(virDomainLookupByName(other.get(), "test"));
  ASSERT_TRUE(domain);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(virDomainDestroy(domain.get()), 0);
    hypervisor_->wait_for_state("test", DomainState::shutoff);
    ASSERT_EQ(virDomainCreate(domain.get()), 0);
    hypervisor_->wait_for_state("test", DomainState::running);
  }
}

TEST_F(Libvirtd, StartsAreDoneThroughItsSocket) {
  const ConnectPtr other(virConnectOpen(libvirtd_->uri().c_str()));
  const DomainPtr domain(virDomainLookupByName(other.get(), "test"));
  ASSERT_TRUE(domain);
  ASSERT_EQ(virDomainDestroy(domain.get()), 0);
  hypervisor_->wait_for_state("test", DomainState::shutoff);
  EXPECT_TRUE(hypervisor_->wait(hypervisor_->start("test")));
  EXPECT_EQ(hypervisor_->last().domain(DomainName{"test"})->state, DomainState::running);
}

TEST_F(Libvirtd, ItsEndIsNoticedWhileNothingIsAskedOfIt) {
  libvirtd_->kill();
  hypervisor_->wait_until_connected(false);
  EXPECT_NE(hypervisor_->last().domain(DomainName{"test"}), nullptr);
}

TEST_F(Libvirtd, ItsReturnIsNoticedAndWorkGoesOn) {
  libvirtd_->kill();
  hypervisor_->wait_until_connected(false);
  const auto result = hypervisor_->start("test");
  libvirtd_->run();
  EXPECT_TRUE(hypervisor_->wait(result));
  EXPECT_TRUE(hypervisor_->last().connected);
}

TEST_F(Libvirtd, OneThatHangsDoesNotHoldUpTheEnd) {
  libvirtd_->freeze();
  const auto result = hypervisor_->start("test");
  hypervisor_->run_posted();
  hypervisor_->destroy();  // a failure here is a hang
  EXPECT_FALSE(result->has_value());
}

TEST_F(Libvirtd, OneThatHangsFromTheStartDoesNotHoldUpTheEnd) {
  hypervisor_->destroy();
  libvirtd_->freeze();
  ObservedHypervisor late(libvirtd_->uri());
  late.wait_until_connected(false);  // the first status does not wait for the answer
  EXPECT_FALSE(late.last().problem.empty());
  late.destroy();
}

}  // namespace
}  // namespace hotseat::adapters
