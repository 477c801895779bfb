/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of an XLS sheet, pulled one by one out of its records ([MS-XLS] 2.1.7.20.5). Cells come row
 * by row; the first cell of another row ends a row and waits. The list of merged areas stands
 * behind the cells, so the records are walked once before, over their heads only. Programs that are
 * no spreadsheet write cells as they come to them, column by column perhaps; where that walk finds
 * rows out of order, the sheet is kept in memory, and the places of its cells are sorted. The limit
 * on shared strings bounds it.
 *
 * Charts inside a sheet are streams of their own between BOF and EOF, and are passed over. */
#include "sheet_cursor.h"
#include "xls.h"

#include "base/error.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define CELL_HEAD 6     /* row, column, style */
#define BOF_BYTE 0x0009 /* of the types that begin a stream; the byte above tells the version */

typedef struct cell_place {
    int64_t row, offset; /* as in the record; of the record */
} cell_place;

typedef struct xls_rows {
    gg_sheet_cursor sheet;
    gg_records records;
    int begun, ended;
    int waiting;               /* 1 if the current record belongs to the next row */
    int64_t formula;           /* column of a formula whose text follows; −1 */
    struct cell_place *places; /* of a sheet out of order, by row; NULL: in order */
    size_t place_count, place_capacity, next_place;
} xls_rows;

static int is_cell(int type, int biff) {
    switch (type) {
    case GG_XLS_INTEGER_2:
    case GG_XLS_NUMBER_2:
    case GG_XLS_LABEL_2:
    case GG_XLS_BOOLERR_2:
        return biff == 2;
    case GG_XLS_FORMULA:
    case GG_XLS_FORMULA_3:
    case GG_XLS_FORMULA_4:
    case GG_XLS_MULRK:
    case GG_XLS_RSTRING:
    case GG_XLS_LABELSST:
    case GG_XLS_NUMBER:
    case GG_XLS_LABEL:
    case GG_XLS_BOOLERR:
    case GG_XLS_RK:
        return 1;
    default:
        return 0;
    }
}

/* The text of the formula before. */
static int is_string(int type) {
    return type == GG_XLS_STRING || type == GG_XLS_STRING_2;
}

static gridgov_status set_shown(xls_rows *rows, int64_t column, gridgov_error *err) {
    if (gg_buf_failed(&rows->sheet.shown)) {
        return gg_fail_memory(err);
    }
    return gg_sheet_row_set(&rows->sheet.row, column,
                            gg_str_make(gg_buf_data(&rows->sheet.shown), rows->sheet.shown.size),
                            err);
}

static gridgov_status set_number(xls_rows *rows, int64_t column, uint32_t style,
                                 const gg_decimal *number, gridgov_error *err) {
    gg_buf_clear(&rows->sheet.shown);
    gg_put_number(&rows->sheet.shown, number, gg_workbook_format(rows->sheet.book, style),
                  &rows->sheet.book->style);
    return set_shown(rows, column, err);
}

static gridgov_status set_double(xls_rows *rows, int64_t column, uint32_t style,
                                 const unsigned char *bytes, gridgov_error *err) {
    gg_decimal number;
    if (gg_decimal_of_bits(&number, gg_xls_32(bytes) | (uint64_t)gg_xls_32(bytes + 4) << 32) != 0) {
        return gg_sheet_row_set(&rows->sheet.row, column, gg_str_of("#NUM!"), err);
    }
    return set_number(rows, column, style, &number, err);
}

/* A number in four bytes ([MS-XLS] 2.5.217): the upper 30 bits of a double, or an integer, perhaps
 * in hundredths. */
static gridgov_status set_rk(xls_rows *rows, int64_t column, uint32_t style, uint32_t rk,
                             gridgov_error *err) {
    gg_decimal number;
    if (rk & 2) {
        int64_t value = rk >> 2;
        gg_decimal_of_int(&number, value >= 1 << 29 ? value - (1 << 30) : value, (int)(rk & 1));
    } else {
        if (gg_decimal_of_bits(&number, (uint64_t)(rk & ~3U) << 32) != 0) {
            return gg_sheet_row_set(&rows->sheet.row, column, gg_str_of("#NUM!"), err);
        }
        number.point -= (rk & 1) && number.count > 0 ? 2 : 0;
    }
    return set_number(rows, column, style, &number, err);
}

