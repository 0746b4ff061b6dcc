#include "apps/helper/program.h"

#include <exception>
#include <iostream>
#include <iterator>

namespace hotseat::helper {

namespace {

int answer_request(const Program& program) {
  const std::string request{std::istreambuf_iterator<char>(std::cin), {}};
  const Answer answer = program.answer(request);
  std::cout << answer.document << std::flush;
  return std::cout ? answer.status : 1;
}

}  // namespace

int run(const Program& program, int argc, const char* const* argv) {
  const bool asks_help =
      argc == 2 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h");
  if (argc != 1) {
    (asks_help ? std::cout : std::cerr) << program.help;
    return asks_help ? 0 : 2;
  }
  try {
    return answer_request(program);
  } catch (const std::exception& error) {
    std::cerr << program.name << ": " << error.what() << "\n";
    return 1;
  }
}

}  // namespace hotseat::helper
