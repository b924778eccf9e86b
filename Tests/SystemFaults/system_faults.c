/// A layer under the system calls of a program, for LD_PRELOAD: the nth call of a kind fails, or does less than it was asked for.
///
///     SYSTEM_FAULT=CALLS:FAULT:N   the Nth call (from 1 on; N+ for all from there on) of this kind meets the fault; N = 0 only counts
///     SYSTEM_CALLS=FILE            a file of 8 bytes in which the calls are counted, over all processes of the run
///
/// CALLS is the name of a group below. FAULT is the number of an errno, `short` (half of what was asked for) or `end` (0 bytes).
/// Of allocations those are counted of a page or more that C libraries make: Swift's runtime ends the process by design when it gets no memory.
///
/// Shared libraries come here too. What libc calls inside itself does not, and neither does what the dynamic linker does.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { none, fails, is_short, is_at_end };

static struct {
  char calls[16];
  enum fault fault;
  int code;
  long number;
  int stays;
  atomic_long *count;
} plan;

/// The function of libc that stands behind the one of this file.
#define NEXT(name)                                                \
  ({                                                              \
    static __typeof__(&name) next;                                \
    if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
    next;                                                         \
  })

__attribute__((constructor)) static void read_plan(void) {
  const char *text = getenv("SYSTEM_FAULT"), *counter = getenv("SYSTEM_CALLS");
  if (!text || !counter) return;
  const char *fault = strchr(text, ':');
  const char *number = fault ? strchr(fault + 1, ':') : NULL;
  if (!number || (size_t)(fault - text) >= sizeof plan.calls) abort();
  fault++;
  plan.fault = !strncmp(fault, "short", 5) ? is_short : !strncmp(fault, "end", 3) ? is_at_end : fails;
  plan.code = atoi(fault);
  plan.number = atol(number + 1);
  plan.stays = text[strlen(text) - 1] == '+';
  int file = NEXT(open)(counter, O_RDWR | O_CLOEXEC);
  void *count = NEXT(mmap)(NULL, sizeof(atomic_long), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (count == MAP_FAILED) abort();
  close(file);
  plan.count = count;
  // From here on calls are counted.
  memcpy(plan.calls, text, fault - 1 - text);
}

/// What this call of a group meets.
static enum fault next_fault(const char *group) {
  if (strcmp(plan.calls, group)) return none;
  long call = atomic_fetch_add(plan.count, 1) + 1;
  if (plan.number == 0 || call < plan.number || (call > plan.number && !plan.stays)) return none;
  if (plan.fault == fails) errno = plan.code;
  return plan.fault;
}

/// A call that has no length: it fails with `failure`, or is made.
#define PLAIN(group, failure, call)                   \
  do {                                                \
    if (next_fault(group) != none) return (failure);  \
    return call;                                      \
  } while (0)

/// A call that moves bytes: `count` is what it is asked for, and `call` moves `length` of them.
#define MOVING(group, count, call)                                 \
  do {                                                             \
    size_t length = (count);                                       \
    switch (next_fault(group)) {                                   \
    case none: break;                                              \
    case fails: return -1;                                         \
    case is_short: length = length > 1 ? length / 2 : length; break; \
    case is_at_end: return 0;                                      \
    }                                                              \
    return call;                                                   \
  } while (0)

ssize_t read(int file, void *bytes, size_t count) { MOVING("read", count, NEXT(read)(file, bytes, length)); }
ssize_t pread(int file, void *bytes, size_t count, off_t at) { MOVING("read", count, NEXT(pread)(file, bytes, length, at)); }
ssize_t pread64(int file, void *bytes, size_t count, off_t at) { return pread(file, bytes, count, at); }
ssize_t readv(int file, const struct iovec *parts, int count) { MOVING("read", count, NEXT(readv)(file, parts, length)); }

ssize_t write(int file, const void *bytes, size_t count) { MOVING("write", count, NEXT(write)(file, bytes, length)); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { MOVING("write", count, NEXT(pwrite)(file, bytes, length, at)); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) { return pwrite(file, bytes, count, at); }
ssize_t writev(int file, const struct iovec *parts, int count) { MOVING("write", count, NEXT(writev)(file, parts, length)); }

int fsync(int file) { PLAIN("sync", -1, NEXT(fsync)(file)); }
int fdatasync(int file) { PLAIN("sync", -1, NEXT(fdatasync)(file)); }
int msync(void *start, size_t length, int flags) { PLAIN("sync", -1, NEXT(msync)(start, length, flags)); }
int ftruncate(int file, off_t length) { PLAIN("sync", -1, NEXT(ftruncate)(file, length)); }
int ftruncate64(int file, off_t length) { return ftruncate(file, length); }
int fchmod(int file, mode_t mode) { PLAIN("sync", -1, NEXT(fchmod)(file, mode)); }

int rename(const char *from, const char *to) { PLAIN("name", -1, NEXT(rename)(from, to)); }
int renameat(int a, const char *from, int b, const char *to) { PLAIN("name", -1, NEXT(renameat)(a, from, b, to)); }
int linkat(int a, const char *from, int b, const char *to, int flags) { PLAIN("name", -1, NEXT(linkat)(a, from, b, to, flags)); }
int mkdir(const char *path, mode_t mode) { PLAIN("name", -1, NEXT(mkdir)(path, mode)); }

/// The third argument of open(2), which is there only where a file may be made.
#define MODE(flags, last)                                   \
  ({                                                        \
    mode_t mode = 0;                                        \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                \
      va_list rest;                                         \
      va_start(rest, last);                                 \
      mode = va_arg(rest, mode_t);                          \
      va_end(rest);                                         \
    }                                                       \
    mode;                                                   \
  })

int open(const char *path, int flags, ...) {
  mode_t mode = MODE(flags, flags);
  PLAIN("open", -1, NEXT(open)(path, flags, mode));
}
int open64(const char *path, int flags, ...) {
  mode_t mode = MODE(flags, flags);
  PLAIN("open", -1, NEXT(open64)(path, flags, mode));
}
int openat(int directory, const char *path, int flags, ...) {
  mode_t mode = MODE(flags, flags);
  PLAIN("open", -1, NEXT(openat)(directory, path, flags, mode));
}
int dup(int file) { PLAIN("open", -1, NEXT(dup)(file)); }
DIR *opendir(const char *path) { PLAIN("open", NULL, NEXT(opendir)(path)); }
struct dirent *readdir(DIR *directory) { PLAIN("list", NULL, NEXT(readdir)(directory)); }

int fstat(int file, struct stat *status) { PLAIN("stat", -1, NEXT(fstat)(file, status)); }
int stat(const char *path, struct stat *status) { PLAIN("stat", -1, NEXT(stat)(path, status)); }
int lstat(const char *path, struct stat *status) { PLAIN("stat", -1, NEXT(lstat)(path, status)); }
int fstatat(int directory, const char *path, struct stat *status, int flags) {
  PLAIN("stat", -1, NEXT(fstatat)(directory, path, status, flags));
}
off_t lseek(int file, off_t offset, int whence) { PLAIN("seek", -1, NEXT(lseek)(file, offset, whence)); }

void *mmap(void *start, size_t length, int protection, int flags, int file, off_t offset) {
  PLAIN("map", MAP_FAILED, NEXT(mmap)(start, length, protection, flags, file, offset));
}
int mlock(const void *start, size_t length) { PLAIN("lock", -1, NEXT(mlock)(start, length)); }

ssize_t getrandom(void *bytes, size_t count, unsigned flags) { MOVING("random", count, NEXT(getrandom)(bytes, length, flags)); }
long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long values[6];
  for (int index = 0; index < 6; index++) values[index] = va_arg(rest, long);
  va_end(rest);
  // Swift's runtime asks for random numbers this way.
  if (number == SYS_getrandom) return getrandom((void *)values[0], values[1], values[2]);
  return NEXT(syscall)(number, values[0], values[1], values[2], values[3], values[4], values[5]);
}
int getentropy(void *bytes, size_t count) { PLAIN("random", -1, NEXT(getentropy)(bytes, count)); }

