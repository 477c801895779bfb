/* SPDX-License-Identifier: Apache-2.0 */
/* Adjustments (附加分) without a reason. A reason is text in a remark column of the row, or a
 * paragraph that names the grid and speaks of points given or taken. A document that says itself
 * that reasons were not stated is taken at its word: then each is a note, as it is in a file of
 * tables without any prose. A column in which every fourth row is adjusted is a routine figure and
 * not a list of exceptions. */
#include "audit_checks.h"

#include <string.h>

#define ADJUSTMENT_WORDS "附加分|附加|加减分|加扣分|奖惩分|奖励分|bonus"
#define REMARK_WORDS "备注|原因|理由|说明|事由|依据|remark|reason|note"
#define POINT_WORDS "加分|扣分|附加|奖励|加减分|减分|points"
#define DECLARED_WORDS "未载明理由|未注明理由|未说明理由|理由未载明|without a stated reason"
#define SEARCHES_MAX 512   /* grids looked for in prose */
#define PROSE_BYTES 200000 /* of prose looked through for each */

static int has_remark(const gg_audit *audit, const gg_audit_table *table, size_t row) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].kind == GG_COLUMN_TEXT &&
            gg_audit_has_any(columns->items[c].name, REMARK_WORDS) &&
            gg_audit_cell_at(&audit->document, &audit->document.rows[row], c)->kind ==
                GG_CELL_TEXT) {
            return 1;
        }
    }
    return 0;
}

/* Does a paragraph give a reason for the grid of a row? */
static int in_prose(const gg_audit *audit, const gg_audit_table *table, size_t row) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    char names[GG_KEYS_MAX][96];
    size_t looked = 0;
    for (int32_t k = 0; k < columns->key_count; k++) {
        gg_str text = gg_audit_key(audit, table, row, k);
        gg_text_copy(names[k], sizeof names[k], text.data, text.size);
    }
    for (size_t p = 0; p < audit->document.paragraph_count && looked < PROSE_BYTES; p++) {
        gg_str text = audit->document.paragraphs[p].text;
        int named = columns->key_count > 0;
        looked += text.size;
        for (int32_t k = 0; k < columns->key_count && named; k++) {
            named = gg_audit_has(text, names[k]);
        }
        // A list of grids whose reasons are to be verified gives none.
        if (named && gg_audit_has_any(text, POINT_WORDS) &&
            !gg_audit_has_any(text, "核实|待核|理由")) {
            return 1;
        }
    }
    return 0;
}

static int is_declared(const gg_audit *audit) {
    for (size_t p = 0; p < audit->document.paragraph_count; p++) {
        if (gg_audit_has_any(audit->document.paragraphs[p].text, DECLARED_WORDS)) {
            return 1;
        }
    }
    return 0;
}

/* A file of tables alone has no place for reasons: they may stand beside it. */
static int has_prose(const gg_audit *audit) {
    for (size_t p = 0; p < audit->document.paragraph_count; p++) {
        if (!audit->document.paragraphs[p].heading) {
            return 1;
        }
    }
    return 0;
}

static void check_column(gg_audit *audit, const gg_audit_table *table, int32_t column) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    size_t adjusted = 0;
    size_t rows = 0;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        if (gg_audit_is_body(audit, r, GG_BODY_PLAIN)) {
            const gg_audit_cell *cell =
                gg_audit_cell_at(&audit->document, &audit->document.rows[r], column);
            rows++;
            adjusted += cell->kind == GG_CELL_NUMBER && cell->number.value != 0;
        }
    }
    if (adjusted > 4 && adjusted * 4 > rows) {
        return;
    }
    int declared = is_declared(audit);
    int32_t severity = has_prose(audit) ? -1 : GRIDGOV_SEVERITY_NOTE;
    size_t searches = 0;
    for (size_t r = columns->first_data; r < columns->end && gg_audit_go_on(audit, "adjustments");
         r++) {
        int32_t figure = gg_audit_is_body(audit, r, GG_BODY_PLAIN)
                             ? gg_audit_cell_figure(audit, table, r, column)
                             : GG_NO_FIGURE;
        if (figure == GG_NO_FIGURE || audit->figures[figure].number.value == 0) {
            continue;
        }
        if (has_remark(audit, table, r) ||
            (searches++ < SEARCHES_MAX && in_prose(audit, table, r))) {
            audit->findings->checked[GRIDGOV_CHECK_ADJUSTMENT]++;
            continue;
        }
        const gg_report report = {.rule = declared ? GG_RULE_AUDIT_ADJUSTMENT_DECLARED
                                                   : GG_RULE_AUDIT_ADJUSTMENT,
                                  .severity = severity,
                                  .figures = &figure,
                                  .count = 1,
                                  .extra = {"", ""}};
        gg_audit_report(audit, &report);
    }
}

void gg_audit_check_adjustments(gg_audit *audit, const gg_audit_table *table) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns; c++) {
        if (columns->items[c].kind == GG_COLUMN_COUNT && !columns->items[c].has_maximum &&
            gg_audit_is_any(columns->items[c].name, ADJUSTMENT_WORDS)) {
            check_column(audit, table, c);
        }
    }
}
