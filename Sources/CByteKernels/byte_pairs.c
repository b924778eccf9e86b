#include "CByteKernels.h"

// How the bytes are held against a table is that of Hyperscan's "Teddy": a byte is looked up by its low and by its high
// half, each of which tells a set of groups; groups that both halves of both bytes of a pair tell are met.

#if defined(__x86_64__)
#include <immintrin.h>

bool byte_kernels_have_pair_search(void) { return __builtin_cpu_supports("avx2"); }

__attribute__((target("avx2")))
static inline __m256i groups(__m256i bytes, __m256i low, __m256i high) {
  const __m256i half = _mm256_set1_epi8(0x0F);
  return _mm256_and_si256(
      _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
      _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
}

__attribute__((target("avx2")))
static inline __m256i twice(const uint8_t *half) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)half));
}

__attribute__((target("avx2")))
static inline __m128i short_groups(__m128i bytes, __m256i low, __m256i high) {
  const __m128i half = _mm_set1_epi8(0x0F);
  return _mm_and_si128(
      _mm_shuffle_epi8(_mm256_castsi256_si128(low), _mm_and_si128(bytes, half)),
      _mm_shuffle_epi8(_mm256_castsi256_si128(high), _mm_and_si128(_mm_srli_epi16(bytes, 4), half)));
}

__attribute__((target("avx2")))
size_t byte_kernels_find_pair(const struct byte_pair_table *table, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  const __m256i first_low = twice(table->first_low), first_high = twice(table->first_high);
  const __m256i second_low = twice(table->second_low), second_high = twice(table->second_high);
  const __m256i zero = _mm256_setzero_si256();
  size_t offset = 0;
  // The last vector overlaps the one before, in which nothing was met.
  for (; count >= 32 && offset < count; offset += 32) {
    if (offset > count - 32) offset = count - 32;
    __m256i first = _mm256_loadu_si256((const __m256i *)(next + offset));
    __m256i second = _mm256_loadu_si256((const __m256i *)(next + offset + 1));
    __m256i met = _mm256_and_si256(groups(first, first_low, first_high), groups(second, second_low, second_high));
    uint32_t missed = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(met, zero));
    if (missed != UINT32_MAX) return offset + (size_t)__builtin_ctz(~missed);
  }
  for (; count >= 16 && offset < count; offset += 16) {
    if (offset > count - 16) offset = count - 16;
    __m128i first = _mm_loadu_si128((const __m128i *)(next + offset));
    __m128i second = _mm_loadu_si128((const __m128i *)(next + offset + 1));
    __m128i met =
        _mm_and_si128(short_groups(first, first_low, first_high), short_groups(second, second_low, second_high));
    uint32_t missed = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(met, _mm256_castsi256_si128(zero)));
    if (missed != UINT16_MAX) return offset + (size_t)__builtin_ctz(~missed);
  }
  for (; offset < count; ++offset) {
    uint8_t first = next[offset], second = next[offset + 1];
    if (table->first_low[first & 15] & table->first_high[first >> 4] & table->second_low[second & 15] &
        table->second_high[second >> 4])
      return offset;
  }
  return count;
}

#elif defined(__aarch64__)
#include <arm_neon.h>

// Every processor of the architecture has NEON.
bool byte_kernels_have_pair_search(void) { return true; }

static inline uint8x16_t groups(uint8x16_t bytes, uint8x16_t low, uint8x16_t high) {
  return vandq_u8(vqtbl1q_u8(low, vandq_u8(bytes, vdupq_n_u8(0x0F))), vqtbl1q_u8(high, vshrq_n_u8(bytes, 4)));
}

size_t byte_kernels_find_pair(const struct byte_pair_table *table, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  const uint8x16_t first_low = vld1q_u8(table->first_low), first_high = vld1q_u8(table->first_high);
  const uint8x16_t second_low = vld1q_u8(table->second_low), second_high = vld1q_u8(table->second_high);
  size_t offset = 0;
  // The last vector overlaps the one before, in which nothing was met.
  for (; count >= 16 && offset < count; offset += 16) {
    if (offset > count - 16) offset = count - 16;
    uint8x16_t met = vandq_u8(
        groups(vld1q_u8(next + offset), first_low, first_high),
        groups(vld1q_u8(next + offset + 1), second_low, second_high));
    if (vmaxvq_u8(met) != 0) break;
  }
  for (; offset < count; ++offset) {
    uint8_t first = next[offset], second = next[offset + 1];
    if (table->first_low[first & 15] & table->first_high[first >> 4] & table->second_low[second & 15] &
        table->second_high[second >> 4])
      return offset;
  }
  return count;
}

#else

bool byte_kernels_have_pair_search(void) { return false; }

size_t byte_kernels_find_pair(const struct byte_pair_table *table, const void *bytes, size_t count) { return count; }

#endif
