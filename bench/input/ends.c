#define _GNU_SOURCE  // pthread_attr_setaffinity_np
#include "ends.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { kCpu = 0, kVendor = 0x1209, kFirstProduct = 0xbe00 };

static const struct sched_param kPriority = {.sched_priority = 40};

void die(const char* what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void enable(int fd, unsigned long request, int code) {
  if (ioctl(fd, request, code) < 0) die("uinput: capability");
}

static int open_uinput(void) {
  const int fd = open("/dev/uinput", O_RDWR | O_CLOEXEC);
  if (fd < 0) die("/dev/uinput");
  return fd;
}

static int create(int fd, const char* name, unsigned number) {
  struct uinput_setup setup = {.id = {.bustype = BUS_USB,
                                      .vendor = kVendor,
                                      .product = (unsigned short)(kFirstProduct + number),
                                      .version = 1}};
  snprintf(setup.name, sizeof setup.name, "%s", name);
  if (ioctl(fd, UI_DEV_SETUP, &setup) < 0 || ioctl(fd, UI_DEV_CREATE) < 0) die(name);
  return fd;
}

int make_mouse(const char* name, unsigned number) {
  static const int axes[] = {REL_X, REL_Y, REL_WHEEL, REL_WHEEL_HI_RES};
  const int fd = open_uinput();
  enable(fd, UI_SET_EVBIT, EV_KEY);
  enable(fd, UI_SET_EVBIT, EV_REL);
  for (int button = BTN_LEFT; button < BTN_LEFT + 5; ++button) enable(fd, UI_SET_KEYBIT, button);
  for (size_t i = 0; i < sizeof axes / sizeof *axes; ++i) enable(fd, UI_SET_RELBIT, axes[i]);
  return create(fd, name, number);
}

int make_keyboard(const char* name, unsigned number) {
  const int fd = open_uinput();
  enable(fd, UI_SET_EVBIT, EV_KEY);
  for (int key = KEY_ESC; key <= KEY_F24; ++key) enable(fd, UI_SET_KEYBIT, key);
  return create(fd, name, number);
}

int open_sink(const char* node) {
  const int fd = open(node, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || ioctl(fd, EVIOCGRAB, 1) < 0) die(node);
  return fd;
}

static cpu_set_t its_cpu(void) {
  cpu_set_t cpu;
  CPU_ZERO(&cpu);
  CPU_SET(kCpu, &cpu);
  return cpu;
}

pthread_t start_thread(void* (*body)(void*), void* argument) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
  pthread_attr_setschedparam(&attributes, &kPriority);
  const cpu_set_t cpu = its_cpu();
  pthread_attr_setaffinity_np(&attributes, sizeof cpu, &cpu);
  errno = pthread_create(&thread, &attributes, body, argument);
  if (errno != 0) die("thread");
  pthread_attr_destroy(&attributes);
  return thread;
}

void come_first(void) {
  const cpu_set_t cpu = its_cpu();
  if (sched_setscheduler(0, SCHED_FIFO, &kPriority) < 0) die("SCHED_FIFO");
  if (sched_setaffinity(0, sizeof cpu, &cpu) < 0) die("affinity");
}
