// Uevents of the test's own making, in a network namespace where nobody else hears them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/unique_fd.h"

namespace hotseat::adapters {

class UeventsTest : public testing::Test {
 protected:
  // Skips where the machine lets a test have no namespace, or a monitor does not listen at all
  // (sd-device does not without udev, unless /dev is a devtmpfs).
  void SetUp() override;

  void send(const std::string& action, const std::string& subsystem, const std::string& devpath);
  // Of all uevent sockets here, to the least the kernel gives: few uevents fill them.
  static void shrink_buffers();

 private:
  UniqueFd socket_;
  int number_ = 0;
};

}  // namespace hotseat::adapters
