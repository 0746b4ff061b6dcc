#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "service/documents.h"

namespace hotseat {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

TEST(PlanDocument, ListsTheStepsAndHowTheyAreUndone) {
  const AttachUsb attach{
      DeviceName("keyboard"), DomainName("win11"), {1, 7}, "ua-hotseat-keyboard"};
  const DetachUsb detach{
      DeviceName("keyboard"), DomainName("win11"), {1, 7}, "ua-hotseat-keyboard"};
  const SetInput input{MonitorName("left"), TargetName("win11"), 0x11};
  Plan plan{kHost, TargetName("win11"), {}, {"a note"}};
  plan.steps.push_back({input, {}, 2000ms, false, false, {}});
  plan.steps.push_back({attach, {0}, 10'000ms, true, true, detach});
  const Json document = Json::parse(service::plan_document(plan));

  EXPECT_EQ(document["from"], "host");
  EXPECT_EQ(document["to"], "win11");
  EXPECT_EQ(document["notes"], Json::parse(R"(["a note"])"));
  const Json set_input = {{"index", 0},
                          {"kind", kind_of(input)},
                          {"text", describe(input)},
                          {"after", Json::array()},
                          {"deadline_ms", 2000},
                          {"required", false},
                          {"undo", nullptr}};
  EXPECT_EQ(document["steps"][0], set_input);
  const Json attach_usb = {{"index", 1},
                           {"kind", "attach-usb"},
                           {"text", describe(attach)},
                           {"after", Json::array({0})},
                           {"deadline_ms", 10'000},
                           {"required", true},
                           {"undo", describe(detach)}};
  EXPECT_EQ(document["steps"][1], attach_usb);
}

TEST(PlanDocument, IsTheRefusalWhenThereIsNoPlan) {
  const Refusal refusal{Rule::unknown_target, "no target \"x\"", "hotseat guests"};
  EXPECT_EQ(Json::parse(service::plan_document(tl::make_unexpected(refusal))),
            Json::parse(R"({"refusal": {"rule": "unknown-target", "reason": "no target \"x\"",
                                        "hint": "hotseat guests"}})"));
}

}  // namespace
}  // namespace hotseat
