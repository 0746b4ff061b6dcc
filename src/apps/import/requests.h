// What hotseat-import is asked, and what it answers, as JSON.
#pragma once

#include <string>

namespace hotseat::importing {

struct Reply {
  int status = 0;  // as hotseat(1) has it: 0 done, 2 wrong request or a file that cannot be used
  std::string document;
};

// {"from": "virtkvm"|"vfio-kvm"|"virt-aid"|"vm-attach.sh"|"usbserver", "path",
//  "web": bool (virtkvm: its HTTP becomes web.toml),
//  "domains": [path, …] (vfio-kvm), "guests": [name, …] (vm-attach.sh, usbserver)}
//   → {"toml": text, "web_toml": text, "not_carried": [{"file","line","key","reason","hint"}, …],
//      "choices": [{"at","text"}, …]}
// A failure → {"error": {"context", "object", "reason", "hint"}}
Reply answer(const std::string& request);

}  // namespace hotseat::importing