static const char *error_text(unsigned code) {
    static const struct {
        unsigned code;
        const char *text;
    } known[] = {
        {0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
        {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"},    {0x2B, "#GETTING_DATA"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].code == code) {
            return known[i].text;
        }
    }
    return "#ERROR!";
}

static gridgov_status set_bool_or_error(xls_rows *rows, int64_t column, unsigned value,
                                        int is_error, gridgov_error *err) {
    return gg_sheet_row_set(&rows->sheet.row, column,
                            gg_str_of(is_error     ? error_text(value)
                                      : value != 0 ? "TRUE"
                                                   : "FALSE"),
                            err);
}

/* Text at an offset of the record, with its length in two bytes, in BIFF2 in one. */
static gridgov_status set_text(xls_rows *rows, int64_t column, size_t at, gridgov_error *err) {
    gg_xls_text text = {.records = &rows->records, .at = at};
    gridgov_status status = GRIDGOV_OK;
    uint32_t count = rows->sheet.book->biff == 2 ? gg_xls_byte(&text, &status, err)
                                                 : gg_xls_word(&text, &status, err);
    gg_buf_clear(&rows->sheet.shown);
    if (rows->sheet.book->encoding == NULL) {
        uint32_t flags = gg_xls_byte(&text, &status, err);
        gg_xls_characters(&rows->sheet.shown, &text, count, (int)(flags & 1), &status, err);
    } else if (text.at < rows->records.size) {
        size_t left = rows->records.size - text.at, size = count < left ? count : left;
        gg_xls_put_bytes(&rows->sheet.shown,
                         gg_str_make((const char *)rows->records.data + text.at, size),
                         rows->sheet.book->encoding);
    }
    GG_TRY(status);
    return set_shown(rows, column, err);
}

/* A formula's result ([MS-XLS] 2.5.133): a double, or bytes that say what else it is. */
static gridgov_status set_formula(xls_rows *rows, int64_t column, uint32_t style,
                                  const unsigned char *result, gridgov_error *err) {
    if (result[6] != 0xFF || result[7] != 0xFF) {
        return set_double(rows, column, style, result, err);
    }
    if (result[0] == 0) {
        rows->formula = column; // its text is in the next record
    } else if (result[0] == 1 || result[0] == 2) {
        return set_bool_or_error(rows, column, result[2], result[0] == 2, err);
    }
    return GRIDGOV_OK;
}

static gridgov_status set_shared(xls_rows *rows, int64_t column, uint32_t index,
                                 gridgov_error *err) {
    int found = 0;
    gg_str text = gg_strings_at(&rows->sheet.book->strings, index, &found);
    if (!found) {
        return gg_sheet_row_fail(&rows->sheet.row, column, GG_RULE_SHARED_STRING, gg_str_of("?"), 0,
                                 err);
    }
    return gg_sheet_row_set(&rows->sheet.row, column, text, err);
}

/* A cell of BIFF2: three bytes of attributes in the place of a style, the second of them with the
 * number of the format. */
static gridgov_status set_cell_2(xls_rows *rows, gridgov_error *err) {
    const gg_records *r = &rows->records;
    const unsigned char *d = r->data;
    int64_t column = gg_xls_16(d + 2);
    uint32_t style = d[5] & 0x3FU;
    gg_decimal number;
    switch (r->type) {
    case GG_XLS_INTEGER_2:
        if (r->size < 9) {
            return GRIDGOV_OK;
        }
        gg_decimal_of_int(&number, gg_xls_16(d + 7), 0);
        return set_number(rows, column, style, &number, err);
    case GG_XLS_NUMBER_2:
        return r->size >= 15 ? set_double(rows, column, style, d + 7, err) : GRIDGOV_OK;
    case GG_XLS_LABEL_2:
        return r->size >= 8 ? set_text(rows, column, CELL_HEAD + 1, err) : GRIDGOV_OK;
    case GG_XLS_BOOLERR_2:
        return r->size >= 9 ? set_bool_or_error(rows, column, d[7], d[8] != 0, err) : GRIDGOV_OK;
    default:
        return r->size >= 15 ? set_formula(rows, column, style, d + 7, err) : GRIDGOV_OK;
    }
}

/* The cell, or the cells, of the current record. */
static gridgov_status set_cell(xls_rows *rows, gridgov_error *err) {
    const gg_records *r = &rows->records;
    const unsigned char *d = r->data;
    int64_t column = gg_xls_16(d + 2);
    uint32_t style = gg_xls_16(d + 4);
    size_t size = r->size;
    rows->formula = -1;
    if (rows->sheet.book->biff == 2) {
        return set_cell_2(rows, err);
    }
    switch (r->type) {
    case GG_XLS_NUMBER:
        return size >= 14 ? set_double(rows, column, style, d + 6, err) : GRIDGOV_OK;
    case GG_XLS_RK:
        return size >= 10 ? set_rk(rows, column, style, gg_xls_32(d + 6), err) : GRIDGOV_OK;
    case GG_XLS_MULRK:
        for (size_t at = 4; at + 8 <= size; at += 6, column++) {
            GG_TRY(set_rk(rows, column, gg_xls_16(d + at), gg_xls_32(d + at + 2), err));
        }
        return GRIDGOV_OK;
    case GG_XLS_LABELSST:
        return size >= 10 ? set_shared(rows, column, gg_xls_32(d + 6), err) : GRIDGOV_OK;
    case GG_XLS_LABEL:
    case GG_XLS_RSTRING:
        return size >= 8 ? set_text(rows, column, CELL_HEAD, err) : GRIDGOV_OK;
    case GG_XLS_BOOLERR:
        return size >= 8 ? set_bool_or_error(rows, column, d[6], d[7] != 0, err) : GRIDGOV_OK;
    default:
        return size >= 14 ? set_formula(rows, column, style, d + 6, err) : GRIDGOV_OK;
    }
}

/* Walk to the next record of the sheet itself; GRIDGOV_END behind its last. */
static gridgov_status next_record(xls_rows *rows, gridgov_error *err) {
    int depth = 0;
    for (;;) {
        gridgov_status status = gg_records_next(&rows->records, err);
        if (status != GRIDGOV_OK) {
            return status;
        }
        if (rows->records.type == GG_XLS_BOF) {
            depth++;
        } else if (rows->records.type == GG_XLS_EOF) {
            if (depth == 0) {
                return GRIDGOV_END;
            }
            depth--;
        } else if (depth == 0) {
            return GRIDGOV_OK;
        }
    }
}

static gridgov_status go_to_sheet(xls_rows *rows, gridgov_error *err) {
    gridgov_status status;
    rows->records.at = rows->sheet.place;
    status = gg_records_next(&rows->records, err);
    if (status == GRIDGOV_END ||
        (status == GRIDGOV_OK && (rows->records.type & ~0x0E00) != BOF_BYTE)) {
        return gg_fail(err, GG_RULE_XLS_BROKEN, NULL, NULL, 0, "a sheet is not where it should be",
                       NULL);
    }
    return status;
}

/* The row of a record that is a cell; −1. */
static int64_t row_of_cell(const xls_rows *rows) {
    const gg_records *r = &rows->records;
    return is_cell(r->type, rows->sheet.book->biff) && r->size >= CELL_HEAD
               ? (int64_t)gg_xls_16(r->data)
               : -1;
}

static gridgov_status add_merges(xls_rows *rows, gridgov_error *err) {
    const unsigned char *d = rows->records.data;
    for (size_t at = 2; at + 8 <= rows->records.size; at += 8) {
        gg_merge merge = {(int32_t)gg_xls_16(d + at) + 1, (int32_t)gg_xls_16(d + at + 2) + 1,
                          (int32_t)gg_xls_16(d + at + 4), (int32_t)gg_xls_16(d + at + 6)};
        GG_TRY(gg_merges_add(&rows->sheet.merges, &merge, &rows->sheet.book->limits, err));
    }
    return GRIDGOV_OK;
}

/* Walk over the sheet: its merged areas, and 1 in *disorder if a row stands behind a later one. */
static gridgov_status survey(xls_rows *rows, int *disorder, gridgov_error *err) {
    gridgov_status status;
    int64_t last = 0;
    *disorder = 0;
    GG_TRY(go_to_sheet(rows, err));
    while ((status = next_record(rows, err)) == GRIDGOV_OK) {
        int64_t row = row_of_cell(rows);
        if (rows->records.type == GG_XLS_MERGEDCELLS &&
            rows->sheet.book->merged != GRIDGOV_MERGED_NONE) {
            GG_TRY(add_merges(rows, err));
        } else if (row >= 0) {
            *disorder |= row < last;
            last = row;
        }
    }
    return status < 0 ? status : GRIDGOV_OK;
}

static int by_row(const void *a, const void *b) {
    const cell_place *x = a, *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Keep the sheet, whose end the walk has found, and list its cells by rows. */
static gridgov_status list_places(xls_rows *rows, gridgov_error *err) {
    int64_t most = rows->sheet.book->limits.strings;
    gridgov_status status;
    if (rows->records.at - rows->sheet.place > most) {
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, most);
        return gg_fail(err, GG_RULE_SHEET_DISORDER, NULL, NULL, 0, digits, NULL);
    }
    GG_TRY(gg_records_hold(&rows->records, rows->sheet.place, rows->records.at, err));
    GG_TRY(go_to_sheet(rows, err));
    while ((status = next_record(rows, err)) == GRIDGOV_OK) {
        int64_t row = row_of_cell(rows);
        if (row < 0) {
            continue;
        }
        if (gg_grow((void **)&rows->places, rows->place_count, &rows->place_capacity,
                    sizeof *rows->places) != 0) {
            return gg_fail_memory(err);
        }
        rows->places[rows->place_count++] = (cell_place){row, gg_records_offset(&rows->records)};
    }
    GG_TRY(status);
    qsort(rows->places, rows->place_count, sizeof *rows->places, by_row);
    return GRIDGOV_OK;
}

static gridgov_status begin(xls_rows *rows, gridgov_error *err) {
    int disorder;
    rows->begun = 1;
    rows->records.compound = rows->sheet.book->compound;
    GG_TRY(survey(rows, &disorder, err));
    return disorder ? list_places(rows, err) : go_to_sheet(rows, err);
}

/* The next row of a sheet out of order. */
static gridgov_status read_listed_row(xls_rows *rows, gridgov_error *err) {
    int64_t row;
    int next = 0;
    if (rows->next_place == rows->place_count) {
        return GRIDGOV_END;
    }
    row = rows->places[rows->next_place].row;
    GG_TRY(gg_sheet_row_begin(&rows->sheet.row, row + 1, err));
    while (rows->next_place < rows->place_count && rows->places[rows->next_place].row == row) {
        rows->records.at = rows->places[rows->next_place++].offset;
        GG_TRY(gg_records_next(&rows->records, err));
        GG_TRY(set_cell(rows, err));
        if (rows->formula >= 0) {
            GG_TRY(gg_records_peek(&rows->records, &next, err));
        }
        if (rows->formula >= 0 && is_string(next)) {
            GG_TRY(gg_records_next(&rows->records, err));
            GG_TRY(set_text(rows, rows->formula, 0, err));
        }
    }
    return GRIDGOV_OK;
}

/* Take cells until one of another row comes; GRIDGOV_END if there was none at all. */
static gridgov_status read_row(xls_rows *rows, gridgov_error *err) {
    int has_row = 0;
    rows->formula = -1;
    while (!rows->ended) {
        gridgov_status status = rows->waiting ? GRIDGOV_OK : next_record(rows, err);
        int64_t number;
        GG_TRY(status);
        if (status == GRIDGOV_END) {
            rows->ended = 1;
            break;
        }
        rows->waiting = 0;
        if (is_string(rows->records.type) && rows->formula >= 0 && has_row) {
            GG_TRY(set_text(rows, rows->formula, 0, err));
            rows->formula = -1;
            continue;
        }
        number = row_of_cell(rows) + 1;
        if (number == 0) {
            continue;
        }
        if (has_row && number != rows->sheet.row.number) {
            rows->waiting = 1;
            return GRIDGOV_OK;
        }
        if (!has_row) {
            GG_TRY(gg_sheet_row_begin(&rows->sheet.row, number, err));
            has_row = 1;
        }
        GG_TRY(set_cell(rows, err));
    }
    return has_row ? GRIDGOV_OK : GRIDGOV_END;
}

static gridgov_status next(gg_sheet_cursor *sheet, gridgov_error *err) {
    xls_rows *rows = (xls_rows *)sheet;
    if (!rows->begun) {
        GG_TRY(begin(rows, err));
    }
    return rows->places != NULL ? read_listed_row(rows, err) : read_row(rows, err);
}

static void release(gg_sheet_cursor *sheet) {
    xls_rows *rows = (xls_rows *)sheet;
    gg_records_release(&rows->records);
    gg_free(rows->places);
}

gridgov_status gg_xls_rows_new(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                               gridgov_error *err) {
    static const gg_sheet_reader reader = {sizeof(xls_rows), next, release};
    return gg_sheet_cursor_new(out, &reader, book, sheet, err);
}
