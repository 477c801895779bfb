/* SPDX-License-Identifier: Apache-2.0 */
/* What the columns and rows of a table mean: names out of one or two header rows, groups, maxima,
 * which columns name a row, and which rows are totals. */
#ifndef GG_AUDIT_COLUMNS_H
#define GG_AUDIT_COLUMNS_H

#include "audit_model.h"

#define GG_KEYS_MAX 4

enum {
    GG_COLUMN_EMPTY = 0, /* no data at all */
    GG_COLUMN_TEXT = 1,
    GG_COLUMN_COUNT = 2,   /* numbers without a percent sign */
    GG_COLUMN_PERCENT = 3, /* numbers with one, or under a header with one */
    GG_COLUMN_INDEX = 4,   /* 序号 */
    GG_COLUMN_RANK = 5     /* 排名 */
};

typedef struct gg_audit_column {
    gg_str name, group;      /* without the maxima; may be "" */
    int32_t kind;            /* GG_COLUMN_* */
    int32_t numbers, signs;  /* data cells with a number; those with a sign */
    int32_t texts, percents; /* data cells with text; numbers with a percent sign */
    int32_t has_maximum;     /* "(20 分)" */
    gg_printed maximum;
    int32_t has_group_maximum; /* of the group, "60 分" */
    gg_printed group_maximum;
    int32_t name_row, group_row; /* rows of the document where they stand; −1 */
    int32_t group_column;
} gg_audit_column;

typedef struct gg_audit_columns {
    gg_audit_column *items;    /* one a column */
    int32_t keys[GG_KEYS_MAX]; /* columns that name a row */
    int32_t key_count;
    size_t first_data; /* row of the document */
    size_t end;        /* behind the last row */
    int32_t *carried;  /* by row − first_data and key but the last: row that holds its text */
} gg_audit_columns;

/* Understand every table. */
void gg_audit_read_columns(gg_audit *audit);
void gg_audit_columns_release(gg_audit *audit);

/* Text of a key column for a row, merged cells carried down. */
gg_str gg_audit_key(const gg_audit *audit, const gg_audit_table *table, size_t row, int32_t key);
/* "高丰社区/一网格" */
void gg_audit_row_name(gg_buf *buf, const gg_audit *audit, const gg_audit_table *table, size_t row);
/* Name of a column, with its group if the name alone says little. */
gg_str gg_audit_column_name(const gg_audit *audit, const gg_audit_table *table, int32_t column);

/* Is the row data of a kind (GG_BODY_*)? */
int gg_audit_is_body(const gg_audit *audit, size_t row, int32_t body);

#endif
