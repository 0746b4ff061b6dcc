// Keeps standard output for the document alone.
#pragma once

#include <string>

namespace hotseat::probe {

// Writes to what standard output was when the process started. Anything else that is written to
// standard output ends up on standard error. False when it could not all be written.
bool print_document(const std::string& text);

}  // namespace hotseat::probe
