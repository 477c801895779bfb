/* SPDX-License-Identifier: Apache-2.0 */
/* CSV after RFC 4180, with what is really written: CR, LF and CRLF end a row; an empty line is
 * none; a quote inside a cell that does not begin with one stands for itself.
 *
 * The row being read lies as a whole in the buffer of csv_input.c and is cut up in place: a
 * separator becomes the NUL behind its cell, and a quoted cell is moved left over its opening quote
 * and the first of two quotes. A cell is an offset from the beginning of its row, so that the
 * buffer may move. When the buffer is used up in the middle of a row, the state of the cell is kept
 * and reading goes on with more bytes.
 *
 * Invariant: what comes out depends on the bytes alone, not on where blocks end. Every failure
 * belongs to one place in the text, and the first place wins: a limit is broken by its first byte
 * too many. */
#include "csv.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"
#include "csv_input.h"

#include <string.h>

#define MAX_CELL ((int64_t)1024 * 1024)
#define MAX_ROW (16 * MAX_CELL)
#define MAX_COLUMNS 4096
#define MAX_ROWS INT64_C(1000000000)

enum { CELL_BEGIN, CELL_PLAIN, CELL_QUOTED, CELL_QUOTE_SEEN };

typedef struct csv_cell {
    size_t start, size; /* offset from the beginning of the row; bytes */
} csv_cell;

typedef struct csv {
    gg_csv_input input;
    gridgov_csv_options limits; /* no zeros */
    csv_cell *cells;
    size_t cell_count, cell_capacity;
    size_t row;           /* offset of the row in input.data */
    size_t at;            /* offset of the next byte to read */
    size_t start;         /* of the cell being read, from the beginning of the row */
    size_t write;         /* end of what was read of it, from the beginning of the row */
    int state;            /* CELL_* */
    int begun;            /* 1 once a byte order mark was looked for */
    int skip_lf;          /* 1 if the last byte read was a CR that ended a row */
    int64_t number, rows; /* of the current row, empty lines counted; rows so far */
} csv;

void gridgov_csv_options_init(gridgov_csv_options *options, size_t struct_size) {
    const gridgov_csv_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

/* Offset of the first separator in size bytes, size if there is none. Eight bytes at a time: x −
 * 0x01… sets the top bit of a zero byte of x, and ~x keeps it from bytes that had it before. */
static size_t find_separator(const char *text, size_t size, char delimiter) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    const uint64_t delimiters = ones * (unsigned char)delimiter, lfs = ones * '\n',
                   crs = ones * '\r';
    size_t i = 0;
    while (size - i >= sizeof(uint64_t)) {
        uint64_t word, a, b, c;
        memcpy(&word, text + i, sizeof word);
        a = word ^ delimiters;
        b = word ^ lfs;
        c = word ^ crs;
        if ((((a - ones) & ~a) | ((b - ones) & ~b) | ((c - ones) & ~c)) & tops) {
            break;
        }
        i += sizeof word;
    }
    while (i < size && text[i] != delimiter && text[i] != '\n' && text[i] != '\r') {
        i++;
    }
    return i;
}

/* Load more, dropping what lies before the row. */
static gridgov_status load_more(csv *reader, int64_t row, gridgov_error *err) {
    size_t drop = reader->row;
    gridgov_status status = gg_csv_input_more(&reader->input, drop, err);
    reader->row = 0;
    reader->at -= drop;
    if (status < 0) {
        gg_error_at(err, NULL, row, (int32_t)(reader->cell_count + 1));
    }
    return status;
}

static gridgov_status fail_here(const csv *reader, int32_t rule, int64_t limit,
                                gridgov_error *err) {
    char text[GG_NUM_TEXT_SIZE];
    gridgov_status status;
    (void)gg_int_format(text, limit);
    status = gg_fail(err, rule, NULL, NULL, 0, text, NULL);
    gg_error_at(err, NULL, reader->number, (int32_t)(reader->cell_count + 1));
    return status;
}

