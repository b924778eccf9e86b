#ifndef FAILING_WRITES_H
#define FAILING_WRITES_H

/// What is on the disk after a call that failed.
enum failing_writes_kind {
  /// Nothing of it.
  failing_writes_nothing,
  /// Half of it, which the call says, as on a disk that became full.
  failing_writes_half,
  /// All of it, although the call says otherwise.
  failing_writes_all,
};

/// From now on, calls of this thread that write to a file, have it written to the disk, or change its length are counted from 0.
/// Call `number` fails with `code` as errno, and all after it too if `stays` is not 0.
///
/// Calls of libc that shared libraries make come here too: the executable of the tests has its functions before libc. Only on
/// Linux.
void failing_writes_begin(long number, int code, enum failing_writes_kind kind, int stays);

/// Calls succeed again. Answers how many there were since they began to be counted.
long failing_writes_end(void);

#endif
