/* SPDX-License-Identifier: Apache-2.0 */
/* Ranks and rows that stand twice.
 *
 * Which column is ranked, and whether the greatest or the least value comes first, the data tell:
 * the column for which most ranks are right. A rank is right if it lies between the number of
 * better values plus one and the number of better or equal ones (competition, ordinal), or if it is
 * the dense rank; all by sorting, so in n log n. Ranks are looked at behind the solver, with
 * believed values: a value that another identity has shown wrong does not accuse the ranks.
 *
 * If one rank is wrong by itself, it is the finding. If a value was changed, the ranks it passed
 * over are wrong too; then the one row that, left out, sets all others right is the finding. */
#include "audit_checks.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_TRIED 24
#define SINGLE_TRIES 256 /* rows left out one by one */

typedef struct ranked {
    size_t row;
    int64_t value, rank;
    int64_t better, equal, dense; /* values before it; values like it; different values before it */
    int32_t left_out, suspect;
} ranked;

typedef struct ranking {
    ranked *items;
    size_t *order; /* by value, best first */
    size_t count;
    int dense; /* 1 if ranks are "1223" */
} ranking;

/* One value beside its place, for sorting. */
typedef struct keyed {
    int64_t value;
    size_t index;
} keyed;

static int by_value(const void *left, const void *right) {
    const keyed *a = left;
    const keyed *b = right;
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

/* Count what is better, among the items that are not left out. */
static void count_better(ranking *list) {
    int64_t before = 0;
    int64_t different = 0;
    for (size_t i = 0; i < list->count;) {
        size_t end = i;
        int64_t like = 0;
        while (end < list->count &&
               list->items[list->order[end]].value == list->items[list->order[i]].value) {
            like += !list->items[list->order[end++]].left_out;
        }
        for (size_t k = i; k < end; k++) {
            ranked *item = &list->items[list->order[k]];
            item->better = before;
            item->equal = like;
            item->dense = different + 1;
        }
        before += like;
        different += like > 0;
        i = end;
    }
}

static int is_right(const ranking *list, const ranked *item) {
    if (list->dense) {
        return item->rank == item->dense;
    }
    return item->rank > item->better && item->rank <= item->better + item->equal;
}

static size_t count_right(const ranking *list) {
    size_t right = 0;
    for (size_t i = 0; i < list->count; i++) {
        right += list->items[i].left_out || is_right(list, &list->items[i]);
    }
    return right;
}

/* Gather a column's values with their ranks; 0 if there are too few or a number leaves its range.
 */
static int gather(gg_audit *audit, const gg_audit_table *table, int32_t rank, int32_t column,
                  int descending, ranking *list, keyed *keys) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    list->count = 0;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        if (!gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            continue;
        }
        int32_t place = gg_audit_cell_figure(audit, table, r, rank);
        int32_t value = gg_audit_cell_figure(audit, table, r, column);
        if (place == GG_NO_FIGURE || value == GG_NO_FIGURE ||
            audit->figures[place].number.decimals != 0) {
            continue;
        }
        ranked *item = &list->items[list->count];
        *item = (ranked){.row = r,
                         .rank = audit->figures[place].value,
                         .suspect = audit->figures[value].faulty == 2};
        if (gg_audit_scaled(&item->value, &audit->figures[value], audit->figures[value].value,
                            -6) != 0) {
            return 0;
        }
        item->value = descending ? item->value : -item->value;
        keys[list->count] = (keyed){item->value, list->count};
        list->count++;
    }
    qsort(keys, list->count, sizeof *keys, by_value);
    for (size_t i = 0; i < list->count; i++) {
        list->order[i] = keys[i].index;
    }
    return list->count >= 3;
}

/* Ranks of the rest once a row is left out: those behind its old place move up by one. */
static int sets_right(ranking *list, size_t index) {
    ranked *gone = &list->items[index];
    size_t right;
    gone->left_out = 1;
    count_better(list);
    right = 0;
    for (size_t i = 0; i < list->count; i++) {
        ranked item = list->items[i];
        item.rank -= item.rank > gone->rank && !list->dense;
        right += i == index || is_right(list, &item);
    }
    if (right < list->count) { // the printed rank itself may be the wrong one
        right = 0;
        for (size_t i = 0; i < list->count; i++) {
            ranked item = list->items[i];
            item.rank -= gone->value > item.value && !list->dense;
            right += i == index || is_right(list, &item);
        }
    }
    gone->left_out = 0;
    return right == list->count;
}