/* Take size bytes more into the cell, if both limits allow it. */
static gridgov_status check_limits(const csv *reader, size_t size, gridgov_error *err) {
    int64_t cell_room = reader->limits.max_cell - (int64_t)(reader->write - reader->start);
    int64_t row_room = reader->limits.max_row - (int64_t)(reader->at - reader->row);
    if ((int64_t)size <= cell_room && (int64_t)size <= row_room) {
        return GRIDGOV_OK;
    }
    if (cell_room <= row_room) {
        return fail_here(reader, GG_RULE_CSV_CELL_LIMIT, reader->limits.max_cell, err);
    }
    return fail_here(reader, GG_RULE_CSV_ROW_LIMIT, reader->limits.max_row, err);
}

static gridgov_status end_cell(csv *reader, gridgov_error *err) {
    csv_cell *cell;
    if ((int64_t)(reader->at - reader->row) > reader->limits.max_row) {
        return fail_here(reader, GG_RULE_CSV_ROW_LIMIT, reader->limits.max_row, err);
    }
    if ((int64_t)reader->cell_count == reader->limits.max_columns) {
        return fail_here(reader, GG_RULE_CSV_COLUMN_LIMIT, reader->limits.max_columns, err);
    }
    if (gg_grow((void **)&reader->cells, reader->cell_count, &reader->cell_capacity,
                sizeof *reader->cells) != 0) {
        return gg_fail_memory(err);
    }
    cell = &reader->cells[reader->cell_count++];
    cell->start = reader->start;
    cell->size = reader->write - reader->start;
    reader->input.data[reader->row + reader->write] = '\0';
    reader->state = CELL_BEGIN;
    return GRIDGOV_OK;
}

/* The byte at the reader's place ends the cell, and perhaps the row. */
static gridgov_status read_separator(csv *reader, int *row_ended, gridgov_error *err) {
    char separator = reader->input.data[reader->at];
    GG_TRY(end_cell(reader, err));
    reader->at++;
    *row_ended = separator == '\n' || separator == '\r';
    reader->skip_lf = separator == '\r';
    return GRIDGOV_OK;
}

static void begin_cell(csv *reader) {
    reader->start = reader->at - reader->row;
    reader->write = reader->start;
    reader->state = CELL_PLAIN;
    if (reader->at < reader->input.good && reader->input.data[reader->at] == '"') {
        reader->start++;
        reader->write++;
        reader->at++;
        reader->state = CELL_QUOTED;
    }
}

static gridgov_status read_plain(csv *reader, int *row_ended, gridgov_error *err) {
    size_t size = find_separator(reader->input.data + reader->at, reader->input.good - reader->at,
                                 (char)reader->limits.delimiter);
    GG_TRY(check_limits(reader, size, err));
    reader->at += size;
    reader->write += size;
    return reader->at == reader->input.good ? GRIDGOV_OK : read_separator(reader, row_ended, err);
}

static gridgov_status read_quoted(csv *reader, gridgov_error *err) {
    char *from = reader->input.data + reader->at;
    char *to = reader->input.data + reader->row + reader->write;
    size_t left = reader->input.good - reader->at;
    const char *quote = memchr(from, '"', left);
    size_t size = quote != NULL ? (size_t)(quote - from) : left;
    GG_TRY(check_limits(reader, size, err));
    if (to != from) {
        memmove(to, from, size);
    }
    reader->at += size;
    reader->write += size;
    if (quote != NULL) {
        reader->at++;
        reader->state = CELL_QUOTE_SEEN;
    }
    return GRIDGOV_OK;
}

/* A quote was read inside a quoted cell: it is the first of two, or the last of the cell. */
static gridgov_status read_after_quote(csv *reader, int *row_ended, gridgov_error *err) {
    char byte = reader->input.data[reader->at];
    if (byte == '"') {
        GG_TRY(check_limits(reader, 1, err));
        reader->input.data[reader->row + reader->write] = '"';
        reader->write++;
        reader->at++;
        reader->state = CELL_QUOTED;
        return GRIDGOV_OK;
    }
    if (byte == (char)reader->limits.delimiter || byte == '\n' || byte == '\r') {
        return read_separator(reader, row_ended, err);
    }
    return fail_here(reader, GG_RULE_CSV_QUOTE_TEXT, 0, err);
}

