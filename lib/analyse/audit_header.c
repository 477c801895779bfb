/* SPDX-License-Identifier: Apache-2.0 */
/* Headers. A header that is repeated on every page outvotes the copy that differs from it; the
 * columns are then read by the text of the majority, and the odd one is a finding. Maxima in a
 * header are figures too: those of a group's columns add up to the group's. */
#include "audit_checks.h"

#include "base/mem.h"

#include <string.h>

/* Rows of a table that are copies of one header row, itself included. */
typedef struct copies {
    size_t *rows;
    size_t count;
} copies;

static void find_copies(const gg_audit *audit, const gg_audit_table *table, int32_t header,
                        copies *out) {
    out->count = 0;
    out->rows[out->count++] = table->first_row + (size_t)header;
    for (size_t r = table->first_row; r < table->first_row + table->row_count; r++) {
        const gg_audit_row *row = &audit->document.rows[r];
        if (row->kind == GG_ROW_REPEATED && row->header == header) {
            out->rows[out->count++] = r;
        }
    }
}

static gg_str text_at(const gg_audit *audit, size_t row, int32_t column) {
    return gg_audit_cell_at(&audit->document, &audit->document.rows[row], column)->text;
}

/* The text that most copies have in a column; the first copy's where none has a majority. */
static gg_str majority(const gg_audit *audit, const copies *of, int32_t column) {
    gg_str candidate = gg_str_make("", 0);
    size_t votes = 0;
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        gg_str text = text_at(audit, of->rows[i], column);
        if (votes == 0) {
            candidate = text;
        }
        votes = gg_str_equal(text, candidate) ? votes + 1 : votes - 1;
    }
    for (size_t i = 0; i < of->count; i++) {
        count += gg_str_equal(text_at(audit, of->rows[i], column), candidate) ? 1 : 0;
    }
    return count * 2 > of->count ? candidate : text_at(audit, of->rows[0], column);
}

void gg_audit_vote_headers(gg_audit *audit, const gg_audit_table *table) {
    copies of = {gg_calloc(table->row_count + 1, sizeof *of.rows), 0};
    if (of.rows == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (int32_t h = 0; h < table->header_rows; h++) {
        find_copies(audit, table, h, &of);
        for (int32_t c = 0; of.count > 2 && c < table->columns; c++) {
            gg_str most = majority(audit, &of, c);
            for (size_t i = 0; i < of.count; i++) {
                const gg_audit_row *row = &audit->document.rows[of.rows[i]];
                gg_audit_cell *cell =
                    c < row->count ? &audit->document.cells[row->first + (size_t)c] : NULL;
                if (cell != NULL && !gg_str_equal(cell->text, most)) {
                    cell->unit = cell->text.size > 0 ? cell->text : gg_str_make(" ", 1);
                    cell->text = most;
                }
            }
        }
    }
    gg_free(of.rows);
}

int32_t gg_audit_text_figure(gg_audit *audit, const gg_audit_table *table, size_t row,
                             int32_t column, gg_str text) {
    const gg_audit_figure figure = {.text = text,
                                    .name = gg_str_make("", 0),
                                    .line = audit->document.rows[row].line,
                                    .table = table->number,
                                    .row = (int32_t)row,
                                    .column = column};
    return gg_audit_add_figure(audit, &figure);
}

static void report_header(gg_audit *audit, const int32_t *figures, size_t count, gg_str expected) {
    char text[96];
    gg_text_copy(text, sizeof text, expected.data, expected.size);
    const gg_report report = {.rule = GG_RULE_AUDIT_HEADER,
                              .severity = -1,
                              .figures = figures,
                              .count = count,
                              .expected = text,
                              .extra = {"", ""}};
    gg_audit_report(audit, &report);
}

/* Copies that were outvoted, and two copies that differ. */
static void compare_copies(gg_audit *audit, const gg_audit_table *table, const copies *of) {
    for (size_t i = 0; i < of->count && of->count > 1; i++) {
        const gg_audit_row *row = &audit->document.rows[of->rows[i]];
        int agrees = 1;
        for (int32_t c = 0; c < table->columns; c++) {
            const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, row, c);
            gg_str first = text_at(audit, of->rows[0], c);
            int32_t figures[2];
            if (cell->kind == GG_CELL_TEXT && cell->unit.size > 0) {
                figures[0] = gg_audit_text_figure(audit, table, of->rows[i], c, cell->unit);
                if (figures[0] != GG_NO_FIGURE) {
                    report_header(audit, figures, 1, cell->text);
                }
                agrees = 0;
            } else if (of->count == 2 && i == 1 && !gg_str_equal(cell->text, first)) {
                figures[0] = gg_audit_text_figure(audit, table, of->rows[1], c, cell->text);
                figures[1] = gg_audit_text_figure(audit, table, of->rows[0], c, first);
                if (figures[0] != GG_NO_FIGURE && figures[1] != GG_NO_FIGURE) {
                    report_header(audit, figures, 2, first);
                }
                agrees = 0;
            }
        }
        audit->findings->checked[GRIDGOV_CHECK_HEADER] += i > 0 && agrees;
    }
}

