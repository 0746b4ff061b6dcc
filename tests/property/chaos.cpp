#include "tests/property/chaos.h"

#include <array>
#include <chrono>

namespace hotseat::property {

namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;
}  // namespace

std::size_t Chaos::pick(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
}

void Chaos::ask() {
  if (!desk_.daemon_runs()) return;
  constexpr std::array<const char*, 8> kTargets = {"host",  "win11", "zorg",   "debby",
                                                   "win11", "guest", "nobody", "host"};
  const std::size_t choice = pick(kTargets.size() + 2);
  if (choice < kTargets.size()) {
    desk_.request_switch(kTargets[choice]);
  } else if (choice == kTargets.size()) {
    desk_.request_next();
  } else {
    desk_.request_release();
  }
}

void Chaos::disturb() {
  switch (pick(8)) {
    case 0:
    case 1:
      return disturb_guest();
    case 2:
    case 3:
      return disturb_device();
    case 4:
    case 5:
      return disturb_libvirt();
    case 6:
      return disturb_monitor();
    default:
      return disturb_program();
  }
}

void Chaos::disturb_guest() {
  constexpr std::array<const char*, 3> kGuests = {"win11", "zorg", "debby"};
  const DomainName guest{kGuests[pick(kGuests.size())]};
  sim::Machines& machines = desk_.workstation().machines();
  switch (pick(6)) {
    case 0:
      desk_.note(guest.str() + " is killed");
      return machines.kill(guest);
    case 1:
      desk_.note(guest.str() + " shuts down");
      return machines.shut_down(guest);
    case 2:
      desk_.note(guest.str() + " is paused");
      return machines.pause(guest);
    case 3:
      desk_.note(guest.str() + " is resumed");
      return machines.resume(guest);
    default:
      desk_.note(guest.str() + " is started by hand");
      return machines.boot(guest);
  }
}

void Chaos::disturb_device() {
  constexpr std::array<const char*, 3> kDevices = {"keyboard", "mouse", "gamepad"};
  constexpr std::array<const char*, 3> kGuests = {"win11", "zorg", "debby"};
  const std::string device = kDevices[pick(kDevices.size())];
  const DomainName guest{kGuests[pick(kGuests.size())]};
  sim::UsbBus& usb = desk_.workstation().usb();
  switch (pick(4)) {
    case 0:
      desk_.note(device + " is replugged");
      usb.replug(device);
      return;
    case 1:
      desk_.note(device + (usb.is_plugged(device) ? " is unplugged" : " is plugged in"));
      if (usb.is_plugged(device)) {
        usb.unplug(device);
      } else {
        usb.plug(device);
      }
      return;
    case 2: {
      const auto attached = desk_.workstation().attach_by_hand(device, guest);
      desk_.note(device + " is attached to " + guest.str() +
                 " by hand: " + (attached ? *attached : attached.error().reason));
      return;
    }
    default:
      for (const Domain& domain : desk_.workstation().machines().all()) {
        if (domain.usb.empty()) continue;
        desk_.note(domain.usb.front().alias + " is detached from " + domain.name.str() +
                   " by hand");
        return desk_.workstation().machines().unplug(domain.name, domain.usb.front().alias);
      }
  }
}

void Chaos::disturb_libvirt() {
  sim::Libvirtd& libvirtd = desk_.workstation().libvirtd();
  constexpr std::array<sim::Operation, 3> kOperations = {
      sim::Operation::start, sim::Operation::attach, sim::Operation::detach};
  switch (pick(5)) {
    case 0:
      desk_.note("libvirtd restarts");
      return libvirtd.restart();
    case 1:
      desk_.note(libvirtd.is_up() ? "libvirtd goes down" : "libvirtd comes up");
      return libvirtd.is_up() ? libvirtd.go_down() : libvirtd.come_up();
    default: {
      sim::Fault fault;
      fault.kind = static_cast<sim::Fault::Kind>(pick(5));
      fault.delay = seconds(pick(30));
      const auto operation = kOperations[pick(kOperations.size())];
      desk_.note("fault " + std::to_string(static_cast<int>(fault.kind)) + " awaits operation " +
                 std::to_string(static_cast<int>(operation)));
      return libvirtd.fault_next(operation, fault);
    }
  }
}

void Chaos::disturb_monitor() {
  const std::string monitor = pick(2) == 0 ? "left" : "right";
  sim::ScreenFaults faults;
  switch (pick(6)) {
    case 0:
      faults.nack_always = true;
      break;
    case 1:
      faults.mute = true;
      break;
    case 2:
      faults.slow = milliseconds(500) * static_cast<int>(pick(8));
      break;
    case 3:
      faults.revert = milliseconds(100);
      break;
    case 4:
      faults.misread = 0x05;
      break;
    default:
      break;
  }
  desk_.note(monitor + " changes its faults");
  desk_.workstation().screens().faults(monitor) = faults;
}

void Chaos::disturb_program() {
  constexpr std::array<const char*, 3> kPrograms = {"/bin/host-leave", "/bin/win11-enter",
                                                    "/bin/zorg-enter"};
  const std::string program = kPrograms[pick(kPrograms.size())];
  desk_.note(program + " behaves differently");
  desk_.workstation().programs().make(program, static_cast<sim::Programs::Behaviour>(pick(4)));
}

void Chaos::kill_or_start() {
  if (desk_.daemon_runs()) {
    desk_.kill_daemon();
  } else {
    desk_.start_daemon();
  }
}

void Chaos::wait() {
  switch (pick(3)) {
    case 0: {
      const std::size_t steps = pick(30);
      for (std::size_t i = 0; i < steps; ++i) desk_.clock().step();
      return;
    }
    case 1:
      return desk_.clock().advance(milliseconds(pick(1000)));
    default:
      return desk_.clock().advance(milliseconds(pick(15'000)));
  }
}

}  // namespace hotseat::property
