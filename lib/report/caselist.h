/* SPDX-License-Identifier: Apache-2.0 */
/* What the two forms of a list of cases share. */
#ifndef GG_CASELIST_H
#define GG_CASELIST_H

#include "base/buf.h"

#include <gridgov/caselist.h>

/* Options with their defaults filled in; the status of a bad argument. */
gridgov_status gg_caselist_read(gridgov_caselist_options *full, const gridgov_cases *cases,
                                const gridgov_caselist_options *options, gridgov_error *err);
/* 1 if a case belongs into the list. */
int gg_caselist_takes(const gridgov_cases *cases, const gridgov_caselist_options *options,
                      int64_t c);

#endif
