/* SPDX-License-Identifier: Apache-2.0 */
/* The composer: writes sections into a bulletin. A failed step sticks, so that a section reads like
 * the text it makes; gridgov_bulletin_compose() looks at the status once, at the end. */
#ifndef GG_COMPOSE_H
#define GG_COMPOSE_H

#include "base/buf.h"
#include "parameters.h"

#include <gridgov/bulletin.h>

typedef struct gg_composer {
    gridgov_bulletin *bulletin;
    const gridgov_facts *facts;
    const gridgov_scorecards *cards; /* may be NULL */
    const gg_parameters *parameters;
    gridgov_issues *issues; /* may be NULL */
    int32_t lang;           /* GRIDGOV_LANG_* */
    int32_t year, month, cut_year, cut_month, cut_day;
    gg_buf pending; /* text of the run being said */
    gg_buf scratch; /* for the name of a grid */
    gridgov_status status;
    gridgov_error error;
} gg_composer;

/* Blocks. */
void gg_say_block(gg_composer *c, int32_t kind, int32_t level, const char *code);
void gg_say_row(gg_composer *c, int32_t header);
void gg_say_cell(gg_composer *c, int32_t row_span, int32_t column_span);
/* A cell with text of one language or the other. */
void gg_say_head(gg_composer *c, const char *zh, const char *en);

/* Runs. Words said one after the other become one run. */
void gg_say(gg_composer *c, const char *text);
void gg_say_two(gg_composer *c, const char *zh, const char *en);
void gg_say_name(gg_composer *c, const char *name, const char *name_en); /* name_en may be "" */
void gg_say_break(gg_composer *c); /* what follows is a run of its own */
void gg_say_int(gg_composer *c, int64_t value);
void gg_say_month_name(gg_composer *c);            /* 九月份 */
void gg_say_padded(gg_composer *c, int32_t value); /* two digits at least: "09" */
void gg_say_points(gg_composer *c, int64_t milli); /* a threshold, not a figure of the model */
void gg_say_reference(gg_composer *c, int64_t figure);

/* Figures; the code is a, b and d joined by dots. A code that stands already gives the figure that
 * stands there: one code is always made from the same cell. Each returns the figure's index. */
int64_t gg_figure_count(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                        int64_t value);
int64_t gg_figure_ratio(gg_composer *c, int32_t kind, const char *a, const char *b, const char *d,
                        int32_t state, int64_t numerator, int64_t denominator);
int64_t gg_figure_points(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                         int64_t points);
int64_t gg_figure_total(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                        int64_t points, int64_t out_of, int64_t base);

/* Index of the first metric of a measure and dimension; GRIDGOV_NONE. */
int64_t gg_metric_of(const gridgov_facts *facts, int32_t measure, int32_t dimension);
/* One cell; state UNKNOWN where metric is GRIDGOV_NONE. */
gridgov_cell gg_cell_of(const gridgov_facts *facts, int32_t dimension, int64_t row, int64_t metric);
/* Name of a grid as `unit/grid`, with the units above where that is not the only one of its name,
 * into the composer's scratch; valid until the next figure or name. */
const char *gg_grid_path(gg_composer *c, const gridgov_scorecard *card);
/* Bonus and total of a card, the same wherever they are printed. */
int64_t gg_card_bonus(gg_composer *c, const gridgov_scorecard *card);
int64_t gg_card_total(gg_composer *c, const gridgov_scorecard *card);
void gg_compose_fail(gg_composer *c, gridgov_status status);

/* Sections. */
void gg_compose_events(gg_composer *c);
void gg_compose_agencies(gg_composer *c);
void gg_compose_next(gg_composer *c);
void gg_compose_grids(gg_composer *c);
/* Ranks, grades and means, as far as the policy asks for them: columns of the table of grids, and
 * what follows it. */
void gg_standing_heads(gg_composer *c, const gridgov_policy *policy);
void gg_standing_cells(gg_composer *c, int64_t card);
void gg_compose_standing(gg_composer *c);

#endif
