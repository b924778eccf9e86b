#include "CBuildInformation.h"

const char *build_commit(void) { return ATREST_COMMIT; }

const char *build_date(void) { return ATREST_DATE; }
