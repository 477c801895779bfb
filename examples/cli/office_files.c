/* SPDX-License-Identifier: Apache-2.0 */
/* Office files by gridgov::office. */
#include "office.h"

#include <gridgov/office.h>
#include <gridgov/office_render.h>

#include <stdlib.h>
#include <sys/stat.h>

static int32_t kind_of_file(const char *path) {
    struct stat status;
    int32_t kind = 0;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
                   gridgov_file_kind(&kind, path, NULL) == GRIDGOV_OK
               ? kind
               : GRIDGOV_FILE_TEXT;
}

int is_workbook(const char *path) {
    int32_t kind = kind_of_file(path);
    return kind != GRIDGOV_FILE_TEXT && kind != GRIDGOV_FILE_HTML;
}

/* Add a table that is a file of any kind. */
static gridgov_status add_table_file(gridgov_workbook_writer *writer, const month_file *file,
                                     gridgov_error *err) {
    gridgov_sheet_options sheet;
    gridgov_rows *rows = NULL;
    gridgov_status status;
    gridgov_sheet_options_init(&sheet, sizeof sheet);
    sheet.table = file->table;
    status = gridgov_rows_open_file(&rows, file->path, &sheet, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_writer_add_table(writer, file->table, rows, err);
    }
    gridgov_rows_free(rows);
    return status;
}

static gridgov_status add_file(gridgov_workbook_writer *writer, const month_file *file,
                               gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status;
    if (file->table == 0) {
        return gridgov_workbook_writer_add_parameters(writer, file->text, file->size, err);
    }
    if (file->text == NULL) {
        return add_table_file(writer, file, err);
    }
    status = gridgov_rows_open_csv_bytes(&rows, file->text, file->size, NULL, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_writer_add_table(writer, file->table, rows, err);
    }
    gridgov_rows_free(rows);
    return status;
}

