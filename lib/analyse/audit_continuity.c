/* SPDX-License-Identifier: Apache-2.0 */
/* Two bulletins in a row: what the earlier one closed with, this one opens with. Three pairs are
 * looked for, in prose and in columns of tables with the same row names: 期末 and 期初 (未办结,
 * 结转), and this period's figure there against the figure of 上月 here. Only labels that say so
 * are compared. */
#include "audit_checks.h"
#include "audit_prose.h"

#include "base/line.h"
#include "base/map.h"

#include <string.h>

#define OPENING_WORDS "期初|月初|上月结转|上期结转|上月遗留|上期遗留|上月未结|上期未结|上月末|结转"
#define CLOSING_WORDS "期末|月末|结转下月|结转下期|遗留|未办结|未结案|未结|在办|结存"
#define LAST_WORDS "上月|上周|上期"
#define NOT_LAST_WORDS "去年|上年|同期|环比|同比|增|减|较|结转|遗留|未结|末"
#define KEY_SIZE 160

static int is_opening(gg_str name) {
    return gg_audit_has_any(name, OPENING_WORDS) && !gg_audit_has_any(name, "下月|下期");
}

static int is_closing(gg_str name) {
    return gg_audit_has_any(name, CLOSING_WORDS) && !is_opening(name);
}

static int is_last(gg_str name) {
    return gg_audit_has_any(name, LAST_WORDS) && !gg_audit_has_any(name, NOT_LAST_WORDS);
}

static void report(gg_audit *audit, int32_t figure, const gg_audit_figure *before) {
    char expected[64];
    gg_text_copy(expected, sizeof expected, before->text.data, before->text.size);
    const gg_report finding = {.rule = GG_RULE_AUDIT_CONTINUITY,
                               .severity = -1,
                               .figures = &figure,
                               .count = 1,
                               .expected = expected,
                               .extra = {"", ""}};
    gg_audit_report(audit, &finding);
}

static void compare(gg_audit *audit, int32_t figure, const gg_audit_figure *before) {
    const gg_audit_figure *now = &audit->figures[figure];
    int64_t left;
    int64_t right;
    if (now->number.mark != before->number.mark ||
        gg_audit_scaled(&left, now, now->number.value, -9) != 0 ||
        gg_audit_scaled(&right, before, before->number.value, -9) != 0) {
        return;
    }
    if (left == right) {
        audit->findings->checked[GRIDGOV_CHECK_CONTINUITY]++;
    } else {
        report(audit, figure, before);
    }
}

/* "row|column" of a figure of a table, for look-ups. */
static gg_str cell_key(char *buffer, gg_audit *audit, const gg_audit_table *table, size_t row,
                       const char *column) {
    gg_buf name = {0};
    gg_audit_row_name(&name, audit, table, row);
    gg_buf_byte(&name, '|');
    gg_buf_text(&name, column);
    size_t size = gg_text_key(buffer, KEY_SIZE, gg_str_make(gg_buf_data(&name), name.size));
    int failed = gg_buf_failed(&name);
    if (failed) {
        gg_audit_out_of_memory(audit);
    }
    gg_buf_release(&name);
    return gg_str_make(buffer, failed || size > KEY_SIZE ? 0 : size);
}

/* The name of a column of last month without its period: 上月受理数 is 受理数. */
static gg_str without_period(gg_str name) {
    static const char *const words[] = {"上月", "上周", "上期", "本月", "本周", "本期", "当月"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i]);
        if (name.size > size && memcmp(name.data, words[i], size) == 0) {
            return gg_str_make(name.data + size, name.size - size);
        }
    }
    return name;
}

/* Index the earlier bulletin's figures: closing ones as "=", this period's under their column's
 * bare name. */
