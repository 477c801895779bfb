/* SPDX-License-Identifier: Apache-2.0 */
/* Findings: made from a rule of the catalogue and the figures it is about, ordered by their place
 * in the text, and read through the public accessors. Explanations are written in both languages
 * when a finding is made, from the rule's two templates, so that reading them allocates nothing.
 * Beyond the limit findings are only counted. */
#include "audit_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/line.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define FINDINGS_DEFAULT 1000
#define FINDINGS_LARGEST 100000

_Static_assert(sizeof(gridgov_finding) == 72 || sizeof(void *) != 8, "layout is promised");

/* The rule's template filled in, in the arena. */
static const char *explain(gg_audit *audit, const char *template, const gg_line_parts *parts) {
    const gg_str texts[4] = {parts->field, parts->value, parts->more[0], parts->more[1]};
    gg_buf buf = {0};
    int part = 0;
    while (part >= 0) {
        gg_str literal;
        template = gg_line_piece(&literal, &part, template);
        gg_buf_str(&buf, literal);
        if (part >= 0) {
            gg_buf_str(&buf, texts[part]);
        }
    }
    const char *kept = gg_audit_keep(audit, gg_str_make(gg_buf_data(&buf), buf.size));
    if (gg_buf_failed(&buf)) {
        gg_audit_out_of_memory(audit);
    }
    gg_buf_release(&buf);
    return kept;
}

static int add_cell(gg_audit *audit, int32_t index) {
    gridgov_findings *findings = audit->findings;
    const gg_audit_figure *figure = &audit->figures[index];
    gg_audit_place place = {.line = figure->line, .table = figure->table, .column = figure->column};
    if (figure->table > 0) {
        place.row = audit->document.rows[figure->row].number;
        place.column = figure->column + 1;
    }
    place.name = gg_audit_figure_name(audit, index);
    place.printed = gg_audit_keep(audit, figure->text);
    if (gg_grow((void **)&findings->cells, findings->cell_count, &findings->cell_room,
                sizeof place) != 0) {
        gg_audit_out_of_memory(audit);
        return -1;
    }
    findings->cells[findings->cell_count++] = place;
    return 0;
}

void gg_audit_report(gg_audit *audit, const gg_report *report) {
    gridgov_findings *findings = audit->findings;
    const gg_rule *rule = gg_rule_find(report->rule);
    if (audit->status != GRIDGOV_OK || GG_NEVER(rule == NULL || report->count == 0)) {
        return;
    }
    gg_audit_finding finding = {.rule = report->rule,
                                .severity =
                                    report->severity < 0 ? rule->severity : report->severity,
                                .first = findings->cell_count,
                                .count = report->count};
    findings->severity[finding.severity]++;
    if (findings->count == findings->limit) {
        return;
    }
    for (size_t i = 0; i < report->count; i++) {
        if (add_cell(audit, report->figures[i]) != 0) {
            return;
        }
    }
    const gg_audit_place *first = &findings->cells[finding.first];
    const char *field =
        report->field != NULL ? gg_audit_keep(audit, gg_str_of(report->field)) : first->name;
    finding.printed = first->printed;
    finding.expected = report->expected == NULL || strcmp(report->expected, "?") == 0
                           ? ""
                           : gg_audit_keep(audit, gg_str_of(report->expected));
    for (int lang = 0; lang < 2; lang++) {
        const char *unknown = lang == GRIDGOV_LANG_ZH ? "另一个数" : "another number";
        const gg_line_parts parts = {gg_str_of(field),
                                     gg_str_of(first->printed),
                                     {gg_str_of(report->detail != NULL        ? report->detail
                                                : finding.expected[0] != '\0' ? finding.expected
                                                                              : unknown),
                                      gg_str_of(report->extra[lang])}};
        finding.explanation[lang] =
            explain(audit, lang == GRIDGOV_LANG_ZH ? rule->zh : rule->en, &parts);
    }
    if (audit->status == GRIDGOV_OK &&
        gg_grow((void **)&findings->items, findings->count, &findings->room, sizeof finding) != 0) {
        gg_audit_out_of_memory(audit);
    }
    if (audit->status == GRIDGOV_OK) {
        findings->items[findings->count++] = finding;
    }
}

/* A finding with the place it is ordered by. */
typedef struct ordered {
    gg_audit_finding finding;
    gg_audit_place place;
    size_t index;
} ordered;

