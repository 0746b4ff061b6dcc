#include "adapters/commands/process_commands.h"
#include "adapters/ddc/ddc_monitors.h"
#include "adapters/evdev/evdev_router.h"
#include "adapters/libvirt/libvirt_hypervisor.h"
#include "adapters/udev/input_nodes.h"
#include "adapters/udev/usb_devices.h"
#include "config/config.h"
#include "fd_store.h"
#include "machine.h"

namespace hotseat {

namespace {

class RealMachine : public Machine {
 public:
  RealMachine(adapters::Loop& loop, const Seat& seat, ports::Reports& log,
              std::vector<UniqueFd> kept)
      : loop_(loop),
        hypervisor_(seat.libvirt_uri, config::key_code, loop),
        usb_(loop.native(), loop, loop),
        monitors_(loop, loop),
        commands_(loop.native(), loop, [&log](const std::string& line) { log.notice(line); }),
        input_nodes_(loop.native()),
        router_(loop.native(), loop, store_, std::move(kept)) {
    usb_.on_display_change([this] { monitors_.rescan(); });
  }

  app::Ports ports() override {
    return {hypervisor_, usb_, monitors_, commands_, input_nodes_, router_, loop_};
  }
  bool is_alive() override { return router_.is_alive(); }

 private:
  adapters::Loop& loop_;
  adapters::LibvirtHypervisor hypervisor_;
  adapters::UdevUsbDevices usb_;
  adapters::DdcMonitors monitors_;
  adapters::ProcessCommands commands_;
  adapters::UdevInputNodes input_nodes_;
  FdStore store_;
  adapters::EvdevRouter router_;
};

}  // namespace

std::unique_ptr<Machine> make_real_machine(adapters::Loop& loop, const Seat& seat,
                                           ports::Reports& log, std::vector<UniqueFd> kept) {
  return std::make_unique<RealMachine>(loop, seat, log, std::move(kept));
}

}  // namespace hotseat
