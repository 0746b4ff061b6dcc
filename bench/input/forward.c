#include "forward.h"

#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { kPriority = 20 };

void die(const char* what) {
  fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
  exit(1);
}

static struct Pair open_pair(const char* node) {
  struct Pair pair = {.source = open(node, O_RDONLY | O_CLOEXEC)};
  struct libevdev* device = NULL;
  struct libevdev_uinput* clone = NULL;
  if (pair.source < 0) die(node);
  if ((errno = -libevdev_new_from_fd(pair.source, &device)) != 0) die(node);
  errno = -libevdev_uinput_create_from_device(device, LIBEVDEV_UINPUT_OPEN_MANAGED, &clone);
  if (errno != 0) die("uinput");
  pair.clone = libevdev_uinput_get_fd(clone);
  if (ioctl(pair.source, EVIOCGRAB, 1) < 0) die("grab");
  return pair;
}

static void ask_for_priority(void) {
  const struct sched_param priority = {.sched_priority = kPriority};
  if (sched_setscheduler(0, SCHED_FIFO, &priority) < 0) die("SCHED_FIFO");
  if (mlockall(MCL_CURRENT | MCL_FUTURE) < 0) die("mlockall");
}

int set_up(int argc, char** argv, struct Pair* pairs) {
  int first = 1;
  if (argc > 1 && strcmp(argv[1], "--fifo") == 0) {
    ask_for_priority();
    first = 2;
  }
  const int count = argc - first;
  if (count < 1 || count > kMostSources) exit(2);
  for (int i = 0; i < count; ++i) pairs[i] = open_pair(argv[first + i]);
  return count;
}

void forward(const struct Pair* pair) {
  struct input_event events[kQueue];
  const ssize_t size = read(pair->source, events, sizeof events);
  if (size < 0) die("reading events");
  if (write(pair->clone, events, (size_t)size) != size) die("writing events");
}
