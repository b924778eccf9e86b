#define _GNU_SOURCE
#include "forbidden_calls.h"

#ifdef __linux__
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int told(long status) { return status < 0 ? errno : 0; }

int forbidden_fork(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  int code = told(child);
  if (child > 0) waitpid(child, NULL, 0);
  return code;
}

int forbidden_vfork_by_clone(void) {
  long child = syscall(SYS_clone, (unsigned long)SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  int code = told(child);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return code;
}

int forbidden_exec(void) {
  char *arguments[] = {"true", NULL};
  return told(execv("/bin/true", arguments));
}

int forbidden_ptrace(void) { return told(syscall(SYS_ptrace, 16 /* PTRACE_ATTACH */, 1, 0, 0)); }
int forbidden_mount(void) { return told(syscall(SYS_mount, NULL, NULL, NULL, 0, NULL)); }
int forbidden_keyctl(void) { return told(syscall(SYS_keyctl, 0, -3, 0, 0, 0)); }
int forbidden_bpf(void) { return told(syscall(SYS_bpf, 0, NULL, 0)); }
int forbidden_io_uring(void) { return told(syscall(SYS_io_uring_setup, 0, NULL)); }
int forbidden_process_vm(void) { return told(syscall(SYS_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0)); }
int forbidden_typing(void) { return told(ioctl(0, TIOCSTI, "")); }

int refuse_call(int number, int code) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)code),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
int refuse_call(int number, int code) { return -1; }
int forbidden_fork(void) { return 0; }
int forbidden_vfork_by_clone(void) { return 0; }
int forbidden_exec(void) { return 0; }
int forbidden_ptrace(void) { return 0; }
int forbidden_mount(void) { return 0; }
int forbidden_keyctl(void) { return 0; }
int forbidden_bpf(void) { return 0; }
int forbidden_io_uring(void) { return 0; }
int forbidden_process_vm(void) { return 0; }
int forbidden_typing(void) { return 0; }
#endif
