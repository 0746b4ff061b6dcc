// The sending end: frames that start when an 8 kHz mouse's interrupt would.
#include <errno.h>
#include <linux/input.h>
#include <time.h>
#include <unistd.h>

#include "ends.h"
#include "load.h"

enum { kSecond = 1000000000 };

// A mouse's clock is not the PC's: in step with the kernel's own tick, every frame would meet it or
// none. Slower by one part in so many, a run sees all of what lies between.
enum { kDrift = 509 };

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
  const int64_t period = (int64_t)kSecond * (kDrift + 1) / kDrift / run->rate;
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
