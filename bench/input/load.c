// Sends numbered frames through virtual mice, receives them where they come out, and tells how long
// they took. Both ends in one program: one clock, and no third process between them.
//
// usage: hotseat-bench-load NAME...      the mice to make, "hotseat bench 1" and so on
//
// Says "ready" when the mice are there. Then reads commands, a line each:
//   run FIRST RATE FRAMES NODE...
// sends FRAMES frames, RATE a second, from the mouse number FIRST (from 0) and from as many of its
// successors as there are nodes, and receives those of each at its evdev node. Answers with a line
// of JSON; times are in µs.
#include "load.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "ends.h"
#include "times.h"

enum { kMostMice = 256, kMostFrames = 100000 };

static int mice[kMostMice];
static int mouse_count;

// Of those that arrived, in order. They take the place of the times of arrival.
static int64_t* latencies(struct Run* run) {
  int count = 0;
  for (int i = 0; i < run->devices * run->frames; ++i) {
    if (run->received[i] != 0) run->received[count++] = run->received[i] - run->sent[i];
  }
  sort_times(run->received, count);
  return run->received;
}

// What the source really managed.
static double achieved_rate(const struct Run* run) {
  return (run->frames - 1) * 1e9 / (double)(run->sent[run->frames - 1] - run->sent[0]);
}

static void tell(struct Run* run) {
  const int sent = run->devices * run->frames, arrived = run->arrived;
  const double rate = achieved_rate(run);
  const int64_t* sorted = latencies(run);
  printf("{\"sent\": %d, \"received\": %d, \"lost\": %d, \"doubled\": %d, \"disordered\": %d, ",
         sent, arrived, sent - arrived, run->doubled, run->disordered);
  printf("\"stale\": %d, \"dropped\": %d, \"skipped\": %d, \"rate\": %.1f, ", run->stale,
         run->dropped, run->skipped, rate);
  printf("\"p50\": %.1f, \"p99\": %.1f, \"p999\": %.1f, \"max\": %.1f}\n",
         percentile(sorted, arrived, 0.5), percentile(sorted, arrived, 0.99),
         percentile(sorted, arrived, 0.999), percentile(sorted, arrived, 1));
  fflush(stdout);
}

static void execute(struct Run* run) {
  const size_t cells = (size_t)run->devices * (size_t)run->frames;
  run->sent = calloc(cells, sizeof *run->sent);
  run->received = calloc(cells, sizeof *run->received);
  if (run->sent == NULL || run->received == NULL) die("memory");
  const pthread_t receiver = start_thread(receive_frames, run),
                  sender = start_thread(send_frames, run);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  tell(run);
  for (int i = 0; i < run->devices; ++i) close(run->sinks[i]);
  free(run->sent);
  free(run->received);
}

static void command(char* line) {
  static int32_t next_number = 1;
  struct Run run = {.first = next_number};
  int first = 0, used = 0;
  if (sscanf(line, "run %d %d %d%n", &first, &run.rate, &run.frames, &used) != 3) die(line);
  if (run.rate < 1 || run.frames < 2 || run.frames > kMostFrames) die(line);
  char* rest = line + used;
  for (char* node; run.devices < kMostDevices && (node = strtok(rest, " \n")); rest = NULL) {
    if (first < 0 || first + run.devices >= mouse_count) die(line);
    run.sources[run.devices] = mice[first + run.devices];
    run.sinks[run.devices++] = open_sink(node);
  }
  if (run.devices == 0) die(line);
  next_number += run.frames;
  execute(&run);
}

int main(int argc, char** argv) {
  if (argc < 2 || argc - 1 > kMostMice) return 2;
  while (mouse_count < argc - 1) {
    mice[mouse_count] = make_mouse(argv[mouse_count + 1], (unsigned)mouse_count);
    ++mouse_count;
  }
  // No page of it is missing when it matters.
  if (mlockall(MCL_CURRENT | MCL_FUTURE) < 0) die("mlockall");
  puts("ready");
  fflush(stdout);
  char line[4096];
  while (fgets(line, sizeof line, stdin) != NULL) command(line);
  return 0;
}
