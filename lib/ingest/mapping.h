/* SPDX-License-Identifier: Apache-2.0 */
/* What a mapping says, for the files of this folder. */
#ifndef GG_MAPPING_H
#define GG_MAPPING_H

#include "base/digest.h"
#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"
#include "fields.h"
#include "measure.h"

/* Minutes from UTC of stamps without a zone, where nothing else is said. */
#define GG_UTC_OFFSET 480

/* A word behind a number: number · factor / divisor is meant. */
typedef struct gg_suffix {
    const char *key; /* gg_text_key of the word */
    int64_t factor, divisor;
} gg_suffix;

/* What one field is read from. */
typedef struct gg_source_column {
    const char **names; /* headers, the first that is present wins */
    size_t name_count;
    int64_t number;          /* 1-based column; 0: by name */
    int mapped;              /* 1 if the mapping names a column */
    int offered;             /* 1 if the built-in names of the field are looked up too */
    const char **candidates; /* in their place; NULL: the built-in ones */
    size_t candidate_count;
    gg_map values; /* gg_text_key of a cell → index of targets */
    const char **targets;
    size_t target_count;
    const char
        *otherwise; /* text for cells that values does not name; NULL: they stand for themselves */
    const char *constant; /* text of every row, if there is no column; NULL: none */
    int64_t width;        /* digits of a code that may have lost its leading zeros; 0: as it is */
    const gg_measure *measure; /* unit that the mapping says; NULL: what the title says */
    gg_suffix *suffixes;
    size_t suffix_count;
} gg_source_column;

struct gridgov_mapping {
    gg_share share;
    gg_arena arena; /* every text and array */
    int32_t table, delimiter, utc_offset_minutes;
    int32_t on_duplicate; /* 0: as the table itself tells */
    int32_t datum;        /* GRIDGOV_DATUM_* of positions */
    int64_t header_row;   /* 1-based; 0: found below titles */
    int by_header;        /* 1: no columns are named; fields are found by the header */
    int extends;          /* 1: some fields are offered */
    const char *encoding; /* NULL: UTF-8 */
    const char **forms;   /* of times, tried in order */
    size_t form_count;
    const char *forms_text; /* the forms for a message */
    gg_source_column columns[GG_FIELDS_MAX];
    const char *parameters; /* JSON, or "" */
    size_t parameters_size;
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* Forms of times that count: days as spreadsheets keep them, seconds and milliseconds since 1970.
 */
#define GG_FORM_SERIAL "serial"
#define GG_FORM_UNIX "unix"
#define GG_FORM_UNIX_MS "unix_ms"
int gg_form_is_count(const char *form);

/* Take over what the document's base says, if it extends one; *offers is set to 1 if the built-in
 * names are to be looked up. A base that is none is a problem of the document. */
gridgov_status gg_mapping_extend(gg_json_reader *reader, int *offers, gridgov_error *err);

#endif
