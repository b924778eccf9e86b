/* libarchive without the format xar: it alone needs libxml2, which needs ICU. atrest names the format that libarchive
   is to read, and that is never xar; but the function by which it does so (archive_read_set_format) has them all in its
   switch. The linker is told to wrap it. */
#include <archive.h>

int __wrap_archive_read_support_format_xar(struct archive *archive) {
  (void)archive;
  return ARCHIVE_FATAL;
}
