// The receiving end: reads what comes out, as a compositor or QEMU would, and notes when.
#include <errno.h>
#include <linux/input.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "ends.h"
#include "load.h"

enum { kQuietMs = 300, kEvents = 1024 };

// What is known of the frame that a device is in the middle of.
struct Device {
  int32_t number;  // 0: it has no number
  int broken;      // a part of it was dropped by the kernel
  int32_t last;
};

static void frame_complete(struct Run* run, int index, struct Device* device, int64_t when) {
  const int32_t number = device->number - run->first;
  if (device->number == 0 || device->broken) return;
  if (number < 0 || number >= run->frames) {
    ++run->stale;
    return;
  }
  int64_t* received = &run->received[index * run->frames + number];
  if (*received != 0) {
    ++run->doubled;
    return;
  }
  run->disordered += device->number < device->last;
  device->last = device->number;
  *received = when;
  ++run->arrived;
}

static void take(struct Run* run, int index, struct Device* device, const struct input_event* event,
                 int64_t when) {
  if (event->type == EV_REL && event->code == REL_X) device->number = event->value;
  if (event->type != EV_SYN) return;
  if (event->code == SYN_DROPPED) {
    ++run->dropped;
    device->broken = 1;
  } else if (event->code == SYN_REPORT) {
    frame_complete(run, index, device, when);
    device->number = 0;
    device->broken = 0;
  }
}

static void read_device(struct Run* run, int index, struct Device* device) {
  struct input_event events[kEvents];
  const ssize_t size = read(run->sinks[index], events, sizeof events);
  const int64_t when = now();
  if (size < 0 && errno != EAGAIN) die("reading events");
  for (ssize_t i = 0; i < size / (ssize_t)sizeof *events; ++i)
    take(run, index, device, &events[i], when);
}

static int watch(const struct Run* run) {
  const int poller = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < run->devices; ++i) {
    struct epoll_event interest = {.events = EPOLLIN, .data = {.u32 = (uint32_t)i}};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, run->sinks[i], &interest) < 0) die("epoll");
  }
  return poller;
}

// Ends when everything has arrived, or when all is sent and nothing more comes.
void* receive_frames(void* argument) {
  struct Run* run = argument;
  struct Device devices[kMostDevices];
  struct epoll_event ready[kMostDevices];
  memset(devices, 0, sizeof devices);
  const int poller = watch(run);
  while (run->arrived < run->devices * run->frames) {
    const int finished = atomic_load(&run->all_sent);
    const int count = epoll_wait(poller, ready, kMostDevices, kQuietMs);
    if (count == 0 && finished) break;
    for (int i = 0; i < count; ++i) {
      const int index = (int)ready[i].data.u32;
      read_device(run, index, &devices[index]);
    }
  }
  close(poller);
  return NULL;
}
