// What a terminal may be sent.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace hotseat::cli {

enum class Paint { none, strong, dim, good, bad, warning };

class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}
  std::string paint(Paint paint, const std::string& text) const;

 private:
  bool colour_;
};

// On a terminal that can, unless the person does not want it (NO_COLOR: no-color.org).
bool wants_colour(int fd);

// There is a person at standard input.
bool can_ask();

// A question that is answered with y or n; anything but a yes is a no.
bool ask(std::ostream& out, const std::string& question);

// Without control characters: names and errors come from devices and guests, and an escape
// sequence among them would be obeyed by the terminal.
std::string printable(std::string_view text);

// As that, but with its line breaks.
std::string printable_lines(std::string_view text);

// Columns a text takes up: its code points.
std::size_t width(std::string_view text);

}  // namespace hotseat::cli
