/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of recognised tables, loaded and thrown away, so that every problem is told. Units,
 * agencies and officers come before all others, whatever the order of the files, as in a month. */
#include "import_tables.h"

#include <string.h>

#define OTHER_TABLES 3 /* the last step of loading */
#define TAXONOMY "zhejiang-2021"

/* When a table is loaded: those that others refer to first. */
static int step_of(int32_t table) {
    return table == GRIDGOV_TABLE_UNITS      ? 0
           : table == GRIDGOV_TABLE_AGENCIES ? 1
           : table == GRIDGOV_TABLE_OFFICERS ? 2
                                             : OTHER_TABLES;
}

/* Load a table that goes into neither units nor a ledger. */
static gridgov_status load_alone(import_table *table, gridgov_rows *rows, gridgov_job *job,
                                 gridgov_error *err) {
    gridgov_calendar *calendar = NULL;
    gridgov_tracks *tracks = NULL;
    gridgov_status status;
    if (table->header.table == GRIDGOV_TABLE_CALENDAR) {
        status = gridgov_calendar_new(&calendar, "import", strlen("import"), err);
        if (status == GRIDGOV_OK) {
            status = gridgov_ingest_calendar(&table->summary, calendar, rows, table->mapping,
                                             table->issues, job, err);
        }
        gridgov_calendar_free(calendar);
        return status;
    }
    status = gridgov_tracks_new(&tracks, NULL, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_ingest_tracks(&table->summary, tracks, rows, table->mapping, 1,
                                       table->issues, job, err);
    }
    gridgov_tracks_free(tracks);
    return status;
}

static gridgov_status load_table(import_table *table, gridgov_rows *rows, gridgov_units *units,
                                 gridgov_ledger *ledger, gridgov_job *job, gridgov_error *err) {
    const int32_t number = table->header.table;
    if (number == GRIDGOV_TABLE_CALENDAR || number == GRIDGOV_TABLE_FIXES) {
        return load_alone(table, rows, job, err);
    }
    return ledger == NULL ? gridgov_ingest_units(&table->summary, units, number, rows,
                                                 table->mapping, table->issues, job, err)
                          : gridgov_ingest(&table->summary, ledger, number, rows, table->mapping,
                                           table->issues, job, err);
}

/* Load the tables of one step. */
static gridgov_status load_tables(import_set *set, int step, gridgov_units *units,
                                  gridgov_ledger *ledger, gridgov_job *job,
                                  gridgov_error *failure) {
    for (int i = 0; i < set->count; i++) {
        import_table *table = &set->tables[i];
        int32_t number = table->header.table;
        gridgov_rows *rows = NULL;
        gridgov_error err = {0};
        gridgov_status status;
        if (number == 0 || step_of(number) != step) {
            continue;
        }
        status = open_import_rows(&rows, table, &err);
        if (status == GRIDGOV_OK) {
            status = load_table(table, rows, units, ledger, job, &err);
        }
        gridgov_rows_free(rows);
        if (status == GRIDGOV_ECANCELLED || status == GRIDGOV_ENOMEM) {
            *failure = err;
            return status;
        }
        if (status < 0 &&
            gridgov_issues_severity_count(table->issues, GRIDGOV_SEVERITY_ERROR) == 0) {
            gridgov_issues_add(table->issues, &err);
        }
    }
    return GRIDGOV_OK;
}

static int has_table(const import_set *set, int32_t wanted) {
    for (int i = 0; i < set->count; i++) {
        if (set->tables[i].header.table == wanted) {
            return 1;
        }
    }
    return 0;
}

/* 1 if a table names its grids in a column that was found. */
static int has_grids(const import_table *table) {
    for (int i = 0; i < table->column_count; i++) {
        const char *code = table->columns[i].field.code;
        if (code != NULL && strcmp(code, "grid") == 0) {
            return 1;
        }
    }
    return 0;
}

/* 1 if a table is loaded only with grids that are known; events are without any, too. */
static int needs_grids(const import_set *set) {
    for (int i = 0; i < set->count; i++) {
        const int32_t number = set->tables[i].header.table;
        if (number != GRIDGOV_TABLE_EVENTS && number != GRIDGOV_TABLE_OPENING &&
            has_grids(&set->tables[i])) {
            return 1;
        }
    }
    return 0;
}

/* Where no table tells which grids there are, those that the tables name are taken for them, so
 * that everything else about a row can be checked. */
static gridgov_status learn_grids(import_set *set, gridgov_units *units, gridgov_job *job,
                                  gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    if (has_table(set, GRIDGOV_TABLE_UNITS) || !needs_grids(set)) {
        return GRIDGOV_OK;
    }
    for (int i = 0; i < set->count && status == GRIDGOV_OK; i++) {
        import_table *table = &set->tables[i];
        gridgov_rows *rows = NULL;
        if (table->mapping != NULL || !has_grids(table)) {
            continue;
        }
        status = open_import_rows(&rows, table, err);
        if (status == GRIDGOV_OK) {
            status =
                gridgov_ingest_units(NULL, units, GRIDGOV_TABLE_UNITS, rows, NULL, NULL, job, err);
            set->learned |= status == GRIDGOV_OK;
        }
        gridgov_rows_free(rows);
        if (status == GRIDGOV_EDATA || status == GRIDGOV_EFORMAT) {
            status = GRIDGOV_OK; // told where the table itself is loaded
        }
    }
    return status;
}

int load_import(const cli_options *options, import_set *set, gridgov_job *job) {
    gridgov_units *units = NULL;
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_units_new(&units, &err);
    if (status == GRIDGOV_OK) {
        status = gridgov_taxonomy_open(&taxonomy, TAXONOMY, strlen(TAXONOMY), &err);
    }
    if (status == GRIDGOV_OK) {
        status = learn_grids(set, units, job, &err);
    }
    if (status == GRIDGOV_OK) {
        for (int step = 0; step < OTHER_TABLES && status == GRIDGOV_OK; step++) {
            status = load_tables(set, step, units, NULL, job, &err);
        }
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_units_seal(units, &err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_ledger_new(&ledger, taxonomy, units, &err);
    }
    if (status == GRIDGOV_OK) {
        status = load_tables(set, OTHER_TABLES, NULL, ledger, job, &err);
    }
    gridgov_ledger_free(ledger);
    gridgov_taxonomy_free(taxonomy);
    gridgov_units_free(units);
    return status == GRIDGOV_OK ? EXIT_CLEAN : report_error(options, &err);
}
