#include "apps/cli/render_guest.h"

#include <sstream>

namespace hotseat::cli {

namespace {

Paint paint_of(const std::string& line) {
  if (line.starts_with("---") || line.starts_with("+++")) return Paint::strong;
  if (line.starts_with("@@")) return Paint::dim;
  if (line.starts_with('-')) return Paint::bad;
  if (line.starts_with('+')) return Paint::good;
  return Paint::none;
}

// A guest that is restarted from inside keeps its QEMU, and with it what QEMU was started with.
std::string render_restart(const Json& change) {
  if (!change.at("running").get<bool>()) return "";
  return "  it is running: shut it down and start it again, restarting inside the guest is not "
         "enough\n";
}

}  // namespace

std::string render_diff(const std::string& diff, const Style& style) {
  std::string text;
  std::istringstream lines(diff);
  for (std::string line; std::getline(lines, line);) {
    text += style.paint(paint_of(line), printable(line)) + "\n";
  }
  return text;
}

std::string render_notes(const std::vector<std::string>& notes, const Style& style) {
  std::string text;
  for (const std::string& note : notes) {
    text += style.paint(Paint::warning, "note:") + " " + printable(note) + "\n";
  }
  return text;
}

std::string render_prepared(const Json& change, const std::string& vm) {
  return text_of(change, "domain") + " is prepared\n" + render_restart(change) +
         "  what it was is kept in " + text_of(change, "backup") + "\n" +
         "  to undo it: hotseat guest prepare " + printable(vm) + " --undo\n";
}

std::string render_undone(const Json& change) {
  return text_of(change, "domain") + " is what it was\n" + render_restart(change) +
         "  what was undone is kept in " + text_of(change, "backup") + "\n";
}

}  // namespace hotseat::cli
