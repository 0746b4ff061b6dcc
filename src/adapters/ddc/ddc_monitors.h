// The seat's monitors over DDC/CI.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/ddc/bus_worker.h"
#include "adapters/ddc/discovery.h"
#include "adapters/ddc/i2c_bus.h"
#include "adapters/ddc/matching.h"
#include "adapters/ddc/scanner.h"
#include "domain/seat.h"
#include "domain/world.h"
#include "ports/monitors.h"

namespace hotseat::adapters {

// Loop thread only; every bus has a worker thread of its own while it is of interest. The node of a
// monitor's bus is kept open, which keeps the kernel from removing the bus: call rescan() when an
// i2c-dev device goes (udev "remove"), or the unbinding of its graphics card waits for ever.
class DdcMonitors : public ports::Monitors {
 public:
  DdcMonitors(ports::Dispatcher& dispatcher, ports::Clock& clock, const DdcPaths& paths = {});
  DdcMonitors(ports::Dispatcher& dispatcher, ports::Clock& clock, const DdcPaths& paths,
              MakeI2cBus make_bus);
  // Joins the workers: waits for one transfer of each at most.
  ~DdcMonitors() override;

  void observe(std::function<void(const std::vector<MonitorStatus>&)> changed) override;
  void configure(const std::vector<MonitorSpec>& monitors) override;
  void rescan() override;
  // Also tries where the monitor was last seen when it does not show itself: some hide their EDID
  // while they show another computer.
  void set_input(const MonitorName& name, std::uint8_t input, ports::Duration deadline,
                 ports::Done done) override;

 private:
  using WorkerId = std::uint64_t;

  struct LastSeen {
    MonitorName monitor;
    wire::Edid edid;
  };
  struct Bus {
    FoundBus found;
    std::optional<wire::Edid> edid;
    bool asking = false;           // the worker reads the EDID
    std::optional<LastSeen> last;  // it may only be asleep
    WorkerId worker_id = 0;
    std::unique_ptr<BusWorker> worker;
  };
  struct Monitor {
    MonitorSpec spec;
    Assignment place;
    std::string trouble;  // what talking to it came to; empty when all is well
    MonitorQuirks quirks;
    std::optional<std::uint8_t> input;
    InputCertainty certainty = InputCertainty::unknown;
    std::uint64_t last_ticket = 0;
  };

  using Call = std::function<void(DdcMonitors&)>;

  // Makes calls on the loop thread from any other; does nothing once this is destroyed.
  std::function<void(Call)> poster() const;

  void on_scan(const std::vector<FoundBus>& found);
  void on_event(WorkerId worker, const Event& event);
  void on_edid(Bus& bus, const EdidSeen& seen);
  void on_input(Monitor& monitor, const InputSeen& seen);
  void on_set(Monitor& monitor, const SetEnded& ended);
  void answer(const SetEnded& ended);

  void take(const FoundBus& found);
  bool drop_vanished(const std::vector<FoundBus>& found);  // were there any?
  void read_unknown_inputs();
  void identify();
  void place(Monitor& monitor, Assignment assignment);
  std::vector<Candidate> candidates() const;
  bool named(int bus) const;   // by number, in the config
  bool in_use(int bus) const;  // by a monitor of the config
  bool looking() const;
  void retire_idle_workers();

  BusWorker& worker_of(Bus& bus);
  void retire(Bus& bus);
  Monitor* find(const MonitorName& name);
  Monitor* on_bus(int bus);
  MonitorStatus status_of(const Monitor& monitor) const;
  void report();

  ports::Dispatcher& dispatcher_;
  ports::Clock& clock_;
  MakeI2cBus make_bus_;
  std::function<void(const std::vector<MonitorStatus>&)> changed_;
  std::optional<std::vector<MonitorStatus>> reported_;
  std::vector<Monitor> monitors_;
  std::map<int, Bus> buses_;
  std::map<std::uint64_t, ports::Done> waiting_;  // by ticket
  std::map<WorkerId, std::unique_ptr<BusWorker>> retiring_;
  bool scanned_ = false;
  std::uint64_t last_ticket_ = 0;
  WorkerId last_worker_id_ = 0;
  std::shared_ptr<DdcMonitors*> self_;  // what is posted holds it weakly
  Scanner scanner_;                     // last: its thread uses the rest
};

}  // namespace hotseat::adapters
