// hotseat-import: reads the settings of other programs, for `hotseat import`
// (apps/import/requests.h).
#include <string>
#include <utility>

#include "apps/helper/program.h"
#include "apps/import/requests.h"

namespace {

constexpr const char* kHelp =
    "Usage: hotseat-import\n"
    "\n"
    "Works for `hotseat import`, see hotseat(1): reads a request on standard input and answers it\n"
    "on standard output, in JSON. Writes no file.\n"
    "\n"
    "Exit status: as hotseat(1) has it.\n";

hotseat::helper::Answer answer(const std::string& request) {
  auto reply = hotseat::importing::answer(request);
  return {reply.status, std::move(reply.document)};
}

}  // namespace

int main(int argc, char** argv) {
  return hotseat::helper::run({"hotseat-import", kHelp, answer}, argc, argv);
}
