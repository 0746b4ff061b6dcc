// hotseat-import: reads the settings of other programs, for `hotseat import`. A request comes in on
// standard input and its answer goes out on standard output, both JSON (apps/import/requests.h).
#include <exception>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "apps/import/requests.h"

namespace {

constexpr std::string_view kHelp =
    "Usage: hotseat-import\n"
    "\n"
    "Works for `hotseat import`, see hotseat(1): reads a request on standard input and answers it\n"
    "on standard output, in JSON. Writes no file.\n"
    "\n"
    "Exit status: as hotseat(1) has it.\n";

int run() {
  const std::string request{std::istreambuf_iterator<char>(std::cin), {}};
  const auto reply = hotseat::importing::answer(request);
  std::cout << reply.document << std::flush;
  return std::cout ? reply.status : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const bool asks_help =
      argc == 2 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h");
  if (argc != 1) {
    (asks_help ? std::cout : std::cerr) << kHelp;
    return asks_help ? 0 : 2;
  }
  try {
    return run();
  } catch (const std::exception& error) {
    std::cerr << "hotseat-import: " << error.what() << "\n";
    return 1;
  }
}
