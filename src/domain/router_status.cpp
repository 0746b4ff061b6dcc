#include "domain/router_status.h"

namespace hotseat {

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
