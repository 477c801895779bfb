/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining a card: each line is looked up where the score was made. The rules are evaluated once
 * more by the function that scored them, the evidence is the recorded tally, the given points are
 * those of the facts; nothing is judged here a second time.
 *
 * Invariant: base + Σ points = total, where base is the card's out_of; the pieces of evidence that
 * had the data add up to what a count observed, or to what a ratio fell short by.
 *
 * A ratio without complement fell short by what its denominator counts and its numerator does not:
 * the atoms of both, and of sums of several metrics, are sorted and set off against each other. */
#include "explain_model.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <stdlib.h>
#include <string.h>

/* The atoms of one cell. */
typedef struct atom_list {
    int64_t first, count;
} atom_list;

typedef struct explaining {
    gridgov_explanation *e;
    gridgov_explained *line;
    gridgov_error *err;
    int64_t row;
} explaining;

static gridgov_atom atom_at(const gridgov_explanation *e, int64_t index) {
    gridgov_atom atom = {.struct_size = sizeof atom};
    (void)gridgov_evidence_at(&atom, e->evidence, index);
    return atom;
}

static atom_list atoms_of(const explaining *x, int64_t metric) {
    atom_list list = {0, 0};
    (void)gridgov_evidence_cell(&list.first, &list.count, x->e->evidence, x->row, metric);
    return list;
}

/* Keep what the scratch buffer holds; NULL when memory is short. */
static const char *keep(gridgov_explanation *e) {
    const char *text = gg_buf_failed(&e->scratch)
                           ? NULL
                           : gg_arena_text(&e->arena, gg_buf_data(&e->scratch), e->scratch.size);
    gg_buf_clear(&e->scratch);
    return text;
}

static gridgov_status add_item(const explaining *x, const gridgov_atom *atom) {
    gridgov_explanation *e = x->e;
    if (gg_grow((void **)&e->items, e->item_count, &e->item_capacity, sizeof *e->items)) {
        return gg_fail_memory(x->err);
    }
    gg_put_item(&e->scratch, e, atom);
    e->items[e->item_count] = (gg_explain_item){*atom, keep(e)};
    if (e->items[e->item_count].text == NULL) {
        return gg_fail_memory(x->err);
    }
    e->item_count++;
    x->line->item_count++;
    return GRIDGOV_OK;
}

/* Atoms of several cells on their way to be set off against each other. */
typedef struct net {
    gridgov_atom *atoms;
    size_t count, capacity;
} net;

