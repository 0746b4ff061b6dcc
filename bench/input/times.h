// What a measurement's times say, in ns.
#ifndef HOTSEAT_BENCH_INPUT_TIMES_H
#define HOTSEAT_BENCH_INPUT_TIMES_H

#include <stdint.h>

void sort_times(int64_t* times, int count);

// The one below which that share of them is, in µs; 0 of none.
double percentile(const int64_t* sorted, int count, double share);

#endif
