#ifndef C_PROCESS_H
#define C_PROCESS_H

#include <sys/types.h>

/// Starts the program at the path arguments[0] with these standard streams, and answers its process id, or -1.
///
/// By fork, which Swift does not offer: in a child made by posix_spawn, ru_maxrss would begin with all the memory of
/// the process that measures, in a forked one with the little that fork copies.
pid_t start_process(char *const arguments[], int input, int output, int errors);

#endif
