// Input routing over evdev and uinput.
#pragma once

#include <systemd/sd-event.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/evdev/clone_rack.h"
#include "adapters/evdev/clone_store.h"
#include "adapters/evdev/device.h"
#include "adapters/evdev/feedback.h"
#include "adapters/evdev/router_thread.h"
#include "base/unique_fd.h"
#include "ports/clock.h"
#include "ports/input_router.h"

namespace hotseat::adapters {

// Loop thread only. Its thread starts with the first source: a seat without one costs nothing.
class EvdevRouter : public ports::InputRouter {
 public:
  struct Places {
    std::filesystem::path by_id = "/dev/input/by-id";
  };

  // Event, clock and store outlive it. `kept` are descriptors of clones from the store. Destroyed,
  // it releases every key on every target and gives the devices back; stored clones stay.
  EvdevRouter(sd_event* event, ports::Clock& clock, evdev::CloneStore& store,
              std::vector<UniqueFd> kept, Places places);
  EvdevRouter(sd_event* event, ports::Clock& clock, evdev::CloneStore& store,
              std::vector<UniqueFd> kept);
  ~EvdevRouter() override;
  EvdevRouter(const EvdevRouter&) = delete;
  EvdevRouter& operator=(const EvdevRouter&) = delete;

  void observe(Listener listener) override;
  void configure(const InputSetup& setup) override;
  void set_shortcuts(const Shortcuts& shortcuts) override;
  void route(const TargetName& target, ports::Done done) override;

  // Asks the router's thread for a sign of life. True when it has given the last one asked for, or
  // none has been asked for yet, or nothing is taken from the host.
  bool is_alive();

 private:
  struct Unref {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
  };
  using Watch = std::unique_ptr<sd_event_source, Unref>;

  struct Source {
    InputSource spec;
    std::unique_ptr<evdev::Device> device;
    SourceState state = SourceState::waiting;
    std::string problem;
    bool has_clones = false;            // the host's at least
    std::string clones_problem;         // one of them could not be made
    bool clones_suit = false;           // none was made for another device
    std::vector<std::string> outdated;  // problems with those that were
    bool is_lost = false;               // its node went while it was read
    std::unique_ptr<ports::Timer> grab;
    ports::Duration backoff{};
  };
  // A device that is read beside its other readers, for hotkeys alone.
  struct Watched {
    std::string node;
    std::unique_ptr<evdev::Device> device;
    bool is_read = false;  // it has a key of a hotkey
  };
  // Of one clone: what its target sends, and the source it belongs to.
  struct Line {
    EvdevRouter* router = nullptr;
    evdev::Clone* clone = nullptr;
    TargetName target;
    std::string source;
    evdev::Feedback feedback;
    Watch watch;
  };

  // configuring.cpp: from one setup to the next
  void start_thread();
  void set_targets(const std::vector<InputTarget>& targets);
  void set_hotkeys(const std::vector<Hotkey>& hotkeys);
  void drop_source(SourceSlot slot);
  void remove(SourceSlot slot, std::function<void()> then);
  void add_source(const InputSource& spec);
  void provide(SourceSlot slot, Source& source);
  void try_failed_again();
  void drop_orphans();
  void drop_clone(const std::string& name);
  void disconnect_clone(const std::string& name);
  bool make_clones(SourceSlot slot, Source& source);
  void renew_clones(Source& source);
  void retire_clone(const std::string& name);
  void connect_clone(SourceSlot slot, const Source& source, const InputTarget& target);
  void grab_after(SourceSlot slot, ports::Duration delay);
  void name_held_keys_later(SourceSlot slot);
  void follow_watched();
  bool is_watched(const std::string& node) const;
  void watch_device(const WatchedNode& wanted);
  void drop_watched(SourceSlot slot);
  void look_again_soon();
  void look_again_later();
  void reopen_lost();
  void read(SourceSlot slot, const evdev::Device& device);
  void close_later(std::unique_ptr<evdev::Device> device);
  std::optional<SourceSlot> free_slot() const;

  void refuse(const TargetName& target, ports::Done done);
  void order(evdev::Order order, std::function<void()> then = nullptr);
  void on_notices();
  void take(const evdev::Notice& notice);
  void fired(const Hotkey& hotkey);
  void grabbed(Source& source);
  void grab_refused(const evdev::Notice& notice);
  void gone(const evdev::Notice& notice);
  Source* source_of(const evdev::Notice& notice);
  void on_feedback(Line& line);
  void let_leds_follow();
  void ask_for_grab();
  evdev::Device* device_of(const std::string& source) const;
  const InputTarget* target_named(const TargetName& name) const;
  void tell();       // in a turn of our own
  void tell_soon();  // from inside a call of the listener's
  static Watch watch(sd_event* event, int fd, sd_event_io_handler_t handler, void* self);

  sd_event* event_;
  ports::Clock& clock_;
  evdev::CloneRack rack_;
  Listener listener_;
  InputSetup setup_;
  std::vector<TargetName> slots_of_targets_{kHost};
  std::map<SourceSlot, Source> sources_;
  std::vector<SourceStatus> failed_;  // those that could not even be opened
  std::map<SourceSlot, Watched> watched_;
  std::vector<std::string> problems_;
  std::vector<std::string> unwatched_;  // problems with devices that were to be watched
  std::vector<std::unique_ptr<evdev::Device>> leaving_;
  std::unique_ptr<ports::Timer> closing_;
  std::unique_ptr<ports::Timer> look_again_;
  ports::Duration look_pause_{};       // before the latest look; 0: it is the first with this setup
  std::map<std::string, Line> lines_;  // by the clone's name
  std::map<std::uint64_t, std::function<void()>> answers_;
  std::uint64_t last_number_ = 0;
  // As the notices tell, in their order: what the thread does meanwhile is told by later ones.
  TargetName route_ = kHost;
  TargetName leds_of_ = kHost;
  bool let_go_ = false;
  std::uint64_t releases_ = 0;
  std::vector<Hotkey> hotkeys_;          // as the thread has them: it tells indices
  std::vector<Hotkey> ordered_hotkeys_;  // as it will have them
  bool sign_of_life_ = true;
  std::optional<RouterStatus> told_;
  std::unique_ptr<evdev::RouterThread> thread_;
  Watch notices_;
  std::unique_ptr<ports::Timer> telling_;
  std::map<std::uint64_t, std::unique_ptr<ports::Timer>> refusals_;
};

}  // namespace hotseat::adapters
