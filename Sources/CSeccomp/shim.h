#include <seccomp.h>

// The actions are macros with arguments, which Swift does not see.
static inline uint32_t seccomp_action_errno(uint16_t code) { return SCMP_ACT_ERRNO(code); }
static inline uint32_t seccomp_action_allow(void) { return SCMP_ACT_ALLOW; }
