/* SPDX-License-Identifier: Apache-2.0 */
/* Filling gridgov_error from the catalogue, and the two macros for passing errors on. */
#ifndef GG_ERROR_H
#define GG_ERROR_H

#include "rules.h"

#include <gridgov/base.h>

#include <assert.h>

/* Fill *err (may be NULL) from a rule of the catalogue and return the rule's status. {field} and
 * {value} of the template are field and value; {0} and {1} are more0 and more1. All text may be
 * NULL. Row, column and source are cleared. */
gridgov_status gg_fail(gridgov_error *err, int32_t rule, const char *field, const char *value,
                       size_t value_size, const char *more0, const char *more1);
/* The same with a number as value. */
gridgov_status gg_fail_number(gridgov_error *err, int32_t rule, const char *field, int64_t value,
                              const char *more0, const char *more1);
/* Short forms: caller's mistake (value names the parameter), no memory. */
gridgov_status gg_fail_arg(gridgov_error *err, const char *parameter);
gridgov_status gg_fail_state(gridgov_error *err, const char *what);
gridgov_status gg_fail_memory(gridgov_error *err);
/* Add a position or source where there is none yet: the deepest message wins. err may be NULL. */
void gg_error_at(gridgov_error *err, const char *source, int64_t row, int32_t column);

/* Forward a failure: if (expr) is below zero, return it. */
#define GG_TRY(expr)                                                                               \
    do {                                                                                           \
        gridgov_status gg_try_status_ = (expr);                                                    \
        if (gg_try_status_ < 0) {                                                                  \
            return gg_try_status_;                                                                 \
        }                                                                                          \
    } while (0)

/* A branch that cannot happen: stops a debug build, is handled in a release build. */
#ifdef NDEBUG
#define GG_NEVER(x) (x)
#else
#define GG_NEVER(x) (assert(!(x)), 0)
#endif

/* Copy a view or options struct whose first member is uint32_t struct_size, set by the caller:
 * writes min(out->struct_size, full_size) bytes and keeps out->struct_size. 0, or -1 if out is NULL
 * or its size is below 8. */
int gg_view_copy(void *out, const void *full, size_t full_size);
/* Defaults into options of struct_size bytes, which may be older or newer than ours: writes
 * min(struct_size, full_size) bytes of full, zeros behind them, and struct_size in front. Does
 * nothing if out is NULL or struct_size below 8. */
void gg_options_write(void *out, size_t struct_size, const void *full, size_t full_size);
/* Read options that may be older or newer than ours: defaults (full_size bytes) is overwritten with
 * the first min(given->struct_size, full_size) bytes of given; NULL keeps the defaults. 0, or -1 if
 * struct_size is below 8. */
int gg_options_read(void *defaults, size_t full_size, const void *given);

#endif
