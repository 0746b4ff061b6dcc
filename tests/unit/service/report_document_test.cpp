#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "service/documents.h"

namespace hotseat {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

TEST(ReportDocument, TellsEverythingAboutASwitch) {
  SwitchReport report;
  report.id = 3;
  report.from = kHost;
  report.to = TargetName("win11");
  report.owner = kHost;
  report.cause = "request";
  report.who = "alice (hotseat, pid 123)";
  report.outcome = Outcome::rolled_back;
  report.steps.push_back({0, "attach-usb", "attach keyboard (1:7) to win11", StepState::failed,
                          1500us, 412345us, "no answer"});
  report.notes = {"gamepad is not plugged in; skipped"};
  report.warnings = {"left does not answer"};
  report.problems.push_back({"attach keyboard", "win11", "no answer", "look at the log"});
  report.input_moved = 0us;
  report.took = 500001us;
  EXPECT_EQ(Json::parse(service::report_document(report)), Json::parse(R"json({
    "id": 3, "outcome": "rolled-back", "from": "host", "to": "win11", "owner": "host",
    "cause": "request", "who": "alice (hotseat, pid 123)",
    "steps": [{"index": 0, "kind": "attach-usb", "text": "attach keyboard (1:7) to win11",
               "state": "failed", "started_ms": 1.5, "took_ms": 412.345, "detail": "no answer"}],
    "notes": ["gamepad is not plugged in; skipped"], "warnings": ["left does not answer"],
    "problems": [{"context": "attach keyboard", "object": "win11", "reason": "no answer",
                  "hint": "look at the log"}],
    "refusal": null, "input_moved_ms": 0.0, "took_ms": 500.001})json"));
}

TEST(ReportDocument, NamesTheRuleOfARefusal) {
  SwitchReport report;
  report.outcome = Outcome::refused;
  report.refusal = Refusal{Rule::guest_paused, "win11 is paused", "virsh resume win11"};
  const Json document = Json::parse(service::report_document(report));
  EXPECT_EQ(document["outcome"], "refused");
  EXPECT_EQ(document["refusal"]["rule"], to_string(Rule::guest_paused));
  EXPECT_EQ(document["refusal"]["reason"], "win11 is paused");
  EXPECT_EQ(document["refusal"]["hint"], "virsh resume win11");
}

TEST(Utf8, KeepsWhatIsValidAndReplacesWhatIsNot) {
  EXPECT_EQ(service::utf8("Größe"), "Größe");
  EXPECT_EQ(service::utf8("a\xff"), "a\xEF\xBF\xBD");
  EXPECT_EQ(service::utf8(""), "");
}

}  // namespace
}  // namespace hotseat
