/* The data of ICU, without any: Foundation brings 30 MB of locales, collations and break rules, and nothing in atrest
   asks for a locale. ICU answers U_MISSING_RESOURCE_ERROR to whoever does.

   The layout is that of ICU's own stub (icu4c/source/stubdata/stubdata.cpp): the header of a table of contents, "ToCP",
   with no entries. ICU_DATA is the symbol, which has ICU's version in its name, as the linker wraps it. */
#include <stdint.h>

struct header {
  uint16_t header_size;
  uint8_t magic[2];
  uint16_t info_size;
  uint16_t reserved;
  uint8_t is_big_endian;
  uint8_t charset_family;
  uint8_t character_size;
  uint8_t reserved_byte;
  uint8_t format[4];
  uint8_t format_version[4];
  uint8_t data_version[4];
  uint8_t padding[8];
  uint32_t entry_count;
  uint32_t reserved_word;
};

_Alignas(16) const struct header ICU_DATA = {
    .header_size = 32,
    .magic = {0xDA, 0x27},
    .info_size = 20,
    .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
    .character_size = 2,
    .format = {'T', 'o', 'C', 'P'},
    .format_version = {1},
};
