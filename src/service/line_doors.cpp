#include "service/line_doors.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "service/accounts.h"
#include "service/deferred.h"

namespace hotseat::service {

namespace {

constexpr mode_t kEverybody = 0666;
constexpr const char* kForPrograms = "usbserver";
constexpr const char* kForGuests = "guests/";
constexpr const char* kDoor = "line sockets";  // in the problems of the status

std::vector<TargetName> guests_of(const Seat& seat) {
  std::vector<TargetName> names;
  for (const GuestSpec& guest : seat.guests) names.push_back(guest.name);
  return names;
}

}  // namespace

LineDoors::LineDoors(sd_event* event, ports::Clock& clock, app::Service& app,
                     StatusListener& listener, ports::Reports& log, Places places,
                     std::vector<UniqueFd> handed_over)
    : event_(event),
      clock_(clock),
      app_(app),
      listener_(listener),
      log_(log),
      places_(std::move(places)),
      access_log_(clock, log),
      authority_(app, access_log_),
      clerk_(app, authority_, access_log_),
      look_(deferred(
          event,
          [](sd_event_source*, void* self) {
            static_cast<LineDoors*>(self)->follow_config();
            return 0;
          },
          this)) {
  const auto identify = [this](const SocketPeer& peer) { return program(peer); };
  for (UniqueFd& socket : handed_over) {
    handed_over_.push_back(std::make_unique<LineSocket>(event_, clock_, clerk_, access_log_,
                                                        std::move(socket), identify));
  }
  open(kForPrograms, identify);
  follow_config();
  listener_.listen([this] { sd_event_source_set_enabled(look_.get(), SD_EVENT_ONESHOT); });
}

LineDoors::~LineDoors() {
  listener_.listen(nullptr);
  std::error_code ignored;
  for (const auto& [name, socket] : sockets_) std::filesystem::remove(path_of(name), ignored);
}

std::filesystem::path LineDoors::path_of(const std::string& name) const {
  return places_.directory / (name + ".sock");
}

void LineDoors::follow_config() {
  const auto wanted = guests_of(app_.seat());
  if (wanted == guests_) return;
  for (const TargetName& gone : guests_) {
    if (std::find(wanted.begin(), wanted.end(), gone) != wanted.end()) continue;
    std::error_code ignored;
    sockets_.erase(kForGuests + gone.str());
    std::filesystem::remove(path_of(kForGuests + gone.str()), ignored);
  }
  guests_ = wanted;
  for (const TargetName& guest : guests_) {
    if (sockets_.contains(kForGuests + guest.str())) continue;
    // Whoever could speak in its place runs as QEMU does, or is root.
    open(kForGuests + guest.str(), [this, guest](const SocketPeer& peer) {
      const bool may = peer.uid == 0 || is_qemu(peer);
      return may ? std::optional(Requester{Requester::Kind::guest, guest.str(), {}}) : std::nullopt;
    });
  }
}

void LineDoors::open(const std::string& name, LineSocket::Identify identify) {
  const auto path = path_of(name);
  try {
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms{0711});
    sockets_[name] = std::make_unique<LineSocket>(event_, clock_, clerk_, access_log_,
                                                  listen_at(path, kEverybody), std::move(identify));
  } catch (const std::system_error& error) {
    const std::string problem = "no socket " + path.string() + ": " + error.what();
    log_.notice(std::string(kDoor) + ": " + problem);
    app_.door_problem(kDoor, problem);
  }
}

// A QEMU is its guest, whatever it says.
std::optional<Requester> LineDoors::program(const SocketPeer& peer) const {
  if (peer.uid == 0) return Requester{Requester::Kind::root, "root", {}};
  if (is_qemu(peer)) return guest_with(peer);
  return Requester{Requester::Kind::user, user_name(peer.uid), group_names(peer.gids)};
}

bool LineDoors::is_qemu(const SocketPeer& peer) const {
  const auto& users = places_.qemu_users;
  return std::find(users.begin(), users.end(), user_name(peer.uid)) != users.end();
}

// libvirt writes the number of each guest's QEMU to a file that the guest cannot change.
std::optional<Requester> LineDoors::guest_with(const SocketPeer& peer) const {
  for (const GuestSpec& guest : app_.seat().guests) {
    pid_t pid = 0;
    std::ifstream file(places_.pid_files / (guest.domain.str() + ".pid"));
    if (file >> pid && pid == peer.pid) {
      return Requester{Requester::Kind::guest, guest.name.str(), {}};
    }
  }
  return std::nullopt;
}

}  // namespace hotseat::service
