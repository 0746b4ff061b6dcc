// hotseat-guest: changes definitions of libvirt's domains, for `hotseat guest`
// (apps/guest/requests.h).
#include <chrono>
#include <string>
#include <utility>

#include "apps/guest/requests.h"
#include "apps/helper/program.h"

namespace {

constexpr const char* kHelp =
    "Usage: hotseat-guest\n"
    "\n"
    "Works for `hotseat guest prepare`, see hotseat(1): reads a request on standard input and\n"
    "answers it on standard output, in JSON. Asks no questions.\n"
    "\n"
    "Exit status: as hotseat(1) has it.\n";

hotseat::helper::Answer answer(const std::string& request) {
  auto reply = hotseat::guest::answer(request, std::chrono::system_clock::now());
  return {static_cast<int>(reply.status), std::move(reply.document)};
}

}  // namespace

int main(int argc, char** argv) {
  return hotseat::helper::run({"hotseat-guest", kHelp, answer}, argc, argv);
}
