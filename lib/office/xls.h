/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read XLS share: records, and the text in them. */
#ifndef GG_XLS_H
#define GG_XLS_H

#include "base/buf.h"
#include "compound.h"

enum {
    GG_XLS_INTEGER_2 = 0x0002, /* cells of BIFF2 */
    GG_XLS_NUMBER_2 = 0x0003,
    GG_XLS_LABEL_2 = 0x0004,
    GG_XLS_BOOLERR_2 = 0x0005,
    GG_XLS_FORMULA = 0x0006,
    GG_XLS_STRING_2 = 0x0007,
    GG_XLS_EOF = 0x000A,
    GG_XLS_DATEMODE = 0x0022,
    GG_XLS_FORMAT_2 = 0x001E, /* of BIFF2 and 3 */
    GG_XLS_FILEPASS = 0x002F,
    GG_XLS_CONTINUE = 0x003C,
    GG_XLS_CODEPAGE = 0x0042,
    GG_XLS_BOUNDSHEET = 0x0085,
    GG_XLS_MULRK = 0x00BD,
    GG_XLS_RSTRING = 0x00D6,
    GG_XLS_XF = 0x00E0,
    GG_XLS_MERGEDCELLS = 0x00E5,
    GG_XLS_SST = 0x00FC,
    GG_XLS_LABELSST = 0x00FD,
    GG_XLS_NUMBER = 0x0203,
    GG_XLS_LABEL = 0x0204,
    GG_XLS_BOOLERR = 0x0205,
    GG_XLS_STRING = 0x0207,
    GG_XLS_RK = 0x027E,
    GG_XLS_FORMULA_3 = 0x0206,
    GG_XLS_FORMULA_4 = 0x0406,
    GG_XLS_XF_3 = 0x0243,
    GG_XLS_XF_4 = 0x0443,
    GG_XLS_FORMAT = 0x041E,
    GG_XLS_BOF = 0x0809
};

/* A walk over records; zero-initialise, set compound and at. */
typedef struct gg_records {
    const gg_compound *compound;
    int64_t at;    /* offset of the next record */
    int type;      /* of the current one */
    size_t size;   /* bytes of its data */
    gg_buf window; /* bytes of the stream from window_at */
    int64_t window_at;
    const unsigned char *data; /* of the current record */
} gg_records;

/* Go to the next record: GRIDGOV_OK; GRIDGOV_END at the end of the stream, or where it was cut. */
gridgov_status gg_records_next(gg_records *records, gridgov_error *err);
/* Type of the record that comes next, −1 at the end. */
gridgov_status gg_records_peek(gg_records *records, int *type_out, gridgov_error *err);
/* Keep the bytes of the stream from an offset to another, for going back and forth in them. */
gridgov_status gg_records_hold(gg_records *records, int64_t from, int64_t to, gridgov_error *err);
/* Offset in the stream of the current record. */
int64_t gg_records_offset(const gg_records *records);
void gg_records_release(gg_records *records);

uint32_t gg_xls_16(const unsigned char *bytes);
uint32_t gg_xls_32(const unsigned char *bytes);

/* A place in the data of a record and those that continue it. */
typedef struct gg_xls_text {
    gg_records *records;
    size_t at; /* in the current record */
    int ended; /* 1 once data was asked for that is not there */
} gg_xls_text;

/* One byte, or size bytes to pass over, going on into continuations; 0 at the end. */
uint32_t gg_xls_byte(gg_xls_text *text, gridgov_status *status, gridgov_error *err);
uint32_t gg_xls_word(gg_xls_text *text, gridgov_status *status, gridgov_error *err);
void gg_xls_skip(gg_xls_text *text, uint64_t size, gridgov_status *status, gridgov_error *err);
/* `count` characters of BIFF8, wide ones in two bytes; a continuation begins with its own flag of
 * width. */
void gg_xls_characters(gg_buf *out, gg_xls_text *text, uint32_t count, int wide,
                       gridgov_status *status, gridgov_error *err);
/* Text of one byte a character and more, as BIFF5 has it, in a code page. What is not in it becomes
 * U+FFFD. */
void gg_xls_put_bytes(gg_buf *out, gg_str bytes, const char *encoding);
/* Name of a code page for a decoder; NULL if there is none. */
const char *gg_xls_code_page(uint32_t number);

#endif
