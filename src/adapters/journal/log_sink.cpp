#include "adapters/journal/log_sink.h"

// The place in this file is no news to the reader of a log.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <vector>

namespace hotseat::adapters {

namespace {

// ECMA-48 SGR: bold red, yellow, bold.
std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::error:
      return "\x1b[1;31m";
    case Severity::warning:
      return "\x1b[33m";
    case Severity::notice:
      return "\x1b[1m";
    case Severity::info:
    case Severity::debug:
      return "";
  }
  return "";
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written <= 0) return;  // nowhere is left to tell it
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void send_to_journal(const LogLine& line) {
  std::vector<std::string> fields{"MESSAGE=" + line.message,
                                  "PRIORITY=" + std::to_string(static_cast<int>(line.severity))};
  for (const auto& [name, value] : line.fields) {
    fields.emplace_back(name).append("=").append(value);
  }
  std::vector<iovec> parts;
  parts.reserve(fields.size());
  for (auto& field : fields) parts.push_back({field.data(), field.size()});
  if (sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) < 0) {
    write_all(STDERR_FILENO, line.message + "\n");
  }
}

}  // namespace

bool is_journal(int fd, const char* journal_stream) {
  struct stat status {};
  if (journal_stream == nullptr || fstat(fd, &status) < 0) return false;
  return journal_stream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

bool wants_colour(int fd, const char* no_color) {
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && isatty(fd) == 1;
}

LogSink journal_sink() {
  return send_to_journal;
}

LogSink text_sink(int fd, bool colour) {
  return [fd, colour](const LogLine& line) {
    if (line.severity == Severity::debug) return;
    const std::string_view start = colour ? colour_of(line.severity) : "";
    const std::string_view end = start.empty() ? "" : "\x1b[0m";
    write_all(fd, std::string(start) + line.message + std::string(end) + "\n");
  };
}

LogSink default_sink() {
  if (is_journal(STDERR_FILENO, std::getenv("JOURNAL_STREAM"))) return journal_sink();
  return text_sink(STDERR_FILENO, wants_colour(STDERR_FILENO, std::getenv("NO_COLOR")));
}

}  // namespace hotseat::adapters
