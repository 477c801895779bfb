/* SPDX-License-Identifier: Apache-2.0 */
/* A restatement: the period counted once more as it is known later, scored by the same policy, and
 * laid beside the table as printed. */
#include "base/buf.h"
#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>
#include <gridgov/restate.h>

typedef struct restating {
    gridgov_bulletin *out;
    gridgov_scorecards *before, *after;
    const gridgov_facts *printed;
    gridgov_error *err;
    gg_buf text;
    gridgov_time known_by;
    int32_t lang, offset;
    int64_t changes;
} restating;

static const char *in(const restating *r, const char *zh, const char *en) {
    return r->lang == GRIDGOV_LANG_EN ? en : zh;
}

static gridgov_status flush(restating *r) {
    if (gg_buf_failed(&r->text)) {
        return gg_fail_memory(r->err);
    }
    gridgov_status status =
        gridgov_bulletin_add_text(r->out, gg_buf_data(&r->text), r->text.size, r->err);
    gg_buf_clear(&r->text);
    return status;
}

static gridgov_status block(restating *r, int32_t kind, int32_t level, const char *code) {
    return gridgov_bulletin_add_block(r->out, kind, level, code, r->err);
}

static gridgov_status cell(restating *r, const char *text) {
    GG_TRY(gridgov_bulletin_add_cell(r->out, 1, 1, r->err));
    gg_buf_text(&r->text, text);
    return flush(r);
}

static gridgov_status points_cell(restating *r, int32_t state, gridgov_points points) {
    char text[GG_NUM_TEXT_SIZE] = "/";
    if (state == GRIDGOV_CELL_VALUE || state == GRIDGOV_CELL_BLANK) {
        gg_decimal_format(text, points, 3, 0);
    }
    return cell(r, text);
}

static void put_moment(restating *r, gridgov_time time) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    if (time != GRIDGOV_NO_TIME && gridgov_time_format(text, time, r->offset) == GRIDGOV_OK) {
        text[10] = ' ';
        gg_buf_add(&r->text, text, 16);
    }
}

static gridgov_status put_title(restating *r) {
    gridgov_span period = {0, 0};
    char day[GRIDGOV_CIVIL_TEXT_SIZE] = "";
    (void)gridgov_facts_period(&period, r->printed);
    GG_TRY(block(r, GRIDGOV_BLOCK_TITLE, 0, ""));
    gg_buf_text(&r->text, in(r, "网格考核更正通报", "Corrections to the evaluation of grids"));
    GG_TRY(flush(r));
    GG_TRY(block(r, GRIDGOV_BLOCK_PARAGRAPH, 0, ""));
    gg_buf_text(&r->text, in(r, "考核期 ", "Period "));
    (void)gridgov_day_format(day, gridgov_time_day(period.from, r->offset));
    gg_buf_text(&r->text, day);
    gg_buf_text(&r->text, in(r, " 至 ", " to "));
    (void)gridgov_day_format(day, gridgov_time_day(period.to - 1, r->offset));
    gg_buf_text(&r->text, day);
    gg_buf_text(&r->text, in(r, "。原表按 ", ". The table as printed knew what was recorded by "));
    put_moment(r, gridgov_facts_known_by(r->printed));
    gg_buf_text(&r->text,
                in(r, " 前已知的情况，现按 ", "; it is corrected by what was recorded by "));
    put_moment(r, r->known_by);
    gg_buf_text(&r->text, in(r, " 前已知的情况更正如下。", ":"));
    return flush(r);
}

static gridgov_status put_heads(restating *r, const char *code, const char *const *heads,
                                size_t count) {
    GG_TRY(block(r, GRIDGOV_BLOCK_TABLE, 0, code));
    GG_TRY(gridgov_bulletin_add_row(r->out, 1, r->err));
    for (size_t i = 0; i < count; i++) {
        GG_TRY(cell(r, heads[i]));
    }
    return GRIDGOV_OK;
}

