#include "apps/cli/guest_helper.h"

#include <string>
#include <vector>

#include "apps/cli/helper.h"
#include "apps/cli/terminal.h"
#include "config/toml/words.h"

namespace hotseat::cli {

namespace {

ExitStatus exit_status(int status) {
  switch (status) {
    case static_cast<int>(ExitStatus::usage):
      return ExitStatus::usage;
    case static_cast<int>(ExitStatus::refused):
      return ExitStatus::refused;
    default:
      return ExitStatus::failed;
  }
}

// What the helper did not find, and what there is, make a hint.
std::string hint_in(const Json& answer) {
  const Json& error = answer.at("error");
  const auto known = answer.at("known").get<std::vector<std::string>>();
  if (known.empty()) return text_of(error, "hint");
  return config::suggestion(error.at("object").get<std::string>(), known,
                            "libvirt knows: " + printable(config::listed(known)));
}

}  // namespace

Result<Json> ask_guest_helper(const Json& request) {
  const auto asked = request_text(request);
  if (!asked) return tl::make_unexpected(asked.error());
  const auto program = find_helper("hotseat-guest");
  if (!program) return tl::make_unexpected(program.error());
  const auto end = run_helper(*program, *asked, "change the guest");
  if (!end) return tl::make_unexpected(end.error());
  Json answer = Json::parse(end->output, nullptr, false);
  if (end->status == 0 && answer.is_object()) return answer;
  if (!answer.is_object()) {
    return fail_with(ExitStatus::failed, {"change the guest", *program,
                                          "ended with status " + std::to_string(end->status), ""});
  }
  const Json& error = answer.at("error");
  return fail_with(exit_status(end->status), {text_of(error, "context"), text_of(error, "object"),
                                              text_of(error, "reason"), hint_in(answer)});
}

}  // namespace hotseat::cli
