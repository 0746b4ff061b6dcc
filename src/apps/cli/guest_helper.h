// hotseat-guest, which changes domains: asked, and its failures understood.
#pragma once

#include "apps/cli/document.h"
#include "apps/cli/result.h"

namespace hotseat::cli {

Result<Json> ask_guest_helper(const Json& request);

}  // namespace hotseat::cli
