#include "apps/cli/render_switch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;

const Style kPlain(false);

Json report(const char* changes) {
  Json report = Json::parse(R"({"id": 1, "outcome": "done", "from": "host", "to": "win11",
      "owner": "win11", "cause": "request", "who": "alice",
      "steps": [{"index": 0, "kind": "attach-usb", "text": "attach keyboard", "state": "done",
                 "started_ms": 0, "took_ms": 400, "detail": ""}],
      "notes": [], "warnings": [], "problems": [], "refusal": null,
      "input_moved_ms": 400.1, "took_ms": 412.4})");
  report.update(Json::parse(changes));
  return report;
}

TEST(RenderReport, SaysWhoHasTheSeatAndHowLongItTook) {
  const Ending ending = render_report(report("{}"), kPlain, kPlain);
  EXPECT_EQ(ending.status, ExitStatus::done);
  EXPECT_EQ(ending.out, "win11 has the seat (412 ms)\n");
  EXPECT_EQ(ending.err, "");
}

TEST(RenderReport, SaysWhenThereWasNothingToDo) {
  EXPECT_EQ(render_report(report(R"({"steps": []})"), kPlain, kPlain).out,
            "win11 has the seat: nothing to do\n");
}

TEST(RenderReport, PutsWarningsWhereScriptsDoNotReadThem) {
  const Ending ending = render_report(
      report(R"({"outcome": "done-with-warnings", "warnings": ["left does not answer"],
                 "notes": ["gamepad is not plugged in; skipped"]})"),
      kPlain, kPlain);
  EXPECT_EQ(ending.status, ExitStatus::done);
  EXPECT_EQ(ending.out, "win11 has the seat (412 ms)\nnote: gamepad is not plugged in; skipped\n");
  EXPECT_EQ(ending.err, "warning: left does not answer\n");
}

TEST(RenderReport, ColoursOnlyTheOutputThatIsATerminal) {
  const Json warned = report(R"({"outcome": "done-with-warnings", "warnings": ["slow"]})");
  const Ending redirected = render_report(warned, Style(true), kPlain);
  EXPECT_THAT(redirected.out, HasSubstr("\033["));
  EXPECT_EQ(redirected.err, "warning: slow\n");
  const Ending piped = render_report(warned, kPlain, Style(true));
  EXPECT_EQ(piped.out, "win11 has the seat (412 ms)\n");
  EXPECT_THAT(piped.err, HasSubstr("\033["));
}

TEST(RenderReport, NamesWhatFailedAndWhoHasTheSeatNow) {
  const Ending ending =
      render_report(report(R"({"outcome": "rolled-back", "owner": "host", "problems": [
        {"context": "attach keyboard", "object": "win11", "reason": "no answer",
         "hint": "is the guest up?"}]})"),
                    kPlain, kPlain);
  EXPECT_EQ(ending.status, ExitStatus::failed);
  EXPECT_EQ(ending.out, "");
  EXPECT_EQ(ending.err,
            "hotseat: the switch to win11 failed and was undone: host has the seat\n"
            "  attach keyboard: win11: no answer\n"
            "    is the guest up?\n");
}

TEST(RenderReport, DoesNotClaimThatAFailedSwitchWasUndone) {
  const Ending ending =
      render_report(report(R"({"outcome": "failed", "owner": "host"})"), kPlain, kPlain);
  EXPECT_EQ(ending.status, ExitStatus::failed);
  EXPECT_THAT(ending.err, HasSubstr("so did undoing it"));
}

TEST(RenderReport, SaysWhyItWasRefusedAndWhatToDo) {
  const Ending ending =
      render_report(report(R"({"outcome": "refused", "refusal": {"rule": "guest-paused",
                 "reason": "win11 is paused", "hint": "virsh resume win11"}})"),
                    kPlain, kPlain);
  EXPECT_EQ(ending.status, ExitStatus::refused);
  EXPECT_EQ(ending.err, "hotseat: refused: win11 is paused\n  virsh resume win11\n");
}

TEST(RenderPlan, ShowsOrderDeadlineAndUndo) {
  const Json plan = Json::parse(R"({"from": "host", "to": "win11", "notes": ["a note"], "steps": [
    {"index": 0, "kind": "start-guest", "text": "start win11", "after": [],
     "deadline_ms": 120000, "required": true, "undo": null},
    {"index": 1, "kind": "attach-usb", "text": "attach keyboard", "after": [0],
     "deadline_ms": 9000, "required": false, "undo": "detach keyboard"}]})");
  EXPECT_EQ(render_plan(plan, kPlain),
            "host -> win11\n"
            "  STEP                   WAITS    AT MOST  IF IT FAILS  UNDONE BY\n"
            "  1     start win11               120.0 s  roll back\n"
            "  2     attach keyboard  after 1  9000 ms  warn         detach keyboard\n"
            "note: a note\n");
}

TEST(RenderPlan, SaysWhenThereIsNothingToDo) {
  EXPECT_EQ(render_plan(Json::parse(R"({"from": "host", "to": "host", "steps": [], "notes": []})"),
                        kPlain),
            "host -> host: nothing to do\n");
}

class ProgressTest : public ::testing::Test {
 protected:
  std::string step(const char* kind, const char* state, const char* detail,
                   std::uint64_t took_us = 0) {
    return progress_.tell(StepChanged{1, 0, kind, "start win11", state, detail, took_us});
  }
  Progress progress_{kPlain};
};

TEST_F(ProgressTest, TellsFromWhereToWhere) {
  EXPECT_EQ(progress_.tell(SwitchStarted{1, "host", "win11", "request"}), "host -> win11\n");
}

TEST_F(ProgressTest, TellsAStepWhenItEndsWithItsTime) {
  EXPECT_EQ(step("attach-usb", "waiting", ""), "");
  EXPECT_EQ(step("attach-usb", "running", ""), "");
  EXPECT_EQ(step("attach-usb", "done", "", 1234), "  start win11 - done (1.2 ms)\n");
  EXPECT_EQ(step("attach-usb", "failed", "no answer", 20'000),
            "  start win11: no answer - failed (20 ms)\n");
}

TEST_F(ProgressTest, TellsThatAGuestStartsBeforeItHasStarted) {
  EXPECT_EQ(step("start-guest", "running", ""), "  start win11...\n");
  EXPECT_EQ(step("start-guest", "running", ""), "");
  EXPECT_EQ(step("start-guest", "running", "booting"), "  booting...\n");
}

TEST(DurationText, IsReadAtAGlance) {
  EXPECT_EQ(duration_text(0), "0.0 ms");
  EXPECT_EQ(duration_text(1.26), "1.3 ms");
  EXPECT_EQ(duration_text(9.97), "10 ms");
  EXPECT_EQ(duration_text(412.4), "412 ms");
  EXPECT_EQ(duration_text(12'345), "12.3 s");
}

TEST(RenderError, PutsWhatToDoOnALineOfItsOwn) {
  EXPECT_EQ(render_error({"hotseatd is not reachable", "", "no bus", "start it"}, kPlain),
            "hotseat: hotseatd is not reachable: no bus\n  start it\n");
}

}  // namespace
}  // namespace hotseat::cli
