// hotseatd on the simulated workstation, with mishaps on demand: what it reads on its standard
// input happens to the machine. One word of the list below a line, with the label it concerns.
#include <sys/epoll.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "adapters/loop/loop.h"
#include "app/coordinator.h"
#include "app/report_queue.h"
#include "service/dbus_reports.h"
#include "service/dbus_service.h"
#include "sim/commands.h"
#include "sim/demo.h"
#include "sim/hypervisor.h"
#include "sim/input_nodes.h"
#include "sim/input_router.h"
#include "sim/monitors.h"
#include "sim/usb_devices.h"
#include "sim/workstation.h"
#include "tests/log.h"

namespace hotseat::test {
namespace {

// A switch that lasts: long enough to do something meanwhile, and well below the limit of a step.
constexpr std::chrono::seconds kLate(3);

class Script {
 public:
  // `permit` says whether web clients may do anything but look.
  Script(adapters::Loop& loop, sim::Workstation& station, std::function<void(bool)> permit)
      : loop_(loop), station_(station), permit_(std::move(permit)) {
    auto read = [](sd_event_source*, int fd, std::uint32_t, void* self) {
      static_cast<Script*>(self)->read_from(fd);
      return 0;
    };
    sd_event_add_io(loop.native(), nullptr, STDIN_FILENO, EPOLLIN, read, this);
  }

 private:
  void read_from(int fd) {
    std::array<char, 512> chunk{};
    const ssize_t count = ::read(fd, chunk.data(), chunk.size());
    if (count <= 0) return loop_.exit(0);
    text_.append(chunk.data(), static_cast<std::size_t>(count));
    for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
      obey(text_.substr(0, end));
      text_.erase(0, end + 1);
    }
  }

  void obey(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    std::string label;
    words >> verb >> label;
    const std::map<std::string, std::function<void()>> verbs{
        {"refuse-attach", [&] { station_.libvirtd().fault_next(sim::Operation::attach, {}); }},
        {"slow-attach",
         [&] {
           station_.libvirtd().fault_next(sim::Operation::attach,
                                          {sim::Fault::Kind::late, {}, kLate});
         }},
        {"refuse-detach", [&] { station_.libvirtd().fault_next(sim::Operation::detach, {}); }},
        {"unplug", [&] { station_.usb().unplug(label); }},
        {"plug", [&] { station_.usb().plug(label); }},
        {"mute", [&] { station_.screens().faults(label).mute = true; }},
        {"deafen", [&] { station_.screens().faults(label).nack_always = true; }},
        {"forbid", [&] { permit_(false); }},
        {"permit", [&] { permit_(true); }},
        {"libvirt-down", [&] { station_.libvirtd().go_down(); }},
        {"libvirt-up", [&] { station_.libvirtd().come_up(); }}};
    verbs.at(verb)();
    std::cout << "did " << line << std::endl;  // NOLINT(performance-avoid-endl): it is waited for
  }

  adapters::Loop& loop_;
  sim::Workstation& station_;
  std::function<void(bool)> permit_;
  std::string text_;
};

int run() {
  adapters::Loop loop;
  loop.on_signal(SIGTERM, [&loop] { loop.exit(0); });
  sim::Workstation station(loop);
  sim::furnish_demo(station);
  sim::SimHypervisor hypervisor{station};
  sim::SimUsbDevices usb{station};
  sim::SimMonitors monitors{station};
  sim::SimCommands commands{station};
  sim::SimInputNodes nodes{station};
  sim::SimInputRouter router{station};
  service::DbusReports signals;
  Log log;
  app::ReportQueue reports(loop, {&signals});
  Seat seat = sim::demo_seat();
  app::Coordinator coordinator(seat, {hypervisor, usb, monitors, commands, nodes, router, loop},
                               reports, [&seat] { return seat; });
  service::DbusService door(loop.native(), loop, coordinator, signals, log,
                            service::BusKind::session);
  Script script(loop, station, [&](bool permitted) {
    seat = sim::demo_seat();
    if (!permitted) seat.policy.grants["web:*"] = {{Verb::status, {}}};
    static_cast<void>(coordinator.reload());
  });
  return loop.run();
}

}  // namespace
}  // namespace hotseat::test

int main() {
  return hotseat::test::run();
}