/* The text ended inside a row: its last cell ends too. */
static gridgov_status end_text(csv *reader, gridgov_error *err) {
    if (reader->state == CELL_QUOTED) {
        return fail_here(reader, GG_RULE_CSV_QUOTE_OPEN, 0, err);
    }
    if (reader->state == CELL_BEGIN) {
        begin_cell(reader);
    }
    return end_cell(reader, err);
}

static gridgov_status read_row(csv *reader, gridgov_error *err) {
    int row_ended = 0;
    reader->state = CELL_BEGIN;
    while (!row_ended) {
        gridgov_status status = GRIDGOV_OK;
        if (reader->at == reader->input.good) {
            status = load_more(reader, reader->number, err);
            if (status == GRIDGOV_END) {
                return end_text(reader, err);
            }
            GG_TRY(status);
        }
        switch (reader->state) {
        case CELL_BEGIN:
            begin_cell(reader);
            break;
        case CELL_PLAIN:
            status = read_plain(reader, &row_ended, err);
            break;
        case CELL_QUOTED:
            status = read_quoted(reader, err);
            break;
        default:
            status = read_after_quote(reader, &row_ended, err);
            break;
        }
        GG_TRY(status);
    }
    return GRIDGOV_OK;
}

/* Go to the first byte of the next row, over a byte order mark and empty lines. */
static gridgov_status find_row(csv *reader, gridgov_error *err) {
    static const char mark[3] = {(char)0xEF, (char)0xBB, (char)0xBF};
    for (;;) {
        const char *data;
        reader->row = reader->at;
        if (reader->at == reader->input.good) {
            gridgov_status status = load_more(reader, reader->number + 1, err);
            if (status != GRIDGOV_OK) {
                return status;
            }
        }
        data = reader->input.data + reader->at;
        if (!reader->begun) {
            reader->begun = 1;
            if (reader->input.good - reader->at >= sizeof mark &&
                memcmp(data, mark, sizeof mark) == 0) {
                reader->at += sizeof mark;
            }
        } else if (reader->skip_lf && *data == '\n') {
            reader->skip_lf = 0;
            reader->at++;
        } else if (*data == '\n' || *data == '\r') {
            reader->skip_lf = *data == '\r';
            reader->number++;
            reader->at++;
        } else {
            reader->skip_lf = 0;
            return GRIDGOV_OK;
        }
    }
}

static gridgov_status csv_next(void *user, gridgov_error *err) {
    csv *reader = user;
    gridgov_status status;
    reader->cell_count = 0;
    status = find_row(reader, err);
    if (status != GRIDGOV_OK) {
        return status;
    }
    reader->number++;
    if (reader->rows == reader->limits.max_rows) {
        return fail_here(reader, GG_RULE_CSV_ROWS_LIMIT, reader->limits.max_rows, err);
    }
    reader->rows++;
    return read_row(reader, err);
}

static int64_t csv_count(void *user) {
    const csv *reader = user;
    return (int64_t)reader->cell_count;
}

static const char *csv_text(void *user, int64_t index, size_t *size_out) {
    const csv *reader = user;
    const csv_cell *cell = &reader->cells[index];
    *size_out = cell->size;
    return reader->input.data + reader->row + cell->start;
}

static int64_t csv_number(void *user) {
    const csv *reader = user;
    return reader->number;
}

static void csv_close(void *user) {
    csv *reader = user;
    gg_csv_input_close(&reader->input);
    gg_free(reader->cells);
    gg_free(reader);
}

