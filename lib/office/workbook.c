/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks of either kind, and the choice of a sheet. The workbook is shared by its cursors, which
 * each read the file by themselves; it goes with the last of them. */
#include "workbook.h"

#include "base/error.h"
#include "base/num.h"
#include "compound.h"
#include "file_kind.h"

#include <gridgov/ingest.h>

#include <string.h>

#define SHEETS_MAX 10000
#define KEY_SIZE 256 /* bytes of the key of a sheet's name, which has at most 31 characters */
#define LISTED 160   /* bytes of the sheets' names in a message */

gg_str gg_strings_at(const gg_strings *strings, uint64_t n, int *found) {
    size_t from;
    *found = n < strings->count;
    if (!*found) {
        return gg_str_of("");
    }
    from = n > 0 ? strings->ends[n - 1] : 0;
    return gg_str_make(gg_buf_data(&strings->text) + from, strings->ends[n] - from);
}

gridgov_status gg_strings_end(gg_strings *strings, const gg_sheet_limits *limits,
                              gridgov_error *err) {
    uint64_t cost = strings->text.size + 8 * (uint64_t)strings->count;
    if (cost > (uint64_t)limits->strings) {
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, limits->strings);
        return gg_fail(err, GG_RULE_STRINGS_LIMIT, NULL, NULL, 0, digits, NULL);
    }
    if (gg_buf_failed(&strings->text) || gg_grow((void **)&strings->ends, strings->count,
                                                 &strings->capacity, sizeof *strings->ends) != 0) {
        return gg_fail_memory(err);
    }
    strings->ends[strings->count++] = strings->text.size;
    return GRIDGOV_OK;
}

void gg_strings_release(gg_strings *strings) {
    gg_buf_release(&strings->text);
    gg_free(strings->ends);
    strings->ends = NULL;
}

gridgov_status gg_workbook_add_sheet(gridgov_workbook *book, gg_str name, int32_t state,
                                     int64_t place, gridgov_error *err) {
    gg_sheet *sheet;
    if (book->sheet_count == SHEETS_MAX) {
        return GRIDGOV_OK;
    }
    if (gg_grow((void **)&book->sheets, book->sheet_count, &book->sheet_capacity,
                sizeof *book->sheets) != 0) {
        return gg_fail_memory(err);
    }
    sheet = &book->sheets[book->sheet_count];
    sheet->name = gg_arena_text(&book->arena, name.data, name.size);
    sheet->state = state;
    sheet->place = place;
    if (sheet->name == NULL) {
        return gg_fail_memory(err);
    }
    book->sheet_count++;
    return GRIDGOV_OK;
}

gridgov_status gg_workbook_add_format(gridgov_workbook *book, gg_number_format format,
                                      gridgov_error *err) {
    if (gg_grow((void **)&book->formats, book->format_count, &book->format_capacity,
                sizeof *book->formats) != 0) {
        return gg_fail_memory(err);
    }
    book->formats[book->format_count++] = format;
    return GRIDGOV_OK;
}

gg_number_format gg_workbook_format(const gridgov_workbook *book, int64_t style) {
    static const gg_number_format general = {GG_FORMAT_GENERAL, 0};
    return style >= 0 && (uint64_t)style < book->format_count ? book->formats[style] : general;
}

gridgov_workbook *gg_workbook_hold(gridgov_workbook *book) {
    gg_share_hold(&book->share);
    return book;
}

void gridgov_workbook_free(gridgov_workbook *book) {
    if (book == NULL || !gg_share_drop(&book->share)) {
        return;
    }
    gg_compound_close(book->compound);
    gg_strings_release(&book->strings);
    gg_map_release(&book->styles);
    gg_arena_release(&book->arena);
    gg_free(book->sheets);
    gg_free(book->formats);
    gg_free(book->path);
    gg_free(book->name);
    gg_free(book);
}

void gridgov_sheet_options_init(gridgov_sheet_options *options, size_t struct_size) {
    const gridgov_sheet_options full = {.struct_size = 0};
    gg_options_write(options, struct_size, &full, sizeof full);
}