static int by_place(const void *left, const void *right) {
    const ordered *a = left;
    const ordered *b = right;
    if (a->place.line != b->place.line) {
        return a->place.line < b->place.line ? -1 : 1;
    }
    if (a->place.column != b->place.column) {
        return a->place.column < b->place.column ? -1 : 1;
    }
    if (a->finding.rule != b->finding.rule) {
        return a->finding.rule < b->finding.rule ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

gridgov_status gg_audit_sort_findings(gridgov_findings *findings, gridgov_error *err) {
    ordered *list = gg_calloc(findings->count, sizeof *list);
    if (list == NULL) {
        return gg_fail_memory(err);
    }
    for (size_t i = 0; i < findings->count; i++) {
        list[i] = (ordered){findings->items[i], findings->cells[findings->items[i].first], i};
    }
    qsort(list, findings->count, sizeof *list, by_place);
    for (size_t i = 0; i < findings->count; i++) {
        findings->items[i] = list[i].finding;
    }
    gg_free(list);
    return GRIDGOV_OK;
}

gridgov_status gg_audit_findings_new(gridgov_findings **out, int64_t limit, gridgov_error *err) {
    if (limit < 0 || limit > FINDINGS_LARGEST) {
        return gg_fail_arg(err, "finding_limit");
    }
    gridgov_findings *findings = gg_calloc(1, sizeof *findings);
    if (findings == NULL) {
        return gg_fail_memory(err);
    }
    findings->limit = limit == 0 ? FINDINGS_DEFAULT : (size_t)limit;
    *out = findings;
    return GRIDGOV_OK;
}

int64_t gridgov_findings_count(const gridgov_findings *findings) {
    return findings == NULL ? 0 : (int64_t)findings->count;
}

int64_t gridgov_findings_severity_count(const gridgov_findings *findings, int32_t severity) {
    return findings == NULL || severity < GRIDGOV_SEVERITY_NOTE || severity > GRIDGOV_SEVERITY_ERROR
               ? 0
               : findings->severity[severity];
}

int64_t gridgov_findings_checked(const gridgov_findings *findings, int32_t check) {
    return findings == NULL || check < GRIDGOV_CHECK_SUM || check >= GG_CHECKS
               ? 0
               : findings->checked[check];
}

gridgov_status gridgov_findings_at(gridgov_finding *finding_out, const gridgov_findings *findings,
                                   int64_t index) {
    if (finding_out == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= gridgov_findings_count(findings)) {
        return GRIDGOV_END;
    }
    const gg_audit_finding *finding = &findings->items[index];
    const gg_audit_place *place = &findings->cells[finding->first];
    const gridgov_finding view = {.rule = finding->rule,
                                  .severity = finding->severity,
                                  .table = place->table,
                                  .row = place->row,
                                  .column = place->column,
                                  .line = place->line,
                                  .cell_count = (int64_t)finding->count,
                                  .code = gridgov_rule_code(finding->rule),
                                  .printed = finding->printed,
                                  .expected = finding->expected};
    return gg_view_copy(finding_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_status gridgov_findings_cell_at(gridgov_finding_cell *cell_out,
                                        const gridgov_findings *findings, int64_t index,
                                        int64_t cell) {
    if (cell_out == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || cell < 0 || index >= gridgov_findings_count(findings) ||
        (size_t)cell >= findings->items[index].count) {
        return GRIDGOV_END;
    }
    const gg_audit_place *place = &findings->cells[findings->items[index].first + (size_t)cell];
    const gridgov_finding_cell view = {.table = place->table,
                                       .row = place->row,
                                       .column = place->column,
                                       .line = place->line,
                                       .name = place->name,
                                       .printed = place->printed};
    return gg_view_copy(cell_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

const char *gridgov_findings_explanation(const gridgov_findings *findings, int64_t index,
                                         int32_t lang) {
    if (index < 0 || index >= gridgov_findings_count(findings)) {
        return NULL;
    }
    return findings->items[index]
        .explanation[lang == GRIDGOV_LANG_ZH ? GRIDGOV_LANG_ZH : GRIDGOV_LANG_EN];
}

void gridgov_findings_free(gridgov_findings *findings) {
    if (findings != NULL) {
        gg_free(findings->cells);
        gg_free(findings->items);
        gg_arena_release(&findings->arena);
        gg_free(findings);
    }
}

static void put_member(gg_buf *buf, const char *name, const char *text) {
    gg_buf_text(buf, ",\"");
    gg_buf_text(buf, name);
    gg_buf_text(buf, "\":");
    gg_json_put_text(buf, gg_str_of(text));
}

static void put_number(gg_buf *buf, const char *name, int64_t value, int first) {
    gg_buf_text(buf, first ? "\"" : ",\"");
    gg_buf_text(buf, name);
    gg_buf_text(buf, "\":");
    gg_buf_int(buf, value);
}

/* The findings as they are written: in a language, with places in the text or in its document. */
typedef struct findings_view {
    const gridgov_findings *findings;
    int32_t lang;
    gridgov_document_place_fn place; /* NULL: in the text */
    void *user;
} findings_view;

/* "C12" of a cell of a sheet. */
static void put_cell_name(gg_buf *buf, int64_t column, int64_t row) {
    char letters[16];
    size_t at = sizeof letters;
    for (; column > 0 && at > 0; column = (column - 1) / 26) {
        letters[--at] = (char)('A' + (column - 1) % 26);
    }
    gg_buf_text(buf, ",\"cell\":\"");
    gg_buf_add(buf, letters + at, sizeof letters - at);
    gg_buf_int(buf, row);
    gg_buf_byte(buf, '"');
}

/* Table, row, column and line, and the cell of a sheet; what is no number in prose is null. */
static void put_place(gg_buf *buf, const findings_view *view, const gg_audit_place *place) {
    gridgov_document_place own = {.struct_size = sizeof own};
    int is_known = view->place != NULL &&
                   view->place(&own, place->line, view->user) == GRIDGOV_OK && own.row > 0;
    int64_t row = is_known ? own.row : place->row;
    if (place->table > 0) {
        put_number(buf, "table", is_known ? own.table : place->table, 1);
    } else {
        gg_buf_text(buf, "\"table\":null");
    }
    if (place->table > 0 || is_known) {
        put_number(buf, "row", row, 0);
    } else {
        gg_buf_text(buf, ",\"row\":null");
    }
    put_number(buf, "column", place->column, 0);
    put_number(buf, "line", place->line, 0);
    if (is_known && own.sheet != NULL) {
        put_member(buf, "sheet", own.sheet);
        if (place->table > 0) {
            put_cell_name(buf, place->column, row);
        }
    }
}

static void put_finding(gg_buf *buf, const findings_view *view, size_t index) {
    const gridgov_findings *findings = view->findings;
    const gg_audit_finding *finding = &findings->items[index];
    gg_buf_text(buf, index > 0 ? ",\n{\"code\":" : "\n{\"code\":");
    gg_json_put_text(buf, gg_str_of(gridgov_rule_code(finding->rule)));
    put_number(buf, "rule", finding->rule, 0);
    put_member(buf, "severity", gridgov_code_text(GRIDGOV_KIND_SEVERITY, finding->severity));
    gg_buf_text(buf, ",\"place\":{");
    put_place(buf, view, &findings->cells[finding->first]);
    gg_buf_text(buf, ",\"cells\":[");
    for (size_t i = 0; i < finding->count; i++) {
        const gg_audit_place *place = &findings->cells[finding->first + i];
        gg_buf_text(buf, i > 0 ? ",{" : "{");
        put_place(buf, view, place);
        put_member(buf, "name", place->name);
        put_member(buf, "printed", place->printed);
        gg_buf_byte(buf, '}');
    }
    gg_buf_text(buf, "]}");
    put_member(buf, "printed", finding->printed);
    gg_buf_text(buf, ",\"expected\":");
    if (finding->expected[0] != '\0') {
        gg_json_put_text(buf, gg_str_of(finding->expected));
    } else {
        gg_buf_text(buf, "null");
    }
    put_member(buf, "explanation", finding->explanation[view->lang]);
    gg_buf_byte(buf, '}');
}

gridgov_status gridgov_findings_json_placed(gridgov_bytes **out, const gridgov_findings *findings,
                                            int32_t lang, gridgov_document_place_fn place,
                                            void *user, gridgov_error *err) {
    const findings_view view = {findings, lang, place, user};
    gg_buf buf = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (findings == NULL || (lang != GRIDGOV_LANG_ZH && lang != GRIDGOV_LANG_EN)) {
        return gg_fail_arg(err, findings == NULL ? "findings" : "lang");
    }
    gg_buf_text(&buf, "{\"schema\":\"gridgov.audit/1\",\n\"checked\":{");
    for (int32_t check = GRIDGOV_CHECK_SUM; check < GG_CHECKS; check++) {
        put_number(&buf, gridgov_code_text(GRIDGOV_KIND_CHECK, check), findings->checked[check],
                   check == GRIDGOV_CHECK_SUM);
    }
    int64_t all = findings->severity[0] + findings->severity[1] + findings->severity[2];
    gg_buf_text(&buf, "},\n\"findings\":[");
    for (size_t i = 0; i < findings->count; i++) {
        put_finding(&buf, &view, i);
    }
    gg_buf_text(&buf, findings->count > 0 ? "\n]" : "]");
    put_number(&buf, "not_listed", all - (int64_t)findings->count, 0);
    gg_buf_text(&buf, "}\n");
    return gg_buf_to_bytes(out, &buf, err);
}

gridgov_status gridgov_findings_json(gridgov_bytes **out, const gridgov_findings *findings,
                                     int32_t lang, gridgov_error *err) {
    return gridgov_findings_json_placed(out, findings, lang, NULL, NULL, err);
}
