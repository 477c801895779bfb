/* SPDX-License-Identifier: Apache-2.0 */
/* A figure as printed. */
#ifndef GG_FIGURE_H
#define GG_FIGURE_H

#include "base/num.h"

#include <gridgov/bulletin.h>

#define GG_FIGURE_TEXT_SIZE (2 * GG_NUM_TEXT_SIZE + 32)

/* Write a figure, NUL-terminated. EARG an unknown kind or state, EDATA a ratio without a
 * denominator, ERANGE a ratio beyond every number; the buffer is then empty. */
gridgov_status gg_figure_print(char buffer[GG_FIGURE_TEXT_SIZE], const gridgov_figure *figure,
                               gridgov_error *err);

#endif
