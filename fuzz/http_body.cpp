// Bodies of HTTP requests: virtkvm's and the API's.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "web/json_body.h"
#include "web/virtkvm.h"

using namespace hotseat::web;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Request request;
  request.method = "POST";
  request.path = "/switch";
  request.headers = {{"content-type", "application/json"}};
  request.body.assign(reinterpret_cast<const char*>(data), size);
  const auto target = virtkvm_request(request);
  if (target && *target != "host" && *target != "guest") std::abort();
  if (!target && target.error().status < 400) std::abort();
  const auto body = json_body(request, true);
  if (body && !body->is_object()) std::abort();
  if (body) static_cast<void>(required_text(*body, "to"));
  if (!body && body.error().status < 400) std::abort();
  return 0;
}
