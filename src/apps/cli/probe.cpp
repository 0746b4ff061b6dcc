#include "apps/cli/probe.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "apps/cli/helper.h"

namespace hotseat::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kContext = "look for monitors";

tl::unexpected<Failure> failed(const std::string& object, const std::string& reason,
                               const std::string& hint = "") {
  return fail_with(ExitStatus::failed, {kContext, object, reason, hint});
}

Result<void> check_permission(const std::string& device_directory) {
  bool any = false;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(device_directory, ignored)) {
    if (entry.path().filename().string().rfind("i2c-", 0) != 0) continue;
    any = true;
    if (access(entry.path().c_str(), R_OK | W_OK) == 0) return {};
  }
  if (!any) {
    return failed(device_directory + "/i2c-*", "there are no such devices",
                  "load the kernel module: sudo modprobe i2c-dev");
  }
  return fail_with(ExitStatus::refused,
                   {kContext, device_directory + "/i2c-*", "permission denied",
                    "run with sudo, or join group i2c: sudo adduser $USER i2c, then log in again"});
}

}  // namespace

Result<std::string> run_probe(const std::string& program, const std::string& device_directory) {
  if (auto permitted = check_permission(device_directory); !permitted) {
    return tl::make_unexpected(permitted.error());
  }
  auto end = run_helper(program, "", kContext);
  if (!end) return tl::make_unexpected(end.error());
  if (end->status == 0) return std::move(end->output);
  return failed(program, "ended with status " + std::to_string(end->status));
}

}  // namespace hotseat::cli
