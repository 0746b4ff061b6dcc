// Which programs have a device open that hotseatd could not have for itself.
#pragma once

#include <filesystem>

#include "apps/cli/document.h"

namespace hotseat::cli {

// Adds them to the notes of a status document. hotseatd cannot tell itself: what other programs
// have open is shown to those only who have all their privileges, as root in a shell has
// (ptrace_may_access in kernel/ptrace.c). To others nothing is added.
void note_holders(Json& status, const std::filesystem::path& proc = "/proc");

}  // namespace hotseat::cli
