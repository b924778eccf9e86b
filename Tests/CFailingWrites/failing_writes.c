#define _GNU_SOURCE
#include "failing_writes.h"

#include <dlfcn.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static _Thread_local struct {
  int counts;
  long calls;
  long number;
  int code;
  enum failing_writes_kind kind;
  int stays;
} plan;

void failing_writes_begin(long number, int code, enum failing_writes_kind kind, int stays) {
  plan.calls = 0;
  plan.number = number;
  plan.code = code;
  plan.kind = kind;
  plan.stays = stays;
  plan.counts = 1;
}

long failing_writes_end(void) {
  plan.counts = 0;
  return plan.calls;
}

#ifdef __linux__

/// Whether the call that is being made fails.
static int fails(void) {
  if (!plan.counts) return 0;
  long call = plan.calls++;
  return plan.stays ? call >= plan.number : call == plan.number;
}

/// The function of libc that stands behind the one of this file. Looked up once: to do it twice at once does no harm.
#define NEXT(name)                                              \
  ({                                                            \
    static __typeof__(&name) next;                              \
    if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
    next;                                                       \
  })

/// What a call that writes answers when it fails: `length` bytes were to be written, and WRITE writes so many of them.
#define REFUSE(length, WRITE)                                                     \
  do {                                                                            \
    if (plan.kind == failing_writes_half && (length) > 1) return WRITE((length) / 2); \
    if (plan.kind == failing_writes_all) (void)WRITE(length);                     \
    errno = plan.code;                                                            \
    return -1;                                                                    \
  } while (0)

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
#define WRITE(count) NEXT(pwrite)(file, bytes, count, offset)
  if (fails()) REFUSE(length, WRITE);
  return WRITE(length);
#undef WRITE
}

ssize_t write(int file, const void *bytes, size_t length) {
#define WRITE(count) NEXT(write)(file, bytes, count)
  if (fails()) REFUSE(length, WRITE);
  return WRITE(length);
#undef WRITE
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  if (fails()) {
    // Half of the parts, or half of the one there is.
    if (plan.kind == failing_writes_half) {
      if (count > 1) return NEXT(writev)(file, parts, count / 2);
      return NEXT(write)(file, parts[0].iov_base, parts[0].iov_len / 2);
    }
    if (plan.kind == failing_writes_all) (void)NEXT(writev)(file, parts, count);
    errno = plan.code;
    return -1;
  }
  return NEXT(writev)(file, parts, count);
}

/// What a call fails with that has nothing to write.
#define REFUSE_PLAINLY()   \
  do {                     \
    if (fails()) {         \
      errno = plan.code;   \
      return -1;           \
    }                      \
  } while (0)

int fdatasync(int file) {
  REFUSE_PLAINLY();
  return NEXT(fdatasync)(file);
}

int fsync(int file) {
  REFUSE_PLAINLY();
  return NEXT(fsync)(file);
}

int ftruncate(int file, off_t length) {
  REFUSE_PLAINLY();
  return NEXT(ftruncate)(file, length);
}

#endif
