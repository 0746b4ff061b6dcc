// The sending end: virtual mice, whose frames start when an 8 kHz mouse's interrupt would.
#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

enum { kVendor = 0x1209, kFirstProduct = 0xbe00, kSecond = 1000000000 };

static void enable(int fd, unsigned long request, int code) {
  if (ioctl(fd, request, code) < 0) die("uinput: capability");
}

int make_mouse(const char* name, unsigned number) {
  static const int axes[] = {REL_X, REL_Y, REL_WHEEL, REL_WHEEL_HI_RES};
  const int fd = open("/dev/uinput", O_RDWR | O_CLOEXEC);
  if (fd < 0) die("/dev/uinput");
  enable(fd, UI_SET_EVBIT, EV_KEY);
  enable(fd, UI_SET_EVBIT, EV_REL);
  for (int button = BTN_LEFT; button < BTN_LEFT + 5; ++button) enable(fd, UI_SET_KEYBIT, button);
  for (size_t i = 0; i < sizeof axes / sizeof *axes; ++i) enable(fd, UI_SET_RELBIT, axes[i]);
  struct uinput_setup setup = {.id = {.bustype = BUS_USB,
                                      .vendor = kVendor,
                                      .product = (unsigned short)(kFirstProduct + number),
                                      .version = 1}};
  snprintf(setup.name, sizeof setup.name, "%s", name);
  if (ioctl(fd, UI_DEV_SETUP, &setup) < 0 || ioctl(fd, UI_DEV_CREATE) < 0) die(name);
  return fd;
}

// In one write, as a driver reports it in one go. The time fields stay zero: uinput would take a
// plausible time over, and here it has none to tell.
static void send_frame(struct Run* run, int device, int number) {
  const struct input_event frame[] = {
      {.type = EV_REL, .code = REL_X, .value = run->first + number},
      {.type = EV_REL, .code = REL_Y, .value = 1},
      {.type = EV_SYN, .code = SYN_REPORT, .value = 0},
  };
  run->sent[device * run->frames + number] = now();
  if (write(run->sources[device], frame, sizeof frame) != (ssize_t)sizeof frame) die("uinput");
}

static void sleep_until(int64_t time) {
  const struct timespec until = {.tv_sec = time / kSecond, .tv_nsec = time % kSecond};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) continue;
}

// Several devices send at the same tick, as mice on one USB controller do. A tick that has passed
// is skipped and not made up for: a host that is late to poll a mouse gets one report, not several.
void* send_frames(void* argument) {
  struct Run* run = argument;
  const int64_t period = kSecond / run->rate;
  int64_t due = now() + 20 * (kSecond / 1000);
  for (int number = 0; number < run->frames; ++number) {
    sleep_until(due);
    for (int device = 0; device < run->devices; ++device) send_frame(run, device, number);
    const int64_t missed = (now() - due) / period;
    run->skipped += (int)missed;
    due += (missed + 1) * period;
  }
  atomic_store(&run->all_sent, 1);
  return NULL;
}
