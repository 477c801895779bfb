/* SPDX-License-Identifier: Apache-2.0 */
/* A document as the text that an audit reads: prose line by line, tables as rows of cells with a
 * tab between, a blank line before and behind each table; and for every line where it stands in the
 * file.
 *
 * DOCX (ECMA-376 part 1, 17.3 and 17.4): paragraphs and tables in their order. A merged cell has
 * its text where it begins and blanks in the rest, as a printed table has. What was deleted, moved
 * away, or stands there for older programs (mc:Fallback) is no text; neither are headers, footers,
 * notes and automatic numbers. A table inside a cell is text of the cell. XLSX and XLS: the visible
 * sheets one after the other, numbers as they are shown; a row with one text at its beginning is
 * prose. */
#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "file_kind.h"
#include "opc.h"
#include "workbook.h"

#include <gridgov/office.h>

#include <string.h>

static const char *const namespaces[] = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006", NULL};

#define SPAN_MAX 256 /* columns of a table that one cell may cover */

struct gridgov_document {
    int32_t kind;
    int64_t limit; /* bytes of text */
    gg_buf text;
    gg_arena arena;
    gridgov_document_place *places; /* by line */
    size_t count, capacity;
};

/* End the line, which stands at a place. */
static gridgov_status end_line(gridgov_document *document, const gridgov_document_place *place,
                               gridgov_error *err) {
    gg_buf_byte(&document->text, '\n');
    if ((int64_t)document->text.size > document->limit) {
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, document->limit);
        return gg_fail(err, GG_RULE_STRINGS_LIMIT, NULL, NULL, 0, digits, NULL);
    }
    if (gg_buf_failed(&document->text) ||
        gg_grow((void **)&document->places, document->count, &document->capacity,
                sizeof *document->places) != 0) {
        return gg_fail_memory(err);
    }
    document->places[document->count++] = *place;
    return GRIDGOV_OK;
}

/* DOCX */

typedef struct docx_reader {
    gridgov_document *document;
    gg_xml *xml;
    gridgov_document_place place;
    int skipped;    /* depth inside what is no text */
    int tables;     /* depth of tables */
    int paragraphs; /* depth of paragraphs: a text box holds paragraphs of its own */
    int in_text;
    int64_t span;   /* columns of the cell being read */
    int continues;  /* 1 if it goes on a cell above */
    int64_t column; /* cells written of the row */
    gg_buf cell;
} docx_reader;

static void check(docx_reader *reader, gridgov_status status, const gridgov_error *failure) {
    if (status < 0) {
        gg_xml_fail(reader->xml, failure);
    }
}

static void blank_line(docx_reader *reader) {
    static const gridgov_document_place nowhere = {.struct_size = sizeof nowhere};
    gridgov_error failure;
    check(reader, end_line(reader->document, &nowhere, &failure), &failure);
}

/* Text goes into the cell of a table, or straight into the line. */
static void put(docx_reader *reader, const char *text, size_t size) {
    gg_buf *out = reader->tables > 0 ? &reader->cell : &reader->document->text;
    if ((int64_t)(out->size + size) > reader->document->limit) {
        gridgov_error failure;
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, reader->document->limit);
        (void)gg_fail(&failure, GG_RULE_STRINGS_LIMIT, NULL, NULL, 0, digits, NULL);
        gg_xml_fail(reader->xml, &failure);
        return;
    }
    for (size_t i = 0; i < size; i++) { // a tab or a line end would be a cell or a row
        gg_buf_byte(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
    }
}

static int64_t value_of(const char **attributes, int64_t otherwise) {
    const char *text = gg_xml_foreign_attribute(attributes, "val");
    int64_t value;
    return text != NULL && gg_int_parse(&value, gg_str_of(text)) == 0 && value >= 0 &&
                   value <= SPAN_MAX
               ? value
               : otherwise;
}

static int is_skipped(const char *name) {
    return strcmp(name, "Fallback") == 0 || strcmp(name, "moveFrom") == 0 ||
           strcmp(name, "del") == 0;
}

