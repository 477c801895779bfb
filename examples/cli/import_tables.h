/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of files, recognised and loaded, for gridgov import. */
#ifndef IMPORT_TABLES_H
#define IMPORT_TABLES_H

#include "office.h"

#define IMPORT_SHAPES 3 /* of times that are told apart */
#define IMPORT_SHAPE_SIZE 40

typedef struct import_column {
    char *header;
    gridgov_field field; /* code NULL: none */
    char shapes[IMPORT_SHAPES][IMPORT_SHAPE_SIZE];
    int shape_count;
} import_column;

typedef struct import_table {
    const char *path;
    char *sheet; /* NULL: a file of text */
    void *book;  /* of the sheet; shared */
    int index;   /* of the sheet */
    int32_t kind, state;
    int left_alone;                 /* 1: hidden, or the parameters of a month: no table */
    const gridgov_mapping *mapping; /* that reads it; NULL: by header */
    gridgov_csv_options csv;
    gridgov_header header; /* table 0: not recognised */
    gridgov_error failure; /* why */
    import_column *columns;
    int column_count;
    gridgov_issues *issues;
    gridgov_ingest_summary summary;
} import_table;

typedef struct import_set {
    import_table *tables;
    int count, capacity;
    void **books;
    int book_count;
    gridgov_mapping *mapping;   /* of --mapping; NULL: none */
    gridgov_mapping **mappings; /* that lie beside tables */
    int mapping_count;
    char **paths; /* of files in folders */
    int path_count;
    int64_t limit; /* problems that are listed of a table */
    int learned;   /* 1: no table of units; grids are those that the tables name */
} import_set;

/* import_load.c: load all tables. Returns an exit status. */
int load_import(const cli_options *options, import_set *set, gridgov_job *job);
/* Open a table before its first row. */
gridgov_status open_import_rows(gridgov_rows **rows, const import_table *table, gridgov_error *err);
/* Recognise and load everything that the words name. Returns an exit status. */
int read_import(const cli_options *options, import_set *set);
void free_import(import_set *set);

#endif