static gridgov_status put_change(restating *r, const gridgov_scorecard *card, const char *name,
                                 int32_t state_a, gridgov_points a, int32_t state_b,
                                 gridgov_points b) {
    static const char *const heads[2][5] = {{"单位", "网格", "项目", "原", "更正为"},
                                            {"Unit", "Grid", "Item", "Was", "Is"}};
    if (state_a == state_b && a == b) {
        return GRIDGOV_OK;
    }
    if (r->changes++ == 0) {
        GG_TRY(put_heads(r, "corrections", heads[r->lang == GRIDGOV_LANG_EN], 5));
    }
    GG_TRY(gridgov_bulletin_add_row(r->out, 0, r->err));
    GG_TRY(cell(r, card->unit_name));
    GG_TRY(cell(r, card->grid_name));
    GG_TRY(cell(r, name));
    GG_TRY(points_cell(r, state_a, a));
    return points_cell(r, state_b, b);
}

/* The grids of both tables are the same, in the same order. */
static gridgov_status put_changes(restating *r) {
    gridgov_scorecard a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
    for (int64_t i = 0; gridgov_scorecards_at(&a, r->before, i) == GRIDGOV_OK &&
                        gridgov_scorecards_at(&b, r->after, i) == GRIDGOV_OK;
         i++) {
        gridgov_score_line x = {.struct_size = sizeof x}, y = {.struct_size = sizeof y};
        for (int64_t k = 0; gridgov_scorecards_line_at(&x, r->before, i, k) == GRIDGOV_OK &&
                            gridgov_scorecards_line_at(&y, r->after, i, k) == GRIDGOV_OK;
             k++) {
            GG_TRY(put_change(r, &a, x.name, x.state, x.points, y.state, y.points));
        }
        GG_TRY(put_change(r, &a,
                          gridgov_policy_bonus_name(gridgov_scorecards_policy(r->before), r->lang),
                          GRIDGOV_CELL_VALUE, a.bonus, GRIDGOV_CELL_VALUE, b.bonus));
        GG_TRY(put_change(r, &a, in(r, "总分", "Total"), a.total_state, a.total, b.total_state,
                          b.total));
    }
    if (r->changes == 0) {
        GG_TRY(block(r, GRIDGOV_BLOCK_PARAGRAPH, 0, ""));
        gg_buf_text(&r->text, in(r, "各网格得分没有变化。", "No grid's points differ."));
        return flush(r);
    }
    return GRIDGOV_OK;
}

/* Every ruling known by now, upheld or not. */
static gridgov_status put_rulings(restating *r) {
    static const char *const heads[2][6] = {
        {"网格", "申诉事项", "裁决", "理由", "裁决人", "裁决时间"},
        {"Grid", "Appeal", "Ruling", "Reason", "Authority", "Ruled"}};
    const gridgov_ledger *ledger = gridgov_facts_ledger(r->printed);
    gridgov_activity row = {.struct_size = sizeof row};
    int64_t listed = 0;
    for (int64_t i = 0; gridgov_ledger_activity_at(&row, ledger, i) == GRIDGOV_OK; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit, .name = ""};
        char day[GRIDGOV_CIVIL_TEXT_SIZE] = "";
        if (row.kind != GRIDGOV_ACTIVITY_RULING || row.state == GRIDGOV_RULING_PENDING ||
            row.at > r->known_by) {
            continue;
        }
        if (listed++ == 0) {
            GG_TRY(put_heads(r, "rulings", heads[r->lang == GRIDGOV_LANG_EN], 6));
        }
        (void)gridgov_units_at(&unit, gridgov_ledger_units(ledger), row.unit);
        if (row.officer[0] != '\0') {
            (void)gridgov_day_format(day, row.day);
        }
        GG_TRY(gridgov_bulletin_add_row(r->out, 0, r->err));
        GG_TRY(cell(r, unit.name));
        GG_TRY(gridgov_bulletin_add_cell(r->out, 1, 1, r->err));
        gg_buf_text(&r->text, row.officer);
        gg_buf_text(&r->text, row.officer[0] != '\0' ? " " : "");
        gg_buf_text(&r->text, day);
        gg_buf_text(&r->text, row.officer[0] == '\0' && row.key[0] == '\0'
                                  ? in(r, "月报", "monthly report")
                                  : row.key);
        GG_TRY(flush(r));
        GG_TRY(cell(r, gridgov_code_title(GRIDGOV_KIND_RULING, row.state, r->lang)));
        GG_TRY(cell(r, row.reason));
        GG_TRY(cell(r, row.authority));
        GG_TRY(gridgov_bulletin_add_cell(r->out, 1, 1, r->err));
        put_moment(r, row.at);
        GG_TRY(flush(r));
    }
    return GRIDGOV_OK;
}