static void start_table_part(docx_reader *reader, const char *name, const char **attributes) {
    if (strcmp(name, "tbl") == 0) {
        if (++reader->tables == 1) {
            reader->place.table++;
            reader->place.row = 0;
            blank_line(reader);
        }
    } else if (reader->tables != 1) {
        return; // a table inside a cell
    } else if (strcmp(name, "tr") == 0) {
        reader->place.row++;
        reader->column = 0;
    } else if (strcmp(name, "tc") == 0) {
        reader->span = 1;
        reader->continues = 0;
        gg_buf_clear(&reader->cell);
    } else if (strcmp(name, "gridBefore") == 0) {
        for (int64_t n = value_of(attributes, 0); n > 0; n--, reader->column++) {
            gg_buf_byte(&reader->document->text, '\t');
        }
    } else if (strcmp(name, "gridSpan") == 0) {
        reader->span = value_of(attributes, 1);
    } else if (strcmp(name, "vMerge") == 0) {
        const char *value = gg_xml_foreign_attribute(attributes, "val");
        reader->continues = value == NULL || strcmp(value, "restart") != 0;
    }
}

static void on_start(void *user, const char *name, const char **attributes) {
    docx_reader *reader = user;
    if (reader->skipped > 0 || is_skipped(name)) {
        reader->skipped++;
    } else if (strcmp(name, "t") == 0) {
        reader->in_text = 1;
    } else if (strcmp(name, "tab") == 0 && reader->paragraphs > 0) {
        put(reader, " ", 1);
    } else if (strcmp(name, "noBreakHyphen") == 0) {
        put(reader, "-", 1);
    } else if (strcmp(name, "p") == 0) {
        if (reader->paragraphs++ > 0 || (reader->tables > 0 && reader->cell.size > 0)) {
            put(reader, " ", 1);
        }
    } else if ((strcmp(name, "br") == 0 || strcmp(name, "cr") == 0) && reader->tables > 0) {
        put(reader, " ", 1);
    } else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0) {
        gridgov_error failure;
        check(reader,
              end_line(reader->document,
                       &(gridgov_document_place){.struct_size = sizeof(gridgov_document_place)},
                       &failure),
              &failure);
    } else {
        start_table_part(reader, name, attributes);
    }
}

static void end_cell(docx_reader *reader) {
    gg_str text = gg_text_trim(gg_str_make(gg_buf_data(&reader->cell), reader->cell.size));
    gg_buf *out = &reader->document->text;
    for (int64_t n = 0; n < reader->span; n++, reader->column++) {
        if (reader->column > 0) {
            gg_buf_byte(out, '\t');
        }
        if (n == 0 && !reader->continues) {
            gg_buf_str(out, text);
        }
    }
    out->failed |= gg_buf_failed(&reader->cell);
}

static void on_end(void *user, const char *name) {
    docx_reader *reader = user;
    gridgov_error failure;
    if (reader->skipped > 0) {
        reader->skipped--;
    } else if (strcmp(name, "t") == 0) {
        reader->in_text = 0;
    } else if (strcmp(name, "p") == 0) {
        if (--reader->paragraphs == 0 && reader->tables == 0) {
            blank_line(reader);
        }
    } else if (strcmp(name, "tbl") == 0) {
        if (--reader->tables == 0) {
            blank_line(reader);
        }
    } else if (reader->tables == 1 && strcmp(name, "tc") == 0) {
        end_cell(reader);
    } else if (reader->tables == 1 && strcmp(name, "tr") == 0) {
        check(reader, end_line(reader->document, &reader->place, &failure), &failure);
    }
}

static void on_text(void *user, const char *text, size_t size) {
    docx_reader *reader = user;
    if (reader->in_text && reader->skipped == 0) {
        put(reader, text, size);
    }
}

