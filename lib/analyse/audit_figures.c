/* SPDX-License-Identifier: Apache-2.0 */
/* Figures: printed numbers with their place and their name. A number of a table becomes a figure
 * when a check first asks for it, so that a table without identities costs nothing; its name is put
 * together only for a finding. */
#include "audit_columns.h"
#include "audit_model.h"

#include "base/error.h"
#include "base/num.h"

#include <string.h>

#define EXPONENT_MAX 15

gridgov_status gg_audit_out_of_memory(gg_audit *audit) {
    if (audit->status == GRIDGOV_OK) {
        audit->status = gg_fail_memory(audit->err);
    }
    return audit->status;
}

int gg_audit_go_on(gg_audit *audit, const char *stage) {
    if (audit->status == GRIDGOV_OK && gridgov_job_tick(audit->job, stage, 0, -1) != GRIDGOV_OK) {
        audit->status = gg_fail(audit->err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
    }
    return audit->status == GRIDGOV_OK;
}

int32_t gg_audit_add_figure(gg_audit *audit, const gg_audit_figure *figure) {
    if (audit->status != GRIDGOV_OK) {
        return GG_NO_FIGURE;
    }
    if (audit->figure_count >= GG_AUDIT_CELLS_MAX) {
        audit->status =
            gg_fail(audit->err, GG_RULE_AUDIT_LIMIT, NULL, NULL, 0, "4194304 figures", NULL);
        return GG_NO_FIGURE;
    }
    if (gg_grow((void **)&audit->figures, audit->figure_count, &audit->figure_room,
                sizeof *figure) != 0) {
        gg_audit_out_of_memory(audit);
        return GG_NO_FIGURE;
    }
    audit->figures[audit->figure_count] = *figure;
    audit->figures[audit->figure_count].value = figure->number.value;
    return (int32_t)audit->figure_count++;
}

int32_t gg_audit_cell_figure(gg_audit *audit, const gg_audit_table *table, size_t row,
                             int32_t column) {
    const gg_audit_row *at = &audit->document.rows[row];
    if (column >= at->count) {
        return GG_NO_FIGURE;
    }
    gg_audit_cell *cell = &audit->document.cells[at->first + (size_t)column];
    if (cell->kind != GG_CELL_NUMBER || cell->figure != GG_NO_FIGURE) {
        return cell->figure;
    }
    gg_audit_figure figure = {.number = cell->number,
                              .text = cell->text,
                              .name = gg_str_make("", 0),
                              .line = at->line,
                              .table = table->number,
                              .row = (int32_t)row,
                              .column = column};
    cell->figure = gg_audit_add_figure(audit, &figure);
    return cell->figure;
}

const char *gg_audit_keep(gg_audit *audit, gg_str text) {
    const char *kept = gg_arena_text(&audit->findings->arena, text.data, text.size);
    if (kept == NULL) {
        gg_audit_out_of_memory(audit);
        return "";
    }
    return kept;
}

const char *gg_audit_figure_name(gg_audit *audit, int32_t index) {
    const gg_audit_figure *figure = &audit->figures[index];
    gg_buf name = {0};
    const char *kept;
    if (figure->table == 0) {
        return gg_audit_keep(audit, gg_text_trim(figure->name));
    }
    const gg_audit_table *table = &audit->document.tables[figure->table - 1];
    gg_audit_row_name(&name, audit, table, (size_t)figure->row);
    gg_str column = gg_audit_column_name(audit, table, figure->column);
    if (name.size > 0 && column.size > 0) {
        gg_buf_byte(&name, ' ');
    }
    gg_buf_str(&name, column);
    kept = gg_audit_keep(audit, gg_str_make(gg_buf_data(&name), name.size));
    if (gg_buf_failed(&name)) {
        gg_audit_out_of_memory(audit);
    }
    gg_buf_release(&name);
    return kept;
}

int32_t gg_audit_exponent(const gg_audit_figure *figure) {
    return figure->number.myriads - figure->number.decimals;
}

int gg_audit_scaled(int64_t *out, const gg_audit_figure *figure, int64_t value, int32_t exponent) {
    int32_t power = gg_audit_exponent(figure) - exponent;
    return power < 0 || power > EXPONENT_MAX ? -1 : gg_mul(out, value, gg_power_of_ten(power));
}

int gg_audit_is_count(const gg_audit_figure *figure) {
    return figure->number.decimals == 0 && figure->number.myriads == 0 &&
           figure->number.mark == GG_MARK_NONE;
}