static void index_tables(gg_audit *audit, gg_audit *previous, gg_map *index) {
    for (size_t t = 0; t < previous->document.table_count && gg_audit_go_on(audit, "continuity");
         t++) {
        const gg_audit_table *table = &previous->document.tables[t];
        const gg_audit_columns *columns = &previous->columns[t];
        if (!gg_audit_is_regular(previous, table)) {
            continue;
        }
        for (int32_t c = 0; c < table->columns && columns->key_count > 0; c++) {
            gg_str name = columns->items[c].name;
            int closing = is_closing(name);
            char column[64];
            if (columns->items[c].kind != GG_COLUMN_COUNT || is_opening(name) || is_last(name)) {
                continue;
            }
            gg_str bare = without_period(name);
            gg_text_copy(column, sizeof column, bare.data, bare.size);
            for (size_t r = columns->first_data; r < columns->end; r++) {
                int32_t figure = gg_audit_cell_figure(previous, table, r, c);
                char buffer[KEY_SIZE];
                gg_str key = figure == GG_NO_FIGURE
                                 ? gg_str_make("", 0)
                                 : cell_key(buffer, previous, table, r, closing ? "=" : column);
                int64_t value = gg_map_get(index, key, -1) == -1 ? figure : -2;
                if (key.size > 0 && gg_map_set(index, key, value) != 0) {
                    gg_audit_out_of_memory(audit);
                    return;
                }
            }
        }
    }
}

static void compare_tables(gg_audit *audit, const gg_audit *previous, const gg_map *index) {
    for (size_t t = 0; t < audit->document.table_count && gg_audit_go_on(audit, "continuity");
         t++) {
        const gg_audit_table *table = &audit->document.tables[t];
        const gg_audit_columns *columns = &audit->columns[t];
        if (!gg_audit_is_regular(audit, table)) {
            continue;
        }
        for (int32_t c = 0; c < table->columns && columns->key_count > 0; c++) {
            gg_str name = columns->items[c].name;
            char column[64];
            if (columns->items[c].kind != GG_COLUMN_COUNT ||
                (!is_opening(name) && !is_last(name))) {
                continue;
            }
            gg_str bare = without_period(name);
            gg_text_copy(column, sizeof column, bare.data, bare.size);
            for (size_t r = columns->first_data; r < columns->end; r++) {
                int32_t figure = gg_audit_cell_figure(audit, table, r, c);
                char buffer[KEY_SIZE];
                gg_str key = figure == GG_NO_FIGURE ? gg_str_make("", 0)
                                                    : cell_key(buffer, audit, table, r,
                                                               is_opening(name) ? "=" : column);
                int64_t before = key.size > 0 ? gg_map_get(index, key, -1) : -1;
                if (before >= 0) {
                    compare(audit, figure, &previous->figures[before]);
                }
            }
        }
    }
}

/* The one closing count of the earlier prose against the one opening count of this one. */
static void compare_prose(gg_audit *audit, const gg_audit *previous) {
    const gg_saying *closing = NULL;
    size_t closings = 0;
    for (size_t i = 0; i < previous->prose->count; i++) {
        const gg_saying *saying = &previous->prose->items[i];
        if (saying->kind == GG_SAYS_COUNT && !saying->rough && is_closing(saying->label)) {
            closing = saying;
            closings++;
        }
    }
    for (size_t i = 0; i < audit->prose->count && closings == 1; i++) {
        const gg_saying *saying = &audit->prose->items[i];
        if ((saying->kind == GG_SAYS_COUNT || saying->kind == GG_SAYS_BASE) && !saying->rough &&
            is_opening(saying->label) && gg_audit_same_unit(saying, closing)) {
            compare(audit, saying->figure, &previous->figures[closing->figure]);
        }
    }
}

void gg_audit_check_continuity(gg_audit *audit, gg_audit *previous) {
    gg_map index = {0};
    index_tables(audit, previous, &index);
    compare_tables(audit, previous, &index);
    compare_prose(audit, previous);
    gg_map_release(&index);
    if (audit->status == GRIDGOV_OK) {
        audit->status = previous->status;
    }
}
