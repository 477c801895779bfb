/* SPDX-License-Identifier: Apache-2.0 */
/* A month out of a folder: a table is a file that is called by its code (events.csv), documents
 * have names of their own. Tables as workbooks (events.xlsx) are opened by a function that is
 * given, since this library reads none; without one they are refused, not passed over, and so are
 * two files of one table. */
#include "month_model.h"

#include "base/error.h"
#include "base/os.h"

/* A document of parameters, policy, taxonomy or calendar is at most this long. */
#define DOCUMENT_MAX ((size_t)16 << 20)
/* events.csv may have events.mapping.json beside it. */
#define MAPPING_ENDING ".mapping.json"
#define CSV_ENDING ".csv"
/* Names of workbooks; what they are, their content says. */
static const char *const workbook_endings[] = {".xlsx", ".xls", ".xlsm", ".et", ".ods"};

/* A folder while it is taken. */
typedef struct month_folder {
    gridgov_month *month;
    const char *path;
    gridgov_table_open_fn open; /* of workbooks; NULL: none */
    void *user;
    gridgov_issues *issues;
    const char *names[GG_TABLE_COUNT]; /* by table: the file that it comes from; NULL: none */
    int64_t count;                     /* tables */
    gg_buf file;                       /* path of the file at hand */
} month_folder;

/* path/name */
static void join(gg_buf *out, const char *path, const char *name) {
    gg_str head = gg_str_of(path);
    gg_buf_clear(out);
    gg_buf_str(out, head);
    if (head.size > 0 && head.data[head.size - 1] != '/') {
        gg_buf_byte(out, '/');
    }
    gg_buf_text(out, name);
}

static gridgov_status load_document(gg_buf *out, const char *path, gridgov_error *err) {
    gg_buf text = {0};
    gridgov_status status = gg_file_load(&text, path, DOCUMENT_MAX, err);
    if (status == GRIDGOV_OK && text.size == 0) {
        gg_buf_byte(&text, '\n'); /* an empty file is not "no document" */
        status = gg_buf_failed(&text) ? gg_fail_memory(err) : GRIDGOV_OK;
    }
    if (status != GRIDGOV_OK) {
        gg_buf_release(&text);
        return status;
    }
    gg_buf_release(out);
    *out = text;
    return GRIDGOV_OK;
}

/* The table that a file of a month folder belongs to, by its name before the ending; 0 if none. */
static int32_t table_of_file(gg_str name, const char *ending) {
    gg_str tail = gg_str_of(ending);
    for (int32_t table = GRIDGOV_TABLE_UNITS; table < GG_TABLE_COUNT; table++) {
        const char *known = gridgov_code_text(GRIDGOV_KIND_TABLE, table);
        gg_str code = gg_str_of(known != NULL ? known : "");
        if (known != NULL && name.size == code.size + tail.size &&
            gg_str_equal(gg_str_make(name.data, code.size), code) &&
            gg_str_equal_nocase(gg_str_make(name.data + code.size, tail.size), tail)) {
            return table;
        }
    }
    return 0;
}

/* Load a mapping and check that it is one of the table. */
static gridgov_status load_mapping(gridgov_mapping **out, int32_t table, const char *path,
                                   gridgov_issues *issues, gridgov_error *err) {
    gg_buf text = {0};
    gridgov_status status = load_document(&text, path, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_mapping_load(out, gg_buf_data(&text), text.size, issues, err);
    }
    if (status == GRIDGOV_OK && gridgov_mapping_table(*out) != table) {
        const char *code = gridgov_code_text(GRIDGOV_KIND_TABLE, gridgov_mapping_table(*out));
        status = gg_fail(err, GG_RULE_JSON_CODE, "/table", code, gg_str_of(code).size,
                         gridgov_code_text(GRIDGOV_KIND_TABLE, table), NULL);
    }
    if (status != GRIDGOV_OK) {
        if (err != NULL) { // a folder may have many mappings: the path says which
            gg_text_copy(err->source, sizeof err->source, path, gg_str_of(path).size);
        }
        gridgov_mapping_free(*out);
        *out = NULL;
    }
    gg_buf_release(&text);
    return status;
}

/* The mapping beside a table, if there is one. */
static gridgov_status find_mapping(gridgov_mapping **out, const month_folder *folder, int32_t table,
                                   gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gg_buf path = {0};
    join(&path, folder->path, gridgov_code_text(GRIDGOV_KIND_TABLE, table));
    gg_buf_text(&path, MAPPING_ENDING);
    if (gg_buf_failed(&path)) {
        status = gg_fail_memory(err);
    } else if (gg_path_kind(gg_buf_data(&path)) == 1) {
        status = load_mapping(out, table, gg_buf_data(&path), folder->issues, err);
    }
    gg_buf_release(&path);
    return status;
}