/// Functions whose answer is an errno.
#define CODED(group, call)                                 \
  do {                                                     \
    return next_fault(group) != none ? plan.code : (call); \
  } while (0)

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  CODED("thread", NEXT(pthread_create)(thread, attributes, body, argument));
}
int posix_spawn(pid_t *child, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                char *const arguments[], char *const environment[]) {
  CODED("child", NEXT(posix_spawn)(child, path, actions, attributes, arguments, environment));
}

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

/// Whether the allocation of `size` bytes that returns to `caller` fails: one of a C library, of a page or more.
static int lacks_memory(void *caller, size_t size) {
  if (size < 4096 || strcmp(plan.calls, "memory")) return 0;
  static _Thread_local int is_asking;
  if (is_asking) return 0;
  is_asking = 1;
  Dl_info place;
  int counts = 0;
  if (dladdr(caller, &place) && place.dli_fname) {
    static const char *const libraries[] = {"libarchive", "libcrypto", "libsodium", "liblzma", "liblmdb", "libz.",
                                            "libzstd",    "liblz4",    "libbz2"};
    for (size_t index = 0; index < sizeof libraries / sizeof *libraries; index++)
      counts |= strstr(place.dli_fname, libraries[index]) != NULL;
  }
  is_asking = 0;
  return counts && next_fault("memory") != none;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) { return lacks_memory(CALLER, size) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return lacks_memory(CALLER, count * size) ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return lacks_memory(CALLER, size) ? NULL : __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) {
  return lacks_memory(CALLER, size) ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void **start, size_t alignment, size_t size) {
  void *memory = lacks_memory(CALLER, size) ? NULL : __libc_memalign(alignment, size);
  if (!memory) return ENOMEM;
  *start = memory;
  return 0;
}