static int same_order(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

/* By what an atom is; of the same one what is left of the whole first. */
static int by_atom(const void *left, const void *right) {
    const gridgov_atom *a = left;
    const gridgov_atom *b = right;
    const int by_day = a->kind == GRIDGOV_ATOM_OFFICER_DAY; // a day may have no row
    int order = same_order(a->kind, b->kind);
    order = order != 0 || by_day ? order : same_order(a->index, b->index);
    order = order != 0 ? order : strcmp(a->id, b->id);
    order = order != 0 ? order : same_order(a->day, b->day);
    order = order != 0 ? order : same_order(a->count, b->count);
    return order != 0 ? order : same_order(a->metric, b->metric);
}

static int is_same(const gridgov_atom *a, const gridgov_atom *b) {
    return a->kind == b->kind && a->index == b->index && a->day == b->day &&
           strcmp(a->id, b->id) == 0;
}

/* Take the atoms behind an operand, times a sign. 0, or -1 when memory is short. */
static int take_operand(net *n, const explaining *x, gg_policy_operand operand, int64_t sign) {
    for (int64_t i = 0; i < operand.count; i++) {
        const gg_policy_term *term = &x->e->cards->policy->terms[operand.first + i];
        atom_list list = {0, 0};
        if (term->metric >= 0) {
            list = atoms_of(x, term->metric);
        }
        for (int64_t k = list.first; k < list.first + list.count; k++) {
            gridgov_atom atom = atom_at(x->e, k);
            atom.count *= term->times * sign;
            if (!atom.has_data) {
                continue;
            }
            if (gg_grow((void **)&n->atoms, n->count, &n->capacity, sizeof *n->atoms)) {
                return -1;
            }
            n->atoms[n->count++] = atom;
        }
    }
    return 0;
}

/* What a rule counted, or what its ratio fell short by, atom by atom: an atom of the denominator
 * that the numerator has too does not show. The reason is that of the atom that adds least, which
 * says why it is missing. */
static gridgov_status add_net(const explaining *x, const gg_policy_rule *node) {
    const int is_short = node->out_of.count > 0 && !node->complement;
    gridgov_status status = GRIDGOV_OK;
    net n = {NULL, 0, 0};
    if (take_operand(&n, x, node->counted, is_short ? -1 : 1) ||
        (is_short && take_operand(&n, x, node->out_of, 1))) {
        status = gg_fail_memory(x->err);
        goto done;
    }
    if (n.count > 0) {
        qsort(n.atoms, n.count, sizeof *n.atoms, by_atom);
    }
    for (size_t i = 0; i < n.count && status == GRIDGOV_OK;) {
        gridgov_atom sum = n.atoms[i];
        size_t next = i + 1;
        for (; next < n.count && is_same(&n.atoms[next], &sum); next++) {
            sum.count += n.atoms[next].count;
        }
        status = sum.count != 0 ? add_item(x, &sum) : GRIDGOV_OK;
        i = next;
    }
done:
    gg_free(n.atoms);
    return status;
}

/* The atoms of a metric that count, or those that lacked the data. */
static gridgov_status add_atoms(const explaining *x, int64_t metric, int lacking) {
    atom_list list = atoms_of(x, metric);
    for (int64_t i = list.first; i < list.first + list.count; i++) {
        gridgov_atom atom = atom_at(x->e, i);
        if (lacking ? !atom.has_data : atom.has_data && atom.count != 0) {
            GG_TRY(add_item(x, &atom));
        }
    }
    return GRIDGOV_OK;
}

/* 1 if the cell of a metric is a monthly figure. */
static int is_figure(const explaining *x, int64_t metric) {
    gridgov_cell cell = {.struct_size = sizeof cell};
    return metric != GRIDGOV_NONE &&
           gridgov_facts_value(&cell, x->e->cards->facts, GRIDGOV_DIMENSION_UNIT, x->row, metric) ==
               GRIDGOV_OK &&
           cell.origin == GRIDGOV_ORIGIN_FACT;
}

static gridgov_status add_evidence(const explaining *x, const gridgov_score_rule *rule,
                                   const gg_policy_rule *node) {
    const int figures = is_figure(x, rule->numerator) || is_figure(x, rule->denominator);
    if (rule->numerator == GRIDGOV_NONE) {
        return GRIDGOV_OK;
    }
    if (figures && rule->denominator != GRIDGOV_NONE) {
        GG_TRY(add_atoms(x, rule->numerator, 0));
        return add_atoms(x, rule->denominator, 0);
    }
    return add_net(x, node);
}

static gridgov_status add_lacking(const explaining *x, const gridgov_score_rule *rule) {
    const int64_t before = x->line->item_count;
    if (rule->numerator != GRIDGOV_NONE) {
        GG_TRY(add_atoms(x, rule->numerator, 1));
    }
    return rule->denominator != GRIDGOV_NONE && x->line->item_count == before
               ? add_atoms(x, rule->denominator, 1)
               : GRIDGOV_OK;
}

typedef enum phrase { RULE, THRESHOLD, OBSERVED, SHORTFALL, PHRASES } phrase;

static void put_phrase(gg_buf *buf, const explaining *x, phrase what, int64_t index,
                       const gridgov_score_rule *rule, const gg_rule_result *result) {
    const gridgov_policy *policy = x->e->cards->policy;
    switch (what) {
    case RULE:
        gg_put_rule(buf, policy, x->line->indicator, index, x->e->lang);
        break;
    case THRESHOLD:
        gg_put_threshold(buf, policy, x->line->indicator, index, x->e->lang);
        break;
    case OBSERVED:
        gg_put_observed(buf, policy,
                        &policy->rules[policy->indicators[x->line->indicator].first_rule + index],
                        result, x->e->lang);
        break;
    default:
        gg_put_shortfall(buf, policy, rule, result, x->e->lang);
        break;
    }
}

/* What the rule below a rule of several months did in those before: "2022-08 也失分". */
static void put_months(gg_buf *buf, const explaining *x, const gg_rule_place *place,
                       const gg_policy_rule *nodes, int64_t index) {
    const int32_t lang = x->e->lang;
    for (int64_t ago = 1; ago < nodes[index].months; ago++) {
        const int cost = gg_rule_cost_before(place, nodes, index + 1, ago);
        char month[GRIDGOV_CIVIL_TEXT_SIZE] = "";
        gg_buf_text(buf, ago == 1 ? "" : gg_in(lang, "，", ", "));
        if (ago > place->past->count) {
            gg_buf_text(buf, gg_in(lang, "更早的月份没有给出", "no earlier months were given"));
            return;
        }
        gridgov_span period = {0, 0};
        const gridgov_facts *facts = place->past->facts[ago - 1];
        (void)gridgov_facts_period(&period, facts);
        (void)gridgov_time_format(month, period.from, gridgov_facts_utc_offset(facts));
        gg_buf_add(buf, month, sizeof "2022-08" - 1);
        gg_buf_text(buf, cost > 0    ? gg_in(lang, " 也失分", " cost points, too")
                         : cost == 0 ? gg_in(lang, " 未失分", " cost no points")
                                     : gg_in(lang, " 没有数据", " has no data"));
    }
}

/* The phrases of all rules of an indicator, joined. */
static const char *say(const explaining *x, phrase what, int64_t count) {
    gridgov_explanation *e = x->e;
    const gridgov_policy *policy = e->cards->policy;
    const gg_policy_indicator *indicator = &policy->indicators[x->line->indicator];
    const gg_rule_place place = {policy, e->cards->facts, x->row, &x->e->cards->past};
    for (int64_t i = 0; i < count; i++) {
        gridgov_score_rule rule = {.struct_size = sizeof rule};
        gg_rule_result result;
        const size_t before = e->scratch.size;
        (void)gridgov_policy_rule_at(&rule, policy, x->line->indicator, i);
        const gg_policy_rule *nodes = &policy->rules[indicator->first_rule];
        const int looks_back = what == OBSERVED && nodes[i].kind == GRIDGOV_SCORE_RULE_CONSECUTIVE;
        // a rule says those below it; what was observed, they say for themselves
        const int speaks = what == RULE ? rule.parent == GRIDGOV_NONE
                                        : rule.numerator != GRIDGOV_NONE || looks_back;
        if (!speaks || gg_rule_evaluate(&result, &place, nodes, i) != 0) {
            continue; // the rules below it speak; or the card could not have been scored
        }
        if (before > 0) {
            gg_buf_text(&e->scratch, gg_in(e->lang, "；", "; "));
        }
        const size_t begun = e->scratch.size;
        if (looks_back) {
            put_months(&e->scratch, x, &place, nodes, i);
        } else {
            put_phrase(&e->scratch, x, what, i, &rule, &result);
        }
        if (e->scratch.size == begun && !gg_buf_failed(&e->scratch)) {
            e->scratch.size = before; // nothing to say of this rule
        }
    }
    return keep(e);
}

static gridgov_status explain_rules(const explaining *x) {
    const gridgov_policy *policy = x->e->cards->policy;
    const int64_t count = policy->indicators[x->line->indicator].rule_count;
    gridgov_score_rule rule = {.struct_size = sizeof rule};
    x->line->rule = say(x, RULE, count);
    x->line->threshold = say(x, THRESHOLD, count);
    x->line->observed = say(x, OBSERVED, count);
    x->line->shortfall = say(x, SHORTFALL, count);
    if (x->line->rule == NULL || x->line->threshold == NULL || x->line->observed == NULL ||
        x->line->shortfall == NULL) {
        return gg_fail_memory(x->err);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < count; i++) {
            (void)gridgov_policy_rule_at(&rule, policy, x->line->indicator, i);
            const gg_policy_rule *node =
                &policy->rules[policy->indicators[x->line->indicator].first_rule + i];
            GG_TRY(pass == 0 ? add_evidence(x, &rule, node) : add_lacking(x, &rule));
        }
    }
    return GRIDGOV_OK;
}