static gridgov_status read_docx(gridgov_document *document, const gg_package_source *source,
                                const gg_package_limits *limits, gridgov_error *err) {
    static const gg_xml_handlers handlers = {on_start, on_end, on_text, namespaces};
    static const char usual[] = "word/document.xml";
    docx_reader reader = {.document = document, .place = {.struct_size = sizeof reader.place}};
    gg_relations roots = {0};
    gg_package *package = NULL;
    int64_t part;
    gridgov_status status;
    GG_TRY(gg_package_open(&package, source, limits, err));
    status = gg_relations_load(&roots, package, -1, &document->arena, err);
    part = gg_relations_of_type(&roots, "officeDocument");
    part = part >= 0 ? part : gg_package_find(package, gg_str_of(usual));
    if (status == GRIDGOV_OK) {
        status = part >= 0 ? gg_part_read(&reader.xml, package, part, &handlers, &reader, err)
                           : gg_fail(err, GG_RULE_PART_MISSING, NULL, usual, sizeof usual - 1, NULL,
                                     NULL);
    }
    gg_relations_release(&roots);
    gg_buf_release(&reader.cell);
    gg_package_close(package);
    return status;
}

/* Workbooks */

static gridgov_status put_row(gridgov_document *document, const gridgov_rows *rows,
                              const gridgov_document_place *place, gridgov_error *err) {
    int64_t count = gridgov_rows_count(rows);
    while (count > 0 && gridgov_rows_text(rows, count - 1, NULL)[0] == '\0') {
        count--;
    }
    for (int64_t i = 0; i < count; i++) {
        size_t size = 0;
        const char *text = gridgov_rows_text(rows, i, &size);
        gg_buf_text(&document->text, i > 0 ? "\t" : "");
        for (size_t k = 0; k < size; k++) {
            gg_buf_byte(&document->text, (unsigned char)text[k] < ' ' ? ' ' : text[k]);
        }
    }
    return end_line(document, place, err);
}

static gridgov_status read_sheet(gridgov_document *document, gridgov_workbook *book, int64_t index,
                                 gridgov_error *err) {
    static const gridgov_document_place nowhere = {.struct_size = sizeof nowhere};
    gridgov_document_place place = {.struct_size = sizeof place, .table = (int32_t)index + 1};
    gridgov_rows *rows = NULL;
    gridgov_status status = gridgov_workbook_rows(&rows, book, index, err);
    place.sheet =
        gg_arena_text(&document->arena, book->sheets[index].name, strlen(book->sheets[index].name));
    if (status == GRIDGOV_OK && place.sheet == NULL) {
        status = gg_fail_memory(err);
    }
    while (status == GRIDGOV_OK && (status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        int64_t number = gridgov_rows_number(rows);
        if (number > place.row + 1) {
            status = end_line(document, &nowhere, err); // rows that are not there
        }
        place.row = number;
        if (status == GRIDGOV_OK) {
            status = put_row(document, rows, &place, err);
        }
    }
    gridgov_rows_free(rows);
    return status < 0 ? status : end_line(document, &nowhere, err);
}

static gridgov_status read_workbook(gridgov_document *document, gridgov_workbook *book,
                                    gridgov_error *err) {
    book->merged = GRIDGOV_MERGED_NONE;
    book->style.printed = 1;
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (book->sheets[i].state == GRIDGOV_SHEET_VISIBLE) {
            GG_TRY(read_sheet(document, book, (int64_t)i, err));
        }
    }
    return GRIDGOV_OK;
}

