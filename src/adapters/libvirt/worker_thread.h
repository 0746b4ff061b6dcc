// A named thread with a small stack and all signals blocked.
#pragma once

#include <pthread.h>

#include <functional>

namespace hotseat::adapters::libvirt {

// Joined by the destructor, which must not run on the thread itself.
class WorkerThread {
 public:
  // `name` has at most 15 characters (pthread_setname_np(3)). Throws std::system_error.
  WorkerThread(const char* name, std::function<void()> body);
  ~WorkerThread();
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;

 private:
  static void* run(void* self);

  std::function<void()> body_;
  pthread_t thread_{};
};

}  // namespace hotseat::adapters::libvirt
