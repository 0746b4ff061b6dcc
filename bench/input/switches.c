// Switches a seat under a mouse that never rests, and tells how long after the hotkey or the
// request the new target has its first frame.
//
// usage: hotseat-bench-switches MICE KEYBOARDS GUEST
//
// Makes "hotseat bench mouse 1" and so on, "hotseat bench keyboard 1" and so on, and says "ready".
// Then reads commands, a line each:
//   hotkey|line|answer|request|ping RATE COUNT HOST_NODE GUEST_NODE
// switches COUNT times, to the guest and back in turn, while the first mouse sends RATE frames a
// second; they come out at one node or the other. The first keyboard presses KEY_F13 for the host
// and KEY_F14 for the guest; a line is said to hotseatd's socket over a connection that stands; a
// request is a call of its D-Bus method. Nothing switches for an answer, which is what hotseatd
// says to a line that asks for help, nor for a ping, a call that its bus library answers by itself.
// Answers with a line of JSON; times are in µs. "waited": from before the key's or the line's
// write, or the call, until the first frame has been read at the new target, or the answer. "owed":
// that without what the mouse's own next frame was late by. "frame": from a frame's write until it
// has been read.
#include <errno.h>
#include <linux/input.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <time.h>
#include <unistd.h>

#include "ends.h"
#include "times.h"

enum { kHostSide, kGuestSide, kSides };
enum { kMostFrames = 1 << 18, kEvents = 256, kSecond = 1000000000 };
enum { kPauseNs = 60000000, kPatienceS = 5, kQuietMs = 300 };

struct Wait {
  int64_t waited, owed;  // ns; 0: no frame came
};

static int mouse, keyboard, line_socket = -1;
static const char* names[kSides] = {"host", NULL};
static sd_bus* bus;

static int period;
static int sinks[kSides];
static int64_t sent[kMostFrames], received[kMostFrames];
static atomic_int said, ended;
static int seen;
// The side where a frame is awaited; kSides: nobody waits.
static atomic_int awaited;
static int64_t appeared;
static sem_t arrived;

static void pause_until(int64_t time) {
  const struct timespec until = {.tv_sec = time / kSecond, .tv_nsec = time % kSecond};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) continue;
}

static void* move_mouse(void* nothing) {
  int64_t due = now();
  while (!atomic_load(&ended) && atomic_load(&said) < kMostFrames - 1) {
    const int number = atomic_fetch_add(&said, 1) + 1;
    const struct input_event frame[] = {
        {.type = EV_REL, .code = REL_X, .value = number},
        {.type = EV_SYN, .code = SYN_REPORT, .value = 0},
    };
    sent[number] = now();
    if (write(mouse, frame, sizeof frame) != (ssize_t)sizeof frame) die("uinput");
    due += period;
    while (due < now()) due += period;  // as an interrupt that came too late: not made up for
    pause_until(due);
  }
  return nothing;
}

static void frame_at(int side, int number, int64_t when) {
  if (number < 1 || number >= kMostFrames || received[number] != 0) return;
  received[number] = when;
  ++seen;
  int expected = side;
  if (!atomic_compare_exchange_strong(&awaited, &expected, kSides)) return;
  appeared = when;
  sem_post(&arrived);
}

static void read_side(int side) {
  struct input_event events[kEvents];
  const ssize_t size = read(sinks[side], events, sizeof events);
  const int64_t when = now();
  if (size < 0 && errno != EAGAIN) die("reading events");
  for (ssize_t i = 0; i < size / (ssize_t)sizeof *events; ++i) {
    if (events[i].type == EV_REL && events[i].code == REL_X) frame_at(side, events[i].value, when);
  }
}

static void* collect(void* nothing) {
  const int poller = epoll_create1(EPOLL_CLOEXEC);
  for (uint32_t side = 0; side < kSides; ++side) {
    struct epoll_event interest = {.events = EPOLLIN, .data = {.u32 = side}};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, sinks[side], &interest) < 0) die("epoll");
  }
  for (;;) {
    struct epoll_event ready[kSides];
    const int count = epoll_wait(poller, ready, kSides, kQuietMs);
    if (count == 0 && atomic_load(&ended)) break;
    for (int i = 0; i < count; ++i) read_side((int)ready[i].data.u32);
  }
  close(poller);
  return nothing;
}

static void key(int side, int value) {
  const struct input_event frame[] = {
      {.type = EV_KEY, .code = side == kHostSide ? KEY_F13 : KEY_F14, .value = value},
      {.type = EV_SYN, .code = SYN_REPORT, .value = 0},
  };
  if (write(keyboard, frame, sizeof frame) != (ssize_t)sizeof frame) die("uinput");
}

static void press(int side) {
  key(side, 1);
}

// One for each line, before the time counts: a connection may say only so much at once.
static void connect_line_socket(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/run/hotseat/usbserver.sock"};
  if (line_socket >= 0) close(line_socket);
  line_socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (line_socket < 0) die("socket");
  if (connect(line_socket, (struct sockaddr*)&address, sizeof address) < 0) die(address.sun_path);
}

static void say_line(const char* line) {
  const size_t length = strlen(line);
  if (write(line_socket, line, length) != (ssize_t)length) die("usbserver.sock");
}

static void say_switch(int side) {
  char line[300];
  snprintf(line, sizeof line, "switch %s\n", names[side]);
  say_line(line);
}

static void expect_answer(int result, const sd_bus_error* error, const char* method) {
  if (result >= 0) return;
  errno = -result;
  die(error->message != NULL ? error->message : method);
}

static void request(int side) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  const int result =
      sd_bus_call_method(bus, "org.hotseat.Hotseat1", "/org/hotseat/Hotseat1",
                         "org.hotseat.Hotseat1", "Switch", &error, NULL, "s", names[side]);
  expect_answer(result, &error, "Switch");
}

