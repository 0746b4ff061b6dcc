// A QR code for a terminal.
#pragma once

#include <string>

namespace hotseat::cli {

// Two modules a character (half blocks), black on white whatever the terminal's colours are, with
// the quiet zone that scanners need. Empty when the text does not fit into a code.
std::string qr_code(const std::string& text);

}  // namespace hotseat::cli
