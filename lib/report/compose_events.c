/* SPDX-License-Identifier: Apache-2.0 */
/* Section 一、信息报送情况: the month's events by category, once as prose in the system's order and
 * once as a table by count. Both print the same figures; all shares have the one denominator, the
 * total. A category that the taxonomy does not know stays in the total under its printed name,
 * marked 待核. Equal counts keep the system's order. */
#include "compose.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <gridgov/taxonomy.h>

#include <stdlib.h>

typedef struct category_line {
    int64_t index, count; /* place in the system's order; events */
    int64_t count_figure, share_figure;
    const char *name; /* as printed */
    int32_t known;    /* 0: 待核 */
} category_line;

static int by_count(const void *left, const void *right) {
    const category_line *a = left;
    const category_line *b = right;
    if (a->count != b->count) {
        return a->count < b->count ? 1 : -1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* Fill lines and *count; return the total. A category of the taxonomy is printed with its 0; one
 * that only the data bring, and not in this period, is not. */
static int64_t count_categories(gg_composer *c, category_line *lines, int64_t *count,
                                int64_t metric) {
    int64_t rows = gridgov_facts_row_count(c->facts, GRIDGOV_DIMENSION_CATEGORY);
    int64_t listed = gridgov_taxonomy_count(gridgov_facts_taxonomy(c->facts));
    int64_t total = 0;
    *count = 0;
    for (int64_t i = 0; i < rows; i++) {
        gridgov_facts_row row = {.struct_size = sizeof row};
        gridgov_cell cell = gg_cell_of(c->facts, GRIDGOV_DIMENSION_CATEGORY, i, metric);
        if (gridgov_facts_row_at(&row, c->facts, GRIDGOV_DIMENSION_CATEGORY, i) != GRIDGOV_OK ||
            gg_add(&total, total, cell.value)) {
            gg_compose_fail(c, gg_fail(&c->error, GG_RULE_OVERFLOW, NULL, NULL, 0, "events", NULL));
            return total;
        }
        if (i < listed || cell.value > 0) {
            lines[(*count)++] = (category_line){
                .index = i, .count = cell.value, .name = row.name, .known = row.known};
        }
    }
    return total;
}

static void add_figures(gg_composer *c, category_line *lines, int64_t count, int64_t total) {
    const gridgov_taxonomy *taxonomy = gridgov_facts_taxonomy(c->facts);
    for (int64_t i = 0; i < count; i++) {
        gridgov_category category = {.struct_size = sizeof category};
        const char *code = lines[i].name;
        if (taxonomy != NULL &&
            gridgov_taxonomy_at(&category, taxonomy, lines[i].index) == GRIDGOV_OK) {
            code = category.code;
        }
        lines[i].count_figure =
            gg_figure_count(c, "category", code, "count", GRIDGOV_CELL_VALUE, lines[i].count);
        lines[i].share_figure = gg_figure_ratio(c, GRIDGOV_FIGURE_SHARE, "category", code, "share",
                                                GRIDGOV_CELL_VALUE, lines[i].count, total);
    }
}

static void say_name(gg_composer *c, const category_line *line) {
    gg_say(c, line->name);
    if (!line->known) {
        gg_say_two(c, "（待核）", " (to be verified)");
    }
}

static void say_prose(gg_composer *c, const category_line *lines, int64_t count, int64_t total) {
    int first = 1;
    gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "");
    if (c->lang == GRIDGOV_LANG_EN) {
        gg_say(c, "In ");
        gg_say_int(c, c->year);
        gg_say(c, "-");
        gg_say_padded(c, c->month);
        gg_say(c, " the grid information system of ");
        gg_say(c, c->parameters->office[0] != '\0' ? c->parameters->office : "this office");
        gg_say(c, " received ");
        gg_say_reference(c, total);
        gg_say(c, " reports");
    } else {
        gg_say_month_name(c);
        gg_say(c, c->parameters->office);
        gg_say(c, "基层治理信息系统共上报 ");
        gg_say_reference(c, total);
        gg_say(c, " 条");
    }
    for (int64_t i = 0; i < count; i++) {
        if (lines[i].count == 0) {
            continue;
        }
        gg_say_two(c, first ? "。其中" : "；", first ? ": " : "; ");
        say_name(c, &lines[i]);
        gg_say(c, " ");
        gg_say_reference(c, lines[i].count_figure);
        gg_say_two(c, " 条，占 ", " (");
        gg_say_reference(c, lines[i].share_figure);
        gg_say_two(c, "", ")");
        first = 0;
    }
    gg_say_two(c, "。", ".");
}

static void say_table(gg_composer *c, const category_line *lines, int64_t count, int64_t total) {
    gg_say_block(c, GRIDGOV_BLOCK_TABLE, 0, "categories");
    gg_say_int(c, c->year);
    gg_say_two(c, " 年 ", "-");
    gg_say_padded(c, c->month);
    gg_say_two(c, " 月基层治理信息系统信息报送情况", ": reports by category");
    gg_say_row(c, 1);
    gg_say_head(c, "类型", "Category");
    gg_say_head(c, "数量", "Count");
    gg_say_head(c, "占比", "Share");
    for (int64_t i = 0; i < count; i++) {
        gg_say_row(c, 0);
        gg_say_cell(c, 1, 1);
        say_name(c, &lines[i]);
        gg_say_cell(c, 1, 1);
        gg_say_reference(c, lines[i].count_figure);
        gg_say_cell(c, 1, 1);
        gg_say_reference(c, lines[i].share_figure);
    }
    gg_say_row(c, 0);
    gg_say_head(c, "合计", "Total");
    gg_say_cell(c, 1, 1);
    gg_say_reference(c, total);
    gg_say_cell(c, 1, 1);
}

/* The entry of events without a category is no name that might resemble another. */
#define UNCLASSIFIED "未分类"

static void say_unknown(gg_composer *c, const category_line *lines, int64_t count) {
    const gridgov_taxonomy *taxonomy = gridgov_facts_taxonomy(c->facts);
    for (int64_t i = 0; i < count; i++) {
        int64_t nearest[3];
        int64_t found;
        if (lines[i].known || lines[i].count == 0) {
            continue;
        }
        gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
        gg_say_two(c, "“", "\"");
        gg_say(c, lines[i].name);
        if (gg_str_equal(gg_str_of(lines[i].name), gg_str_of(UNCLASSIFIED))) {
            gg_say_two(c, "”是没有填写类型的事件，待核。",
                       "\" are events without a category, to be verified.");
            continue;
        }
        gg_say_two(c, "”不在分类表中，待核", "\" is not in the taxonomy, to be verified");
        found = gridgov_taxonomy_nearest(nearest, 3, taxonomy, lines[i].name,
                                         gg_str_of(lines[i].name).size);
        for (int64_t k = 0; k < found; k++) {
            gridgov_category category = {.struct_size = sizeof category};
            if (gridgov_taxonomy_at(&category, taxonomy, nearest[k]) == GRIDGOV_OK) {
                gg_say_two(c, k == 0 ? "；相近的类型有" : "、", k == 0 ? "; nearest: " : ", ");
                gg_say(c, category.name);
            }
        }
        gg_say_two(c, "。", ".");
    }
}

/* Events without a grid belong to the street itself: said where there are grids at all. */
static void say_street(gg_composer *c) {
    int64_t metric =
        gg_metric_of(c->facts, GRIDGOV_MEASURE_EVENTS_REPORTED, GRIDGOV_DIMENSION_UNIT);
    int64_t rows = gridgov_facts_row_count(c->facts, GRIDGOV_DIMENSION_UNIT);
    gridgov_cell cell = gg_cell_of(c->facts, GRIDGOV_DIMENSION_UNIT, rows - 1, metric);
    if (rows < 2 || cell.state != GRIDGOV_CELL_VALUE || cell.value == 0) {
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
    gg_say_two(c, "其中未落到网格、计入街道本级 ",
               "Without a grid, counted for the street itself: ");
    gg_say_reference(c, gg_figure_count(c, "events", "street", "", cell.state, cell.value));
    gg_say_two(c, " 条。", ".");
}

/* Closures that cannot be lower every closure rate, so a reader must know how many they are. */
static void say_doubted(gg_composer *c) {
    int64_t doubted = gridgov_facts_doubted(c->facts);
    if (doubted == 0) {
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
    gg_say_two(c, "有 ",
               "Not used, because the event was reported later or is said to be open: the "
               "times of closure of ");
    gg_say_reference(
        c, gg_figure_count(c, "events", "closure_doubted", "", GRIDGOV_CELL_VALUE, doubted));
    gg_say_two(
        c, " 件的办结时间早于上报时间，或与“未办结”矛盾，未采用；未另注明办结的，不计入结案数。",
        " events. They count as not closed unless the source says otherwise.");
}

void gg_compose_events(gg_composer *c) {
    int64_t metric =
        gg_metric_of(c->facts, GRIDGOV_MEASURE_EVENTS_REPORTED, GRIDGOV_DIMENSION_CATEGORY);
    int64_t rows = gridgov_facts_row_count(c->facts, GRIDGOV_DIMENSION_CATEGORY);
    int64_t count = 0;
    int covered = gridgov_facts_covers(c->facts, GRIDGOV_COVERAGE_EVENTS) != 0;
    category_line *lines;
    int64_t total, total_figure;
    gg_say_block(c, GRIDGOV_BLOCK_HEADING, 1, "events");
    gg_say_two(c, "一、信息报送情况", "1. Reports");
    if (!covered || metric == GRIDGOV_NONE) {
        gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "");
        gg_say_two(c, "本期未提供事件数据。", "No events were supplied for this period.");
        return;
    }
    lines = gg_calloc((size_t)rows + 1, sizeof *lines);
    if (lines == NULL) {
        gg_compose_fail(c, gg_fail_memory(&c->error));
        return;
    }
    total = count_categories(c, lines, &count, metric);
    total_figure = gg_figure_count(c, "events", "total", "", GRIDGOV_CELL_VALUE, total);
    add_figures(c, lines, count, total);
    say_prose(c, lines, count, total_figure);
    qsort(lines, (size_t)count, sizeof *lines, by_count);
    say_table(c, lines, count, total_figure);
    say_street(c);
    say_doubted(c);
    say_unknown(c, lines, count);
    gg_free(lines);
}
