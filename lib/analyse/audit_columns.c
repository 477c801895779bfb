/* SPDX-License-Identifier: Apache-2.0 */
/* Columns and rows of a table. The name of a column is the lowest header cell over it; its group is
 * the cell above, carried to the right over merged cells. gridgov's own Markdown joins the two with
 * " · ". Maxima are taken off the names: "日在线率 (20 分)" is 日在线率, worth 20.
 *
 * Key columns are the columns of text before the first value; a blank key but the last is a merged
 * cell and is carried down. Totals, subtotals, means and 其中 rows are told by the words in their
 * first cells. */
#include "audit_columns.h"

#include "base/mem.h"

#include <string.h>

#define TOTAL_WORDS "合计|总计|总和|共计|汇总|总数|合计数|累计|总|total|sum|全街道合计"
#define SUBTOTAL_WORDS "小计|subtotal"
#define MEAN_WORDS "平均|均值|平均值|平均分|平均数|average|mean"
#define INDEX_WORDS "序号|编号|序|no|no.|#|id"
#define RANK_WORDS "排名|名次|位次|排位|排序|rank|本月排名|当月排名|综合排名|总排名|得分排名"
#define NAME_WORDS                                                                                                               \
    "网格|网格名称|网格号|网格编号|单位|单位名称|社区|村社|小区|楼栋|类型|类别|名称|grid|unit|" \
    "category"
#define PERCENT_WORDS "%|率|占比|比例|比重|百分比|环比|同比|增幅|降幅|幅度"

static int ends_with(gg_str text, const char *word) {
    size_t size = strlen(word);
    return text.size >= size && memcmp(text.data + text.size - size, word, size) == 0;
}

static int starts_with(gg_str text, const char *word) {
    size_t size = strlen(word);
    return text.size >= size && memcmp(text.data, word, size) == 0;
}

/* "(20 分)" or "60 分" at the end of a header: the number, and the text before it. */
static int take_maximum(gg_printed *maximum, gg_str *text) {
    gg_str body = gg_text_trim(*text);
    size_t end = body.size;
    int bracket = ends_with(body, ")");
    gg_str inner = gg_text_trim(gg_str_make(body.data, end - (bracket ? 1 : 0)));
    size_t unit = ends_with(inner, "分") ? strlen("分") : ends_with(inner, "points") ? 6 : 0;
    if (unit == 0) {
        return 0;
    }
    inner = gg_text_trim(gg_str_make(inner.data, inner.size - unit));
    size_t from = inner.size;
    while (from > 0 && ((inner.data[from - 1] >= '0' && inner.data[from - 1] <= '9') ||
                        inner.data[from - 1] == '.')) {
        from--;
    }
    gg_printed number;
    if (from == inner.size || gg_printed_digits(&number, inner, from) != inner.size) {
        return 0;
    }
    gg_str rest = gg_text_trim(gg_str_make(inner.data, from));
    if (bracket) {
        if (!ends_with(rest, "(")) {
            return 0;
        }
        rest = gg_text_trim(gg_str_make(rest.data, rest.size - 1));
    }
    *maximum = number;
    *text = rest;
    return 1;
}

/* Name and group of one column out of the header rows. */
static void name_column(gg_audit *audit, const gg_audit_table *table, int32_t column,
                        gg_audit_column *out) {
    const gg_audit_document *document = &audit->document;
    out->name_row = out->group_row = -1;
    for (int32_t h = table->header_rows - 1; h >= 0; h--) {
        size_t at = table->first_row + (size_t)h;
        const gg_audit_row *row = &document->rows[at];
        gg_str text = gg_audit_cell_at(document, row, column)->text;
        if (row->kind != GG_ROW_HEADER) {
            continue;
        }
        if (out->name_row < 0) {
            if (text.size > 0) {
                out->name = text;
                out->name_row = (int32_t)at;
            }
            continue;
        }
        int32_t left = column;
        while (left > 0 && gg_audit_cell_at(document, row, left)->text.size == 0) {
            left--;
        }
        out->group = gg_audit_cell_at(document, row, left)->text;
        out->group_row = (int32_t)at;
        out->group_column = left;
        break;
    }
    size_t joint = gg_audit_find(out->name, " · ");
    if (joint != SIZE_MAX) {
        size_t behind = joint + strlen(" · ");
        out->group = gg_str_make(out->name.data, joint);
        out->name = gg_str_make(out->name.data + behind, out->name.size - behind);
    }
    out->has_maximum = take_maximum(&out->maximum, &out->name);
    out->has_group_maximum = take_maximum(&out->group_maximum, &out->group);
}

