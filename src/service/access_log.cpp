#include "service/access_log.h"

#include "base/printable.h"

namespace hotseat::service {

void AccessLog::tell(const std::string& text) {
  log_.notice(printable(text));
}

bool AccessLog::tell_in_vain(const std::string& whose, const std::string& text) {
  const auto held_back = limit_.admit(whose, clock_.now());
  if (!held_back) return false;
  const std::string others =
      *held_back == 0 ? "" : "; " + std::to_string(*held_back) + " before it are not shown";
  tell(text + others);
  return true;
}

}  // namespace hotseat::service
