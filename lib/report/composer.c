/* SPDX-License-Identifier: Apache-2.0 */
/* The small words of the composer: blocks, runs and figures with a status that sticks. Every number
 * that a reader could check is added as a figure once and referred to wherever it is printed; plain
 * runs carry words, dates and thresholds only. */
#include "compose.h"

#include "base/error.h"
#include "base/num.h"

void gg_compose_fail(gg_composer *c, gridgov_status status) {
    if (c->status == GRIDGOV_OK && status < 0) {
        c->status = status;
    }
}

void gg_say_break(gg_composer *c) {
    if (c->status == GRIDGOV_OK && gg_buf_failed(&c->pending)) {
        gg_compose_fail(c, gg_fail_memory(&c->error));
    }
    if (c->status == GRIDGOV_OK && c->pending.size > 0) {
        gg_compose_fail(c, gridgov_bulletin_add_text(c->bulletin, gg_buf_data(&c->pending),
                                                     c->pending.size, &c->error));
    }
    gg_buf_clear(&c->pending);
}

void gg_say_block(gg_composer *c, int32_t kind, int32_t level, const char *code) {
    gg_say_break(c);
    if (c->status == GRIDGOV_OK) {
        gg_compose_fail(c, gridgov_bulletin_add_block(c->bulletin, kind, level, code, &c->error));
    }
}

void gg_say_row(gg_composer *c, int32_t header) {
    gg_say_break(c);
    if (c->status == GRIDGOV_OK) {
        gg_compose_fail(c, gridgov_bulletin_add_row(c->bulletin, header, &c->error));
    }
}

void gg_say_cell(gg_composer *c, int32_t row_span, int32_t column_span) {
    gg_say_break(c);
    if (c->status == GRIDGOV_OK) {
        gg_compose_fail(c,
                        gridgov_bulletin_add_cell(c->bulletin, row_span, column_span, &c->error));
    }
}

void gg_say_head(gg_composer *c, const char *zh, const char *en) {
    gg_say_cell(c, 1, 1);
    gg_say_two(c, zh, en);
}

static void say_bytes(gg_composer *c, const char *text, size_t size) {
    gg_buf_add(&c->pending, text, size);
}

void gg_say(gg_composer *c, const char *text) {
    say_bytes(c, text, gg_str_of(text).size);
}

void gg_say_two(gg_composer *c, const char *zh, const char *en) {
    gg_say(c, c->lang == GRIDGOV_LANG_EN ? en : zh);
}

void gg_say_name(gg_composer *c, const char *name, const char *name_en) {
    gg_say_two(c, name, name_en[0] != '\0' ? name_en : name);
}

void gg_say_int(gg_composer *c, int64_t value) {
    char text[GG_NUM_TEXT_SIZE];
    say_bytes(c, text, gg_int_format(text, value));
}

void gg_say_month_name(gg_composer *c) {
    static const char *const names[12] = {"一", "二", "三", "四", "五",   "六",
                                          "七", "八", "九", "十", "十一", "十二"};
    if (c->month >= 1 && c->month <= 12) {
        gg_say(c, names[c->month - 1]);
        gg_say(c, "月份");
    }
}

void gg_say_padded(gg_composer *c, int32_t value) {
    if (value >= 0 && value < 10) {
        gg_say(c, "0");
    }
    gg_say_int(c, value);
}

void gg_say_points(gg_composer *c, int64_t milli) {
    char text[GG_NUM_TEXT_SIZE];
    say_bytes(c, text, gg_decimal_format(text, milli, 3, 0));
}

void gg_say_reference(gg_composer *c, int64_t figure) {
    gg_say_break(c);
    if (c->status == GRIDGOV_OK) {
        gg_compose_fail(c, gridgov_bulletin_add_reference(c->bulletin, figure, &c->error));
    }
}

/* A code is always made from the same cell. Were it not, the second cell would print the number of
 * the first: better no bulletin than that one. */
static void check_same(gg_composer *c, int64_t index, const gridgov_figure *figure) {
    gridgov_figure there = {.struct_size = sizeof there};
    if (gridgov_bulletin_figure_at(&there, c->bulletin, index) != GRIDGOV_OK ||
        there.kind != figure->kind || there.state != figure->state ||
        there.numerator != figure->numerator || there.denominator != figure->denominator ||
        there.base != figure->base) {
        gg_compose_fail(c, gg_fail(&c->error, GG_RULE_FIGURE_TWICE, NULL, there.code,
                                   gg_str_of(there.code).size, NULL, NULL));
    }
}

