#include "CProcess.h"

#include <unistd.h>

pid_t start_process(char *const arguments[], int input, int output, int errors) {
  pid_t child = fork();
  if (child != 0) return child;
  // Only what may be called after a fork in a process with several threads.
  if (dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0) execv(arguments[0], arguments);
  _exit(127);
}
