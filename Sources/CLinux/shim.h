// Calls of Linux that the C library lacks, or declares with a varying number of arguments, which Swift can't pass.
#ifdef __linux__
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// prctl(2)
static inline int linux_prctl(int operation, unsigned long argument) { return prctl(operation, argument, 0ul, 0ul, 0ul); }

// landlock_create_ruleset(2), landlock_add_rule(2), landlock_restrict_self(2). The numbers are the same wherever Swift runs
// (include/uapi/asm-generic/unistd.h), and older headers lack them.
static inline long linux_landlock_create_ruleset(const void *attributes, size_t size, uint32_t flags) {
  return syscall(444, attributes, size, flags);
}
static inline long linux_landlock_add_rule(int ruleset, int type, const void *attributes, uint32_t flags) {
  return syscall(445, ruleset, type, attributes, flags);
}
static inline long linux_landlock_restrict_self(int ruleset, uint32_t flags) { return syscall(446, ruleset, flags); }

// fallocate(2), which the C library may emulate as posix_fallocate(3), and declares for GNU programs only. All systems that
// Swift runs on have words of 64 bits, so that the numbers of bytes are one word each.
static inline long linux_fallocate(int descriptor, long offset, long byteCount) {
  return syscall(SYS_fallocate, descriptor, 0, offset, byteCount);
}

// unshare(2)
static inline long linux_unshare(unsigned long flags) { return syscall(SYS_unshare, flags); }
#endif
