/* SPDX-License-Identifier: Apache-2.0 */
/* From cells to records: the total in units of 10^-9, an integer, and the key.
 *
 * Most tables write all their numbers with the same count of decimals. Rows that look so are added
 * up by base/simd.h, digit by digit; any other row is read cell by cell. Both ways give the same
 * totals, and only the second one knows how to refuse. */
#include "rank_model.h"

#include "base/error.h"
#include "base/num.h"
#include "csv.h"
#include "scan.h"

#define ALIKE_MOST 64    /* columns: below 10^8 each, they add up without overflow in any order */
#define ALIKE_DECIMALS 7 /* at most */

static const int64_t powers[] = {1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000};

typedef struct reader {
    const gg_rank_columns *columns;
    gg_rank_list *lists;
    const gg_simd *simd;
} reader;

/* One row of a batch. */
typedef struct row_view {
    const gg_batch *batch;
    const uint32_t *ends; /* of the row's cells */
    size_t start, count;
    int64_t number;
} row_view;

static gg_str cell_at(const row_view *row, int64_t column) {
    if (column >= (int64_t)row->count) {
        return gg_str_of("");
    }
    const size_t start = column == 0 ? row->start : row->ends[column - 1] + (size_t)1;
    const gg_str cell = {row->batch->data + start, row->ends[column] - start};
    return cell;
}

/* The byte with which a cell begins; NUL if it is empty. */
static char first_byte(const row_view *row, int64_t column) {
    const gg_str cell = cell_at(row, column);
    return cell.size > 0 ? cell.data[0] : '\0';
}

/* The same without quotes; one with quotes inside comes to stand in the list's room. */
static gridgov_status plain_cell(gg_str *out, gg_rank_list *list, const row_view *row,
                                 int64_t column, gridgov_error *err) {
    static const char slack[GG_RANK_SLACK] = {0};
    gg_buf *room = &list->scratch;
    *out = cell_at(row, column);
    if (!row->batch->written || out->size == 0 || out->data[0] != '"') {
        return GRIDGOV_OK;
    }
    if (memchr(out->data + 1, '"', out->size - 1) == out->data + out->size - 1) {
        *out = gg_str_make(out->data + 1, out->size - 2);
        return GRIDGOV_OK;
    }
    gg_buf_clear(room);
    gg_buf_add(room, out->data, out->size); // makes room
    gg_buf_add(room, slack, sizeof slack);
    if (gg_buf_failed(room)) {
        return gg_fail_memory(err);
    }
    *out = gg_batch_unquote(room->data, out->data, out->size);
    return GRIDGOV_OK;
}

/* Eight digits, first one in the lowest byte, of which each byte holds a sum of up to 255. */
static int64_t digits_value(uint64_t digits) {
    const uint64_t even = UINT64_C(0x00FF00FF00FF00FF);
    const uint64_t pairs = (digits & even) * 10 + ((digits >> 8) & even);
    const uint64_t pair = 0xFFFF;
    return (int64_t)((pairs & pair) * 1000000 + (pairs >> 16 & pair) * 10000 +
                     (pairs >> 32 & pair) * 100 + (pairs >> 48));
}

/* Add a row whose numbers all have `alike` decimals and at most eight bytes: 1, or 0 if it is not
 * so.
 */
static int add_alike(int64_t *out, const reader *r, const row_view *row, int alike, int quotes) {
    const gg_rank_columns *columns = r->columns;
    int64_t total = 0;
    if (columns->count > ALIKE_MOST || columns->sums[columns->count - 1] >= (int64_t)row->count) {
        return 0;
    }
    for (size_t i = 0; i < columns->run_count; i++) {
        const gg_rank_run *run = &columns->runs[i];
        const uint32_t *ends = row->ends + run->first;
        const size_t start = run->first == 0 ? row->start : ends[-1] + (size_t)1;
        gg_digits digits;
        if (!r->simd->digits(&digits, row->batch->data, start, ends, run->count, alike, quotes)) {
            return 0;
        }
        total += (digits_value(digits.sum) - 2 * digits_value(digits.negative)) *
                 powers[GG_RANK_SCALE - alike];
    }
    *out = total;
    return 1;
}

/* A decimal of digits and perhaps a sign and a point, "9.75" or "-3": 1 and its value in 10^-9, or
 * 0 if it is anything else, or very long. */
static int read_plain(int64_t *out, int *decimals, gg_str text) {
    const int negative = text.size > 0 && text.data[0] == '-';
    uint64_t value = 0;
    int whole = 0;
    int behind = 0;
    int point = 0;
    for (size_t i = (size_t)negative; i < text.size; i++) {
        const unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit <= 9) {
            value = value * 10 + digit;
            whole += !point;
            behind += point;
        } else if (text.data[i] == '.' && !point) {
            point = 1;
        } else {
            return 0;
        }
    }
    if (whole < 1 || whole > GG_RANK_SCALE || behind < point || behind > GG_RANK_SCALE) {
        return 0;
    }
    *decimals = behind;
    *out = (int64_t)value * powers[GG_RANK_SCALE - behind];
    *out = negative ? -*out : *out;
    return 1;
}

/* Characters behind the point of a number. */
static int count_decimals(gg_str text) {
    int count = 0;
    int decimals = 0;
    for (size_t at = 0; at < text.size; count++) {
        const uint32_t c = gg_utf8_next(text.data, text.size, &at);
        if (c == '.' || c == 0xFF0E) {
            count = -1;
            decimals = 1;
        }
    }
    return decimals ? count : 0;
}