static int64_t add_figure(gg_composer *c, gridgov_figure *figure, const char *a, const char *b,
                          const char *d) {
    int64_t index = GRIDGOV_NONE;
    gg_buf code = {0};
    if (c->status != GRIDGOV_OK) {
        return index;
    }
    gg_buf_text(&code, a);
    gg_buf_byte(&code, '.');
    gg_buf_text(&code, b);
    if (d[0] != '\0') {
        gg_buf_byte(&code, '.');
        gg_buf_text(&code, d);
    }
    index = gg_buf_failed(&code)
                ? GRIDGOV_NONE
                : gridgov_bulletin_figure_find(c->bulletin, gg_buf_data(&code), code.size);
    if (gg_buf_failed(&code)) {
        gg_compose_fail(c, gg_fail_memory(&c->error));
    } else if (index != GRIDGOV_NONE) {
        check_same(c, index, figure);
    } else {
        figure->struct_size = sizeof *figure;
        figure->code = gg_buf_data(&code);
        gg_compose_fail(c, gridgov_bulletin_add_figure(&index, c->bulletin, figure, &c->error));
    }
    gg_buf_release(&code);
    return index;
}

int64_t gg_figure_count(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                        int64_t value) {
    gridgov_figure figure = {
        .kind = GRIDGOV_FIGURE_COUNT, .state = state, .numerator = value, .denominator = 1};
    return add_figure(c, &figure, a, b, d);
}

int64_t gg_figure_ratio(gg_composer *c, int32_t kind, const char *a, const char *b, const char *d,
                        int32_t state, int64_t numerator, int64_t denominator) {
    gridgov_figure figure = {
        .kind = kind, .state = state, .numerator = numerator, .denominator = denominator};
    if (state == GRIDGOV_CELL_VALUE && denominator <= 0) {
        /* 0/0 is undefined: neither 0 % nor 100 % */
        figure.state = GRIDGOV_CELL_NOT_APPLICABLE;
    }
    if (figure.state != GRIDGOV_CELL_VALUE) {
        figure.numerator = 0;
        figure.denominator = 1;
    }
    return add_figure(c, &figure, a, b, d);
}

int64_t gg_figure_points(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                         int64_t points) {
    gridgov_figure figure = {
        .kind = GRIDGOV_FIGURE_POINTS, .state = state, .numerator = points, .denominator = 1};
    return add_figure(c, &figure, a, b, d);
}

int64_t gg_figure_total(gg_composer *c, const char *a, const char *b, const char *d, int32_t state,
                        int64_t points, int64_t out_of, int64_t base) {
    gridgov_figure figure = {.kind = GRIDGOV_FIGURE_TOTAL,
                             .state = state,
                             .numerator = points,
                             .denominator = out_of,
                             .base = base};
    return add_figure(c, &figure, a, b, d);
}

int64_t gg_metric_of(const gridgov_facts *facts, int32_t measure, int32_t dimension) {
    const gridgov_metrics *metrics = gridgov_facts_metrics(facts);
    gridgov_metric metric = {.struct_size = sizeof metric};
    for (int64_t i = 0; gridgov_metrics_at(&metric, metrics, i) == GRIDGOV_OK; i++) {
        if (metric.measure == measure && metric.dimension == dimension) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

gridgov_cell gg_cell_of(const gridgov_facts *facts, int32_t dimension, int64_t row,
                        int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    if (metric == GRIDGOV_NONE ||
        gridgov_facts_value(&cell, facts, dimension, row, metric) != GRIDGOV_OK) {
        cell = (gridgov_cell){.struct_size = sizeof cell, .state = GRIDGOV_CELL_UNKNOWN};
    }
    return cell;
}

/* The names of a unit and of those above it that are wanted, from the top down. */
static void put_path(gg_buf *buf, const gridgov_units *units, int64_t unit, int32_t names) {
    gridgov_unit chain[GRIDGOV_UNIT_GRID];
    int32_t count = 0;
    for (; count < names && count < GRIDGOV_UNIT_GRID; count++) {
        chain[count].struct_size = sizeof chain[count];
        if (gridgov_units_at(&chain[count], units, unit) != GRIDGOV_OK) {
            break;
        }
        unit = chain[count].parent;
    }
    while (count > 0) {
        count--;
        gg_buf_text(buf, chain[count].name);
        gg_buf_text(buf, count > 0 ? "/" : "");
    }
}

const char *gg_grid_path(gg_composer *c, const gridgov_scorecard *card) {
    const gridgov_units *units = gridgov_facts_units(c->facts);
    for (int32_t names = 2; names <= GRIDGOV_UNIT_GRID; names++) {
        gg_buf_clear(&c->scratch);
        put_path(&c->scratch, units, card->unit, names);
        if (gridgov_units_candidates(NULL, 0, units, GRIDGOV_UNIT_GRID, gg_buf_data(&c->scratch),
                                     c->scratch.size) == 1) {
            break; // two communities of one name may each have a grid of one name
        }
    }
    if (gg_buf_failed(&c->scratch)) {
        gg_compose_fail(c, gg_fail_memory(&c->error));
        return "";
    }
    return gg_buf_data(&c->scratch);
}