/* 1 if a given row belongs to the line at hand. */
static int is_target(const explaining *x, const gridgov_adjustment *given) {
    const int deduction = given->kind == GRIDGOV_ACTIVITY_DEDUCTION;
    if (x->line->indicator == GRIDGOV_NONE) {
        return !deduction;
    }
    return deduction &&
           gridgov_policy_indicator_find(x->e->cards->policy, given->indicator,
                                         strlen(given->indicator)) == x->line->indicator;
}

/* The given points of a row that belong to the line. */
static gridgov_status add_given(const explaining *x, int64_t row) {
    gridgov_adjustment given = {.struct_size = sizeof given};
    for (int64_t i = 0; gridgov_facts_adjustment_at(&given, x->e->cards->facts, i) == GRIDGOV_OK;
         i++) {
        if (given.row != row || !is_target(x, &given)) {
            continue;
        }
        GG_TRY(add_item(x, &(gridgov_atom){.struct_size = sizeof(gridgov_atom),
                                           .kind = GRIDGOV_ATOM_ADJUSTMENT,
                                           .has_data = 1,
                                           .reason = GRIDGOV_REASON_GIVEN,
                                           .row = row,
                                           .metric = GRIDGOV_NONE,
                                           .count = given.points,
                                           .index = i,
                                           .id = given.key,
                                           .text = given.reason,
                                           .at = GRIDGOV_NO_TIME,
                                           .limit_at = GRIDGOV_NO_TIME,
                                           .day = GRIDGOV_NO_DAY,
                                           .minutes = -1,
                                           .minimum_minutes = -1,
                                           .metres = -1,
                                           .minimum_metres = -1,
                                           .table = given.kind == GRIDGOV_ACTIVITY_DEDUCTION
                                                        ? GRIDGOV_TABLE_DEDUCTIONS
                                                        : GRIDGOV_TABLE_ADJUSTMENTS,
                                           .source_row = given.source_row}));
    }
    return GRIDGOV_OK;
}