static void report_rank(gg_audit *audit, const gg_audit_table *table, int32_t rank, int32_t column,
                        const ranked *item, int with_value, const ranked *twin) {
    int32_t figures[3] = {gg_audit_cell_figure(audit, table, item->row, rank),
                          gg_audit_cell_figure(audit, table, item->row, column),
                          twin == NULL ? GG_NO_FIGURE
                                       : gg_audit_cell_figure(audit, table, twin->row, column)};
    char expected[GG_NUM_TEXT_SIZE] = "";
    if (!with_value) {
        gg_int_format(expected, item->better + 1);
    }
    const gg_report report = {.rule = GG_RULE_AUDIT_RANK,
                              .severity = -1,
                              .figures = figures,
                              .count = twin != NULL ? 3
                                       : with_value ? 2
                                                    : 1,
                              .expected = expected[0] != '\0' ? expected : "?",
                              .extra = {with_value ? "；名次与数值中有一个有误" : "",
                                        with_value ? "; rank or value is wrong" : ""}};
    gg_audit_report(audit, &report);
    audit->figures[figures[0]].faulty = 1;
}

/* Another row that bears the same rank; NULL if there is none. A tie that one value tore looks like
 * a wrong rank. */
static const ranked *twin_of(const ranking *list, size_t index) {
    for (size_t i = 0; i < list->count; i++) {
        if (i != index && list->items[i].rank == list->items[index].rank) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* Report what is wrong with a ranking that is known to be one. */
static void judge(gg_audit *audit, const gg_audit_table *table, int32_t rank, int32_t column,
                  ranking *list) {
    size_t wrong = 0;
    size_t only = 0;
    count_better(list);
    for (size_t i = 0; i < list->count; i++) {
        if (!is_right(list, &list->items[i])) {
            wrong++;
            only = i;
        }
    }
    audit->findings->checked[GRIDGOV_CHECK_RANK] += (int64_t)(list->count - wrong);
    if (wrong == 0) {
        return;
    }
    if (wrong == 1) {
        const ranked *item = &list->items[only];
        const ranked *twin = twin_of(list, only);
        int tie = item->equal > 1 || (twin != NULL && is_right(list, twin) &&
                                      item->better == twin->better + twin->equal);
        report_rank(audit, table, rank, column, item, tie, tie ? twin : NULL);
        return;
    }
    for (size_t i = 0, tries = 0; i < list->count && tries < SINGLE_TRIES; i++) {
        if (is_right(list, &list->items[i])) {
            continue;
        }
        tries++;
        int found = sets_right(list, i);
        count_better(list);
        if (found) {
            report_rank(audit, table, rank, column, &list->items[i], 1, NULL);
            return;
        }
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!is_right(list, &list->items[i]) && !list->items[i].suspect) {
            report_rank(audit, table, rank, column, &list->items[i], 1, NULL);
        }
    }
}

/* The column that a rank column ranks, most ranks right; count of them in *right. */
static int32_t ranked_column(gg_audit *audit, const gg_audit_table *table, int32_t rank,
                             ranking *list, keyed *keys, int *descending, size_t *right) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t best = -1;
    int32_t tried = 0;
    int dense = 0;
    *right = 0;
    for (int32_t step = 1; step < table->columns * 2 && tried < COLUMNS_TRIED;
         step++) { // nearest first, left before right
        int32_t c = step % 2 == 1 ? rank - (step + 1) / 2 : rank + step / 2;
        if (c < 0 || c >= table->columns ||
            (columns->items[c].kind != GG_COLUMN_COUNT &&
             columns->items[c].kind != GG_COLUMN_PERCENT)) {
            continue;
        }
        tried++;
        for (int down = 1; down >= 0; down--) {
            if (!gather(audit, table, rank, c, down, list, keys)) {
                continue;
            }
            count_better(list);
            for (list->dense = 0; list->dense < 2; list->dense++) {
                size_t number = count_right(list);
                // Dense ranks are rarer: they have to be right throughout, or much better.
                if (number > *right + (list->dense && number < list->count)) {
                    *right = number;
                    best = c;
                    *descending = down;
                    dense = list->dense;
                }
            }
        }
    }
    list->dense = dense;
    return best;
}

