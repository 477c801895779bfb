/* SPDX-License-Identifier: Apache-2.0 */
/* Office files where gridgov::office was not built: every way in says so. */
#include "office.h"

#include <stdlib.h>
#include <string.h>

static int say_absent(const cli_options *options, const char *path) {
    return usage_error(options, "本命令编译时未包含 Office 文件支持（gridgov::office）",
                       "this command was built without Office files (gridgov::office)", path);
}

int is_workbook(const char *path) {
    (void)path;
    return 0;
}

int write_month_workbook(const cli_options *options, const month_file *files, size_t count,
                         const char *path) {
    (void)files;
    (void)count;
    return say_absent(options, path);
}

int give_flat_workbook(const cli_options *options, const char *path, const char *mapping,
                       size_t size, gridgov_month *month, gridgov_issues *issues) {
    (void)mapping;
    (void)size;
    (void)month;
    (void)issues;
    return say_absent(options, path);
}

int give_folder(const cli_options *options, const char *path, gridgov_month *month,
                gridgov_issues *issues) {
    gridgov_error err = {0};
    gridgov_status status = gridgov_month_set_folder(month, path, issues, &err);
    return status == GRIDGOV_OK ? EXIT_CLEAN : report_error(options, &err);
}

int give_workbook(const cli_options *options, const char *path, gridgov_month *month,
                  gridgov_issues *issues) {
    (void)month;
    (void)issues;
    return say_absent(options, path);
}

int open_table(gridgov_rows **rows, const char *path, int32_t table, const gridgov_mapping *mapping,
               gridgov_error *err) {
    gridgov_csv_options csv = {.struct_size = sizeof csv};
    (void)table;
    (void)gridgov_mapping_csv_options(&csv, mapping);
    const int status = gridgov_csv_detect_file(&csv, path, err);
    return status < 0 ? status : gridgov_rows_open_csv_file(rows, path, &csv, err);
}

int open_book(const cli_options *options, const char *path, void **book, int *count,
              gridgov_error *err) {
    *book = NULL;
    *count = 0;
    err->status = GRIDGOV_OK;
    return say_absent(options, path);
}

int32_t book_kind(const void *book) {
    (void)book;
    return GRIDGOV_FILE_OTHER;
}

void book_sheet(const void *book, int index, const char **name, int32_t *state) {
    (void)book;
    (void)index;
    *name = "";
    *state = GRIDGOV_SHEET_VISIBLE;
}

gridgov_status book_rows(gridgov_rows **rows, void *book, int index, gridgov_error *err) {
    (void)book;
    (void)index;
    (void)err;
    *rows = NULL;
    return GRIDGOV_EUNSUPPORTED;
}

void close_book(void *book) {
    (void)book;
}

int read_bulletin_text(const cli_options *options, const char *path, char **text, size_t *size,
                       void **document) {
    *document = NULL;
    *text = read_text_file(options, path, size);
    if (*text == NULL) {
        return EXIT_INPUT;
    }
    if (*size >= 4 &&
        (memcmp(*text, "PK\3\4", 4) == 0 || memcmp(*text, "\xD0\xCF\x11\xE0", 4) == 0)) {
        free(*text);
        *text = NULL;
        return say_absent(options, path);
    }
    return EXIT_CLEAN;
}

void free_bulletin_text(char *text, void *document) {
    (void)document;
    free(text);
}

int find_place(const void *document, int64_t line, int32_t *table, int64_t *row,
               const char **sheet) {
    (void)document;
    (void)line;
    (void)table;
    (void)row;
    (void)sheet;
    return 0;
}

gridgov_status document_findings(gridgov_bytes **out, const void *document,
                                 const gridgov_findings *findings, int32_t lang,
                                 gridgov_error *err) {
    (void)document; // always NULL
    return gridgov_findings_json(out, findings, lang, err);
}

int has_office(void) {
    return 0;
}

gridgov_status render_any(gridgov_bytes **out, const gridgov_bulletin *bulletin, int32_t format,
                          const gridgov_render_options *render, gridgov_error *err) {
    return gridgov_render_bytes(out, bulletin, format, render, err);
}
