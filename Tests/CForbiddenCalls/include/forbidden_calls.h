// System calls that a confined process must be refused, each with arguments that do no harm where it is not.
// Each answers 0 or the error number.
int forbidden_fork(void);
int forbidden_vfork_by_clone(void);
int forbidden_exec(void);
int forbidden_ptrace(void);
int forbidden_mount(void);
int forbidden_keyctl(void);
int forbidden_bpf(void);
int forbidden_io_uring(void);
int forbidden_process_vm(void);
int forbidden_typing(void);

// Has the system call `number` answered with the error `code` in this process and its children. Answers 0 or -1.
int refuse_call(int number, int code);
