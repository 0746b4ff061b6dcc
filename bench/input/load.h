// What the two ends of a measurement share: the mice that send, and when each of their frames was
// sent and received.
#ifndef HOTSEAT_BENCH_INPUT_LOAD_H
#define HOTSEAT_BENCH_INPUT_LOAD_H

#include <stdatomic.h>
#include <stdint.h>

enum { kMostDevices = 32 };

// Frames carry their number, first + 0 … first + frames - 1 on each device, as the value of REL_X.
// It never repeats while the program runs: what is left over from an earlier run is known by it.
struct Run {
  int devices;
  int frames;  // for each device
  int rate;    // frames a second for each device
  int32_t first;
  int sources[kMostDevices];  // uinput
  int sinks[kMostDevices];    // evdev, of what the frames should come out of
  int64_t* sent;              // [device * frames + number], ns of CLOCK_MONOTONIC; 0: not
  int64_t* received;
  atomic_int all_sent;
  int skipped;  // the source came too late for so many of its ticks
  int arrived;  // different frames
  int doubled;
  int disordered;
  int stale;    // frames of earlier runs
  int dropped;  // SYN_DROPPED: the kernel had no room for what the sink had not read
};

void* send_frames(void* run);
void* receive_frames(void* run);

#endif
