/* SPDX-License-Identifier: Apache-2.0 */
/* What a mapping says, for the files of this folder. */
#ifndef GG_MAPPING_H
#define GG_MAPPING_H

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/share.h"
#include "fields.h"

/* Minutes from UTC of stamps without a zone, where nothing else is said. */
#define GG_UTC_OFFSET 480

/* What one field is read from. */
typedef struct gg_source_column {
    const char **names; /* headers, the first that is present wins */
    size_t name_count;
    int64_t number; /* 1-based column; 0: by name */
    int mapped;     /* 1 if the mapping names a column */
    gg_map values;  /* gg_text_key of a cell → index of targets */
    const char **targets;
    size_t target_count;
    const char
        *otherwise; /* text for cells that values does not name; NULL: they stand for themselves */
    const char *constant; /* text of every row, if there is no column; NULL: none */
    int64_t width;        /* digits of a code that may have lost its leading zeros; 0: as it is */
    int64_t factor, divisor; /* number · factor / divisor is in the field's own unit; 0: as it is */
} gg_source_column;

struct gridgov_mapping {
    gg_share share;
    gg_arena arena; /* every text and array */
    int32_t table, delimiter, utc_offset_minutes;
    int32_t on_duplicate; /* 0: as the table itself tells */
    int64_t header_row;   /* 1-based; 0: found below titles */
    int64_t by_header;    /* 1: no columns are named; fields are found by the header */
    const char *encoding; /* NULL: UTF-8 */
    const char **forms;   /* of times, tried in order */
    size_t form_count;
    const char *forms_text; /* the forms for a message */
    gg_source_column columns[GG_FIELDS_MAX];
    const char *parameters; /* JSON, or "" */
    size_t parameters_size;
    char digest[GG_DIGEST_TEXT_SIZE];
};

#endif
