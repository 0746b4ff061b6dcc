// Where descriptors outlive the process that made them: systemd's fd store, or nowhere.
#pragma once

#include <string>

namespace hotseat::adapters::evdev {

class CloneStore {
 public:
  virtual ~CloneStore() = default;
  // The name has letters, digits and '-' only, and is the clone's own.
  virtual void keep(const std::string& name, int fd) = 0;
  virtual void forget(const std::string& name) = 0;
};

}  // namespace hotseat::adapters::evdev
