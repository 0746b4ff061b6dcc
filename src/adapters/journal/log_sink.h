// Where log lines go: to systemd's journal with their fields, or to a stream of text.
#pragma once

#include <functional>
#include <string>

#include "adapters/journal/log_line.h"

namespace hotseat::adapters {

using LogSink = std::function<void(const LogLine&)>;

// The journal reads what `fd` writes: $JOURNAL_STREAM names its device and inode (systemd.exec(5)).
// `journal_stream` is that variable's value, or nullptr.
bool is_journal(int fd, const char* journal_stream);

// Colours are for a terminal, and for people who want them (https://no-color.org): not when
// `no_color`, the value of $NO_COLOR or nullptr, is set and not empty.
bool wants_colour(int fd, const char* no_color);

LogSink journal_sink();

// Writes a line a message, without the fields; what is for debugging is left out. The descriptor
// outlives the sink.
LogSink text_sink(int fd, bool colour);

// The journal's when standard error goes there, else text to standard error.
LogSink default_sink();

}  // namespace hotseat::adapters
