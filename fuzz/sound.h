// What holds for every import, whatever it was given.
#pragma once

#include <cstdlib>
#include <iostream>

#include "config/config.h"
#include "importers/imported.h"
#include "web/config.h"

namespace hotseat::fuzz {

[[noreturn]] inline void unsound(const std::string& what) {
  std::cerr << "unsound: " << what << "\n";
  std::abort();
}

// The configuration takes what was made; a refusal says what of, and why. It is never that what
// was made is wrong.
inline void check(const Expected<importers::Imported>& imported) {
  if (imported) {
    if (!config::parse(imported->toml, "t")) unsound(imported->toml);
    if (!web::parse_config(imported->web_toml, "t")) unsound(imported->web_toml);
    for (const auto& left : imported->not_carried) {
      if (left.reason.empty() || left.hint.empty()) unsound(left.at.key);
    }
    return;
  }
  const Error& error = imported.error();
  if (error.object.empty() || error.reason.empty()) unsound("an error without place or reason");
  if (error.reason.starts_with("what was written is not valid")) unsound(error.reason);
}

}  // namespace hotseat::fuzz
