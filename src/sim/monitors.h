// The monitors port over the simulated workstation.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/monitors.h"
#include "sim/agenda.h"
#include "sim/workstation.h"

namespace hotseat::sim {

class SimMonitors : public ports::Monitors {
 public:
  explicit SimMonitors(Workstation& workstation);

  void observe(std::function<void(const std::vector<MonitorStatus>&)> changed) override;
  void configure(const std::vector<MonitorSpec>& monitors) override;
  void rescan() override;
  void set_input(const MonitorName& monitor, std::uint8_t input, ports::Duration deadline,
                 ports::Done done) override;

 private:
  struct Set {
    std::uint8_t input = 0;
    ports::Instant deadline;
    ports::Done done;
    int tries = 0;
  };
  // One configured monitor: its Sets go out one after the other.
  struct Line {
    MonitorSpec spec;
    std::string screen;  // label, empty while absent
    MonitorStatus status;
    std::deque<Set> sets;
    std::uint64_t newest = 0;  // a late read-back of an older Set says nothing any more
  };

  Line* line(const MonitorName& name);
  void look_for(Line& line);
  void read_first(const MonitorName& name);
  void begin_set(const MonitorName& name);
  void transfer(const MonitorName& name);
  void retry_or_fail(Line& line);
  void finish_set(Line& line, Expected<void> result);
  void written(Line& line, std::uint8_t input);
  void read_back(const MonitorName& name, std::uint64_t set, int attempt);
  std::uint8_t feature_of(const Line& line) const;
  ports::Duration slowness(const Line& line) const;
  void report();

  Workstation& workstation_;
  std::function<void(const std::vector<MonitorStatus>&)> changed_;
  std::optional<std::vector<MonitorStatus>> reported_;
  std::list<Line> lines_;
  Mail mail_;
  Agenda agenda_;
};

}  // namespace hotseat::sim