void gg_audit_check_ranks(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    ranking list = {.items = gg_calloc(table->row_count, sizeof *list.items),
                    .order = gg_calloc(table->row_count, sizeof *list.order)};
    keyed *keys = gg_calloc(table->row_count, sizeof *keys);
    if (list.items == NULL || list.order == NULL || keys == NULL) {
        gg_audit_out_of_memory(audit);
    }
    int32_t tried = 0;
    for (int32_t c = 0;
         c < table->columns && tried < COLUMNS_TRIED && gg_audit_go_on(audit, "ranks"); c++) {
        int descending = 1;
        size_t right;
        if (columns->items[c].kind != GG_COLUMN_RANK) {
            continue;
        }
        tried++;
        int32_t column = ranked_column(audit, table, c, &list, keys, &descending, &right);
        int dense = list.dense;
        if (column < 0 || !gather(audit, table, c, column, descending, &list, keys)) {
            continue;
        }
        list.dense = dense;
        if (right * 5 >= list.count * 3 || (right + 3 >= list.count && right >= 3)) {
            judge(audit, table, c, column, &list);
        }
    }
    gg_free(keys);
    gg_free(list.order);
    gg_free(list.items);
}

#define NAME_WORDS                                                                                                                  \
    "单位|部门|镇街|街道|乡镇|社区|机构|基层站所|站所|区县|区|名称|承办单位|责任单位|网格|unit|" \
    "grid|agency"

/* Is a row with the same names as another a mistake here, and how sure is that? A rule, or 0. */
static int32_t duplicate_rule(const gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t rule = 0;
    for (int32_t k = 0; k < columns->key_count; k++) {
        gg_str name = columns->items[columns->keys[k]].name;
        if (gg_audit_is_any(name, "网格|网格名称|grid")) {
            return GG_RULE_AUDIT_GRID_TWICE;
        }
        rule = gg_audit_is_any(name, NAME_WORDS) ? GG_RULE_AUDIT_ROW_TWICE : rule;
    }
    return columns->key_count == 1 || rule == 0 ? rule : 0;
}

static void report_twice(gg_audit *audit, const gg_audit_table *table, int32_t rule, size_t row,
                         size_t earlier) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t last = columns->key_count - 1;
    int32_t column = columns->keys[last];
    int32_t figures[2] = {
        gg_audit_text_figure(audit, table, row, column, gg_audit_key(audit, table, row, last)),
        gg_audit_text_figure(audit, table, earlier, column,
                             gg_audit_key(audit, table, earlier, last))};
    gg_buf name = {0};
    gg_audit_row_name(&name, audit, table, row);
    if (figures[0] != GG_NO_FIGURE && figures[1] != GG_NO_FIGURE && !gg_buf_failed(&name)) {
        const gg_report report = {.rule = rule,
                                  .severity = -1,
                                  .figures = figures,
                                  .count = 2,
                                  .field = gg_buf_data(&name),
                                  .extra = {"", ""}};
        gg_audit_report(audit, &report);
    }
    if (gg_buf_failed(&name)) {
        gg_audit_out_of_memory(audit);
    }
    gg_buf_release(&name);
}

void gg_audit_check_duplicates(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t rule = duplicate_rule(audit, table);
    gg_map seen = {0};
    gg_buf name = {0};
    for (size_t r = columns->first_data;
         rule != 0 && r < columns->end && gg_audit_go_on(audit, "rows"); r++) {
        gg_str last = gg_audit_key(audit, table, r, columns->key_count - 1);
        if (!gg_audit_is_body(audit, r, GG_BODY_PLAIN) || last.size == 0 ||
            gg_audit_is_any(last, "其他|其它|其他单位|/")) {
            continue;
        }
        char key[512];
        gg_buf_clear(&name);
        gg_audit_row_name(&name, audit, table, r);
        size_t size = gg_text_key(key, sizeof key, gg_str_make(gg_buf_data(&name), name.size));
        gg_str text = gg_str_make(key, size < sizeof key ? size : sizeof key);
        int64_t earlier = gg_map_get(&seen, text, -1);
        if (gg_buf_failed(&name) || gg_map_set(&seen, text, (int64_t)r) != 0) {
            gg_audit_out_of_memory(audit);
        } else if (earlier >= 0) {
            report_twice(audit, table, rule, r, (size_t)earlier);
        } else {
            audit->findings->checked[GRIDGOV_CHECK_DUPLICATE]++;
        }
    }
    gg_buf_release(&name);
    gg_map_release(&seen);
}
