// A queue from one thread to one other that neither ever waits on.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>

namespace hotseat::adapters::evdev {

// T is copied. One thread pushes, one pops.
template <typename T, std::size_t Capacity>
class Ring {
 public:
  // False, and nothing done, when it is full.
  bool push(const T& item) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == Capacity) return false;
    items_[tail % Capacity] = item;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  // For the thread that pushes: no more than this are in it.
  std::size_t size() const {
    return tail_.load(std::memory_order_relaxed) - head_.load(std::memory_order_acquire);
  }

  std::optional<T> pop() {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return std::nullopt;
    T item = items_[head % Capacity];
    head_.store(head + 1, std::memory_order_release);
    return item;
  }

 private:
  std::array<T, Capacity> items_{};
  std::atomic<std::size_t> head_{0};
  std::atomic<std::size_t> tail_{0};
};

}  // namespace hotseat::adapters::evdev