static gridgov_status count_again(restating *r, const gridgov_policy *policy,
                                  const gridgov_score_options *how, gridgov_job *job) {
    gridgov_tally_options options;
    gridgov_facts *facts = NULL;
    gridgov_tally_options_init(&options, sizeof options);
    (void)gridgov_facts_period(&options.period, r->printed);
    options.as_of = gridgov_facts_as_of(r->printed);
    options.known_by = r->known_by;
    options.utc_offset_minutes = r->offset;
    GG_TRY(gridgov_score_run_with(&r->before, r->printed, policy, how, NULL, job, r->err));
    GG_TRY(gridgov_tally_run(&facts, gridgov_facts_ledger(r->printed),
                             gridgov_policy_metrics(policy), gridgov_facts_calendar(r->printed),
                             &options, NULL, job, r->err));
    gridgov_status status =
        gridgov_score_run_with(&r->after, facts, policy, how, NULL, job, r->err);
    gridgov_facts_free(facts);
    return status;
}

static gridgov_status compose(restating *r) {
    GG_TRY(gridgov_bulletin_new(&r->out, r->err));
    GG_TRY(gridgov_bulletin_add_pin(r->out, "language",
                                    gridgov_code_text(GRIDGOV_KIND_LANG, r->lang), r->err));
    GG_TRY(gridgov_bulletin_add_pin(
        r->out, "ledger", gridgov_ledger_digest(gridgov_facts_ledger(r->printed)), r->err));
    GG_TRY(gridgov_bulletin_add_pin(
        r->out, "policy", gridgov_policy_digest(gridgov_scorecards_policy(r->before)), r->err));
    GG_TRY(put_title(r));
    GG_TRY(put_changes(r));
    return put_rulings(r);
}

gridgov_status gridgov_restate(gridgov_bulletin **out, gridgov_scorecards **old_out,
                               gridgov_scorecards **new_out, const gridgov_facts *printed,
                               const gridgov_policy *policy, gridgov_time known_by, int32_t lang,
                               const gridgov_score_options *options, gridgov_job *job,
                               gridgov_error *err) {
    if (old_out != NULL) {
        *old_out = NULL;
    }
    if (new_out != NULL) {
        *new_out = NULL;
    }
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (printed == NULL || policy == NULL) {
        return gg_fail_arg(err, printed == NULL ? "printed" : "policy");
    }
    if (lang != GRIDGOV_LANG_ZH && lang != GRIDGOV_LANG_EN) {
        return gg_fail_arg(err, "lang");
    }
    restating r = {.printed = printed,
                   .err = err,
                   .known_by = known_by,
                   .lang = lang,
                   .offset = gridgov_facts_utc_offset(printed)};
    gridgov_status status = count_again(&r, policy, options, job);
    status = status == GRIDGOV_OK ? compose(&r) : status;
    gg_buf_release(&r.text);
    if (status == GRIDGOV_OK) {
        *out = r.out;
        if (old_out != NULL) {
            *old_out = gridgov_scorecards_hold(r.before);
        }
        if (new_out != NULL) {
            *new_out = gridgov_scorecards_hold(r.after);
        }
    } else {
        gridgov_bulletin_free(r.out);
    }
    gridgov_scorecards_free(r.before);
    gridgov_scorecards_free(r.after);
    return status;
}
