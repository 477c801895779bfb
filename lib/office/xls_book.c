/* SPDX-License-Identifier: Apache-2.0 */
/* What the sheets of an XLS workbook share ([MS-XLS] 2.1.7.20.3): the sheets with their offsets,
 * the date system, number formats, and in BIFF8 the shared strings. BIFF5 (Excel 5 and 95) has no
 * shared strings and text in a code page. BIFF2 to 4, and what programs write that took a short
 * cut, is one sheet without a list: all of it in the records of the sheet, and none around it.
 * Where such a file tells no code page, its text is GB18030. BIFF4 workbooks in a compound file are
 * refused.
 *
 * The count of shared strings in the file is not believed: strings are read as long as there is
 * data. */
#include "workbook.h"
#include "xls.h"

#include "base/error.h"
#include "base/map.h"
#include "base/num.h"

#include <gridgov/codes.h>

#include <string.h>

#define BIFF8 0x0600
#define BIFF5 0x0500
#define SHEET_STREAM 0x0010 /* what a BOF begins */
#define FORMATS_MAX 4096

typedef struct xls_loader {
    gridgov_workbook *book;
    gg_records records;
    gg_number_format formats[FORMATS_MAX]; /* of a book's own, by place */
    uint32_t format_ids[FORMATS_MAX];
    size_t format_count;
} xls_loader;

static gridgov_status fail(const char *why, gridgov_error *err) {
    return gg_fail(err, GG_RULE_XLS_BROKEN, NULL, NULL, 0, why, NULL);
}

/* Text with its length in one byte or two in front, and in BIFF8 a byte of flags behind that. */
static gridgov_status read_text(xls_loader *load, size_t at, int long_count, gg_buf *out,
                                gridgov_error *err) {
    const gg_records *r = &load->records;
    gg_xls_text text = {.records = &load->records, .at = at};
    gridgov_status status = GRIDGOV_OK;
    uint32_t count =
        long_count ? gg_xls_word(&text, &status, err) : gg_xls_byte(&text, &status, err);
    gg_buf_clear(out);
    if (load->book->encoding == NULL) {
        uint32_t flags = gg_xls_byte(&text, &status, err);
        gg_xls_characters(out, &text, count, (int)(flags & 1), &status, err);
    } else if (text.at < r->size) {
        size_t size = count < r->size - text.at ? count : r->size - text.at;
        gg_xls_put_bytes(out, gg_str_make((const char *)r->data + text.at, size),
                         load->book->encoding);
    }
    return status == GRIDGOV_OK && gg_buf_failed(out) ? gg_fail_memory(err) : status;
}

static gridgov_status add_sheet(xls_loader *load, gridgov_error *err) {
    const gg_records *r = &load->records;
    gg_buf name = {0};
    gridgov_status status;
    int64_t place;
    int32_t state;
    if (r->size < 8 || r->data[5] != 0) {
        return GRIDGOV_OK; // a chart or a macro
    }
    place = gg_xls_32(r->data);
    state = r->data[4] & 3;
    status = read_text(load, 6, 0, &name, err);
    if (status == GRIDGOV_OK) {
        status = gg_workbook_add_sheet(
            load->book, gg_str_make(gg_buf_data(&name), name.size),
            state > GRIDGOV_SHEET_VERY_HIDDEN ? GRIDGOV_SHEET_HIDDEN : state, place, err);
    }
    gg_buf_release(&name);
    return status;
}

static gridgov_status add_format(xls_loader *load, gridgov_error *err) {
    gg_buf code = {0};
    gridgov_status status;
    uint32_t id = (uint32_t)load->format_count; // before BIFF5 by place
    if (load->records.size < 3 || load->format_count == FORMATS_MAX) {
        return GRIDGOV_OK;
    }
    if (load->book->biff >= 5) {
        id = gg_xls_16(load->records.data);
    }
    status = read_text(load, load->book->biff < 4 ? 0 : 2, load->book->biff == 8, &code, err);
    if (status == GRIDGOV_OK) {
        load->format_ids[load->format_count] = id;
        load->formats[load->format_count++] =
            gg_number_format_of(gg_str_make(gg_buf_data(&code), code.size));
    }
    gg_buf_release(&code);
    return status;
}

static gridgov_status add_style(xls_loader *load, gridgov_error *err) {
    gg_number_format format = {GG_FORMAT_GENERAL, 0};
    if (load->records.size >= 4) {
        const unsigned char *d = load->records.data;
        uint32_t id = load->book->biff < 5 ? d[1] : gg_xls_16(d + 2);
        format = gg_number_format_builtin(id);
        for (size_t i = 0; i < load->format_count; i++) {
            if (load->format_ids[i] == id) {
                format = load->formats[i];
            }
        }
    }
    return gg_workbook_add_format(load->book, format, err);
}

/* A string as the table of shared strings has it; *status is GRIDGOV_OK while there are more. */
static gridgov_status add_string(gg_xls_text *text, gridgov_workbook *book, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    uint32_t count = gg_xls_word(text, &status, err);
    uint32_t flags = gg_xls_byte(text, &status, err);
    uint64_t runs = 0, phonetic = 0;
    if (flags & 8) {
        runs = gg_xls_word(text, &status, err);
    }
    if (flags & 4) {
        phonetic = gg_xls_word(text, &status, err);
        phonetic |= (uint64_t)gg_xls_word(text, &status, err) << 16;
    }
    if (text->ended || status < 0) {
        return status < 0 ? status : GRIDGOV_END;
    }
    gg_xls_characters(&book->strings.text, text, count, (int)(flags & 1), &status, err);
    GG_TRY(status);
    GG_TRY(gg_strings_end(&book->strings, &book->limits, err));
    gg_xls_skip(text, 4 * runs + phonetic, &status, err);
    return status < 0 ? status : text->ended ? GRIDGOV_END : GRIDGOV_OK;
}

