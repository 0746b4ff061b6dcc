#include "bus_fixture.h"

#include <cstdlib>
#include <stdexcept>

namespace hotseat::test {

namespace {

// Only a test that hangs gets to see the end of it.
constexpr std::uint64_t kHangs = 20'000'000;  // microseconds

int on_name_owner(sd_bus_message* signal, void* present, sd_bus_error*) {
  const char *name = nullptr, *before = nullptr, *after = nullptr;
  if (sd_bus_message_read(signal, "sss", &name, &before, &after) > 0) {
    *static_cast<bool*>(present) = *after != '\0';
  }
  return 0;
}

}  // namespace

BusAddress::BusAddress(const std::filesystem::path& directory) {
  const std::string address = PrivateBus::address(directory);
  setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
  setenv("DBUS_SYSTEM_BUS_ADDRESS", address.c_str(), 1);
}

BusFixture::BusFixture(const std::string& policy) {
  bus_.emplace(directory_.path(), policy);
  sd_bus* raw = nullptr;
  if (sd_bus_open_user(&raw) < 0) throw std::runtime_error("no bus");
  client_.reset(raw);
  if (sd_bus_add_match(raw, nullptr,
                       "type='signal',member='NameOwnerChanged',arg0='org.hotseat.Hotseat1'",
                       on_name_owner, &service_on_bus_) < 0 ||
      sd_bus_attach_event(raw, loop_.native(), 0) < 0) {
    throw std::runtime_error("no client");
  }
}

void BusFixture::run_until(const std::function<bool()>& so) {
  while (!so()) {
    if (sd_event_run(loop_.native(), kHangs) <= 0) throw std::runtime_error("nothing happens");
  }
}

void BusFixture::start_service() {
  service_.emplace(loop_.native(), loop_, app_, reports_, log_, service::BusKind::session);
  run_until([this] { return service_on_bus_; });
}

void BusFixture::stop_service() {
  service_.reset();
  run_until([this] { return !service_on_bus_; });
}

Finished BusFixture::hotseat(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "--session-bus");
  Program program(loop_.native(), HOTSEAT_PROGRAM, std::move(arguments));
  run_until([&] { return program.silent(); });
  const int status = program.wait();
  return {status, program.out(), program.err()};
}

}  // namespace hotseat::test