gridgov_status gg_sheet_options_read(gridgov_sheet_options *out, const gridgov_sheet_options *given,
                                     gridgov_error *err) {
    int64_t *const limits[] = {&out->max_cell,  &out->max_row,      &out->max_columns,
                               &out->max_rows,  &out->max_strings,  &out->max_merges,
                               &out->max_parts, &out->max_unpacked, &out->max_ratio};
    const int64_t defaults[] = {(int64_t)1 << 20,          (int64_t)16 << 20,
                                GG_SHEET_COLUMNS,          GG_SHEET_ROWS,
                                (int64_t)256 << 20,        1000000,
                                gg_package_defaults.parts, gg_package_defaults.unpacked,
                                gg_package_defaults.ratio};
    memset(out, 0, sizeof *out);
    out->struct_size = sizeof *out;
    if (given != NULL && gg_options_read(out, sizeof *out, given) != 0) {
        return gg_fail_arg(err, "options");
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (*limits[i] < 0) {
            return gg_fail_arg(err, "options");
        }
        *limits[i] = *limits[i] == 0 ? defaults[i] : *limits[i];
    }
    if (out->max_columns > GG_SHEET_COLUMNS) {
        out->max_columns = GG_SHEET_COLUMNS;
    }
    if (out->merged < GRIDGOV_MERGED_DOWN || out->merged > GRIDGOV_MERGED_FILL) {
        return gg_fail_arg(err, "options");
    }
    return GRIDGOV_OK;
}

static char *copy_text(const char *text) {
    gg_str from = gg_str_of(text);
    char *copy = gg_calloc(from.size + 1, 1);
    if (copy != NULL) {
        memcpy(copy, from.data, from.size);
    }
    return copy;
}

static gridgov_status new_book(gridgov_workbook **out, const gg_package_source *source,
                               const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_workbook *book = gg_calloc(1, sizeof *book);
    const char *name = options->source != NULL ? options->source
                       : source->path != NULL  ? source->path
                                               : "memory";
    if (book == NULL) {
        return gg_fail_memory(err);
    }
    gg_share_init(&book->share);
    book->source = *source;
    book->merged = options->merged;
    book->style.printed = options->printed != 0;
    book->package_limits =
        (gg_package_limits){options->max_parts, options->max_unpacked, options->max_ratio};
    book->limits = (gg_sheet_limits){options->max_cell, options->max_row,     options->max_columns,
                                     options->max_rows, options->max_strings, options->max_merges};
    book->name = copy_text(name);
    if (source->path != NULL) {
        book->path = copy_text(source->path);
        book->source.path = book->path;
    }
    if (book->name == NULL || (source->path != NULL && book->path == NULL)) {
        gridgov_workbook_free(book);
        return gg_fail_memory(err);
    }
    *out = book;
    return GRIDGOV_OK;
}

/* The readers by kind of file. */
static const struct {
    int32_t kind;
    gridgov_status (*open)(gridgov_workbook *book, gridgov_error *err);
    gridgov_status (*rows)(gridgov_rows_source *out, gridgov_workbook *book, size_t sheet,
                           gridgov_error *err);
} readers[] = {
    {GRIDGOV_FILE_XLSX, gg_xlsx_open, gg_xlsx_rows_new},
    {GRIDGOV_FILE_XLS, gg_xls_open, gg_xls_rows_new},
    {GRIDGOV_FILE_SHEET_XML, gg_xml_sheets_open, gg_xml_sheets_rows_new},
    {GRIDGOV_FILE_SHEET_HTML, gg_html_open, gg_html_rows_new},
};
#define READERS (sizeof readers / sizeof readers[0])

/* Index of a kind's reader; READERS if there is none. */
static size_t find_reader(int32_t kind) {
    size_t i = 0;
    while (i < READERS && readers[i].kind != kind) {
        i++;
    }
    return i;
}

