// [compat], when it is right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace hotseat::config {
namespace {

using testing::Contains;

Seat read(std::string_view text) {
  auto seat = parse(text, "test.toml");
  if (!seat) ADD_FAILURE() << to_string(seat.error());
  return seat.value_or(Seat{});
}

TEST(CompatTable, IsOffUnlessItIsAskedFor) {
  EXPECT_EQ(read("").compat, Compat{});
  EXPECT_FALSE(read("[compat]").compat.vfio_kvm);
}

TEST(CompatTable, HasTheNamesOfVfioKvmUnlessOthersAreGiven) {
  const Compat usual = read("[compat]\nvfio_kvm = true").compat;
  EXPECT_EQ(usual, (Compat{true, "vfio.kvm", "/vfio/kvm"}));
  const Compat other = read(R"(
    [compat]
    vfio_kvm = true
    vfio_kvm_bus_name = "dev.a-keydo"
    vfio_kvm_object_path = "/")")
                           .compat;
  EXPECT_EQ(other, (Compat{true, "dev.a-keydo", "/"}));
}

TEST(CompatTable, UsersOfVfioKvmMaySwitchUnlessThePolicySaysOtherwise) {
  const Permissions anywhere{{Verb::switch_to, {}}};
  EXPECT_EQ(read("[compat]\nvfio_kvm = true").policy.grants.at("group:input"), anywhere);
  EXPECT_FALSE(read("[compat]\nvfio_kvm = false").policy.grants.contains("group:input"));
  const Seat refused = read("[compat]\nvfio_kvm = true\n[policy]\n\"group:input\" = []");
  EXPECT_EQ(refused.policy.grants.at("group:input"), Permissions{});
}

TEST(CompatTable, NamesThatDoNothingAreTold) {
  EXPECT_THAT(read("[compat]\nvfio_kvm_bus_name = \"dev.akeydo\"").notes,
              Contains("compat.vfio_kvm_bus_name does nothing without vfio_kvm = true"));
}

}  // namespace
}  // namespace hotseat::config
