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

#endif