/* A line whose points were given: those of the grid itself, else those of all grids. */
static gridgov_status explain_given(const explaining *x) {
    gridgov_explanation *e = x->e;
    GG_TRY(add_given(x, x->row));
    if (x->line->item_count == 0) {
        GG_TRY(add_given(x, GRIDGOV_NONE));
    }
    if (x->line->item_count > 0) {
        gg_buf_text(&e->scratch, gg_in(e->lang, "直接给出 ", "given: "));
        gg_put_points(&e->scratch, x->line->points);
        gg_buf_text(&e->scratch, gg_in(e->lang, " 分", ""));
    } else {
        gg_buf_text(&e->scratch, x->line->state == GRIDGOV_CELL_UNKNOWN
                                     ? gg_in(e->lang, "没有附加分台账", "no ledger of adjustments")
                                     : gg_in(e->lang, "无", "none"));
    }
    x->line->observed = keep(e);
    return x->line->observed == NULL ? gg_fail_memory(x->err) : GRIDGOV_OK;
}

static gridgov_status explain_indicator(explaining *x, int64_t index) {
    gridgov_explanation *e = x->e;
    gridgov_indicator indicator = {.struct_size = sizeof indicator};
    gridgov_policy_group group = {.struct_size = sizeof group};
    gridgov_score_line scored = {.struct_size = sizeof scored};
    (void)gridgov_scorecards_line_at(&scored, e->cards, e->card, index);
    (void)gridgov_policy_indicator_at(&indicator, e->cards->policy, index);
    (void)gridgov_policy_group_at(&group, e->cards->policy, indicator.group);
    const int english = e->lang == GRIDGOV_LANG_EN;
    *x->line = (gridgov_explained){
        .struct_size = sizeof *x->line,
        .state = scored.state,
        .indicator = index,
        .code = indicator.code,
        .name = english && indicator.name_en[0] != '\0' ? indicator.name_en : indicator.name,
        .group = group.code,
        .group_name = english && group.name_en[0] != '\0' ? group.name_en : group.name,
        .max = indicator.max,
        .points = scored.points,
        .numerator = scored.numerator,
        .denominator = scored.denominator,
        .origin = scored.origin,
        .rule = gg_in(e->lang, "扣分由来源直接给出", "the points were given by their source"),
        .clause = indicator.clause,
        .source = indicator.source,
        .observed = "",
        .threshold = "",
        .shortfall = "",
        .first_item = (int64_t)e->item_count,
    };
    return scored.origin == GRIDGOV_ORIGIN_DEDUCTION ? explain_given(x) : explain_rules(x);
}

static gridgov_status explain_bonus(explaining *x, const gridgov_scorecard *card) {
    gridgov_explanation *e = x->e;
    *x->line = (gridgov_explained){
        .struct_size = sizeof *x->line,
        .state = card->bonus_state,
        .indicator = GRIDGOV_NONE,
        .code = "bonus",
        .name = gridgov_policy_bonus_name(e->cards->policy, e->lang),
        .group = "",
        .group_name = "",
        .points = card->bonus,
        .denominator = -1,
        .rule = gg_in(e->lang, "附加分台账所列各项之和", "the sum of the ledger of adjustments"),
        .clause = "",
        .source = "",
        .observed = "",
        .threshold = "",
        .shortfall = "",
        .first_item = (int64_t)e->item_count,
    };
    return explain_given(x);
}

/* What the policy's own rules about sums and totals did: bounds of groups, rescaling. */
static void explain_rest(explaining *x, const char *code, const char *name, const char *rule,
                         gridgov_points points) {
    *x->line = (gridgov_explained){
        .struct_size = sizeof *x->line,
        .state = GRIDGOV_CELL_VALUE,
        .indicator = GRIDGOV_NONE,
        .code = code,
        .name = name,
        .group = "",
        .group_name = "",
        .points = points,
        .denominator = -1,
        .rule = rule,
        .clause = "",
        .source = "",
        .observed = "",
        .threshold = "",
        .shortfall = "",
        .first_item = (int64_t)x->e->item_count,
    };
}