int write_month_workbook(const cli_options *options, const month_file *files, size_t count,
                         const char *path) {
    gridgov_workbook_writer *writer = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_workbook_writer_new(&writer, &err);
    int result;
    for (size_t i = 0; i < count && status == GRIDGOV_OK; i++) {
        status = add_file(writer, &files[i], &err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_writer_finish(&bytes, writer, &err);
    }
    result = status == GRIDGOV_OK ? write_bytes(options, bytes, path) : report_error(options, &err);
    gridgov_bytes_free(bytes);
    gridgov_workbook_writer_free(writer);
    return result;
}

int give_flat_workbook(const cli_options *options, const char *path, const char *mapping,
                       size_t size, gridgov_month *month, gridgov_issues *issues) {
    gridgov_mapping *loaded = NULL;
    gridgov_rows *rows = NULL;
    gridgov_error err = {0};
    size_t parameters_size = 0;
    gridgov_status status = gridgov_mapping_load(&loaded, mapping, size, issues, &err);
    const char *parameters = gridgov_mapping_parameters(loaded, &parameters_size);
    if (status == GRIDGOV_OK) {
        status = gridgov_rows_open_file(&rows, path, NULL, &err);
    }
    if (status == GRIDGOV_OK && parameters_size > 0) {
        status = gridgov_month_set_parameters(month, parameters, parameters_size, issues, &err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_month_set_rows(month, gridgov_mapping_table(loaded), rows, loaded, &err);
        rows = status == GRIDGOV_OK ? NULL : rows; // the month has them now
    }
    gridgov_rows_free(rows);
    gridgov_mapping_free(loaded);
    if (status != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        return report_failure(options, issues, &err);
    }
    return EXIT_CLEAN;
}

int give_folder(const cli_options *options, const char *path, gridgov_month *month,
                gridgov_issues *issues) {
    gridgov_error err = {0};
    gridgov_status status = gridgov_month_set_office_folder(month, path, NULL, issues, &err);
    return status == GRIDGOV_OK ? EXIT_CLEAN : report_error(options, &err);
}

int give_workbook(const cli_options *options, const char *path, gridgov_month *month,
                  gridgov_issues *issues) {
    gridgov_error err = {0};
    if (gridgov_month_set_workbook(month, path, NULL, issues, &err) != GRIDGOV_OK) {
        print_issues(options, issues, GRIDGOV_SEVERITY_WARNING);
        return report_failure(options, issues, &err);
    }
    return EXIT_CLEAN;
}

int open_table(gridgov_rows **rows, const char *path, int32_t table, const gridgov_mapping *mapping,
               gridgov_error *err) {
    gridgov_csv_options csv = {.struct_size = sizeof csv};
    gridgov_sheet_options sheet;
    int32_t kind = GRIDGOV_FILE_TEXT;
    (void)gridgov_mapping_csv_options(&csv, mapping);
    gridgov_sheet_options_init(&sheet, sizeof sheet);
    sheet.table = table;
    sheet.csv = &csv;
    (void)gridgov_file_kind(&kind, path, NULL); // what cannot be read is told below
    if (kind == GRIDGOV_FILE_HTML && table == GRIDGOV_TABLE_FIXES) {
        return gridgov_rows_open_track_file(rows, path, NULL, err);
    }
    if (kind != GRIDGOV_FILE_TEXT && kind != GRIDGOV_FILE_OTHER) {
        return gridgov_rows_open_file(rows, path, &sheet, err);
    }
    // Of no kind: the reader of CSV says where the first byte is that no text has.
    const int status = gridgov_csv_detect_file(&csv, path, err);
    return status < 0 ? status : gridgov_rows_open_csv_file(rows, path, &csv, err);
}

int open_book(const cli_options *options, const char *path, void **book, int *count,
              gridgov_error *err) {
    gridgov_workbook *opened = NULL;
    (void)options;
    *book = NULL;
    *count = 0;
    if (gridgov_workbook_open_file(&opened, path, NULL, err) != GRIDGOV_OK) {
        return EXIT_INPUT;
    }
    *book = opened;
    *count = (int)gridgov_workbook_sheet_count(opened);
    return EXIT_CLEAN;
}

int32_t book_kind(const void *book) {
    return gridgov_workbook_kind(book);
}

void book_sheet(const void *book, int index, const char **name, int32_t *state) {
    gridgov_sheet sheet = {.struct_size = sizeof sheet, .name = ""};
    (void)gridgov_workbook_sheet_at(&sheet, book, index);
    *name = sheet.name;
    *state = sheet.state;
}

gridgov_status book_rows(gridgov_rows **rows, void *book, int index, gridgov_error *err) {
    return gridgov_workbook_rows(rows, book, index, err);
}

void close_book(void *book) {
    gridgov_workbook_free(book);
}

int read_bulletin_text(const cli_options *options, const char *path, char **text, size_t *size,
                       void **document) {
    gridgov_document *opened = NULL;
    gridgov_error err = {0};
    *document = NULL;
    if (!is_workbook(path) || kind_of_file(path) == GRIDGOV_FILE_SHEET_HTML) {
        *text = read_text_file(options, path, size);
        return *text != NULL ? EXIT_CLEAN : EXIT_INPUT;
    }
    if (gridgov_document_open_file(&opened, path, NULL, &err) != GRIDGOV_OK) {
        return report_error(options, &err);
    }
    *document = opened;
    *text = (char *)gridgov_document_text(opened, size);
    return EXIT_CLEAN;
}

void free_bulletin_text(char *text, void *document) {
    if (document == NULL) {
        free(text);
    }
    gridgov_document_free(document);
}

int find_place(const void *document, int64_t line, int32_t *table, int64_t *row,
               const char **sheet) {
    gridgov_document_place place = {.struct_size = sizeof place};
    if (document == NULL || gridgov_document_place_at(&place, document, line) != GRIDGOV_OK ||
        place.table == 0) {
        return 0;
    }
    *table = place.table;
    *row = place.row;
    *sheet = place.sheet;
    return 1;
}

gridgov_status document_findings(gridgov_bytes **out, const void *document,
                                 const gridgov_findings *findings, int32_t lang,
                                 gridgov_error *err) {
    return gridgov_document_findings_json(out, document, findings, lang, err);
}

int has_office(void) {
    return 1;
}

gridgov_status render_any(gridgov_bytes **out, const gridgov_bulletin *bulletin, int32_t format,
                          const gridgov_render_options *render, gridgov_error *err) {
    return format == GRIDGOV_FORMAT_DOCX || format == GRIDGOV_FORMAT_XLSX
               ? gridgov_render_office_bytes(out, bulletin, format, err)
               : gridgov_render_bytes(out, bulletin, format, render, err);
}