/* Open a workbook of one kind (GRIDGOV_FILE_XLSX, _XLS), or of either (0). Options are complete. */
static gridgov_status open_book(gridgov_workbook **out, const gg_package_source *source,
                                int32_t wanted, const gridgov_sheet_options *options,
                                gridgov_error *err) {
    gridgov_workbook *book = NULL;
    gridgov_error damage;
    gridgov_status status;
    int32_t kind;
    GG_TRY(gg_file_kind(&kind, source, &damage, err));
    GG_TRY(new_book(&book, source, options, err));
    book->kind = kind;
    if (damage.status < 0) {
        status = damage.status;
        if (err != NULL) {
            *err = damage;
        }
    } else if (find_reader(kind) == READERS || (wanted != 0 && kind != wanted)) {
        status = gg_fail_kind(kind,
                              wanted == GRIDGOV_FILE_XLSX  ? "xlsx"
                              : wanted == GRIDGOV_FILE_XLS ? "xls"
                                                           : "xlsx, xls",
                              err);
    } else {
        status = readers[find_reader(kind)].open(book, err);
    }
    if (status < 0) {
        gg_error_at(err, book->name, 0, 0);
        gridgov_workbook_free(book);
        return status;
    }
    *out = book;
    return GRIDGOV_OK;
}

static gridgov_status check_source(const gg_package_source *source, const void *out,
                                   gridgov_error *err) {
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    return source->path == NULL && source->data == NULL ? gg_fail_arg(err, "data") : GRIDGOV_OK;
}

static gridgov_status open_public(gridgov_workbook **out, const gg_package_source *source,
                                  const gridgov_sheet_options *given, gridgov_error *err) {
    gridgov_sheet_options options;
    if (out != NULL) {
        *out = NULL;
    }
    GG_TRY(check_source(source, out, err));
    GG_TRY(gg_sheet_options_read(&options, given, err));
    return open_book(out, source, 0, &options, err);
}

gridgov_status gridgov_workbook_open_file(gridgov_workbook **out, const char *path,
                                          const gridgov_sheet_options *options,
                                          gridgov_error *err) {
    return open_public(out, &(gg_package_source){.path = path}, options, err);
}

gridgov_status gridgov_workbook_open_bytes(gridgov_workbook **out, const void *data, size_t size,
                                           const gridgov_sheet_options *options,
                                           gridgov_error *err) {
    return open_public(out, &(gg_package_source){.data = data, .size = size}, options, err);
}

int32_t gridgov_workbook_kind(const gridgov_workbook *workbook) {
    return workbook == NULL ? 0 : workbook->kind;
}

int64_t gridgov_workbook_sheet_count(const gridgov_workbook *workbook) {
    return workbook == NULL ? 0 : (int64_t)workbook->sheet_count;
}

