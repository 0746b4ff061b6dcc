// The least that a switch can cost: the same two Set VCP messages and the same libvirt calls as
// hotseatd makes, on connections that stand already, one after the other, with no plan, no check
// and nobody told.
//
// usage: hotseat-bench-floor DOMAIN BUS HOST_INPUT GUEST_INPUT BUS HOST_INPUT GUEST_INPUT
//
// Reads commands, a line each: "there USBBUS:DEVICE USBBUS:DEVICE" and "back". Answers each with a
// line: when it began (CLOCK_MONOTONIC, ns) and how long it took (µs). Any failure ends it with
// status 1.
#include <errno.h>
#include <fcntl.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <linux/i2c-dev.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { kDevices = 2, kMonitors = 2, kDdcAddress = 0x37, kSetVcpSize = 7 };

struct Monitor {
  int fd;
  unsigned char to_host[kSetVcpSize];
  unsigned char to_guest[kSetVcpSize];
};

struct Floor {
  virConnectPtr connection;
  virDomainPtr domain;
  struct Monitor monitors[kMonitors];
  int removed;      // DEVICE_REMOVED events of our devices since the detaching began
  int input_ready;  // there is a command to read, or the end
};

static const char* const aliases[kDevices] = {"ua-floor-0", "ua-floor-1"};

static void die(const char* what) {
  const char* libvirt = virGetLastErrorMessage();
  fprintf(stderr, "floor: %s: %s / %s\n", what, strerror(errno), libvirt);
  exit(1);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Set VCP Feature 0x60, Input Source (DDC/CI 1.1, 4.4; MCCS 2.2a, 8.6). The checksum covers the
// address byte too.
static void make_message(unsigned char* message, unsigned value) {
  const unsigned char bytes[kSetVcpSize - 1] = {
      0x51, 0x84, 0x03, 0x60, (unsigned char)(value >> 8), (unsigned char)value};
  unsigned char checksum = kDdcAddress << 1;
  for (size_t i = 0; i < sizeof bytes; ++i) checksum ^= message[i] = bytes[i];
  message[kSetVcpSize - 1] = checksum;
}

static void open_monitor(struct Monitor* monitor, char** arguments) {
  char node[32];
  snprintf(node, sizeof node, "/dev/i2c-%s", arguments[0]);
  monitor->fd = open(node, O_RDWR | O_CLOEXEC);
  if (monitor->fd < 0 || ioctl(monitor->fd, I2C_SLAVE, kDdcAddress) < 0) die(node);
  make_message(monitor->to_host, (unsigned)strtoul(arguments[1], NULL, 0));
  make_message(monitor->to_guest, (unsigned)strtoul(arguments[2], NULL, 0));
}

static void send_message(const struct Monitor* monitor, const unsigned char* message) {
  if (write(monitor->fd, message, kSetVcpSize) != kSetVcpSize) die("Set VCP");
}

static void on_removed(virConnectPtr connection, virDomainPtr domain, const char* alias,
                       void* opaque) {
  (void)connection;
  (void)domain;
  struct Floor* floor = opaque;
  for (int i = 0; i < kDevices; ++i) floor->removed += strcmp(alias, aliases[i]) == 0;
}

static void on_input(int watch, int fd, int events, void* opaque) {
  (void)watch;
  (void)fd;
  (void)events;
  ((struct Floor*)opaque)->input_ready = 1;
}

static void turn_loop(void) {
  if (virEventRunDefaultImpl() < 0) die("event loop");
}

static void make_xml(char* xml, size_t size, int device, unsigned bus, unsigned number) {
  snprintf(xml, size,
           "<hostdev mode='subsystem' type='usb' managed='no'><source><address bus='%u' "
           "device='%u'/></source>"
           "<alias name='%s'/></hostdev>",
           bus, number, aliases[device]);
}

// The XML is made before the clock runs.
static void there(struct Floor* floor, const char* command) {
  unsigned bus[kDevices], number[kDevices];
  char xml[kDevices][256];
  if (sscanf(command, "there %u:%u %u:%u", &bus[0], &number[0], &bus[1], &number[1]) != 4)
    die(command);
  for (int i = 0; i < kDevices; ++i) make_xml(xml[i], sizeof xml[i], i, bus[i], number[i]);
  const int64_t began = now();
  for (int i = 0; i < kMonitors; ++i)
    send_message(&floor->monitors[i], floor->monitors[i].to_guest);
  for (int i = 0; i < kDevices; ++i) {
    if (virDomainAttachDeviceFlags(floor->domain, xml[i], VIR_DOMAIN_AFFECT_LIVE) < 0)
      die("attach");
  }
  printf("%lld %lld\n", (long long)began, (long long)((now() - began) / 1000));
}

static void back(struct Floor* floor) {
  floor->removed = 0;
  const int64_t began = now();
  for (int i = 0; i < kMonitors; ++i) send_message(&floor->monitors[i], floor->monitors[i].to_host);
  for (int i = 0; i < kDevices; ++i) {
    if (virDomainDetachDeviceAlias(floor->domain, aliases[i], VIR_DOMAIN_AFFECT_LIVE) < 0)
      die("detach");
  }
  while (floor->removed < kDevices) turn_loop();
  printf("%lld %lld\n", (long long)began, (long long)((now() - began) / 1000));
}

// Commands wait in libvirt's own loop: it answers libvirtd's keep-alive messages meanwhile.
static void serve(struct Floor* floor) {
  char command[128];
  for (;;) {
    while (!floor->input_ready) turn_loop();
    floor->input_ready = 0;
    if (fgets(command, sizeof command, stdin) == NULL) return;
    if (strncmp(command, "there", 5) == 0) {
      there(floor, command);
    } else {
      back(floor);
    }
    fflush(stdout);
  }
}

int main(int argc, char** argv) {
  if (argc != 2 + 3 * kMonitors) return 2;
  struct Floor floor = {0};
  if (virEventRegisterDefaultImpl() < 0) die("event loop");
  if ((floor.connection = virConnectOpen("qemu:///system")) == NULL) die("libvirt");
  if ((floor.domain = virDomainLookupByName(floor.connection, argv[1])) == NULL) die(argv[1]);
  if (virConnectDomainEventRegisterAny(floor.connection, floor.domain,
                                       VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
                                       VIR_DOMAIN_EVENT_CALLBACK(on_removed), &floor, NULL) < 0) {
    die("events");
  }
  if (virEventAddHandle(STDIN_FILENO, VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_HANGUP, on_input,
                        &floor, NULL) < 0) {
    die("stdin");
  }
  for (int i = 0; i < kMonitors; ++i) open_monitor(&floor.monitors[i], argv + 2 + 3 * i);
  serve(&floor);
  virDomainFree(floor.domain);
  virConnectClose(floor.connection);
  return 0;
}
