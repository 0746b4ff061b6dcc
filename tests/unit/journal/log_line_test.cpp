#include "adapters/journal/log_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/journal/journal_reports.h"

namespace hotseat::adapters {
namespace {

using std::chrono::microseconds;
using testing::Contains;
using testing::ElementsAre;
using testing::Pair;

SwitchReport to_win11(Outcome outcome) {
  SwitchReport report;
  report.id = 7;
  report.from = kHost;
  report.to = TargetName("win11");
  report.owner = report.to;
  report.cause = "request";
  report.who = "alice (uid 1000)";
  report.outcome = outcome;
  report.steps.resize(1);
  report.input_moved = microseconds(412'300);
  report.took = microseconds(1'900'000);
  return report;
}

std::vector<std::string> messages(const std::vector<LogLine>& lines) {
  std::vector<std::string> texts;
  texts.reserve(lines.size());
  for (const auto& line : lines) texts.push_back(line.message);
  return texts;
}

TEST(LogLine, OfASwitchThatBeginsSaysFromWhereToWhereAndWhy) {
  EXPECT_EQ(line_for_start(to_win11(Outcome::done)).message,
            "switching from host to win11: request, by alice (uid 1000)");
}

TEST(LogLine, OfASwitchThatWorkedSaysWhoHasTheSeatAndHowLongItTook) {
  const auto lines = lines_for_end(to_win11(Outcome::done));
  EXPECT_THAT(messages(lines), ElementsAre("win11 has the seat after 412 ms"));
  EXPECT_EQ(lines[0].severity, Severity::notice);
  EXPECT_THAT(lines[0].fields, Contains(Pair("HOTSEAT_SWITCH_ID", "7")));
  EXPECT_THAT(lines[0].fields, Contains(Pair("HOTSEAT_TARGET", "win11")));
  EXPECT_THAT(lines[0].fields, Contains(Pair("HOTSEAT_OUTCOME", "done")));
}

TEST(LogLine, GivesTimesInTheUnitThatSuitsThem) {
  auto report = to_win11(Outcome::done);
  report.input_moved = microseconds(840);
  EXPECT_EQ(lines_for_end(report)[0].message, "win11 has the seat after 0.8 ms");
  report.input_moved = microseconds(12'340'000);
  EXPECT_EQ(lines_for_end(report)[0].message, "win11 has the seat after 12.3 s");
  report.input_moved = microseconds(0);  // no device had to move
  EXPECT_EQ(lines_for_end(report)[0].message, "win11 has the seat after 1900 ms");
}

TEST(LogLine, OfASwitchWithNothingToDoSaysSo) {
  auto report = to_win11(Outcome::done);
  report.steps.clear();
  EXPECT_THAT(messages(lines_for_end(report)), ElementsAre("win11 has the seat already"));
}

TEST(LogLine, OfAFailedSwitchNamesWhatFailedAndWhoHasTheSeat) {
  auto report = to_win11(Outcome::rolled_back);
  report.owner = kHost;
  report.problems = {{"attach mouse", "1:7", "timed out", "replug it"}, {"second", "", "x", ""}};
  const auto lines = lines_for_end(report);
  EXPECT_THAT(messages(lines),
              ElementsAre("switch to win11 failed: attach mouse: 1:7: timed out (replug it); "
                          "rolled back: host has the seat",
                          "second: x"));
  EXPECT_EQ(lines[0].severity, Severity::error);
}

TEST(LogLine, OfAFailedUndoIsCritical) {
  auto report = to_win11(Outcome::failed);
  report.owner = kHost;
  report.problems = {{"attach mouse", "", "timed out", ""}};
  const auto lines = lines_for_end(report);
  EXPECT_THAT(messages(lines), ElementsAre("switch to win11 failed: attach mouse: timed out; "
                                           "undoing it failed too: host has the seat"));
  EXPECT_EQ(lines[0].severity, Severity::critical);
}

TEST(LogLine, GivesEachWarningAndNoteALine) {
  auto report = to_win11(Outcome::done_warnings);
  report.warnings = {"left did not follow", "right did not follow"};
  report.notes = {"gamepad is not plugged in; skipped"};
  const auto lines = lines_for_end(report);
  EXPECT_THAT(messages(lines),
              ElementsAre("win11 has the seat after 412 ms, but not everything followed",
                          "warning: left did not follow", "warning: right did not follow",
                          "note: gamepad is not plugged in; skipped"));
  EXPECT_EQ(lines[1].severity, Severity::warning);
  EXPECT_EQ(lines[3].severity, Severity::info);
}

TEST(LogLine, OfARefusalGivesTheReasonAndWhatToDo) {
  auto report = to_win11(Outcome::refused);
  report.refusal = Refusal{Rule::guest_paused, "win11 is paused", "virsh resume win11"};
  EXPECT_THAT(messages(lines_for_end(report)),
              ElementsAre("switch to win11 refused: win11 is paused (virsh resume win11)"));
}

TEST(LogLine, EscapesWhatComesFromOutsideInMessageAndFields) {
  auto report = to_win11(Outcome::rolled_back);
  report.who = "eve\nPRIORITY=0";
  report.problems = {{"attach", "\x1b[2J", "bad\r", ""}};
  const auto line = lines_for_end(report)[0];
  EXPECT_EQ(line.message,
            "switch to win11 failed: attach: \\x1b[2J: bad\\x0d; rolled back: win11 has the seat");
  EXPECT_THAT(line.fields, Contains(Pair("HOTSEAT_WHO", "eve\\x0aPRIORITY=0")));
  EXPECT_EQ(line_for_notice("a\nb").message, "a\\x0ab");
}

TEST(LogLine, OfAStepIsForDebuggingUnlessItFailed) {
  StepReport step{0, "attach-usb", "attach mouse (1:7) to win11", StepState::done, {}, {}, ""};
  step.took = microseconds(38'000);
  auto lines = lines_for_step(7, step);
  EXPECT_THAT(messages(lines), ElementsAre("attach mouse (1:7) to win11: done in 38 ms"));
  EXPECT_EQ(lines[0].severity, Severity::debug);

  step.state = StepState::failed;
  step.detail = "no such device";
  lines = lines_for_step(7, step);
  EXPECT_THAT(messages(lines),
              ElementsAre("attach mouse (1:7) to win11: failed in 38 ms: no such device"));
  EXPECT_EQ(lines[0].severity, Severity::info);

  step.state = StepState::running;
  EXPECT_TRUE(lines_for_step(7, step).empty());
}

TEST(JournalReports, WritesEveryLineToItsSink) {
  std::vector<std::string> written;
  JournalReports reports([&](const LogLine& line) { written.push_back(line.message); });
  reports.switch_started(to_win11(Outcome::done));
  reports.switch_ended(to_win11(Outcome::done));
  reports.status_changed();
  reports.notice("libvirt is back");
  EXPECT_THAT(written, ElementsAre("switching from host to win11: request, by alice (uid 1000)",
                                   "win11 has the seat after 412 ms", "libvirt is back"));
}

}  // namespace
}  // namespace hotseat::adapters
