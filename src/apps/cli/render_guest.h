// Changes of guests, for people.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/document.h"
#include "apps/cli/terminal.h"

namespace hotseat::cli {

std::string render_diff(const std::string& diff, const Style& style);

// What was left out, a line each.
std::string render_notes(const std::vector<std::string>& notes, const Style& style);

// After a change: what it was, how to undo it, what it takes to see it.
std::string render_prepared(const Json& change, const std::string& vm);
std::string render_undone(const Json& change);

}  // namespace hotseat::cli
