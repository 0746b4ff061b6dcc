// Which names and origins a request may carry: a page that rebinds its name to our address
// (DNS rebinding) still says its own name, and a foreign page its origin.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "web/listen_address.h"
#include "web/message.h"

namespace hotseat::web {

class Hosts {
 public:
  // `names` beside the addresses listened on; in lower case.
  Hosts(const std::vector<ListenAddress>& listen, const std::vector<std::string>& names);

  // Does the Host header name us? The port does not matter: it may be forwarded.
  bool knows(const Request& request) const;

 private:
  std::set<std::string> known_;
  bool any_address_ = false;
};

// Nothing in the request says that another site's page sent it.
bool is_own_origin(const Request& request);

}  // namespace hotseat::web
