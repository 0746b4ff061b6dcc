#include "adapters/libvirt/worker_thread.h"

#include <csignal>
#include <system_error>
#include <utility>

namespace hotseat::adapters::libvirt {
namespace {

// libvirt's client keeps its messages on the heap; name look-ups of remote URIs are what goes
// deepest. The default of 8 MiB would count in full if the daemon locked its memory.
constexpr std::size_t kStack = 512U << 10U;

}  // namespace

WorkerThread::WorkerThread(const char* name, std::function<void()> body) : body_(std::move(body)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStack);
  // The thread inherits the mask. Signals are the main loop's; and libvirt's client writes to a
  // socket whose peer has gone without guarding against SIGPIPE.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int error = pthread_create(&thread_, &attributes, run, this);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category(), "start a thread");
  pthread_setname_np(thread_, name);
}

WorkerThread::~WorkerThread() {
  pthread_join(thread_, nullptr);
}

void* WorkerThread::run(void* self) {
  static_cast<WorkerThread*>(self)->body_();
  return nullptr;
}

}  // namespace hotseat::adapters::libvirt
