/* SPDX-License-Identifier: Apache-2.0 */
/* What a number format says a number is. */
#ifndef GG_NUMBER_FORMAT_H
#define GG_NUMBER_FORMAT_H

#include "base/text.h"

#include <stdint.h>

enum {
    GG_FORMAT_GENERAL = 0, /* a number, or text */
    GG_FORMAT_FIXED,       /* a number with so many decimals */
    GG_FORMAT_PERCENT,
    GG_FORMAT_DATE,
    GG_FORMAT_TIME, /* of day */
    GG_FORMAT_DATETIME,
    GG_FORMAT_DURATION, /* hours beyond 24 */
    GG_FORMAT_ZEROS,    /* a code: zeros in front up to so many digits (decimals) */
    GG_FORMAT_SIGNED    /* as FIXED, with a plus before what is above zero */
};

typedef struct gg_number_format {
    int16_t kind, decimals;
} gg_number_format;

/* Of a built-in number (ECMA-376 part 1, 18.8.30, and the East Asian ones); general if it is none.
 */
gg_number_format gg_number_format_builtin(int64_t id);
/* Of a format code, "yyyy\"年\"m\"月\"d\"日\"". */
gg_number_format gg_number_format_of(gg_str code);

#endif