/* What the cells hold, in one pass over those that exist. */
static void count_cells(const gg_audit *audit, const gg_audit_columns *columns) {
    const gg_audit_document *document = &audit->document;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        const gg_audit_row *row = &document->rows[r];
        for (int32_t c = 0; row->kind == GG_ROW_DATA && c < row->count; c++) {
            const gg_audit_cell *cell = gg_audit_cell_at(document, row, c);
            gg_audit_column *column = &columns->items[c];
            column->numbers += cell->kind == GG_CELL_NUMBER;
            column->texts += cell->kind == GG_CELL_TEXT;
            if (cell->kind == GG_CELL_NUMBER) {
                column->signs += cell->number.sign;
                column->percents += cell->number.mark != GG_MARK_NONE;
            }
        }
    }
}

/* In a column of percentages plain numbers are percentages too. */
static void mark_percentages(gg_audit *audit, const gg_audit_columns *columns) {
    for (size_t r = columns->first_data; r < columns->end; r++) {
        const gg_audit_row *row = &audit->document.rows[r];
        for (int32_t c = 0; row->kind == GG_ROW_DATA && c < row->count; c++) {
            gg_audit_cell *cell = &audit->document.cells[row->first + (size_t)c];
            if (columns->items[c].kind == GG_COLUMN_PERCENT && cell->kind == GG_CELL_NUMBER &&
                cell->number.mark == GG_MARK_NONE) {
                cell->number.mark = GG_MARK_PERCENT;
            }
        }
    }
}

static int32_t kind_of(const gg_audit_column *column, const gg_str whole) {
    if (column->numbers == 0) {
        return column->texts > 0 ? GG_COLUMN_TEXT : GG_COLUMN_EMPTY;
    }
    if (gg_audit_is_any(column->name, NAME_WORDS)) {
        return GG_COLUMN_TEXT; // a grid may be called 12
    }
    if (gg_audit_is_any(column->name, INDEX_WORDS)) {
        return GG_COLUMN_INDEX;
    }
    if (gg_audit_is_any(column->name, RANK_WORDS) || ends_with(column->name, "排名") ||
        ends_with(column->name, "名次")) {
        return GG_COLUMN_RANK;
    }
    if (column->texts > column->numbers) {
        return GG_COLUMN_TEXT;
    }
    int header = gg_audit_has(whole, "%") && gg_audit_has_any(whole, PERCENT_WORDS);
    return column->percents * 2 > column->numbers || header ? GG_COLUMN_PERCENT : GG_COLUMN_COUNT;
}

/* How many numbers of a row, from a column on, stand where their kind does not belong if they are
 * moved to the right by a shift: a percentage among counts, a count among percentages or names. */
static int misfits(const gg_audit *audit, const gg_audit_columns *columns, const gg_audit_row *row,
                   int32_t from, int32_t shift) {
    int count = 0;
    for (int32_t c = from; c < row->count; c++) {
        const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, row, c);
        int32_t kind = columns->items[c + shift].kind;
        int percent = cell->kind == GG_CELL_NUMBER && cell->number.mark != GG_MARK_NONE;
        count +=
            cell->kind == GG_CELL_NUMBER && (kind == GG_COLUMN_TEXT || kind == GG_COLUMN_INDEX ||
                                             percent != (kind == GG_COLUMN_PERCENT));
    }
    return count;
}

/* The cell of a short row that calls it a total; −1. */
static int32_t total_label(const gg_audit *audit, const gg_audit_row *row) {
    for (int32_t c = 0; c < row->count; c++) {
        gg_str text = gg_audit_cell_at(&audit->document, row, c)->text;
        if (text.size > 0) {
            return gg_audit_is_any(text, TOTAL_WORDS) || gg_audit_is_any(text, SUBTOTAL_WORDS) ||
                           ends_with(text, "合计") || ends_with(text, "总计")
                       ? c
                       : -1;
        }
    }
    return -1;
}

