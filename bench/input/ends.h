// The ends of a measurement: virtual devices that send, nodes where it is received, and the threads
// that do both.
#ifndef HOTSEAT_BENCH_INPUT_ENDS_H
#define HOTSEAT_BENCH_INPUT_ENDS_H

#include <pthread.h>
#include <stdint.h>

// ns of CLOCK_MONOTONIC.
int64_t now(void);
void die(const char* what);

// Their uinput descriptors. A mouse has three axes, five buttons and a wheel of high resolution.
int make_mouse(const char* name, unsigned number);
int make_keyboard(const char* name, unsigned number);

// Nobody else gets what is read from it: the kernel's own handlers (/dev/input/mice) would take
// part.
int open_sink(const char* node);

// Above every forwarder and on one CPU, as an interrupt that is routed there is: what the ends wait
// for a CPU is no part of what is measured, and where they leave room for a forwarder does not
// change from run to run.
pthread_t start_thread(void* (*body)(void*), void* argument);

// The same for the thread that calls.
void come_first(void);

#endif