static gridgov_status add_strings(xls_loader *load, gridgov_error *err) {
    gg_xls_text text = {.records = &load->records, .at = 8};
    gridgov_status status;
    do {
        status = add_string(&text, load->book, err);
    } while (status == GRIDGOV_OK);
    return status < 0 ? status : GRIDGOV_OK;
}

/* The version that the first record tells, 0 if it is none that is read. */
static int find_version(const gg_records *r, int is_flat) {
    switch (r->type) {
    case GG_XLS_BOF:
        return gg_xls_16(r->data) == BIFF8 ? 8 : gg_xls_16(r->data) == BIFF5 || is_flat ? 5 : 0;
    case 0x0409:
        return is_flat ? 4 : 0;
    case 0x0209:
        return is_flat ? 3 : 0;
    case 0x0009:
        return is_flat ? 2 : 0;
    default:
        return 0;
    }
}

static gridgov_status begin_book(xls_loader *load, int is_flat, gridgov_error *err) {
    static const char name[] = "Sheet1";
    const gg_records *r = &load->records;
    gridgov_workbook *book = load->book;
    gridgov_status status = gg_records_next(&load->records, err);
    GG_TRY(status);
    if (status == GRIDGOV_END || (r->type & 0xFF) != 0x09 || r->size < 4) {
        return fail("it does not begin as one", err);
    }
    book->biff = find_version(r, is_flat);
    if (book->biff == 0) {
        char text[GG_NUM_TEXT_SIZE];
        size_t size = gg_int_format(text, r->type == GG_XLS_BOF ? (int)(gg_xls_16(r->data) >> 8)
                                                                : (r->type >> 8) / 2 + 2);
        return gg_fail(err, GG_RULE_XLS_VERSION, NULL, text, size, NULL, NULL);
    }
    book->encoding = book->biff == 8 ? NULL : is_flat ? "GB18030" : "CP1252";
    return gg_xls_16(r->data + 2) == SHEET_STREAM
               ? gg_workbook_add_sheet(book, gg_str_make(name, sizeof name - 1),
                                       GRIDGOV_SHEET_VISIBLE, 0, err)
               : GRIDGOV_OK;
}

static gridgov_status take_record(xls_loader *load, gridgov_error *err) {
    const gg_records *r = &load->records;
    const char *encoding;
    switch (r->type) {
    case GG_XLS_FILEPASS:
        return gg_fail(err, GG_RULE_FILE_ENCRYPTED, NULL, NULL, 0, NULL, NULL);
    case GG_XLS_DATEMODE:
        load->book->style.date_1904 = r->size >= 2 && gg_xls_16(r->data) == 1;
        return GRIDGOV_OK;
    case GG_XLS_CODEPAGE:
        encoding = r->size >= 2 ? gg_xls_code_page(gg_xls_16(r->data)) : NULL;
        if (load->book->encoding != NULL && encoding != NULL) {
            load->book->encoding = encoding;
        }
        return GRIDGOV_OK;
    case GG_XLS_BOUNDSHEET:
        return add_sheet(load, err);
    case GG_XLS_FORMAT:
    case GG_XLS_FORMAT_2:
        return add_format(load, err);
    case GG_XLS_XF:
    case GG_XLS_XF_3:
    case GG_XLS_XF_4:
        return add_style(load, err);
    case GG_XLS_SST:
        return add_strings(load, err);
    default:
        return GRIDGOV_OK;
    }
}

static gridgov_status load_book(xls_loader *load, int is_flat, gridgov_error *err) {
    gridgov_status status;
    GG_TRY(begin_book(load, is_flat, err));
    while ((status = gg_records_next(&load->records, err)) == GRIDGOV_OK &&
           load->records.type != GG_XLS_EOF) {
        GG_TRY(take_record(load, err));
    }
    GG_TRY(status);
    for (size_t i = 0; load->book->biff == 2 && i < load->format_count; i++) {
        GG_TRY(gg_workbook_add_format(load->book, load->formats[i], err)); // cells name it itself
    }
    return GRIDGOV_OK;
}

/* 1 in *out if there is no compound file around the records. */
static gridgov_status find_flat(int *out, const gridgov_workbook *book, gridgov_error *err) {
    unsigned char head[8] = {0};
    size_t size = 0;
    gg_compound *flat = NULL;
    gridgov_status status;
    GG_TRY(gg_compound_open_flat(&flat, &book->source, err));
    status = gg_compound_read(flat, 0, head, sizeof head, &size, err);
    gg_compound_close(flat);
    *out = !gg_compound_begins(head, size);
    return status;
}

static gridgov_status open_stream(gridgov_workbook *book, int is_flat, gridgov_error *err) {
    if (is_flat) {
        return gg_compound_open_flat(&book->compound, &book->source, err);
    }
    GG_TRY(gg_compound_open(&book->compound, &book->source, err));
    return gg_compound_select(
        book->compound, gg_compound_has(book->compound, "Workbook") ? "Workbook" : "Book", err);
}

gridgov_status gg_xls_open(gridgov_workbook *book, gridgov_error *err) {
    xls_loader *load;
    gridgov_status status;
    int is_flat = 0;
    GG_TRY(find_flat(&is_flat, book, err));
    GG_TRY(open_stream(book, is_flat, err));
    load = gg_calloc(1, sizeof *load);
    if (load == NULL) {
        return gg_fail_memory(err);
    }
    load->book = book;
    load->records.compound = book->compound;
    status = load_book(load, is_flat, err);
    gg_records_release(&load->records);
    gg_free(load);
    return status;
}
