// hotseat-probe: lists the monitors and what they say they can do, as JSON on stdout.
#include <cstdio>
#include <string>
#include <string_view>

#include "clean_stdout.h"
#include "ddcutil.h"
#include "display.h"

namespace {

constexpr std::string_view kHelp =
    "Usage: hotseat-probe\n"
    "\n"
    "Asks every connected monitor who it is and which inputs it knows, and prints a JSON array\n"
    "on standard output. Takes some seconds. A monitor that does not answer is listed with what\n"
    "is wrong in \"problem\". Needs to open /dev/i2c-*, so run it as root.\n"
    "\n"
    "Exit status: 0 done, also when there are no monitors; 1 could not look; 2 wrong usage.\n";

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h")) {
    return hotseat::probe::print_document(std::string{kHelp}) ? 0 : 1;
  }
  if (argc != 1) {
    std::fputs(kHelp.data(), stderr);
    return 2;
  }
  const auto displays = hotseat::probe::find_displays();
  if (!displays) {
    std::fprintf(stderr, "hotseat-probe: %s\n", to_string(displays.error()).c_str());
    return 1;
  }
  if (hotseat::probe::print_document(hotseat::probe::to_json(*displays) + "\n")) return 0;
  std::perror("hotseat-probe: cannot write the result");
  return 1;
}
