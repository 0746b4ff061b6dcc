// The simulated monitors: what they show, and how they misbehave on DDC/CI.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/seat.h"
#include "sim/agenda.h"

namespace hotseat::sim {

// Who a monitor says it is, and where it hangs.
struct ScreenIdentity {
  std::string manufacturer;
  std::string model;
  std::string serial;
  std::string connector;
  int bus = 0;
};

struct ScreenFaults {
  int nacks = 0;  // so many transfers are not acknowledged
  bool nack_always = false;
  bool ignore_writes = false;             // acknowledges a Set and does nothing
  bool mute = false;                      // never answers a Get
  std::optional<std::uint8_t> misread;    // answers every Get with this
  std::optional<ports::Duration> revert;  // goes back to the input before after this long
  ports::Duration slow{};                 // added to every transfer
};

class Screens {
 public:
  explicit Screens(ports::Clock& clock) : agenda_(clock) {}

  // Plugged in, under this label.
  void make(const std::string& label, ScreenIdentity identity, std::uint8_t input);
  void plug(const std::string& label);
  void unplug(const std::string& label);
  // After a GPU was rebound its buses have other numbers.
  void move_to_bus(const std::string& label, int bus) { at(label).identity.bus = bus; }

  ScreenFaults& faults(const std::string& label) { return at(label).faults; }
  std::uint8_t input_of(const std::string& label) const { return screens_.at(label).input; }
  // How many Sets reached it.
  int writes_to(const std::string& label) const { return screens_.at(label).writes; }

  // Labels of the plugged-in monitors a spec means.
  std::vector<std::string> find(const MonitorMatch& match) const;
  const ScreenIdentity& identity(const std::string& label) const {
    return screens_.at(label).identity;
  }

  // One transfer each. False, or nothing: not acknowledged or not answered.
  bool write(const std::string& label, std::uint8_t feature, std::uint8_t value);
  std::optional<std::uint8_t> read(const std::string& label, std::uint8_t feature);

 private:
  struct Screen {
    ScreenIdentity identity;
    std::uint8_t input = 0;
    std::uint8_t feature = 0x60;  // MCCS 2.2a: Input Select
    bool plugged = true;
    int writes = 0;
    ScreenFaults faults;
    Agenda::Entry reverting = 0;
  };

  Screen& at(const std::string& label) { return screens_.at(label); }
  bool acknowledges(Screen& screen);

  std::map<std::string, Screen> screens_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
