// The adapter's mind: keeps the table of domains true, and sees operations through.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/libvirt/domain_table.h"
#include "adapters/libvirt/event_loop.h"
#include "adapters/libvirt/key_names.h"
#include "adapters/libvirt/link.h"
#include "adapters/libvirt/outbox.h"
#include "adapters/libvirt/request.h"
#include "adapters/libvirt/session.h"
#include "ports/clock.h"
#include "ports/completion.h"

namespace hotseat::adapters::libvirt {

// Loop thread only; held by a shared_ptr, so that what was posted finds it or does nothing. It
// knows nothing of libvirt's API: its tests give it sessions of their own.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  using Changed = std::function<void(const HypervisorStatus&)>;

  Engine(std::shared_ptr<Gateway> gateway, EventLoop& loop, ports::Dispatcher& dispatcher,
         KeyCodes key_codes);

  void observe(Changed changed);
  void begin(const Request& request, ports::Duration deadline, Progress progress, ports::Done done);
  // Calls nobody back from here on and gives up the connection, in bounded time.
  void stop();

 private:
  using OperationId = std::uint64_t;
  enum class Phase {
    waiting,  // for the connection
    calling,  // its call is queued on its lane, or under way
    leaving,  // the device is on its way out; an event will tell
  };
  struct Operation {
    Request request;
    Progress progress;
    ports::Done done;
    Phase phase = Phase::waiting;
    // Shared with the lane: an operation that has ended is not begun there.
    std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<EventLoop::Timer> deadline;
  };

  Post posting();

  // The connection.
  void came_up(const std::vector<DomainSnapshot>& all);
  void went_down(const std::string& problem);
  void look_again_later(std::size_t looks);

  // The table.
  void heard(const DomainEvent& event);
  void note(const DomainEvent& event);
  bool is_expected(const DomainEvent& added) const;
  void removed(const DomainEvent& event);
  void refresh(const std::string& uuid, const DomainName& name);
  void read(const std::string& uuid, const DomainName& name);
  void have_read(const std::string& uuid, const DomainName& name, std::uint64_t version,
                 const Reading& reading);
  void publish();

  // Operations.
  void issue(OperationId id, bool fresh);
  void call(OperationId id, Operation& operation);
  void answered(OperationId id, const Request& request, std::uint64_t version, const Answer& answer,
                bool alive, unsigned connection);
  void decide(const DomainEvent& event);
  void finish(OperationId id, const Expected<void>& result);
  void report_progress(OperationId id, const std::string& text);
  std::vector<OperationId> operations_on(const DomainName& domain) const;

  EventLoop& loop_;
  std::shared_ptr<Outbox> outbox_;
  Link link_;
  Changed changed_;
  Post post_;
  bool stopped_ = false;

  DomainTable table_;
  std::set<std::string> reading_;  // UUIDs of domains being read again
  std::string problem_ = "libvirt has not answered yet";
  std::optional<HypervisorStatus> published_;
  std::unique_ptr<EventLoop::Timer> first_status_;
  bool has_been_up_ = false;
  std::unique_ptr<EventLoop::Timer> look_again_;

  std::map<OperationId, Operation> operations_;
  OperationId last_id_ = 0;
};

}  // namespace hotseat::adapters::libvirt
