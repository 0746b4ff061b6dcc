#include "tests/integration/ddc/ddcmon_rig.h"

namespace hotseat::contract {
namespace {

const RigMaker<MonitorsRig> kLab{"ddcmon", [] { return std::make_unique<lab::DdcMonRig>(); }};

INSTANTIATE_TEST_SUITE_P(lab, MonitorsContract, testing::Values(kLab),
                         [](const auto& rig) { return rig.param.name; });

}  // namespace
}  // namespace hotseat::contract