gridgov_status gridgov_workbook_sheet_at(gridgov_sheet *sheet_out, const gridgov_workbook *workbook,
                                         int64_t index) {
    gridgov_sheet view = {.struct_size = sizeof view};
    if (workbook == NULL || sheet_out == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || (uint64_t)index >= workbook->sheet_count) {
        return GRIDGOV_END;
    }
    view.name = workbook->sheets[index].name;
    view.state = workbook->sheets[index].state;
    return gg_view_copy(sheet_out, &view, sizeof view) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

gridgov_status gridgov_workbook_rows(gridgov_rows **out, gridgov_workbook *workbook, int64_t index,
                                     gridgov_error *err) {
    gridgov_rows_source source = {.struct_size = sizeof source};
    gridgov_status status;
    gg_buf name = {0};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (workbook == NULL || index < 0 || (uint64_t)index >= workbook->sheet_count) {
        return gg_fail_arg(err, workbook == NULL ? "workbook" : "index");
    }
    GG_TRY(readers[find_reader(workbook->kind)].rows(&source, workbook, (size_t)index, err));
    gg_buf_text(&name, workbook->name);
    gg_buf_byte(&name, '[');
    gg_buf_text(&name, workbook->sheets[index].name);
    gg_buf_byte(&name, ']');
    source.source = gg_buf_data(&name);
    status =
        gg_buf_failed(&name) ? gg_fail_memory(err) : gridgov_rows_open_source(out, &source, err);
    gg_buf_release(&name);
    if (status < 0) {
        source.close(source.user);
    }
    return status;
}

static gridgov_status fail_unknown(const gridgov_workbook *book, const char *name,
                                   gridgov_error *err) {
    char listed[LISTED];
    gg_buf names = {0};
    gridgov_status status;
    for (size_t i = 0; i < book->sheet_count && names.size < sizeof listed; i++) {
        gg_buf_text(&names, i > 0 ? ", " : "");
        gg_buf_text(&names, book->sheets[i].name);
    }
    gg_text_copy(listed, sizeof listed, gg_buf_data(&names), names.size);
    gg_buf_release(&names);
    status = gg_fail(err, GG_RULE_SHEET_UNKNOWN, NULL, name, strlen(name), listed, NULL);
    gg_error_at(err, book->name, 0, 0);
    return status;
}

gridgov_status gg_workbook_fail_twice(const gridgov_workbook *book, int32_t table, int64_t first,
                                      int64_t second, gridgov_error *err) {
    const char *name = book->sheets[first].name;
    gridgov_status status =
        gg_fail(err, GG_RULE_SHEET_TWICE, gridgov_code_text(GRIDGOV_KIND_TABLE, table), name,
                strlen(name), book->sheets[second].name, NULL);
    gg_error_at(err, book->name, 0, 0);
    return status;
}

void gg_workbook_note_unused(const gridgov_workbook *book, int64_t sheet, gridgov_issues *issues) {
    const char *name = book->sheets[sheet].name;
    gridgov_error issue;
    (void)gg_fail(&issue, GG_RULE_SHEET_UNUSED, NULL, name, strlen(name), NULL, NULL);
    gg_error_at(&issue, book->name, 0, 0);
    gridgov_issues_add(issues, &issue);
}

static int is_called(const char *a, const char *b) {
    char x[KEY_SIZE], y[KEY_SIZE];
    size_t size = gg_text_key(x, sizeof x, gg_str_of(a));
    return size <= sizeof x && size == gg_text_key(y, sizeof y, gg_str_of(b)) &&
           memcmp(x, y, size) == 0;
}

gridgov_status gg_workbook_has_text(int *found, gridgov_workbook *book, int64_t index,
                                    gridgov_error *err) {
    gridgov_rows *rows = NULL;
    gridgov_status status = gridgov_workbook_rows(&rows, book, index, err);
    *found = 0;
    while (status == GRIDGOV_OK && !*found &&
           (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        for (int64_t i = 0; i < gridgov_rows_count(rows); i++) {
            size_t size = 0;
            const char *text = gridgov_rows_text(rows, i, &size);
            *found |= gg_text_trim(gg_str_make(text, size)).size > 0;
        }
    }
    gridgov_rows_free(rows);
    return status < 0 ? status : GRIDGOV_OK;
}

/* 1 in *found if a sheet has a header that suits a table. */
static gridgov_status has_header(int *found, gridgov_workbook *book, int64_t index, int32_t table,
                                 gridgov_error *err) {
    gridgov_header header = {.struct_size = sizeof header};
    gridgov_rows *rows = NULL;
    gridgov_error problem;
    gridgov_status status = gridgov_workbook_rows(&rows, book, index, err);
    *found = 0;
    if (status < 0) {
        return status;
    }
    status = gridgov_header_find(&header, NULL, 0, rows, table, NULL, &problem);
    gridgov_rows_free(rows);
    if (status < 0 && status != GRIDGOV_ENOTFOUND) {
        if (err != NULL) {
            *err = problem;
        }
        return status;
    }
    *found = status == GRIDGOV_OK;
    return GRIDGOV_OK;
}

gridgov_status gg_workbook_choose(int64_t *out, gridgov_workbook *book,
                                  const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_status status;
    int found = 0;
    for (size_t i = 0; options->sheet != NULL && i < book->sheet_count; i++) {
        if (is_called(book->sheets[i].name, options->sheet)) {
            *out = (int64_t)i;
            return GRIDGOV_OK;
        }
    }
    if (options->sheet != NULL) {
        return fail_unknown(book, options->sheet, err);
    }
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (book->sheets[i].state == GRIDGOV_SHEET_VISIBLE) {
            GG_TRY(options->table != 0 ? has_header(&found, book, (int64_t)i, options->table, err)
                                       : gg_workbook_has_text(&found, book, (int64_t)i, err));
        }
        if (found) {
            *out = (int64_t)i;
            return GRIDGOV_OK;
        }
    }
    if (options->table != 0) {
        const char *code = gridgov_code_text(GRIDGOV_KIND_TABLE, options->table);
        status = gg_fail(err, GG_RULE_SHEET_NO_TABLE, NULL, code, gg_str_of(code).size, NULL, NULL);
    } else {
        status = gg_fail(err, GG_RULE_SHEET_NONE, NULL, NULL, 0, NULL, NULL);
    }
    gg_error_at(err, book->name, 0, 0);
    return status;
}

static gridgov_status open_sheet(gridgov_rows **out, const gg_package_source *source,
                                 int32_t wanted, const gridgov_sheet_options *given,
                                 gridgov_error *err) {
    gridgov_sheet_options options;
    gridgov_workbook *book = NULL;
    gridgov_status status;
    int64_t sheet = 0;
    if (out != NULL) {
        *out = NULL;
    }
    GG_TRY(check_source(source, out, err));
    GG_TRY(gg_sheet_options_read(&options, given, err));
    GG_TRY(open_book(&book, source, wanted, &options, err));
    status = gg_workbook_choose(&sheet, book, &options, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_workbook_rows(out, book, sheet, err);
    }
    gridgov_workbook_free(book);
    return status;
}

gridgov_status gridgov_rows_open_file(gridgov_rows **out, const char *path,
                                      const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_sheet_options full;
    int32_t kind = 0;
    if (out != NULL) {
        *out = NULL;
    }
    GG_TRY(check_source(&(gg_package_source){.path = path}, out, err));
    GG_TRY(gg_sheet_options_read(&full, options, err));
    GG_TRY(gg_file_kind(&kind, &(gg_package_source){.path = path}, NULL, err));
    if (kind == GRIDGOV_FILE_TEXT) {
        gridgov_csv_options csv = {.struct_size = sizeof csv};
        if (full.csv != NULL && gg_options_read(&csv, sizeof csv, full.csv) != 0) {
            return gg_fail_arg(err, "options");
        }
        GG_TRY(gridgov_csv_detect_file(&csv, path, err));
        return gridgov_rows_open_csv_file(out, path, &csv, err);
    }
    return open_sheet(out, &(gg_package_source){.path = path}, 0, options, err);
}

gridgov_status gridgov_rows_open_xlsx_file(gridgov_rows **out, const char *path,
                                           const gridgov_sheet_options *options,
                                           gridgov_error *err) {
    return open_sheet(out, &(gg_package_source){.path = path}, GRIDGOV_FILE_XLSX, options, err);
}

gridgov_status gridgov_rows_open_xlsx_bytes(gridgov_rows **out, const void *data, size_t size,
                                            const gridgov_sheet_options *options,
                                            gridgov_error *err) {
    return open_sheet(out, &(gg_package_source){.data = data, .size = size}, GRIDGOV_FILE_XLSX,
                      options, err);
}

gridgov_status gridgov_rows_open_xls_file(gridgov_rows **out, const char *path,
                                          const gridgov_sheet_options *options,
                                          gridgov_error *err) {
    return open_sheet(out, &(gg_package_source){.path = path}, GRIDGOV_FILE_XLS, options, err);
}

gridgov_status gridgov_rows_open_xls_bytes(gridgov_rows **out, const void *data, size_t size,
                                           const gridgov_sheet_options *options,
                                           gridgov_error *err) {
    return open_sheet(out, &(gg_package_source){.data = data, .size = size}, GRIDGOV_FILE_XLS,
                      options, err);
}
