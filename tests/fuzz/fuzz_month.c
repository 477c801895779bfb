/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as one table of an otherwise good month: the first byte says which. Whatever is left
 * out is counted, the cards add up, and the bulletin can be drawn in every format. What appeals
 * make of it is a table that adds up, too, and a document. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TABLES 32 /* above every GRIDGOV_TABLE_* */

static const char units[] = "单位,网格,网格编码\n甲社区,一网格,1\n,二网格,2\n乙社区,一网格,3\n";
static const char officers[] = "工号,网格\nA1,1\nA2,2\n";
static const char events[] = "事件编号,类型,网格,上报时间,办结时间,认定结果\n"
                             "E1,城市管理,1,2021-09-01,2021-09-02,有效\n";

static void check_summary(const gridgov_month *month, int32_t table) {
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    if (gridgov_month_summary(&summary, month, table) == GRIDGOV_OK &&
        summary.read != summary.added + summary.replaced + summary.skipped + summary.excluded) {
        abort();
    }
}

static void check_cards(const gridgov_scorecards *cards) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_score_line line = {.struct_size = sizeof line};
    for (int64_t i = 0; gridgov_scorecards_at(&card, cards, i) == GRIDGOV_OK; i++) {
        gridgov_points sum = card.out_of + card.bonus;
        for (int64_t k = 0; gridgov_scorecards_line_at(&line, cards, i, k) == GRIDGOV_OK; k++) {
            sum += line.points;
            if (line.points > 0 || line.points < -line.max) {
                abort();
            }
        }
        if (sum != card.total) {
            abort();
        }
    }
}

static void draw(const gridgov_bulletin *bulletin) {
    for (int32_t format = GRIDGOV_FORMAT_MARKDOWN; format <= GRIDGOV_FORMAT_CSV; format++) {
        gridgov_render_options options;
        gridgov_bytes *bytes = NULL;
        gridgov_render_options_init(&options, sizeof options);
        options.table = "grids";
        if (gridgov_render_bytes(&bytes, bulletin, format, &options, NULL) == GRIDGOV_EINTERNAL) {
            abort();
        }
        gridgov_bytes_free(bytes);
    }
}

/* The table once every ruling is known, beside the one as printed. */
static void correct(const gridgov_month *month) {
    const gridgov_scorecards *printed = gridgov_month_scorecards(month);
    gridgov_bulletin *document = NULL;
    gridgov_scorecards *before = NULL, *after = NULL;
    if (gridgov_restate(&document, &before, &after, gridgov_month_facts(month),
                        gridgov_scorecards_policy(printed), INT64_MAX, GRIDGOV_LANG_ZH, NULL, NULL,
                        NULL) == GRIDGOV_OK) {
        gridgov_scorecard a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
        for (int64_t i = 0; gridgov_scorecards_at(&a, printed, i) == GRIDGOV_OK; i++) {
            if (gridgov_scorecards_at(&b, before, i) != GRIDGOV_OK || a.total != b.total) {
                abort();
            }
        }
        check_cards(after);
        draw(document);
    }
    gridgov_scorecards_free(before);
    gridgov_scorecards_free(after);
    gridgov_bulletin_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_month *month = NULL;
    int32_t table = size == 0 ? 0 : data[0] % TABLES + 1;
    if (gridgov_field_count(table) == 0 ||
        gridgov_month_new(&month, "2021-09", 7, NULL) != GRIDGOV_OK) {
        return 0;
    }
    gridgov_month_set_table(month, GRIDGOV_TABLE_UNITS, units, strlen(units), NULL, NULL);
    gridgov_month_set_table(month, GRIDGOV_TABLE_OFFICERS, officers, strlen(officers), NULL, NULL);
    gridgov_month_set_table(month, GRIDGOV_TABLE_EVENTS, events, strlen(events), NULL, NULL);
    gridgov_month_set_table(month, table, (const char *)data + 1, size - 1, NULL, NULL);
    if (gridgov_month_run(month, NULL, NULL, NULL) == GRIDGOV_OK) {
        if (table == GRIDGOV_TABLE_APPEALS) {
            correct(month);
        }
        for (int64_t i = 0; gridgov_code_at(&table, GRIDGOV_KIND_TABLE, i) == GRIDGOV_OK; i++) {
            check_summary(month, table);
        }
        check_cards(gridgov_month_scorecards(month));
        draw(gridgov_month_bulletin(month));
    }
    gridgov_month_free(month);
    return 0;
}