/* "合计" merged over 序号 and 类别 comes as one cell, and the numbers behind it one column too far
 * to the left. Such a row is laid out anew, with blanks behind the label, where its numbers fit
 * there and do not fit as they stand. Returns −1 when memory is short. */
static int spread_totals(gg_audit *audit, const gg_audit_table *table,
                         const gg_audit_columns *columns) {
    gg_audit_document *document = &audit->document;
    for (size_t r = columns->first_data; r < columns->end; r++) {
        gg_audit_row *row = &document->rows[r];
        int32_t label = row->kind == GG_ROW_DATA ? total_label(audit, row) : -1;
        int32_t shift = table->columns - row->count;
        size_t first = document->cell_count;
        if (label < 0 || shift <= 0 || misfits(audit, columns, row, label + 1, 0) == 0 ||
            misfits(audit, columns, row, label + 1, shift) > 0) {
            continue;
        }
        for (int32_t c = 0; c < table->columns; c++) {
            int32_t from = c <= label ? c : c - shift;
            gg_audit_cell cell =
                *gg_audit_cell_at(document, row, from > label || c <= label ? from : row->count);
            if (gg_grow((void **)&document->cells, document->cell_count, &document->cell_room,
                        sizeof cell) != 0) {
                return -1;
            }
            document->cells[document->cell_count++] = cell;
        }
        row->first = first;
        row->count = table->columns;
    }
    return 0;
}

static void find_keys(gg_audit_columns *columns, int32_t count) {
    for (int32_t c = 0; c < count && columns->key_count < GG_KEYS_MAX; c++) {
        int32_t kind = columns->items[c].kind;
        if (kind == GG_COLUMN_COUNT || kind == GG_COLUMN_PERCENT) {
            break;
        }
        if (kind == GG_COLUMN_TEXT) {
            columns->keys[columns->key_count++] = c;
        }
    }
}

static int32_t body_of(const gg_audit *audit, const gg_audit_columns *columns,
                       const gg_audit_row *row, int32_t count) {
    int numbers = 0;
    int32_t last = columns->key_count > 0 ? columns->keys[columns->key_count - 1] : 0;
    for (int32_t c = 0; c < count && c < row->count; c++) {
        const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, row, c);
        int32_t kind = columns->items[c].kind;
        numbers += cell->kind == GG_CELL_NUMBER && kind != GG_COLUMN_INDEX;
        if (cell->kind != GG_CELL_TEXT || c > last) {
            continue;
        }
        gg_str text = cell->text;
        if (gg_audit_is_any(text, SUBTOTAL_WORDS) || ends_with(text, "小计")) {
            return GG_BODY_SUBTOTAL;
        }
        if (gg_audit_is_any(text, TOTAL_WORDS) || ends_with(text, "合计") ||
            ends_with(text, "总计")) {
            return GG_BODY_TOTAL;
        }
        if (gg_audit_is_any(text, MEAN_WORDS) || ends_with(text, "平均") ||
            ends_with(text, "平均值") || ends_with(text, "平均分")) {
            return GG_BODY_MEAN;
        }
        if (starts_with(text, "其中")) {
            return GG_BODY_OF_WHICH;
        }
    }
    return numbers > 0 ? GG_BODY_PLAIN : GG_BODY_SECTION;
}

static int carry_keys(gg_audit *audit, gg_audit_columns *columns) {
    size_t rows = columns->end - columns->first_data;
    size_t width = columns->key_count > 1 ? (size_t)columns->key_count - 1 : 0;
    columns->carried = gg_calloc(rows * width, sizeof *columns->carried);
    if (columns->carried == NULL) {
        return -1;
    }
    for (size_t k = 0; k < width; k++) {
        int32_t holder = -1;
        for (size_t r = 0; r < rows; r++) {
            const gg_audit_row *row = &audit->document.rows[columns->first_data + r];
            if (row->kind == GG_ROW_DATA &&
                gg_audit_cell_at(&audit->document, row, columns->keys[k])->text.size > 0) {
                holder = (int32_t)(columns->first_data + r);
            }
            columns->carried[r * width + k] = holder;
        }
    }
    return 0;
}

