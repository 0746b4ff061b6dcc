// What both floors need before they can forward: a source that is grabbed, and its clone.
#ifndef HOTSEAT_BENCH_INPUT_FORWARD_H
#define HOTSEAT_BENCH_INPUT_FORWARD_H

#include <linux/input.h>

enum {
  kMostSources = 32,
  kQueue = 64 * 8
};  // more events than a mouse's queue in the kernel holds

struct Pair {
  int source;
  int clone;
};

void die(const char* what);

// Takes the arguments: [--fifo] NODE... Opens and grabs the nodes, makes their clones; with --fifo
// gives the process the priority that hotseatd's input thread has. Returns how many there are.
int set_up(int argc, char** argv, struct Pair* pairs);

// Reads all that is queued and writes it in one go. Blocks when there is nothing.
void forward(const struct Pair* pair);

#endif
