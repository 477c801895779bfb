/* SPDX-License-Identifier: Apache-2.0 */
/* Units of measure: in which unit a number stands, by the words for it. */
#ifndef GG_MEASURE_H
#define GG_MEASURE_H

#include "base/text.h"

#include <stdint.h>

/* A unit that numbers of some field may stand in. Static. */
typedef struct gg_measure {
    const char *field, *unit;
    const char *words;       /* that mean it, separated by '|' */
    int64_t factor, divisor; /* number · factor / divisor is in the field's own unit */
} gg_measure;

/* A unit of a field by its code or a word for it, in any width and case; NULL. */
const gg_measure *gg_measure_find(const char *field, gg_str word);
/* Unit number n of a field; NULL past the last. */
const gg_measure *gg_measure_at(const char *field, int n);

#endif