static gridgov_status open_csv(gridgov_rows **out, const char *path, const gridgov_mapping *mapping,
                               gridgov_error *err) {
    gridgov_csv_options options = {.struct_size = sizeof options};
    GG_TRY(gridgov_mapping_csv_options(&options, mapping));
    // What no mapping says, the file itself does.
    GG_TRY(gridgov_csv_detect_file(&options, path, err));
    return gridgov_rows_open_csv_file(out, path, &options, err);
}

static gridgov_status take_table(month_folder *folder, int32_t table, const char *name, int is_csv,
                                 gridgov_error *err) {
    gg_given_table given = {0};
    const char *path = gg_buf_data(&folder->file);
    const char *code = gridgov_code_text(GRIDGOV_KIND_TABLE, table);
    gridgov_status status;
    if (folder->names[table] != NULL) {
        status = gg_fail(err, GG_RULE_TABLE_TWICE, code, folder->names[table],
                         gg_str_of(folder->names[table]).size, name, NULL);
        gg_error_at(err, folder->path, 0, 0);
        return status;
    }
    folder->names[table] = name;
    folder->count++;
    if (!is_csv && folder->open == NULL) {
        status = gg_fail(err, GG_RULE_TABLE_FORM, NULL, name, gg_str_of(name).size, code, NULL);
        gg_error_at(err, folder->path, 0, 0);
        return status;
    }
    status = find_mapping(&given.mapping, folder, table, err);
    if (status == GRIDGOV_OK) {
        status = is_csv ? open_csv(&given.rows, path, given.mapping, err)
                        : folder->open(&given.rows, path, table, given.mapping, folder->issues,
                                       folder->user, err);
    }
    if (status == GRIDGOV_OK) {
        gg_month_put_table(folder->month, table, &given);
    } else {
        gridgov_mapping_free(given.mapping);
    }
    return status;
}

static void note_unused_file(gridgov_issues *issues, const char *path, const char *name) {
    gridgov_error issue;
    gg_fail(&issue, GG_RULE_FILE_UNUSED, NULL, name, gg_str_of(name).size, NULL, NULL);
    gg_error_at(&issue, path, 0, 0);
    gridgov_issues_add(issues, &issue);
}

/* Take one file of a folder; its name lives as long as the folder. */
static gridgov_status take_file(month_folder *folder, const char *name, gridgov_error *err) {
    static const char *const names[] = {"parameters.json", "policy.json",    "taxonomy.json",
                                        "calendar.json",   "lifecycle.json", "roster.json",
                                        "tracks.json"};
    gridgov_month *month = folder->month;
    gg_buf *const targets[] = {
        &month->parameters_json, &month->policy_text, &month->taxonomy_json, &month->calendar_json,
        &month->lifecycle_json,  &month->roster_json, &month->tracks_json};
    int32_t table = table_of_file(gg_str_of(name), CSV_ENDING);
    int is_csv = table != 0;
    for (size_t i = 0; table == 0 && i < sizeof workbook_endings / sizeof workbook_endings[0];
         i++) {
        table = table_of_file(gg_str_of(name), workbook_endings[i]);
    }
    join(&folder->file, folder->path, name);
    if (gg_buf_failed(&folder->file)) {
        return gg_fail_memory(err);
    }
    if (table != 0) {
        return take_table(folder, table, name, is_csv, err);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (gg_str_equal(gg_str_of(name), gg_str_of(names[i]))) {
            GG_TRY(load_document(targets[i], gg_buf_data(&folder->file), err));
            month->policy_is_file |= targets[i] == &month->policy_text;
            return GRIDGOV_OK;
        }
    }
    if (name[0] != '.' && table_of_file(gg_str_of(name), MAPPING_ENDING) == 0) {
        note_unused_file(folder->issues, folder->path, name);
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_month_set_folder_with(gridgov_month *month, const char *path,
                                             gridgov_table_open_fn open, void *user,
                                             gridgov_issues *issues, gridgov_error *err) {
    month_folder folder = {
        .month = month, .path = path, .open = open, .user = user, .issues = issues};
    gg_buf names = {0};
    gridgov_status status;
    GG_TRY(gg_month_check_filling(month, err));
    if (path == NULL) {
        return gg_fail_arg(err, "path");
    }
    status = gg_folder_list(&names, path, err);
    for (const char *name = gg_buf_data(&names); status == GRIDGOV_OK && name[0] != '\0';
         name += gg_str_of(name).size + 1) {
        status = take_file(&folder, name, err);
    }
    if (status == GRIDGOV_OK && folder.count == 0) {
        status = gg_fail(err, GG_RULE_SOURCE_EMPTY, NULL, path, gg_str_of(path).size, NULL, NULL);
    }
    gg_buf_release(&names);
    gg_buf_release(&folder.file);
    return status;
}

gridgov_status gridgov_month_set_folder(gridgov_month *month, const char *path,
                                        gridgov_issues *issues, gridgov_error *err) {
    return gridgov_month_set_folder_with(month, path, NULL, NULL, issues, err);
}
