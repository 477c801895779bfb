/* SPDX-License-Identifier: Apache-2.0 */
/* Slips: what a community checks before the table is published. Everything stands in explanations;
 * here it is only laid out. A line without a deduction is not listed, but one that was not assessed
 * is, because the grid may be able to supply the data. */
#include "base/buf.h"
#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>
#include <gridgov/explain.h>
#include <gridgov/slip.h>

#include <string.h>

#define ITEMS_SHOWN 40 /* pieces of evidence of one line */

typedef struct slip {
    gridgov_bulletin *out;
    const gridgov_scorecards *cards;
    const gridgov_units *units;
    const gridgov_evidence *evidence;
    gridgov_job *job;
    gridgov_error *err;
    gg_buf text;
    int64_t unit;
    int32_t lang;
} slip;

static const char *in(const slip *s, const char *zh, const char *en) {
    return s->lang == GRIDGOV_LANG_EN ? en : zh;
}

static int64_t unit_of(const gridgov_scorecards *cards, int64_t card) {
    gridgov_scorecard view = {.struct_size = sizeof view};
    gridgov_unit unit = {.struct_size = sizeof unit, .parent = GRIDGOV_NONE};
    const gridgov_units *units = gridgov_facts_units(gridgov_scorecards_facts(cards));
    (void)gridgov_scorecards_at(&view, cards, card);
    (void)gridgov_units_at(&unit, units, view.unit);
    return unit.parent;
}

/* Grids stand below their unit in published order, so a unit's cards follow each other. */
static int begins(const gridgov_scorecards *cards, int64_t card) {
    return card == 0 || unit_of(cards, card) != unit_of(cards, card - 1);
}

int64_t gridgov_slip_count(const gridgov_scorecards *cards) {
    int64_t count = 0;
    for (int64_t i = 0; i < gridgov_scorecards_count(cards); i++) {
        count += begins(cards, i);
    }
    return count;
}

