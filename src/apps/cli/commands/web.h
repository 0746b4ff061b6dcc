// hotseat web: who may use the dashboard and the API.
#pragma once

#include <string>
#include <utility>

#include "apps/cli/commands/command.h"
#include "apps/cli/document.h"

namespace hotseat::cli {

class WebCommand : public Command {
 public:
  enum class Verb { pair, list, unpair, token };
  struct Options {
    std::string name;
    std::string socket;
    bool qr = false;  // also when the output is no terminal
  };

  WebCommand(Verb verb, Options options) : verb_(verb), options_(std::move(options)) {}
  Result<ExitStatus> run(Console& console) override;

 private:
  Verb verb_;
  Options options_;
};

// What the answers look like to a person. `now` in seconds since 1970.
std::string render_pairing(const Json& answer, bool with_qr, const Style& style);
std::string render_clients(const Json& answer, long now, const Style& style);

}  // namespace hotseat::cli
