#ifndef CBUILDINFORMATION_H
#define CBUILDINFORMATION_H

/* What the program was built from. The words come from the environment of the build, through Package.swift; they stand
   in a C file of their own, so that another commit compiles that file again and nothing else. */

/* The commit, in hexadecimal; empty where the build was not told. */
const char *build_commit(void);

/* The day of that commit in UTC, such as 2026-11-30; empty where the build was not told. */
const char *build_date(void);

#endif