static int32_t maximum_figure(gg_audit *audit, const gg_audit_table *table, int32_t row,
                              int32_t column, const gg_printed *number) {
    int32_t figure = gg_audit_text_figure(audit, table, (size_t)row, column,
                                          text_at(audit, (size_t)row, column));
    if (figure != GG_NO_FIGURE) {
        audit->figures[figure].number = *number;
        audit->figures[figure].value = number->value;
    }
    return figure;
}

/* The columns of a group start at column; add that their maxima add up to the group's. Returns the
 * column behind. */
static int32_t check_group(gg_audit *audit, const gg_audit_table *table, int32_t column,
                           gg_term *terms) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    const gg_audit_column *first = &columns->items[column];
    int32_t end = column;
    size_t count = 0;
    int complete = 1;
    while (end < table->columns && columns->items[end].has_group_maximum &&
           gg_str_equal(columns->items[end].group, first->group)) {
        complete &= columns->items[end].has_maximum;
        end++;
    }
    int32_t group_row = first->group_row >= 0 ? first->group_row : first->name_row;
    int32_t group_column = first->group_row >= 0 ? first->group_column : column;
    if (!complete || end - column < 2) {
        return end > column ? end : column + 1;
    }
    int32_t target = maximum_figure(audit, table, group_row, group_column, &first->group_maximum);
    terms[count++] = (gg_term){target, -1, GG_ROLE_NUMERATOR, 0};
    for (int32_t c = column; c < end && target != GG_NO_FIGURE; c++) {
        int32_t part =
            maximum_figure(audit, table, columns->items[c].name_row, c, &columns->items[c].maximum);
        if (part == GG_NO_FIGURE) {
            return end;
        }
        terms[count++] = (gg_term){part, 1, GG_ROLE_NUMERATOR, 0};
    }
    if (target != GG_NO_FIGURE) {
        gg_audit_equation(audit, GRIDGOV_CHECK_HEADER, GG_RULE_AUDIT_HEADER, terms, count, 0, 0,
                          target);
    }
    return end;
}

void gg_audit_check_header(gg_audit *audit, const gg_audit_table *table) {
    copies of = {gg_calloc(table->row_count + 1, sizeof *of.rows), 0};
    gg_term *terms = gg_calloc((size_t)table->columns + 1, sizeof *terms);
    if (of.rows == NULL || terms == NULL) {
        gg_audit_out_of_memory(audit);
    }
    for (int32_t h = 0; h < table->header_rows && gg_audit_go_on(audit, "header"); h++) {
        find_copies(audit, table, h, &of);
        compare_copies(audit, table, &of);
    }
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    for (int32_t c = 0; c < table->columns && gg_audit_go_on(audit, "header");) {
        c = columns->items[c].has_group_maximum ? check_group(audit, table, c, terms) : c + 1;
    }
    gg_free(terms);
    gg_free(of.rows);
}