/* Any cell: 0, or −1 if it is no number. */
static int read_cell(int64_t *out, int *decimals, gg_str text) {
    text = gg_text_trim(text);
    *out = 0;
    *decimals = 0;
    if (text.size == 0 || gg_str_equal(text, gg_str_of("/"))) {
        return 0;
    }
    if (gg_decimal_parse(out, text, GG_RANK_SCALE) != 0) {
        return -1;
    }
    *decimals = count_decimals(text);
    return 0;
}

static void note(gg_rank_list *list, const row_view *row, int32_t rule, gg_str field, gg_str value,
                 int64_t column) {
    gridgov_error issue;
    char name[sizeof issue.field];
    gg_text_copy(name, sizeof name, field.data, field.size);
    (void)gg_fail(&issue, rule, name, value.data, value.size, "±9223372036.854775807", NULL);
    gg_error_at(&issue, NULL, row->number, (int32_t)(column + 1));
    gg_notes_add(&list->notes, &issue);
    list->excluded++;
}

static int has_text(const row_view *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (gg_text_trim(cell_at(row, (int64_t)i)).size > 0) {
            return 1;
        }
    }
    return 0;
}

/* Add any row cell by cell; *counts becomes 1 if it has a total, 0 if it is left out. */
static gridgov_status add_cells(int64_t *total, int *counts, const gg_rank_columns *columns,
                                gg_rank_list *list, const row_view *row, gridgov_error *err) {
    int finest = list->decimals;
    int decimals = 0;
    *counts = 0;
    *total = 0;
    for (size_t i = 0; i < columns->count; i++) {
        gg_str cell = cell_at(row, columns->sums[i]);
        int64_t value = 0;
        if (row->batch->written && cell.size > 1 && cell.data[0] == '"') {
            cell =
                gg_str_make(cell.data + 1, cell.size - 2); // right unless there are quotes inside
        }
        int known = read_plain(&value, &decimals, cell);
        if (!known) {
            GG_TRY(plain_cell(&cell, list, row, columns->sums[i], err));
            known = read_cell(&value, &decimals, cell) == 0;
        }
        if (!known) {
            note(list, row, GG_RULE_CELL_NUMBER, columns->names[i], cell, columns->sums[i]);
            return GRIDGOV_OK;
        }
        if (gg_add(total, *total, value) != 0) {
            note(list, row, GG_RULE_CELL_RANGE, columns->names[i], cell, columns->sums[i]);
            return GRIDGOV_OK;
        }
        finest = decimals > finest ? decimals : finest;
    }
    list->decimals = finest;
    list->quoted = row->batch->written && first_byte(row, columns->sums[0]) == '"';
    list->alike = decimals <= ALIKE_DECIMALS ? decimals : list->alike;
    *counts = 1;
    return GRIDGOV_OK;
}

/* A byte that is a character by itself, and no blank. */
static int is_mark(char c) {
    return c > ' ' && c < 0x7F;
}

static gridgov_status take_row(const reader *r, gg_rank_list *list, const row_view *row,
                               gridgov_error *err) {
    const gg_rank_columns *columns = r->columns;
    int64_t total = 0;
    int counts = 1;
    gg_str key;
    if (add_alike(&total, r, row, list->alike, list->quoted)) {
        list->decimals = list->alike > list->decimals ? list->alike : list->decimals;
    } else if (!has_text(row)) {
        return GRIDGOV_OK;
    } else {
        GG_TRY(add_cells(&total, &counts, columns, list, row, err));
    }
    list->read++;
    if (!counts) {
        return GRIDGOV_OK;
    }
    GG_TRY(plain_cell(&key, list, row, columns->key, err));
    if (key.size == 0 || !is_mark(key.data[0]) || !is_mark(key.data[key.size - 1])) {
        key = gg_text_trim(key);
    }
    if (key.size == 0) {
        note(list, row, GG_RULE_CELL_EMPTY, columns->key_name, key, columns->key);
        return GRIDGOV_OK;
    }
    return gg_rank_list_add(list, key, total, row->number, err);
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    const reader *r = user;
    gg_rank_list *list = &r->lists[worker];
    row_view row = {.batch = batch};
    GG_TRY(gg_rank_list_begin(list, batch->number, err));
    for (size_t i = 0; i < batch->row_count; i++) {
        const uint32_t first = i == 0 ? 0 : batch->rows[i - 1];
        row.ends = batch->ends + first;
        row.count = batch->rows[i] - first;
        row.start = gg_batch_row(batch, i);
        row.number = batch->number + (int64_t)i;
        GG_TRY(take_row(r, list, &row, err));
    }
    return GRIDGOV_OK;
}

gridgov_status gg_rank_read(gridgov_ranking *ranking, gridgov_rows *rows, int portable,
                            gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    const gg_simd *simd = portable ? gg_simd_at(0) : gg_simd_best();
    reader r = {&ranking->columns, ranking->lists, simd};
    const gg_scan scan = {.rows = rows,
                          .workers = ranking->workers,
                          .simd = simd,
                          .job = job,
                          .stage = "rank",
                          .take = take,
                          .user = &r};
    int64_t stopped_at = 0;
    const gridgov_status status = gg_scan_run(&scan, &stopped_at, err);
    gg_notes_deliver(issues, gridgov_rows_source_name(rows), &ranking->lists[0].notes,
                     sizeof ranking->lists[0], (size_t)ranking->workers, stopped_at);
    return status;
}
