// The least that forwarding can cost with a thread for each device: a read that blocks, and a
// write.
//
// usage: hotseat-bench-floor-blocking [--fifo] NODE...
#include <errno.h>
#include <pthread.h>

#include "forward.h"

static void* serve(void* pair) {
  for (;;) forward(pair);
  return NULL;
}

int main(int argc, char** argv) {
  static struct Pair pairs[kMostSources];
  const int count = set_up(argc, argv, pairs);
  for (int i = 1; i < count; ++i) {
    pthread_t thread;
    errno = pthread_create(&thread, NULL, serve, &pairs[i]);
    if (errno != 0) die("thread");
  }
  serve(&pairs[0]);
  return 0;
}