static gridgov_status explain_card(gridgov_explanation *e, gridgov_error *err) {
    const int64_t indicators = e->cards->policy->indicator_count;
    gridgov_scorecard card = {.struct_size = sizeof card};
    (void)gridgov_scorecards_at(&card, e->cards, e->card);
    e->line_count = indicators + (card.group_cut != 0) + (card.rescaled != 0) + 1;
    e->lines = gg_calloc((size_t)e->line_count, sizeof *e->lines);
    if (e->lines == NULL) {
        return gg_fail_memory(err);
    }
    explaining x = {.e = e, .err = err, .row = card.row};
    for (int64_t i = 0; i < indicators; i++) {
        x.line = &e->lines[i];
        GG_TRY(explain_indicator(&x, i));
    }
    x.line = &e->lines[indicators];
    if (card.group_cut != 0) {
        explain_rest(&x, "groups", gg_in(e->lang, "分组上下限", "bounds of groups"),
                     gg_in(e->lang, "分组得失之和以细则所定上下限为界",
                           "the sum of a group is cut at the policy's bounds"),
                     card.group_cut);
        x.line++;
    }
    if (card.rescaled != 0) {
        explain_rest(&x, "rescaled", gg_in(e->lang, "折算", "rescaling"),
                     gg_in(e->lang, "未评分的指标按细则计满分或按比例折算",
                           "what was not assessed counts as full marks or is scaled over"),
                     card.rescaled);
        x.line++;
    }
    return explain_bonus(&x, &card);
}

gridgov_status gridgov_explain(gridgov_explanation **out, const gridgov_scorecards *cards,
                               int64_t card, const gridgov_evidence *evidence, int32_t lang,
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
    if (card < 0 || card >= cards->card_count) {
        return GRIDGOV_END;
    }
    gridgov_explanation *e = gg_calloc(1, sizeof *e);
    if (e == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&e->share);
    e->cards = gridgov_scorecards_hold(cards);
    e->evidence = gridgov_evidence_hold(evidence);
    e->card = card;
    e->lang = lang;
    e->utc_offset_minutes = gridgov_facts_utc_offset(cards->facts);
    gridgov_status status = GRIDGOV_OK;
    if (evidence == NULL) {
        status = gridgov_evidence_find(&e->evidence, cards->facts, GRIDGOV_DIMENSION_UNIT,
                                       cards->cards[card].row, GRIDGOV_NONE, job, err);
    }
    status = status == GRIDGOV_OK ? explain_card(e, err) : status;
    if (status != GRIDGOV_OK) {
        gridgov_explanation_free(e);
        return status;
    }
    *out = e;
    return GRIDGOV_OK;
}

int64_t gridgov_explanation_line_count(const gridgov_explanation *explanation) {
    return explanation == NULL ? 0 : explanation->line_count;
}

gridgov_status gridgov_explanation_line_at(gridgov_explained *line_out,
                                           const gridgov_explanation *explanation, int64_t index) {
    if (line_out == NULL || explanation == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= explanation->line_count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(line_out, &explanation->lines[index], sizeof *explanation->lines) == 0
               ? GRIDGOV_OK
               : GRIDGOV_EARG;
}

gridgov_status gridgov_explanation_item_at(gridgov_atom *atom_out, const char **text_out,
                                           const gridgov_explanation *explanation, int64_t index) {
    if (explanation == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)explanation->item_count) {
        return GRIDGOV_END;
    }
    const gg_explain_item *item = &explanation->items[index];
    if (atom_out != NULL && gg_view_copy(atom_out, &item->atom, sizeof item->atom) != 0) {
        return GRIDGOV_EARG;
    }
    if (text_out != NULL) {
        *text_out = item->text;
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_explanation_card(const gridgov_scorecards **cards_out, int64_t *index_out,
                                        const gridgov_explanation *explanation) {
    if (explanation == NULL) {
        return GRIDGOV_EARG;
    }
    if (cards_out != NULL) {
        *cards_out = explanation->cards;
    }
    if (index_out != NULL) {
        *index_out = explanation->card;
    }
    return GRIDGOV_OK;
}

void gridgov_explanation_free(gridgov_explanation *explanation) {
    if (explanation == NULL || !gg_share_drop(&explanation->share)) {
        return;
    }
    gg_free(explanation->lines);
    gg_free(explanation->items);
    gg_buf_release(&explanation->scratch);
    gg_arena_release(&explanation->arena);
    gridgov_evidence_free(explanation->evidence);
    gridgov_scorecards_free(explanation->cards);
    gg_free(explanation);
}
