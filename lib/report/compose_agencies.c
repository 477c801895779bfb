/* SPDX-License-Identifier: Apache-2.0 */
/* Section 二、派驻机构事件处理情况: per agency 办理数, 流转数, 结案数, 结案率 with the cut-off that
 * the closures were counted by. An agency that handled nothing prints `/` in every column: 0/0 is
 * no rate. An agency that only the data name, and not in this period, is not printed. */
#include "compose.h"

static void say_agency(gg_composer *c, int64_t index, const int64_t metrics[3]) {
    static const char *const codes[3] = {"handled", "dispatched", "closed"};
    gridgov_facts_row row = {.struct_size = sizeof row};
    gridgov_cell cells[3];
    int32_t rate_state;
    if (gridgov_facts_row_at(&row, c->facts, GRIDGOV_DIMENSION_AGENCY, index) != GRIDGOV_OK) {
        return;
    }
    cells[0] = gg_cell_of(c->facts, GRIDGOV_DIMENSION_AGENCY, index, metrics[0]);
    if (row.unit == GRIDGOV_NONE && cells[0].state == GRIDGOV_CELL_NOT_APPLICABLE) {
        return;
    }
    gg_say_row(c, 0);
    gg_say_cell(c, 1, 1);
    gg_say(c, row.name);
    if (!row.known) {
        gg_say_two(c, "（待核）", " (to be verified)");
    }
    for (int i = 0; i < 3; i++) {
        cells[i] = gg_cell_of(c->facts, GRIDGOV_DIMENSION_AGENCY, index, metrics[i]);
        gg_say_cell(c, 1, 1);
        gg_say_reference(
            c, gg_figure_count(c, "agency", row.name, codes[i], cells[i].state, cells[i].value));
    }
    rate_state = cells[0].state != GRIDGOV_CELL_VALUE ? cells[0].state : cells[2].state;
    gg_say_cell(c, 1, 1);
    gg_say_reference(c, gg_figure_ratio(c, GRIDGOV_FIGURE_RATE, "agency", row.name, "rate",
                                        rate_state, cells[2].value, cells[0].value));
}

void gg_compose_agencies(gg_composer *c) {
    int64_t count = gridgov_facts_row_count(c->facts, GRIDGOV_DIMENSION_AGENCY);
    const int64_t metrics[3] = {
        gg_metric_of(c->facts, GRIDGOV_MEASURE_AGENCY_HANDLED, GRIDGOV_DIMENSION_AGENCY),
        gg_metric_of(c->facts, GRIDGOV_MEASURE_AGENCY_DISPATCHED, GRIDGOV_DIMENSION_AGENCY),
        gg_metric_of(c->facts, GRIDGOV_MEASURE_AGENCY_CLOSED, GRIDGOV_DIMENSION_AGENCY)};
    gg_say_block(c, GRIDGOV_BLOCK_HEADING, 1, "agencies");
    gg_say_two(c, "二、派驻机构事件处理情况", "2. Agencies");
    if (count == 0) {
        gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, "");
        gg_say_two(c, "本期未提供派驻机构数据。", "No agencies were supplied for this period.");
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_TABLE, 0, "agencies");
    gg_say_int(c, c->year);
    gg_say_two(c, "年", "-");
    gg_say_padded(c, c->month);
    gg_say_two(c, "月派驻机构事件处理情况", ": cases handled by agencies");
    gg_say_row(c, 1);
    gg_say_head(c, "基层站所", "Agency");
    gg_say_head(c, "办理数", "Handled");
    gg_say_head(c, "流转数", "Dispatched");
    gg_say_head(c, "结案数", "Closed");
    gg_say_head(c, "结案率", "Closure rate");
    for (int64_t i = 0; i < count && c->status == GRIDGOV_OK; i++) {
        say_agency(c, i, metrics);
    }
    gg_say_block(c, GRIDGOV_BLOCK_NOTE, 0, "");
    if (c->lang == GRIDGOV_LANG_EN) {
        gg_say(c, "Closures up to ");
        gg_say_int(c, c->cut_year);
        gg_say(c, "-");
        gg_say_padded(c, c->cut_month);
        gg_say(c, "-");
        gg_say_padded(c, c->cut_day);
        gg_say(c, ". / : nothing to report.");
    } else {
        gg_say(c, "结案数截止 ");
        if (c->cut_year != c->year) {
            gg_say_int(c, c->cut_year);
            gg_say(c, " 年 ");
        }
        gg_say_padded(c, c->cut_month);
        gg_say(c, " 月 ");
        gg_say_padded(c, c->cut_day);
        gg_say(c, " 日。“/”表示无办理事项或无数据。");
    }
}
