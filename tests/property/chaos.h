// Everything that can happen to a desk, drawn by lot.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "tests/property/desk.h"

namespace hotseat::property {

class Chaos {
 public:
  Chaos(Desk& desk, std::uint64_t seed) : desk_(desk), random_(seed) {}

  // A request to the daemon, if it runs.
  void ask();
  // Something that users, guests, libvirt, monitors or cables do.
  void disturb();
  // The daemon is killed, or started again.
  void kill_or_start();
  // Time passes: nothing, a few callbacks, or up to seconds.
  void wait();

  std::size_t pick(std::size_t count);

 private:
  void disturb_guest();
  void disturb_device();
  void disturb_libvirt();
  void disturb_monitor();
  void disturb_program();

  Desk& desk_;
  std::mt19937_64 random_;
};

}  // namespace hotseat::property
