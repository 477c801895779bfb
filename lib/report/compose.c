/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov_bulletin_compose(): the monthly bulletin from its parts, in the order of the published
 * document. The sections share one model: a figure is made where it is first printed and found
 * again by its code wherever it is printed next, so the next steps, which stand before the
 * evaluation table, name the very totals that the table prints. */
#include "compose.h"

#include "base/error.h"

#include <gridgov/civil.h>

static void say_front(gg_composer *c, int64_t excluded) {
    const gg_parameters *p = c->parameters;
    if (p->issuer[0] != '\0' || p->document_number[0] != '\0') {
        gg_say_block(c, GRIDGOV_BLOCK_ISSUER, 0, "");
        gg_say(c, p->issuer);
        gg_say(c, p->issuer[0] != '\0' && p->document_number[0] != '\0' ? "\n" : "");
        gg_say(c, p->document_number);
    }
    if (excluded > 0) {
        gg_say_block(c, GRIDGOV_BLOCK_STAMP, 0, "draft");
        gg_say_two(c, "草稿：有 ", "DRAFT: ");
        gg_say_reference(c,
                         gg_figure_count(c, "load", "excluded", "", GRIDGOV_CELL_VALUE, excluded));
        gg_say_two(c, " 行数据有误、未能载入，以下数字不完整。",
                   " rows could not be loaded; the figures are incomplete.");
    }
    gg_say_block(c, GRIDGOV_BLOCK_TITLE, 0, "");
    if (p->title[0] != '\0') {
        gg_say(c, p->title);
    } else if (c->lang == GRIDGOV_LANG_EN) {
        gg_say(c, p->office);
        gg_say(c, p->office[0] != '\0' ? ": monthly bulletin " : "Monthly bulletin ");
        gg_say_int(c, c->year);
        gg_say(c, "-");
        gg_say_padded(c, c->month);
    } else {
        gg_say(c, p->office);
        gg_say_month_name(c);
        gg_say(c, "“基层治理四平台”事件数据分析研判报告");
    }
    for (int i = 0; i < 2; i++) {
        const char *text = i == 0 ? p->addressees : p->preamble;
        if (text[0] != '\0') {
            gg_say_block(c, GRIDGOV_BLOCK_PARAGRAPH, 0, i == 0 ? "addressees" : "preamble");
            gg_say(c, text);
        }
    }
}

static void say_back(gg_composer *c) {
    const gg_parameters *p = c->parameters;
    int32_t year = 0, month = 0, day = 0;
    if (p->cc[0] == '\0' && p->printed_by[0] == '\0' && p->printed_on == GRIDGOV_NO_DAY) {
        return;
    }
    gg_say_block(c, GRIDGOV_BLOCK_COLOPHON, 0, "");
    if (p->cc[0] != '\0') {
        gg_say_two(c, "抄送：", "Copies: ");
        gg_say(c, p->cc);
        gg_say_two(c, "。\n", ".\n");
    }
    gg_say(c, p->printed_by);
    if (gridgov_day_civil(&year, &month, &day, p->printed_on) == GRIDGOV_OK) {
        gg_say_two(c, p->printed_by[0] != '\0' ? "　" : "", " ");
        gg_say_int(c, year);
        gg_say_two(c, "年", "-");
        gg_say_int(c, month);
        gg_say_two(c, "月", "-");
        gg_say_int(c, day);
        gg_say_two(c, "日印发", "");
    }
}

static void set_dates(gg_composer *c) {
    gridgov_span period = {0, 0};
    int32_t offset = gridgov_facts_utc_offset(c->facts);
    gg_compose_fail(c, gridgov_facts_period(&period, c->facts));
    gg_compose_fail(
        c, gridgov_day_civil(&c->year, &c->month, NULL, gridgov_time_day(period.from, offset)));
    gg_compose_fail(c, gridgov_day_civil(&c->cut_year, &c->cut_month, &c->cut_day,
                                         gridgov_time_day(gridgov_facts_as_of(c->facts), offset)));
}

gridgov_status gridgov_bulletin_compose(gridgov_bulletin **out, const gridgov_facts *facts,
                                        const gridgov_scorecards *cards, const char *parameters,
                                        size_t parameters_size, int64_t excluded, int32_t lang,
                                        gridgov_issues *issues, gridgov_error *err) {
    gg_parameters loaded;
    gg_composer c = {.facts = facts, .cards = cards, .issues = issues, .lang = lang};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (facts == NULL || excluded < 0 || (lang != GRIDGOV_LANG_ZH && lang != GRIDGOV_LANG_EN)) {
        return gg_fail_arg(err, facts == NULL ? "facts" : excluded < 0 ? "excluded" : "lang");
    }
    c.parameters = &loaded;
    c.status = gg_parameters_load(&loaded, parameters, parameters_size, issues, &c.error);
    if (c.status == GRIDGOV_OK) {
        c.status = gridgov_bulletin_new(&c.bulletin, &c.error);
    }
    if (c.status == GRIDGOV_OK) {
        set_dates(&c);
        say_front(&c, excluded);
        gg_compose_events(&c);
        gg_compose_agencies(&c);
        gg_compose_next(&c);
        gg_compose_grids(&c);
        say_back(&c);
        gg_say_break(&c);
    }
    gg_buf_release(&c.pending);
    gg_buf_release(&c.scratch);
    gg_parameters_release(&loaded);
    if (c.status != GRIDGOV_OK) {
        gridgov_bulletin_free(c.bulletin);
        if (err != NULL) {
            *err = c.error;
        }
        return c.status;
    }
    *out = c.bulletin;
    return GRIDGOV_OK;
}
