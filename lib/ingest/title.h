/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around the name of a column: marks, remarks and units. */
#ifndef GG_TITLE_H
#define GG_TITLE_H

#include "base/text.h"

/* A title taken apart; all text borrowed from it. */
typedef struct gg_title {
    gg_str whole; /* as it stands */
    gg_str plain; /* without marks of what must be filled in, and without remarks */
    gg_str name;  /* plain without the brackets at its end; plain itself if there are none */
    gg_str unit;  /* what those brackets say; "" if there are none */
} gg_title;

void gg_title_read(gg_title *title, gg_str text);

#endif
