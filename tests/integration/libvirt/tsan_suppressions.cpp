// Read by ThreadSanitizer alone. libvirt is not built with it, so it cannot see the reference
// counts that keep a mutex alive until its last user has let go.
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)

extern "C" const char* __tsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "race:libvirt.so\n";
}
