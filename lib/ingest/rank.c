/* SPDX-License-Identifier: Apache-2.0 */
/* Totals and ranks of a CSV file. Workers read rows into lists of their own: the total in units of
 * 10^-9, an integer, and the key's text. Rows keep their batch's number, so that the lists can be
 * put together in the order of the table whoever read what; sorting and writing follow in
 * rank_write.c. */
#include "rank_list.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/workers.h"
#include "csv.h"
#include "scan.h"

#include <string.h>

#define COLUMNS_MOST 4096
#define PLAIN_MOST 64 /* numbers of eight digits that surely add up within 64 bits */
#define ONES UINT64_C(0x0101010101010101)

static const int64_t powers[] = {1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000};

typedef struct ranking {
    const gridgov_rank_options *options;
    gg_rank_list lists[GG_WORKERS_MOST];
    int64_t columns[COLUMNS_MOST]; /* to add up, rising */
    size_t column_count;
    int64_t key;
    gg_str key_name, names[COLUMNS_MOST];
    gridgov_rows *rows;
} ranking;

void gridgov_rank_options_init(gridgov_rank_options *options, size_t struct_size) {
    const gridgov_rank_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

/* Eight digits, first one in the lowest byte, each byte 0 to 9 by pairs, then fours, then all. */
static uint64_t eight_digits(uint64_t digits) {
    digits = digits * 10 + (digits >> 8);
    digits = (((digits & UINT64_C(0x000000FF000000FF)) * (100 + (UINT64_C(1000000) << 32))) +
              (((digits >> 16) & UINT64_C(0x000000FF000000FF)) * (1 + (UINT64_C(10000) << 32)))) >>
             32;
    return digits & UINT32_MAX;
}

/* A plain decimal of at most eight bytes, "9.75" or "-3": 1 and its value in 10^-9, or 0 if it is
 * anything else. At least eight bytes may be read. */
static int read_plain(int64_t *out, int *decimals, const char *text, size_t size) {
    const int negative = text[0] == '-';
    uint64_t word = 0;
    uint64_t point;
    if (size == 0 || size > 8) {
        return 0;
    }
    for (size_t i = 0; i < 8; i++) { // one load where bytes are in this order
        word |= (uint64_t)(unsigned char)text[i] << 8 * i;
    }
    word ^= ONES * '0';
    word = negative ? word & ~UINT64_C(0xFF) : word; // the sign becomes a leading zero
    word <<= 8 * (8 - size);
    point = word ^ ONES * ('.' ^ '0');
    point = (point - ONES) & ~point & ONES << 7; // the lowest bit set is exact
    *decimals = 0;
    if (point != 0) {
        const uint64_t below = (point & (0 - point)) - 1; // all bits below the point's top bit
        const uint64_t whole = below >> 7;
        *decimals = 7 - (int)((whole & ONES) * ONES >> 56); // less the bytes before it
        word = (word & whole) << 8 | (word & ~(whole << 8 | 0xFF));
        if (*decimals == 0 || whole == 0) {
            return 0;
        }
    }
    if (((word | (word + ONES * 0x76)) & ONES << 7) != 0 || (negative && size == 1)) {
        return 0;
    }
    *out = (int64_t)eight_digits(word) * powers[GG_RANK_SCALE - *decimals];
    *out = negative ? -*out : *out;
    return 1;
}

/* Any cell: 0, or −1 if it is no number. */
static int read_cell(int64_t *out, int *decimals, gg_str text) {
    text = gg_text_trim(text);
    *out = 0;
    *decimals = 0;
    if (text.size == 0 || gg_str_equal(text, gg_str_of("/"))) {
        return 0;
    }
    for (int scale = 0; scale <= GG_RANK_SCALE; scale++) {
        if (gg_decimal_parse(out, text, scale) == 0) {
            *decimals = scale;
            return gg_decimal_parse(out, text, GG_RANK_SCALE);
        }
    }
    return -1;
}

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

/* The same without quotes, in the list's room. */
static gridgov_status plain_cell(gg_str *out, gg_rank_list *list, const row_view *row,
                                 int64_t column, gridgov_error *err) {
    *out = cell_at(row, column);
    if (row->batch->written && out->size > 0 && out->data[0] == '"') {
        gg_buf_clear(&list->scratch);
        gg_buf_add(&list->scratch, out->data, out->size); // makes room
        if (gg_buf_failed(&list->scratch)) {
            return gg_fail_memory(err);
        }
        *out = gg_batch_unquote(list->scratch.data, out->data, out->size);
    }
    return GRIDGOV_OK;
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

/* Add a row whose cells are all plain decimals: 1, or 0 if it needs a closer look. */
static int add_up(const ranking *r, gg_rank_list *list, const row_view *row, int64_t *total) {
    int finest = list->decimals;
    int64_t sum = 0;
    if (r->columns[r->column_count - 1] >= (int64_t)row->count || r->column_count > PLAIN_MOST) {
        return 0;
    }
    for (size_t i = 0; i < r->column_count; i++) {
        const gg_str cell = cell_at(row, r->columns[i]);
        int64_t value = 0;
        int decimals = 0;
        if (!read_plain(&value, &decimals, cell.data, cell.size)) {
            return 0;
        }
        sum += value; // below 10^17 each, PLAIN_MOST of them
        finest = decimals > finest ? decimals : finest;
    }
    list->decimals = finest;
    *total = sum;
    return 1;
}

/* The same of any row: 1 it has a total, 0 it is left out; or a failure. */
static gridgov_status add_up_slowly(const ranking *r, gg_rank_list *list, const row_view *row,
                                    int64_t *total, int *counts, gridgov_error *err) {
    int finest = list->decimals;
    *counts = 0;
    *total = 0;
    for (size_t i = 0; i < r->column_count; i++) {
        gg_str cell;
        int64_t value = 0;
        int decimals = 0;
        GG_TRY(plain_cell(&cell, list, row, r->columns[i], err));
        if (read_cell(&value, &decimals, cell) != 0) {
            note(list, row, GG_RULE_CELL_NUMBER, r->names[i], cell, r->columns[i]);
            return GRIDGOV_OK;
        }
        if (gg_add(total, *total, value) != 0) {
            note(list, row, GG_RULE_CELL_RANGE, r->names[i], cell, r->columns[i]);
            return GRIDGOV_OK;
        }
        finest = decimals > finest ? decimals : finest;
    }
    list->decimals = finest;
    *counts = 1;
    return GRIDGOV_OK;
}

static gridgov_status take_row(const ranking *r, gg_rank_list *list, const row_view *row,
                               gridgov_error *err) {
    int64_t total = 0;
    int counts = 1;
    gg_str key;
    if (!add_up(r, list, row, &total)) {
        if (!has_text(row)) {
            return GRIDGOV_OK;
        }
        list->read++;
        GG_TRY(add_up_slowly(r, list, row, &total, &counts, err));
        list->read--;
    }
    list->read++;
    if (!counts) {
        return GRIDGOV_OK;
    }
    GG_TRY(plain_cell(&key, list, row, r->key, err));
    key = gg_text_trim(key);
    if (key.size == 0) {
        note(list, row, GG_RULE_CELL_EMPTY, r->key_name, key, r->key);
        return GRIDGOV_OK;
    }
    return gg_rank_list_add(list, key, total, err);
}

static gridgov_status take(void *user, int worker, const gg_batch *batch, gridgov_error *err) {
    ranking *r = user;
    gg_rank_list *list = &r->lists[worker];
    row_view row = {.batch = batch};
    GG_TRY(gg_rank_list_begin(list, batch->number, batch->row_count, err));
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

static gg_str header_at(const ranking *r, int64_t column) {
    size_t size = 0;
    const char *text = gridgov_rows_text(r->rows, column, &size);
    return gg_text_trim(gg_str_make(text, size));
}

/* The column of a header. */
static gridgov_status find_column(int64_t *out, const ranking *r, const char *name,
                                  gridgov_error *err) {
    for (int64_t i = 0; i < gridgov_rows_count(r->rows); i++) {
        if (gg_str_equal(header_at(r, i), gg_text_trim(gg_str_of(name)))) {
            *out = i;
            return GRIDGOV_OK;
        }
    }
    (void)gg_fail(err, GG_RULE_COLUMN_MISSING, name, NULL, 0, NULL, NULL);
    gg_error_at(err, gridgov_rows_source_name(r->rows), gridgov_rows_number(r->rows), 0);
    return GRIDGOV_EDATA;
}

static void sort_columns(ranking *r) {
    for (size_t i = 1; i < r->column_count; i++) {
        for (size_t k = i; k > 0 && r->columns[k] < r->columns[k - 1]; k--) {
            const int64_t column = r->columns[k];
            r->columns[k] = r->columns[k - 1];
            r->columns[k - 1] = column;
        }
    }
}

/* Find the columns in the first row. */
static gridgov_status bind(ranking *r, gridgov_error *err) {
    const gridgov_rank_options *options = r->options;
    const int64_t width = gridgov_rows_count(r->rows);
    if (options->key != NULL) {
        GG_TRY(find_column(&r->key, r, options->key, err));
    }
    for (int64_t i = 0; options->columns != NULL && i < options->column_count; i++) {
        GG_TRY(find_column(&r->columns[r->column_count++], r, options->columns[i], err));
    }
    for (int64_t i = 0; options->columns == NULL && i < width && i < COLUMNS_MOST; i++) {
        if (i != r->key && header_at(r, i).size > 0) {
            r->columns[r->column_count++] = i;
        }
    }
    if (r->column_count == 0) {
        return gg_fail(err, GG_RULE_RANK_COLUMNS, NULL, NULL, 0, NULL, NULL);
    }
    sort_columns(r);
    return GRIDGOV_OK;
}

/* Copies of the names, for messages: the header's row does not stay. */
static gridgov_status keep_names(ranking *r, gg_arena *arena, gridgov_error *err) {
    const gg_str key = header_at(r, r->key);
    const char *copy = gg_arena_text(arena, key.data, key.size);
    r->key_name = gg_str_of(copy);
    for (size_t i = 0; copy != NULL && i < r->column_count; i++) {
        const gg_str name = header_at(r, r->columns[i]);
        copy = gg_arena_text(arena, name.data, name.size);
        r->names[i] = gg_str_of(copy);
    }
    return copy == NULL ? gg_fail_memory(err) : GRIDGOV_OK;
}

static gridgov_status run(ranking *r, gridgov_bytes **out, gridgov_issues *issues, gridgov_job *job,
                          gridgov_error *err) {
    const int workers = r->options->workers == 0 ? 1 : r->options->workers;
    gg_scan scan = {.rows = r->rows, .workers = workers, .job = job, .stage = "rank", .take = take};
    int64_t stopped_at = 0;
    gridgov_status status = gridgov_rows_next(r->rows, err);
    if (status == GRIDGOV_END) {
        return gg_fail(err, GG_RULE_TABLE_EMPTY, NULL, NULL, 0, NULL, NULL);
    }
    GG_TRY(status);
    GG_TRY(bind(r, err));
    gg_arena arena = {0};
    status = keep_names(r, &arena, err);
    if (status == GRIDGOV_OK) {
        scan.user = r;
        scan.simd = r->options->portable ? gg_simd_at(0) : gg_simd_best();
        status = gg_scan_run(&scan, &stopped_at, err);
    }
    gg_notes_deliver(issues, gridgov_rows_source_name(r->rows), &r->lists[0].notes,
                     sizeof r->lists[0], (size_t)workers, stopped_at);
    if (status == GRIDGOV_OK) {
        status =
            gg_rank_write(out, r->lists, (size_t)workers, r->key_name, r->options->ascending, err);
    }
    gg_arena_release(&arena);
    return status;
}

static int read_options(gridgov_rank_options *out, const gridgov_rank_options *given) {
    gridgov_rank_options_init(out, sizeof *out);
    return gg_options_read(out, sizeof *out, given) == 0 && out->workers >= 0 &&
                   out->workers <= GG_WORKERS_MOST && out->column_count >= 0 &&
                   out->column_count <= COLUMNS_MOST &&
                   (out->columns == NULL) == (out->column_count == 0)
               ? 0
               : -1;
}

static void sum_up(gridgov_rank_summary *full, const ranking *r) {
    for (size_t i = 0; i < GG_WORKERS_MOST; i++) {
        const gg_rank_list *list = &r->lists[i];
        full->read += list->read;
        full->ranked += (int64_t)list->count;
        full->excluded += list->excluded;
        full->decimals = list->decimals > full->decimals ? list->decimals : full->decimals;
    }
}

gridgov_status gridgov_rank_file(gridgov_bytes **out, gridgov_rank_summary *summary,
                                 const char *path, const gridgov_rank_options *options,
                                 gridgov_issues *issues, gridgov_job *job, gridgov_error *err) {
    gridgov_rank_summary full = {0};
    gridgov_rank_options set;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (summary != NULL && gg_view_copy(summary, &full, sizeof full) != 0) {
        return gg_fail_arg(err, "summary");
    }
    if (path == NULL || read_options(&set, options) != 0) {
        return gg_fail_arg(err, path == NULL ? "path" : "options");
    }
    ranking *r = gg_calloc(1, sizeof *r);
    if (r == NULL) {
        return gg_fail_memory(err);
    }
    r->options = &set;
    gridgov_status status = gridgov_rows_open_csv_file(&r->rows, path, set.csv, err);
    if (status == GRIDGOV_OK) {
        status = run(r, out, issues, job, err);
        gg_error_at(status < 0 ? err : NULL, path, 0, 0);
    }
    if (status == GRIDGOV_OK && summary != NULL) {
        sum_up(&full, r);
        (void)gg_view_copy(summary, &full, sizeof full);
    }
    gridgov_rows_free(r->rows);
    for (size_t i = 0; i < GG_WORKERS_MOST; i++) {
        gg_rank_list_release(&r->lists[i]);
    }
    gg_free(r);
    return status;
}
