// hotseat-web: wiring, nothing else.
#include <malloc.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>

#include "certificate.h"
#include "client_store.h"
#include "control_desk.h"
#include "control_socket.h"
#include "event_loop.h"
#include "http_server.h"
#include "listen.h"
#include "load_config.h"
#include "options.h"
#include "seat_watch.h"
#include "site.h"

namespace hotseat::web {
namespace {

constexpr int kCannotRun = 1;
constexpr int kWrongConfig = 2;

int complain(const Error& error, int status) {
  std::fprintf(stderr, "hotseat-web: %s\n", to_string(error).c_str());
  return status;
}

std::string own_host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

// What the configuration asks for and the file system has.
struct Premises {
  Config config;
  std::string host_name;
  ClientStore store;
  std::vector<UniqueFd> listeners;
  std::optional<Identity> identity;
};

Expected<Premises> move_in(Config config, const Options& options) {
  Premises premises{std::move(config), own_host_name(), {}, {}, {}};
  auto store = ClientStore::open(options.state);
  if (!store) return fail(store.error());
  premises.store = std::move(*store);
  if (premises.config.tls) {
    const std::string beside = options.config.substr(0, options.config.rfind('/') + 1);
    auto identity = load_identity(premises.config, beside, options.state, premises.host_name);
    if (!identity) return fail(identity.error());
    premises.identity = std::move(*identity);
  }
  auto listeners = listen_on(premises.config.listen);
  if (!listeners) return fail(listeners.error());
  premises.listeners = std::move(*listeners);
  return premises;
}

void announce(const Premises& premises, const std::string& url) {
  for (const std::string& note : premises.config.notes) {
    std::fprintf(stderr, "hotseat-web: %s\n", note.c_str());
  }
  std::fprintf(stderr, "hotseat-web: listening at %s\n", url.c_str());
  sd_notify(0, ("READY=1\nSTATUS=at " + url).c_str());
}

int serve(Premises premises, const Options& options) {
  EventLoop loop;
  for (const int signal : {SIGTERM, SIGINT}) loop.end_on(signal);
  Pairing pairing;
  SeatWatch seat(loop, options.session_bus);
  Site site(loop, premises.config, premises.host_name, premises.store, pairing, seat);
  const std::string url = base_url(premises.config, premises.host_name);
  ControlDesk desk(loop, premises.config, premises.store, pairing, seat,
                   {url, premises.identity ? fingerprint(*premises.identity) : ""});
  auto control = ControlSocket::listen(loop, options.control,
                                       [&](const std::string& line) { return desk.answer(line); });
  if (!control) return complain(control.error(), kCannotRun);
  HttpServer server(loop, std::move(premises.listeners), premises.identity,
                    [&](const Request& request, const HttpServer::Answer& answer) {
                      site.handle(request, answer);
                    });
  announce(premises, url);
  const int status = loop.run();
  sd_notify(0, "STOPPING=1");
  seat.close();
  return status;
}

int run(const Options& options) {
  auto config = load_config(options.config);
  if (!config) return complain(config.error(), kWrongConfig);
  auto premises = move_in(std::move(*config), options);
  if (!premises) return complain(premises.error(), kCannotRun);
  return serve(std::move(*premises), options);
}

}  // namespace
}  // namespace hotseat::web

int main(int argc, char** argv) {
  mallopt(M_ARENA_MAX, 1);
  std::signal(SIGPIPE, SIG_IGN);  // GnuTLS writes without MSG_NOSIGNAL
  int exit_status = 0;
  try {
    const auto options = hotseat::web::parse_options(argc, argv, exit_status);
    return options ? hotseat::web::run(*options) : exit_status;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hotseat-web: cannot run: %s\n", error.what());
    return hotseat::web::kCannotRun;
  }
}