/* The first card of a slip; GRIDGOV_NONE. */
static int64_t first_card(const gridgov_scorecards *cards, int64_t index) {
    for (int64_t i = 0; index >= 0 && i < gridgov_scorecards_count(cards); i++) {
        if (begins(cards, i) && index-- == 0) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

gridgov_status gridgov_slip_unit(int64_t *unit_out, const gridgov_scorecards *cards,
                                 int64_t index) {
    if (unit_out == NULL || cards == NULL) {
        return GRIDGOV_EARG;
    }
    const int64_t card = first_card(cards, index);
    *unit_out = card == GRIDGOV_NONE ? GRIDGOV_NONE : unit_of(cards, card);
    return card == GRIDGOV_NONE ? GRIDGOV_END : GRIDGOV_OK;
}

/* Write the text at hand into the current block or cell. */
static gridgov_status flush(slip *s) {
    if (gg_buf_failed(&s->text)) {
        return gg_fail_memory(s->err);
    }
    gridgov_status status =
        gridgov_bulletin_add_text(s->out, gg_buf_data(&s->text), s->text.size, s->err);
    gg_buf_clear(&s->text);
    return status;
}

static gridgov_status block(slip *s, int32_t kind, int32_t level, const char *code) {
    return gridgov_bulletin_add_block(s->out, kind, level, code, s->err);
}

static gridgov_status cell(slip *s, const char *text) {
    GG_TRY(gridgov_bulletin_add_cell(s->out, 1, 1, s->err));
    gg_buf_text(&s->text, text);
    return flush(s);
}

static void put_points(gg_buf *buf, gridgov_points points) {
    char text[GG_NUM_TEXT_SIZE];
    gg_buf_text(buf, points > 0 ? "+" : "");
    gg_buf_add(buf, text, gg_decimal_format(text, points, 3, 0));
}

static void put_day(gg_buf *buf, gridgov_day day) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    (void)gridgov_day_format(text, day);
    gg_buf_text(buf, text);
}

static gridgov_status put_title(slip *s) {
    const gridgov_facts *facts = gridgov_scorecards_facts(s->cards);
    const int32_t offset = gridgov_facts_utc_offset(facts);
    gridgov_span period = {0, 0};
    gridgov_unit unit = {.struct_size = sizeof unit, .name = ""};
    (void)gridgov_facts_period(&period, facts);
    (void)gridgov_units_at(&unit, s->units, s->unit);
    GG_TRY(block(s, GRIDGOV_BLOCK_TITLE, 0, ""));
    gg_buf_text(&s->text, unit.name);
    gg_buf_text(&s->text, in(s, "网格考核核对单", ": slip to be checked"));
    GG_TRY(flush(s));
    GG_TRY(block(s, GRIDGOV_BLOCK_PARAGRAPH, 0, ""));
    gg_buf_text(&s->text, in(s, "考核期 ", "Period "));
    put_day(&s->text, gridgov_time_day(period.from, offset));
    gg_buf_text(&s->text, in(s, " 至 ", " to "));
    put_day(&s->text, gridgov_time_day(period.to - 1, offset));
    gg_buf_text(&s->text, in(s, "，考核细则：", ", policy: "));
    gg_buf_text(&s->text, gridgov_policy_title(gridgov_scorecards_policy(s->cards), s->lang));
    gg_buf_text(
        &s->text,
        in(s,
           "。下列为公布前的拟扣分和依据，请逐项核对。有异议的，在该项“异议”栏打勾，写明理由"
           "，于 ＿＿ 月 ＿＿ 日前交回；逾期未交回的，视为无异议。",
           ". These are the deductions proposed before publication, with their evidence. Tick "
           "what is contested, say why, and return the slip by ____________; what is not "
           "returned counts as agreed."));
    return flush(s);
}

/* One row: number, indicator, points, what was observed against what, evidence, contested. */
static gridgov_status put_row(slip *s, const gridgov_explanation *why,
                              const gridgov_explained *line, int64_t number) {
    const int assessed = line->state == GRIDGOV_CELL_VALUE || line->state == GRIDGOV_CELL_BLANK;
    char text[GG_NUM_TEXT_SIZE];
    gg_int_format(text, number);
    GG_TRY(gridgov_bulletin_add_row(s->out, 0, s->err));
    GG_TRY(cell(s, text));
    GG_TRY(cell(s, line->name));
    GG_TRY(gridgov_bulletin_add_cell(s->out, 1, 1, s->err));
    if (assessed) {
        put_points(&s->text, line->points);
    } else {
        gg_buf_text(&s->text, in(s, "未评分", "not assessed"));
    }
    GG_TRY(flush(s));
    GG_TRY(gridgov_bulletin_add_cell(s->out, 1, 1, s->err));
    gg_buf_text(&s->text, line->observed);
    gg_buf_text(&s->text, line->threshold[0] == '\0' ? "" : in(s, "；标准：", "; threshold: "));
    gg_buf_text(&s->text, line->threshold);
    GG_TRY(flush(s));
    GG_TRY(gridgov_bulletin_add_cell(s->out, 1, 1, s->err));
    for (int64_t i = 0; i < line->item_count && i < ITEMS_SHOWN; i++) {
        const char *item = "";
        (void)gridgov_explanation_item_at(NULL, &item, why, line->first_item + i);
        gg_buf_text(&s->text, i == 0 ? "" : in(s, "；", "; "));
        gg_buf_text(&s->text, item);
    }
    if (line->item_count > ITEMS_SHOWN) {
        gg_buf_text(&s->text, in(s, "；另有 ", "; and "));
        gg_buf_int(&s->text, line->item_count - ITEMS_SHOWN);
        gg_buf_text(&s->text, in(s, " 条", " more"));
    }
    GG_TRY(flush(s));
    return cell(s, "□");
}

static int is_listed(const gridgov_explained *line) {
    const int assessed = line->state == GRIDGOV_CELL_VALUE || line->state == GRIDGOV_CELL_BLANK;
    return line->points != 0 || (!assessed && line->indicator != GRIDGOV_NONE);
}

static gridgov_status put_header(slip *s) {
    static const char *const heads[2][6] = {
        {"序号", "指标", "拟加减分", "实际和标准", "依据", "异议"},
        {"No.", "Indicator", "Points", "Observed and threshold", "Evidence", "Contested"}};
    GG_TRY(block(s, GRIDGOV_BLOCK_TABLE, 0, "deductions"));
    GG_TRY(gridgov_bulletin_add_row(s->out, 1, s->err));
    for (size_t i = 0; i < 6; i++) {
        GG_TRY(cell(s, heads[s->lang == GRIDGOV_LANG_EN][i]));
    }
    return GRIDGOV_OK;
}

static gridgov_status put_grid_lines(slip *s, const gridgov_explanation *why) {
    gridgov_explained line = {.struct_size = sizeof line};
    int64_t number = 0;
    for (int64_t i = 0; gridgov_explanation_line_at(&line, why, i) == GRIDGOV_OK; i++) {
        if (!is_listed(&line)) {
            continue;
        }
        if (number++ == 0) {
            GG_TRY(put_header(s));
        }
        GG_TRY(put_row(s, why, &line, number));
    }
    if (number == 0) {
        GG_TRY(block(s, GRIDGOV_BLOCK_PARAGRAPH, 0, ""));
        gg_buf_text(&s->text, in(s, "各项均不扣分。", "Nothing is deducted."));
        return flush(s);
    }
    return GRIDGOV_OK;
}

static gridgov_status put_grid(slip *s, int64_t index) {
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_explanation *why = NULL;
    char text[GG_NUM_TEXT_SIZE];
    (void)gridgov_scorecards_at(&card, s->cards, index);
    GG_TRY(block(s, GRIDGOV_BLOCK_HEADING, 1, ""));
    gg_buf_text(&s->text, card.grid_name);
    gg_buf_text(&s->text, in(s, "：拟得 ", ": proposed total "));
    if (card.total_state == GRIDGOV_CELL_VALUE) {
        gg_buf_add(&s->text, text, gg_decimal_format(text, card.total, 3, 0));
        gg_buf_text(&s->text, in(s, " 分（满分 ", " (out of "));
        gg_buf_add(&s->text, text, gg_decimal_format(text, card.total_of, 3, 0));
        gg_buf_text(&s->text, in(s, "）", ")"));
    } else {
        gg_buf_text(&s->text, "/");
    }
    GG_TRY(flush(s));
    gridgov_status status =
        gridgov_explain(&why, s->cards, index, s->evidence, s->lang, s->job, s->err);
    status = status == GRIDGOV_OK ? put_grid_lines(s, why) : status;
    gridgov_explanation_free(why);
    return status;
}

/* One line to sign or tick, in a paragraph of its own. */
static gridgov_status put_line(slip *s, const char *zh, const char *en) {
    GG_TRY(block(s, GRIDGOV_BLOCK_PARAGRAPH, 0, "signature"));
    gg_buf_text(&s->text, in(s, zh, en));
    return flush(s);
}

static gridgov_status put_signature(slip *s) {
    GG_TRY(put_line(s, "异议理由（可另附页）：", "Grounds (a sheet may be added): "));
    GG_TRY(put_line(s, "□ 无异议　□ 有异议，见上", "□ agreed   □ contested as above"));
    GG_TRY(put_line(s, "核对人（签字）：＿＿＿＿＿＿＿＿",
                    "Checked by (signature): ________________"));
    GG_TRY(put_line(s, "负责人（签字）：＿＿＿＿＿＿＿＿", "Head (signature): ________________"));
    return put_line(s, "日期：＿＿＿＿年＿＿月＿＿日", "Date: ____________");
}

static gridgov_status add_pins(slip *s) {
    GG_TRY(gridgov_bulletin_add_pin(s->out, "language",
                                    gridgov_code_text(GRIDGOV_KIND_LANG, s->lang), s->err));
    GG_TRY(gridgov_bulletin_add_pin(
        s->out, "ledger",
        gridgov_ledger_digest(gridgov_facts_ledger(gridgov_scorecards_facts(s->cards))), s->err));
    return gridgov_bulletin_add_pin(
        s->out, "policy", gridgov_policy_digest(gridgov_scorecards_policy(s->cards)), s->err);
}

/* The slip that begins at a card; *card becomes the first one behind it. */
static gridgov_status put_slip(slip *s, int64_t *card) {
    s->unit = unit_of(s->cards, *card);
    GG_TRY(put_title(s));
    for (; *card < gridgov_scorecards_count(s->cards) && unit_of(s->cards, *card) == s->unit;
         ++*card) {
        GG_TRY(put_grid(s, *card));
    }
    return put_signature(s);
}

/* One slip, or all from the first on. The evidence of all grids is found once. */
static gridgov_status compose(slip *s, int64_t card, int all) {
    gridgov_evidence *found = NULL;
    gridgov_status status = gridgov_bulletin_new(&s->out, s->err);
    if (status == GRIDGOV_OK && all && s->evidence == NULL) {
        status = gridgov_evidence_find(&found, gridgov_scorecards_facts(s->cards),
                                       GRIDGOV_DIMENSION_UNIT, GRIDGOV_NONE, GRIDGOV_NONE, s->job,
                                       s->err);
        s->evidence = found;
    }
    if (status == GRIDGOV_OK) {
        status = add_pins(s);
    }
    do {
        status = status == GRIDGOV_OK ? put_slip(s, &card) : status;
    } while (status == GRIDGOV_OK && all && card < gridgov_scorecards_count(s->cards));
    gridgov_evidence_free(found);
    return status;
}

gridgov_status gridgov_slip_compose(gridgov_bulletin **out, const gridgov_scorecards *cards,
                                    int64_t index, const gridgov_evidence *evidence, int32_t lang,
                                    gridgov_job *job, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (cards == NULL) {
        return gg_fail_arg(err, "cards");
    }
    if (lang != GRIDGOV_LANG_ZH && lang != GRIDGOV_LANG_EN) {
        return gg_fail_arg(err, "lang");
    }
    const int all = index == GRIDGOV_NONE;
    const int64_t first = first_card(cards, all ? 0 : index);
    if (first == GRIDGOV_NONE) {
        return GRIDGOV_END;
    }
    slip s = {.cards = cards,
              .units = gridgov_facts_units(gridgov_scorecards_facts(cards)),
              .evidence = evidence,
              .job = job,
              .err = err,
              .lang = lang};
    gridgov_status status = compose(&s, first, all);
    gg_buf_release(&s.text);
    if (status != GRIDGOV_OK) {
        gridgov_bulletin_free(s.out);
        return status;
    }
    *out = s.out;
    return GRIDGOV_OK;
}
