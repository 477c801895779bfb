/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the built-in mappings give the fields, which names.cmake generates from
 * refdata/data/mapping-*.json at build time. */
#ifndef GG_FIELD_NAMES_H
#define GG_FIELD_NAMES_H

#include <stddef.h>
#include <stdint.h>

typedef struct gg_field_name_list {
    int32_t table;     /* GRIDGOV_TABLE_* */
    const char *field; /* code */
    const char *names; /* separated by '|' */
} gg_field_name_list;

extern const gg_field_name_list gg_field_names[];
extern const size_t gg_field_names_count;

#endif