static struct Wait wait_since(int64_t asked) {
  const int64_t waited = now() - asked;
  return (struct Wait){waited, waited};
}

static struct Wait line_answered(void) {
  char answer[1024];
  const int64_t asked = now();
  say_line("help\n");
  if (read(line_socket, answer, sizeof answer) <= 0) die("usbserver.sock");
  return wait_since(asked);
}

static struct Wait ping(void) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  const int64_t asked = now();
  const int result = sd_bus_call_method(bus, "org.hotseat.Hotseat1", "/org/hotseat/Hotseat1",
                                        "org.freedesktop.DBus.Peer", "Ping", &error, NULL, NULL);
  expect_answer(result, &error, "Ping");
  return wait_since(asked);
}

// By how much the mouse's next frame came later than it was due: an emulated PC stands still at
// times, and a frame that was not sent cannot arrive.
static int64_t lateness(int next_frame, int64_t asked) {
  const int64_t late = sent[next_frame] - asked - period;
  return late > 0 ? late : 0;
}

static struct Wait switch_to(int side, void (*ask)(int side)) {
  struct timespec limit;
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_sec += kPatienceS;
  const int64_t asked = now();
  const int next_frame = atomic_load(&said) + 1;
  atomic_store(&awaited, side);
  ask(side);
  const int came = sem_timedwait(&arrived, &limit) == 0;
  if (ask == press) key(side, 0);
  if (!came) return (struct Wait){0, 0};
  const int64_t waited = appeared - asked;
  return (struct Wait){waited, waited - lateness(next_frame, asked)};
}

static void tell(const char* name, int64_t* times, int count) {
  sort_times(times, count);
  printf("\"%s\": {\"p50\": %.1f, \"p99\": %.1f, \"max\": %.1f}, ", name,
         percentile(times, count, 0.5), percentile(times, count, 0.99),
         percentile(times, count, 1));
}

static int frame_times(int64_t* times) {
  int count = 0;
  for (int number = 1; number <= said; ++number) {
    if (received[number] != 0) times[count++] = received[number] - sent[number];
  }
  return count;
}

static struct Wait once(const char* way, int number) {
  const int side = number % 2 == 0 ? kGuestSide : kHostSide;
  if (strcmp(way, "ping") == 0) return ping();
  if (strcmp(way, "answer") == 0) return line_answered();
  if (strcmp(way, "line") == 0) return switch_to(side, say_switch);
  return switch_to(side, strcmp(way, "hotkey") == 0 ? press : request);
}

static void run(const char* way, int rate, int count) {
  static int64_t times[kMostFrames], owed[kMostFrames];
  memset(sent, 0, sizeof sent);
  memset(received, 0, sizeof received);
  said = seen = ended = 0;
  awaited = kSides;
  period = kSecond / rate;
  const pthread_t reader = start_thread(collect, NULL), mover = start_thread(move_mouse, NULL);
  int done = 0;
  for (int i = 0; i < count; ++i) {
    if (strcmp(way, "line") == 0 || strcmp(way, "answer") == 0) connect_line_socket();
    // Not in step with the mouse.
    pause_until(now() + kPauseNs + (int64_t)i * period * 7 / 16 % period);
    const struct Wait wait = once(way, i);
    if (wait.waited == 0) continue;
    times[done] = wait.waited;
    owed[done++] = wait.owed;
  }
  ended = 1;
  pthread_join(mover, NULL);
  pthread_join(reader, NULL);
  printf("{\"switches\": %d, \"missed\": %d, ", count, count - done);
  tell("waited", times, done);
  tell("owed", owed, done);
  tell("frame", times, frame_times(times));
  printf("\"frames\": %d, \"lost\": %d}\n", said, said - seen);
  fflush(stdout);
}

static void command(char* line) {
  char way[16], host[256], guest[256];
  int rate = 0, count = 0;
  if (sscanf(line, "%15s %d %d %255s %255s", way, &rate, &count, host, guest) != 5) die(line);
  if (rate < 1 || count < 1 || count > kMostFrames) die(line);
  sinks[kHostSide] = open_sink(host);
  sinks[kGuestSide] = open_sink(guest);
  run(way, rate, count);
  close(sinks[kHostSide]);
  close(sinks[kGuestSide]);
}

static void make_devices(int mice, int keyboards) {
  char name[64];
  for (int i = 0; i < mice; ++i) {
    snprintf(name, sizeof name, "hotseat bench mouse %d", i + 1);
    const int fd = make_mouse(name, (unsigned)i);
    if (i == 0) mouse = fd;
  }
  for (int i = 0; i < keyboards; ++i) {
    snprintf(name, sizeof name, "hotseat bench keyboard %d", i + 1);
    const int fd = make_keyboard(name, (unsigned)(mice + i));
    if (i == 0) keyboard = fd;
  }
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const int mice = atoi(argv[1]), keyboards = atoi(argv[2]);
  if (mice < 1 || keyboards < 1) return 2;
  names[kGuestSide] = argv[3];
  make_devices(mice, keyboards);
  // The name is asked for so that the connection stands: the bus drops one that says nothing at
  // first.
  const char* name = NULL;
  if (sd_bus_open_system(&bus) < 0 || sd_bus_get_unique_name(bus, &name) < 0) die("system bus");
  sem_init(&arrived, 0, 0);
  if (mlockall(MCL_CURRENT | MCL_FUTURE) < 0) die("mlockall");
  come_first();  // a key is an interrupt
  puts("ready");
  fflush(stdout);
  char line[1024];
  while (fgets(line, sizeof line, stdin) != NULL) command(line);
  return 0;
}
