#include "adapters/commands/process_commands.h"
#include "adapters/ddc/ddc_monitors.h"
#include "adapters/libvirt/libvirt_hypervisor.h"
#include "adapters/udev/usb_devices.h"
#include "machine.h"

namespace hotseat {

namespace {

class RealMachine : public Machine {
 public:
  RealMachine(adapters::Loop& loop, const Seat& seat, ports::Reports& log)
      : loop_(loop),
        hypervisor_(seat.libvirt_uri, loop),
        usb_(loop.native(), loop, loop),
        monitors_(loop, loop),
        commands_(loop.native(), loop, [&log](const std::string& line) { log.notice(line); }) {
    usb_.on_display_change([this] { monitors_.rescan(); });
  }

  app::Ports ports() override { return {hypervisor_, usb_, monitors_, commands_, loop_}; }

 private:
  adapters::Loop& loop_;
  adapters::LibvirtHypervisor hypervisor_;
  adapters::UdevUsbDevices usb_;
  adapters::DdcMonitors monitors_;
  adapters::ProcessCommands commands_;
};

}  // namespace

std::unique_ptr<Machine> make_real_machine(adapters::Loop& loop, const Seat& seat,
                                           ports::Reports& log) {
  return std::make_unique<RealMachine>(loop, seat, log);
}

}  // namespace hotseat