static gridgov_status read_document(gridgov_document *document, const gg_package_source *source,
                                    const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_sheet_options full;
    gridgov_workbook *book = NULL;
    gridgov_error damage;
    gridgov_status status;
    GG_TRY(gg_sheet_options_read(&full, options, err));
    GG_TRY(gg_file_kind(&document->kind, source, &damage, err));
    if (damage.status < 0) {
        if (err != NULL) {
            *err = damage;
        }
        return damage.status;
    }
    document->limit = full.max_strings;
    if (document->kind == GRIDGOV_FILE_DOCX) {
        gg_package_limits limits = {full.max_parts, full.max_unpacked, full.max_ratio};
        return read_docx(document, source, &limits, err);
    }
    if (document->kind != GRIDGOV_FILE_XLSX && document->kind != GRIDGOV_FILE_XLS &&
        document->kind != GRIDGOV_FILE_SHEET_XML) {
        return gg_fail_kind(document->kind, "docx, xlsx, xls", err);
    }
    status = source->path != NULL
                 ? gridgov_workbook_open_file(&book, source->path, &full, err)
                 : gridgov_workbook_open_bytes(&book, source->data, source->size, &full, err);
    if (status == GRIDGOV_OK) {
        status = read_workbook(document, book, err);
    }
    gridgov_workbook_free(book);
    return status;
}

static gridgov_status open_document(gridgov_document **out, const gg_package_source *source,
                                    const gridgov_sheet_options *options, gridgov_error *err) {
    gridgov_document *document;
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (source->path == NULL && source->data == NULL) {
        return gg_fail_arg(err, "data");
    }
    document = gg_calloc(1, sizeof *document);
    if (document == NULL) {
        return gg_fail_memory(err);
    }
    status = read_document(document, source, options, err);
    if (status == GRIDGOV_OK && gg_buf_failed(&document->text)) {
        status = gg_fail_memory(err);
    }
    if (status == GRIDGOV_OK &&
        gg_text_trim(gg_str_make(gg_buf_data(&document->text), document->text.size)).size == 0) {
        status = gg_fail(err, GG_RULE_DOCUMENT_EMPTY, NULL, NULL, 0, NULL, NULL);
    }
    if (status < 0) {
        gg_error_at(
            err, options != NULL && options->source != NULL ? options->source : source->path, 0, 0);
        gridgov_document_free(document);
        return status;
    }
    *out = document;
    return GRIDGOV_OK;
}

gridgov_status gridgov_document_open_file(gridgov_document **out, const char *path,
                                          const gridgov_sheet_options *options,
                                          gridgov_error *err) {
    return open_document(out, &(gg_package_source){.path = path}, options, err);
}

gridgov_status gridgov_document_open_bytes(gridgov_document **out, const void *data, size_t size,
                                           const gridgov_sheet_options *options,
                                           gridgov_error *err) {
    return open_document(out, &(gg_package_source){.data = data, .size = size}, options, err);
}

int32_t gridgov_document_kind(const gridgov_document *document) {
    return document == NULL ? 0 : document->kind;
}

const char *gridgov_document_text(const gridgov_document *document, size_t *size_out) {
    if (size_out != NULL) {
        *size_out = document == NULL ? 0 : document->text.size;
    }
    return document == NULL ? "" : gg_buf_data(&document->text);
}

gridgov_status gridgov_document_place_at(gridgov_document_place *place_out,
                                         const gridgov_document *document, int64_t line) {
    if (place_out == NULL || document == NULL) {
        return GRIDGOV_EARG;
    }
    if (line < 1 || (uint64_t)line > document->count) {
        return GRIDGOV_END;
    }
    return gg_view_copy(place_out, &document->places[line - 1], sizeof *document->places) == 0
               ? GRIDGOV_OK
               : GRIDGOV_EARG;
}

static gridgov_status place_of(gridgov_document_place *place_out, int64_t line, void *user) {
    return gridgov_document_place_at(place_out, user, line);
}

gridgov_status gridgov_document_findings_json(gridgov_bytes **out, const gridgov_document *document,
                                              const gridgov_findings *findings, int32_t lang,
                                              gridgov_error *err) {
    if (document == NULL) {
        return gg_fail_arg(err, "document");
    }
    return gridgov_findings_json_placed(out, findings, lang, place_of, (void *)document, err);
}

void gridgov_document_free(gridgov_document *document) {
    if (document == NULL) {
        return;
    }
    gg_buf_release(&document->text);
    gg_arena_release(&document->arena);
    gg_free(document->places);
    gg_free(document);
}