int gg_csv_place_get(gg_csv_bytes *bytes, gg_csv_place *place, const gridgov_rows *rows) {
    const csv *reader = gg_rows_user(rows, csv_next);
    if (reader == NULL || reader->rows == 0 || reader->input.encoding != NULL) {
        return -1;
    }
    bytes->fd = reader->input.fd;
    bytes->memory = reader->input.memory_all;
    bytes->size =
        bytes->fd >= 0 ? gg_file_regular_size(bytes->fd) : (int64_t)reader->input.memory_size;
    bytes->limits = reader->limits;
    place->offset = reader->input.origin + (int64_t)reader->at;
    place->number = reader->number;
    place->rows = reader->rows;
    place->after_cr = reader->skip_lf;
    return bytes->size < 0 ? -1 : 0;
}

gridgov_status gg_csv_place_set(gridgov_rows *rows, const gg_csv_place *place, gridgov_error *err) {
    csv *reader = gg_rows_user(rows, csv_next);
    if (GG_NEVER(reader == NULL)) {
        return GRIDGOV_EINTERNAL;
    }
    GG_TRY(gg_csv_input_seek(&reader->input, place->offset, err));
    reader->row = reader->at = 0;
    reader->number = place->number;
    reader->rows = place->rows;
    reader->skip_lf = place->after_cr;
    return GRIDGOV_OK;
}

static int read_options(gridgov_csv_options *out, const gridgov_csv_options *given) {
    const int64_t most = INT32_MAX;
    gridgov_csv_options_init(out, sizeof *out);
    if (gg_options_read(out, sizeof *out, given) != 0) {
        return -1;
    }
    out->delimiter = out->delimiter == 0 ? ',' : out->delimiter;
    out->max_cell = out->max_cell == 0 ? MAX_CELL : out->max_cell;
    out->max_row = out->max_row == 0 ? MAX_ROW : out->max_row;
    out->max_columns = out->max_columns == 0 ? MAX_COLUMNS : out->max_columns;
    out->max_rows = out->max_rows == 0 ? MAX_ROWS : out->max_rows;
    if (out->delimiter < 1 || out->delimiter > 127 || out->delimiter == '"' ||
        out->delimiter == '\n' || out->delimiter == '\r') {
        return -1;
    }
    return out->max_cell < 0 || out->max_cell > most || out->max_row < 0 || out->max_row > most ||
                   out->max_columns < 0 || out->max_columns >= most || out->max_rows < 0
               ? -1
               : 0;
}

gridgov_status gg_csv_open(gridgov_rows **out, const char *path, const char *data, size_t size,
                           const gridgov_csv_options *options, size_t block, gridgov_error *err) {
    gridgov_rows_source source = {.struct_size = sizeof source};
    gridgov_csv_options limits;
    csv *reader;
    gridgov_status status;
    if (read_options(&limits, options) != 0) {
        return gg_fail_arg(err, "options");
    }
    reader = gg_calloc(1, sizeof *reader);
    if (reader == NULL) {
        return gg_fail_memory(err);
    }
    reader->limits = limits;
    reader->limits.source = NULL; // only borrowed for this call, as is the encoding
    reader->limits.encoding = NULL;
    status = gg_csv_input_open(&reader->input, path, data, size, limits.encoding, block, err);
    if (status < 0) {
        gg_free(reader);
        return status;
    }
    source.next = csv_next;
    source.count = csv_count;
    source.text = csv_text;
    source.number = csv_number;
    source.close = csv_close;
    source.user = reader;
    source.source = limits.source != NULL ? limits.source : path != NULL ? path : "memory";
    status = gg_rows_open(out, &source, 1, err);
    if (status < 0) {
        csv_close(reader);
    }
    return status;
}

gridgov_status gridgov_rows_open_csv_file(gridgov_rows **out, const char *path,
                                          const gridgov_csv_options *options, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (path == NULL) {
        return gg_fail_arg(err, "path");
    }
    return gg_csv_open(out, path, NULL, 0, options, GG_CSV_BLOCK, err);
}

gridgov_status gridgov_rows_open_csv_bytes(gridgov_rows **out, const char *data, size_t size,
                                           const gridgov_csv_options *options, gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (data == NULL && size > 0) {
        return gg_fail_arg(err, "data");
    }
    return gg_csv_open(out, NULL, data, size, options, GG_CSV_BLOCK, err);
}
