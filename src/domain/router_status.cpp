#include "domain/router_status.h"

#include <algorithm>
#include <utility>

namespace hotseat {

CloneNames::CloneNames(std::vector<std::string> names)
    : names_(std::make_shared<const std::vector<std::string>>(std::move(names))) {}

const std::vector<std::string>& CloneNames::all() const {
  static const std::vector<std::string> none;
  return names_ ? *names_ : none;
}

bool CloneNames::contains(const std::string& name) const {
  return std::find(all().begin(), all().end(), name) != all().end();
}

bool CloneNames::operator==(const CloneNames& other) const {
  return names_ == other.names_ || all() == other.all();
}

const char* to_string(SourceState state) {
  switch (state) {
    case SourceState::waiting:
      return "waiting";
    case SourceState::routed:
      return "routed";
    case SourceState::let_go:
      return "let-go";
    case SourceState::failed:
      return "failed";
  }
  return "unknown";
}

}  // namespace hotseat
