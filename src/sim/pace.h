// How long things take, and what chance decides.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "ports/clock.h"

namespace hotseat::sim {

// Measured with QEMU 7.2 and libvirt 9.0 on a kept connection, except where a standard is named.
struct Timing {
  ports::Duration attach = std::chrono::milliseconds(290);
  ports::Duration detach = std::chrono::milliseconds(650);
  ports::Duration boot = std::chrono::seconds(3);  // libvirt's create, until the guest runs
  ports::Duration shutdown = std::chrono::seconds(4);
  ports::Duration event = std::chrono::milliseconds(2);  // from a change until it is heard of
  ports::Duration connect = std::chrono::milliseconds(30);
  ports::Duration bind = std::chrono::milliseconds(80);  // udev `add` until the drivers are bound
  ports::Duration ddc_write = std::chrono::milliseconds(1);   // 8 bytes at 100 kHz
  ports::Duration ddc_read = std::chrono::milliseconds(45);   // 40 ms, DDC/CI 1.1 clause 4.3
  ports::Duration ddc_again = std::chrono::milliseconds(50);  // DDC/CI 1.1 clause 4.4
  ports::Duration read_back = std::chrono::milliseconds(300);
  ports::Duration program = std::chrono::milliseconds(5);
  double spread = 0;  // 0.5: every delay is drawn from 50 % to 150 % of these
};

class Pace {
 public:
  Pace(const Timing& timing, std::uint64_t seed) : timing_(timing), random_(seed) {}

  const Timing& timing() const { return timing_; }

  ports::Duration draw(ports::Duration nominal) {
    if (timing_.spread <= 0) return nominal;
    std::uniform_real_distribution<double> factor(1 - timing_.spread, 1 + timing_.spread);
    return std::chrono::duration_cast<ports::Duration>(nominal * factor(random_));
  }
  bool coin() { return std::bernoulli_distribution(0.5)(random_); }

 private:
  Timing timing_;
  std::mt19937_64 random_;
};

}  // namespace hotseat::sim
