/* SPDX-License-Identifier: Apache-2.0 */
/* Enumerations as tables: a row a constant, with its number, stable code, the field's Chinese and
 * English terms, and the further words that people and other systems write for it. One row feeds
 * files, documents and bindings alike. Chinese words are those of deployed systems.
 *
 * Words are compared by gg_text_key(), so blanks, full-width forms and the case of ASCII letters
 * make no difference. No two rows of one kind share a word, rows stand by number upwards, and a
 * test holds the tables to both. */
#ifndef GG_CORE_CODE_H
#define GG_CORE_CODE_H

#include <gridgov/codes.h>

#include <stddef.h>
#include <stdint.h>

typedef struct gg_code {
    int32_t value;
    const char *text, *zh, *en;
    const char *aliases; /* separated by '|'; may be "" */
} gg_code;

/* One kind; .rows is NULL where a part lacks the kind. */
typedef struct gg_code_table {
    const gg_code *rows;
    size_t count;
} gg_code_table;

#define GG_CODE_TABLE(rows)                                                                        \
    { (rows), sizeof(rows) / sizeof((rows)[0]) }

#define GG_CODE_KINDS (GRIDGOV_KIND_RULING + 1) /* RULING is the last kind */

/* A part each of the public header of the same name, by GRIDGOV_KIND_*. */
extern const gg_code_table gg_codes_case[GG_CODE_KINDS], gg_codes_count[GG_CODE_KINDS],
    gg_codes_data[GG_CODE_KINDS], gg_codes_document[GG_CODE_KINDS], gg_codes_score[GG_CODE_KINDS];

#endif
