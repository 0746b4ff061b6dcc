// The system calls of each frame, without libc: its own are cancellation points in a program with
// threads, two atomic operations around every call, a fifth of what a frame takes, and nobody
// cancels that thread; its syscall() is one page of code more, and the table of symbols one of data
// (router_thread.h says why pages count). Each returns what the kernel does: -errno when it fails.
#pragma once

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <span>

namespace hotseat::adapters::evdev {

#if defined(__x86_64__)

// System V ABI for AMD64, A.2.1: the number and the result in rax, arguments in rdi, rsi, rdx and
// r10; rcx and r11 are lost.
inline long call_directly(long number, int fd, const void* buffer, std::size_t size,
                          long fourth = 0) {
  register long in_r10 asm("r10") = fourth;
  long result = number;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(static_cast<long>(fd)), "S"(buffer), "d"(size), "r"(in_r10)
               : "rcx", "r11", "memory");
  return result;
}

inline long read_directly(int fd, void* buffer, std::size_t size) {
  return call_directly(SYS_read, fd, buffer, size);
}

inline long write_directly(int fd, const void* buffer, std::size_t size) {
  return call_directly(SYS_write, fd, buffer, size);
}

inline long wait_directly(int epoll, std::span<epoll_event> events, int milliseconds) {
  return call_directly(SYS_epoll_wait, epoll, events.data(), events.size(), milliseconds);
}

#else

inline long read_directly(int fd, void* buffer, std::size_t size) {
  const ssize_t result = ::read(fd, buffer, size);
  return result < 0 ? -errno : result;
}

inline long write_directly(int fd, const void* buffer, std::size_t size) {
  const ssize_t result = ::write(fd, buffer, size);
  return result < 0 ? -errno : result;
}

inline long wait_directly(int epoll, std::span<epoll_event> events, int milliseconds) {
  const int result =
      ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), milliseconds);
  return result < 0 ? -errno : result;
}

#endif

}  // namespace hotseat::adapters::evdev