static void read_table_columns(gg_audit *audit, gg_audit_table *table, gg_audit_columns *columns) {
    columns->first_data = table->first_row + (size_t)table->header_rows;
    columns->end = table->first_row + table->row_count;
    columns->items = gg_calloc((size_t)table->columns, sizeof *columns->items);
    if (columns->items == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (int32_t c = 0; c < table->columns; c++) {
        columns->items[c].name = columns->items[c].group = gg_str_make("", 0);
        name_column(audit, table, c, &columns->items[c]);
    }
    count_cells(audit, columns);
    for (int32_t c = 0; c < table->columns; c++) {
        gg_audit_column *column = &columns->items[c];
        gg_str whole =
            column->name_row < 0
                ? gg_str_make("", 0)
                : gg_audit_cell_at(&audit->document, &audit->document.rows[column->name_row], c)
                      ->text;
        column->kind = kind_of(column, whole);
    }
    if (spread_totals(audit, table, columns) != 0) {
        gg_audit_out_of_memory(audit);
        return;
    }
    mark_percentages(audit, columns);
    find_keys(columns, table->columns);
    for (size_t r = columns->first_data; r < columns->end; r++) {
        gg_audit_row *row = &audit->document.rows[r];
        row->body = row->kind == GG_ROW_DATA ? body_of(audit, columns, row, table->columns)
                                             : GG_BODY_SECTION;
    }
    if (carry_keys(audit, columns) != 0) {
        gg_audit_out_of_memory(audit);
    }
}

void gg_audit_read_columns(gg_audit *audit) {
    size_t count = audit->document.table_count;
    audit->columns = gg_calloc(count, sizeof *audit->columns);
    if (audit->columns == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (size_t t = 0; t < count && gg_audit_go_on(audit, "columns"); t++) {
        read_table_columns(audit, &audit->document.tables[t], &audit->columns[t]);
    }
}

void gg_audit_columns_release(gg_audit *audit) {
    for (size_t t = 0; audit->columns != NULL && t < audit->document.table_count; t++) {
        gg_free(audit->columns[t].items);
        gg_free(audit->columns[t].carried);
    }
    gg_free(audit->columns);
    audit->columns = NULL;
}

gg_str gg_audit_key(const gg_audit *audit, const gg_audit_table *table, size_t row, int32_t key) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    int32_t width = columns->key_count - 1;
    size_t from = row;
    if (key >= columns->key_count || row < columns->first_data) {
        return gg_str_make("", 0);
    }
    if (key < width) {
        int32_t holder =
            columns->carried[(row - columns->first_data) * (size_t)width + (size_t)key];
        from = holder < 0 ? row : (size_t)holder;
    }
    return gg_audit_cell_at(&audit->document, &audit->document.rows[from], columns->keys[key])
        ->text;
}

void gg_audit_row_name(gg_buf *buf, const gg_audit *audit, const gg_audit_table *table,
                       size_t row) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    const gg_audit_row *at = &audit->document.rows[row];
    if (at->kind != GG_ROW_DATA) {
        return;
    }
    if (at->body == GG_BODY_PLAIN) {
        for (int32_t k = 0; k < columns->key_count; k++) {
            gg_str text = gg_audit_key(audit, table, row, k);
            gg_buf_text(buf, k > 0 && text.size > 0 && buf->size > 0 ? "/" : "");
            gg_buf_str(buf, text);
        }
        return;
    }
    for (int32_t c = 0; c < at->count; c++) { // a total bears its word
        const gg_audit_cell *cell = gg_audit_cell_at(&audit->document, at, c);
        if (cell->kind == GG_CELL_TEXT) {
            gg_buf_str(buf, cell->text);
            return;
        }
    }
}

gg_str gg_audit_column_name(const gg_audit *audit, const gg_audit_table *table, int32_t column) {
    const gg_audit_columns *columns = &audit->columns[table->number - 1];
    return column < table->columns ? columns->items[column].name : gg_str_make("", 0);
}

int gg_audit_is_body(const gg_audit *audit, size_t row, int32_t body) {
    const gg_audit_row *at = &audit->document.rows[row];
    return at->kind == GG_ROW_DATA && at->body == body;
}
