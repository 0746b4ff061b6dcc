// virtkvm's POST /switch, as its clients know it.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "web/answers.h"
#include "web/message.h"

namespace hotseat::web {

// {"success":true,"error":null}, or false with what went wrong.
Response virtkvm_answer(unsigned status, const std::string& error = "");

// "host" or "guest", or the answer that refuses the body. `skip_optional`, which a fork of virtkvm
// has, is taken and changes nothing: optional devices never stop a switch.
tl::expected<std::string, Response> virtkvm_request(const Request& request);

// How the switch ended. virtkvm called it a success with an error in it; that lie is not kept.
Response virtkvm_report(const std::string& report);

// The guest that "guest" stands for, told from hotseatd's status: the one used last, else the only
// one. Without either hotseatd decides.
class LastGuest {
 public:
  void learn(const Json& status);
  std::string name(const std::string& configured) const;

 private:
  void used(const Json& target);

  std::string last_;
  std::string only_;
};

}  // namespace hotseat::web
