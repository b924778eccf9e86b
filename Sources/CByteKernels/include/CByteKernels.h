#ifndef CBYTEKERNELS_H
#define CBYTEKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has an instruction for CRC-32C.
bool byte_kernels_have_crc32c(void);

/// What `count` bytes do to `state`, the inverted CRC-32C of those before them. Only where
/// `byte_kernels_have_crc32c` says so.
uint32_t byte_kernels_crc32c(uint32_t state, const void *bytes, size_t count);

/// Pairs of bytes in up to eight groups, one bit for each. A pair belongs to a group when all four halves of its bytes do.
struct byte_pair_table {
  uint8_t first_low[16];
  uint8_t first_high[16];
  uint8_t second_low[16];
  uint8_t second_high[16];
};

/// Whether this processor searches for pairs in vectors.
bool byte_kernels_have_pair_search(void);

/// The first of `count` offsets at which a byte and the next one are a pair of a group of `table`; `count` when there is
/// none. One byte more than `count` is read. Only where `byte_kernels_have_pair_search` says so.
size_t byte_kernels_find_pair(const struct byte_pair_table *table, const void *bytes, size_t count);

/// Asks the processor to have the bytes at `address` at hand soon. Reads nothing.
static inline void byte_kernels_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
