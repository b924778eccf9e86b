#include "CByteKernels.h"

#include <string.h>

// The compiler builds for the least processor of the architecture; that this one has the instruction is asked when the
// program runs. Each function that uses it is compiled for a processor that has it.

#if defined(__x86_64__)
#include <nmmintrin.h>

bool byte_kernels_have_crc32c(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2")))
uint32_t byte_kernels_crc32c(uint32_t state, const void *bytes, size_t count) {
  const unsigned char *next = bytes;
  uint64_t crc = state;
  for (; count >= 8; next += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, next, sizeof word);
    crc = _mm_crc32_u64(crc, word);
  }
  for (; count > 0; ++next, --count) crc = _mm_crc32_u8((uint32_t)crc, *next);
  return (uint32_t)crc;
}

#elif defined(__aarch64__) && defined(__linux__)
#include <arm_acle.h>
#include <sys/auxv.h>

// HWCAP_CRC32 of Linux' asm/hwcap.h.
bool byte_kernels_have_crc32c(void) { return getauxval(AT_HWCAP) & (1 << 7); }

__attribute__((target("crc")))
uint32_t byte_kernels_crc32c(uint32_t state, const void *bytes, size_t count) {
  const unsigned char *next = bytes;
  for (; count >= 8; next += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, next, sizeof word);
    state = __crc32cd(state, word);
  }
  for (; count > 0; ++next, --count) state = __crc32cb(state, *next);
  return state;
}

#else

bool byte_kernels_have_crc32c(void) { return false; }

uint32_t byte_kernels_crc32c(uint32_t state, const void *bytes, size_t count) { return state; }

#endif
