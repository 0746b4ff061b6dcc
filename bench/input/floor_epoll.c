// The least that forwarding can cost with one thread for all devices: epoll, a read and a write.
//
// usage: hotseat-bench-floor-epoll [--fifo] NODE...
#include <errno.h>
#include <sys/epoll.h>

#include "forward.h"

int main(int argc, char** argv) {
  static struct Pair pairs[kMostSources];
  const int count = set_up(argc, argv, pairs);
  const int poller = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < count; ++i) {
    struct epoll_event interest = {.events = EPOLLIN, .data = {.ptr = &pairs[i]}};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, pairs[i].source, &interest) < 0) die("epoll");
  }
  for (;;) {
    struct epoll_event ready[kMostSources];
    const int found = epoll_wait(poller, ready, kMostSources, -1);
    if (found < 0 && errno != EINTR) die("epoll");
    for (int i = 0; i < found; ++i) forward(ready[i].data.ptr);
  }
}
