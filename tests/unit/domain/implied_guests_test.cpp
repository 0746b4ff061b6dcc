#include "domain/implied_guests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world_builder.h"

namespace hotseat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

EvdevInput input(const std::string& name) {
  return {EvdevInput::Kind::virtio, "/dev/input/by-id/" + name, false, {}};
}

Domain domain(const std::string& name, std::uint64_t started, std::vector<EvdevInput> inputs) {
  Domain made;
  made.name = DomainName{name};
  made.state = started == 0 ? DomainState::shutoff : DomainState::running;
  made.started = started;
  made.inputs = std::move(inputs);
  return made;
}

class ImpliedGuests : public ::testing::Test {
 protected:
  ImpliedGuests() { seat_.compat.vfio_kvm = true; }
  std::vector<std::string> found() const {
    std::vector<std::string> names;
    for (const DomainName& name : implied_guests(world_, seat_)) names.push_back(name.str());
    return names;
  }

  Seat seat_ = testing::make_seat();
  World world_ = testing::make_world();
};

TEST_F(ImpliedGuests, ThoseThatReadClonesOfTheirNameAreInTheOrderOfTheirStart) {
  world_.hypervisor.domains.push_back(domain("arch", 9, {input("arch-keyboard")}));
  world_.hypervisor.domains.push_back(domain("void", 8, {input("tablet"), input("void-mouse")}));
  world_.announced[DomainName{"about to"}] = {input("about to-keyboard")};
  EXPECT_THAT(found(), ElementsAre("void", "arch", "about to"));
}

TEST_F(ImpliedGuests, WithoutVfioKvmsWaysThereAreNone) {
  world_.hypervisor.domains.push_back(domain("arch", 9, {input("arch-keyboard")}));
  seat_.compat.vfio_kvm = false;
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(ImpliedGuests, NobodyIsAddedWhoIsThereOrReadsOtherThings) {
  world_.hypervisor.domains[0].inputs = {input("win11-keyboard")};
  world_.hypervisor.domains.push_back(domain("self", 7, {input("self-keyboard")}));
  world_.hypervisor.domains.push_back(domain("arch", 8, {input("win11-keyboard")}));
  world_.hypervisor.domains.push_back(domain("void", 9, {}));
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(ImpliedGuests, TheyComeBehindThoseOfTheConfiguration) {
  const Seat seat = with_guests(seat_, {DomainName{"arch"}});
  ASSERT_EQ(seat.guests.size(), seat_.guests.size() + 1);
  EXPECT_EQ(seat.guests.back().name.str(), "arch");
  EXPECT_EQ(seat.guests.back().domain.str(), "arch");
  EXPECT_EQ(seat.guests.back().start, StartPolicy::never);
}

}  // namespace
}  // namespace hotseat
