#include "times.h"

#include <stdlib.h>

static int ascending(const void* a, const void* b) {
  const int64_t left = *(const int64_t*)a, right = *(const int64_t*)b;
  return (left > right) - (left < right);
}

void sort_times(int64_t* times, int count) {
  qsort(times, (size_t)count, sizeof *times, ascending);
}

double percentile(const int64_t* sorted, int count, double share) {
  if (count == 0) return 0;
  const int at = (int)(share * count);
  return (double)sorted[at < count ? at : count - 1] / 1000;
}
