// Asks hotseatd to switch over a D-Bus connection that is kept, as a desktop's applet would, and
// times it.
//
// Reads commands, a line each: a target to switch to, or "-" for one round trip to the message bus
// itself. Answers each with a line: when the call was sent (CLOCK_MONOTONIC, ns), µs until its
// reply, and the report document (for "-", an empty one).
#include <systemd/sd-bus.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

namespace {

struct Close {
  void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Bus = std::unique_ptr<sd_bus, Close>;
using Message = std::unique_ptr<sd_bus_message, Close>;

// steady_clock is CLOCK_MONOTONIC in libstdc++: the monitors' log has the same clock.
using Clock = std::chrono::steady_clock;

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

Bus open_system_bus() {
  sd_bus* bus = nullptr;
  check(sd_bus_open_system(&bus), "system bus");
  Bus owned(bus);
  // Waits until the connection stands: the bus hangs up on those who do not finish their greeting.
  const char* own_name = nullptr;
  check(sd_bus_get_unique_name(bus, &own_name), "greeting");
  return owned;
}

Message switch_call(sd_bus* bus, const std::string& target) {
  sd_bus_message* call = nullptr;
  check(sd_bus_message_new_method_call(bus, &call, "org.hotseat.Hotseat1", "/org/hotseat/Hotseat1",
                                       "org.hotseat.Hotseat1", "Switch"),
        "new call");
  Message owned(call);
  check(sd_bus_message_append(call, "s", target.c_str()), "argument");
  return owned;
}

// The same question as hotseatd asks about each caller.
Message bus_call(sd_bus* bus) {
  const char* own_name = nullptr;
  check(sd_bus_get_unique_name(bus, &own_name), "own name");
  sd_bus_message* call = nullptr;
  check(sd_bus_message_new_method_call(bus, &call, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionCredentials"),
        "new call");
  Message owned(call);
  check(sd_bus_message_append(call, "s", own_name), "argument");
  return owned;
}

void ask(sd_bus* bus, const std::string& target) {
  const bool only_bus = target == "-";
  const Message call = only_bus ? bus_call(bus) : switch_call(bus, target);
  sd_bus_message* raw_reply = nullptr;
  const auto sent = Clock::now();
  check(sd_bus_call(bus, call.get(), UINT64_MAX, nullptr, &raw_reply), "call");
  const auto took = Clock::now() - sent;
  const Message reply(raw_reply);
  const char* report = "{}";
  if (!only_bus) check(sd_bus_message_read(raw_reply, "s", &report), "reply");
  std::cout << std::chrono::nanoseconds(sent.time_since_epoch()).count() << ' '
            << std::chrono::duration_cast<std::chrono::microseconds>(took).count() << ' ' << report
            << std::endl;
}

}  // namespace

int main() {
  try {
    const Bus bus = open_system_bus();
    for (std::string target; std::getline(std::cin, target);) ask(bus.get(), target);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "ask: " << error.what() << '\n';
    return 1;
  }
}
