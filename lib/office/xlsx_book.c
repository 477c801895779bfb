/* SPDX-License-Identifier: Apache-2.0 */
/* What the sheets of an XLSX workbook share (ECMA-376 part 1, 18.2, 18.4, 18.8): the list of
 * sheets, the date system, number formats, and shared strings. Elements are found by their local
 * names in the namespaces of the transitional and the strict form, under any prefix.
 *
 * A shared string is the text of all its runs without phonetic hints, each without the blanks at
 * its ends unless xml:space keeps them; _x000D_ and its like are the characters they stand for
 * (ST_Xstring, 22.9.2.19). */
#include "opc.h"
#include "workbook.h"
#include "xlsx.h"

#include "base/error.h"
#include "base/map.h"
#include "base/num.h"

#include <string.h>

#define FORMAT_CODE_MAX 4096 /* number formats of a book's own */

const char *const gg_xlsx_namespaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main", NULL};

typedef struct book_loader {
    gridgov_workbook *book;
    gg_package *package;
    gg_relations relations;
    gg_xml *xml;
    gg_map codes; /* number of a format → kind · 256 + decimals */
    int in_cells; /* inside cellXfs */
    int in_string, in_phonetic, in_text, keeps_blanks;
    size_t run;  /* where the text of the run began */
    gg_buf text; /* of the string being read */
} book_loader;

static void no_end(void *user, const char *name) {
    (void)user;
    (void)name;
}

static int64_t number_of(const char *text, int64_t otherwise) {
    int64_t value;
    return text != NULL && gg_int_parse(&value, gg_str_of(text)) == 0 ? value : otherwise;
}

int gg_xlsx_is_true(const char *text) {
    return text != NULL &&
           (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The character of _xHHHH_ at the beginning of a text; 0 if it is none. */
static uint32_t escaped(gg_str text) {
    uint32_t c = 0;
    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_') {
        return 0;
    }
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(text.data[i]);
        if (digit < 0) {
            return 0;
        }
        c = c * 16 + (uint32_t)digit;
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

void gg_put_xstring(gg_buf *out, gg_str text) {
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        uint32_t c = escaped(gg_str_make(text.data + i, text.size - i));
        if (c != 0) {
            char bytes[4];
            gg_buf_add(out, text.data + from, i - from);
            gg_buf_add(out, bytes, gg_utf8_put(bytes, c));
            i += 6;
            from = i + 1;
        }
    }
    gg_buf_add(out, text.data + from, text.size - from);
}

int gg_xlsx_keeps_blanks(const char **attributes) {
    const char *space = gg_xml_foreign_attribute(attributes, "space");
    return space != NULL && strcmp(space, "preserve") == 0;
}

static int is_xml_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void gg_xlsx_trim(gg_buf *text, size_t from) {
    size_t at = from;
    while (text->size > from && is_xml_blank(text->data[text->size - 1])) {
        text->data[--text->size] = '\0';
    }
    while (at < text->size && is_xml_blank(text->data[at])) {
        at++;
    }
    if (at > from) {
        memmove(text->data + from, text->data + at, text->size - at + 1);
        text->size -= at - from;
    }
}

/* workbook.xml */

static gridgov_status add_sheet(book_loader *load, const char **attributes, gridgov_error *err) {
    const char *name = gg_xml_attribute(attributes, "name");
    const char *id = gg_xml_foreign_attribute(attributes, "id");
    const char *state = gg_xml_attribute(attributes, "state");
    const gg_relation *relation = id == NULL ? NULL : gg_relations_find(&load->relations, id);
    gg_buf clean = {0};
    gridgov_status status;
    if (name == NULL || (relation != NULL && strcmp(relation->type, "worksheet") != 0)) {
        return GRIDGOV_OK; // a chart, a dialog or a macro
    }
    if (relation == NULL || relation->part < 0) { // a sheet that is lost is not left out
        return gg_fail(err, GG_RULE_PART_MISSING, NULL, name, strlen(name), NULL, NULL);
    }
    gg_put_xstring(&clean, gg_str_of(name));
    status = gg_buf_failed(&clean)
                 ? gg_fail_memory(err)
                 : gg_workbook_add_sheet(load->book, gg_str_make(gg_buf_data(&clean), clean.size),
                                         state == NULL || strcmp(state, "visible") == 0
                                             ? GRIDGOV_SHEET_VISIBLE
                                         : strcmp(state, "hidden") == 0 ? GRIDGOV_SHEET_HIDDEN
                                                                        : GRIDGOV_SHEET_VERY_HIDDEN,
                                         relation->part, err);
    gg_buf_release(&clean);
    return status;
}

static void start_book(void *user, const char *name, const char **attributes) {
    book_loader *load = user;
    gridgov_error failure;
    if (strcmp(name, "workbookPr") == 0) {
        load->book->style.date_1904 = gg_xlsx_is_true(gg_xml_attribute(attributes, "date1904"));
    } else if (strcmp(name, "sheet") == 0 && add_sheet(load, attributes, &failure) < 0) {
        gg_xml_fail(load->xml, &failure);
    }
}

/* styles.xml */

static gridgov_status add_code(book_loader *load, const char **attributes, gridgov_error *err) {
    const char *id = gg_xml_attribute(attributes, "numFmtId");
    const char *code = gg_xml_attribute(attributes, "formatCode");
    gg_number_format format;
    if (id == NULL || code == NULL || load->codes.count >= FORMAT_CODE_MAX) {
        return GRIDGOV_OK;
    }
    format = gg_number_format_of(gg_str_of(code));
    return gg_map_set(&load->codes, gg_str_of(id), format.kind * 256 + format.decimals) == 0
               ? GRIDGOV_OK
               : gg_fail_memory(err);
}

static gridgov_status add_style(book_loader *load, const char **attributes, gridgov_error *err) {
    const char *id = gg_xml_attribute(attributes, "numFmtId");
    int64_t found = id == NULL ? -1 : gg_map_get(&load->codes, gg_str_of(id), -1);
    gg_number_format format =
        found >= 0 ? (gg_number_format){(int16_t)(found / 256), (int16_t)(found % 256)}
                   : gg_number_format_builtin(number_of(id, 0));
    return gg_workbook_add_format(load->book, format, err);
}

static void start_styles(void *user, const char *name, const char **attributes) {
    book_loader *load = user;
    gridgov_error failure;
    gridgov_status status = GRIDGOV_OK;
    if (strcmp(name, "cellXfs") == 0) {
        load->in_cells = 1;
    } else if (strcmp(name, "numFmt") == 0) {
        status = add_code(load, attributes, &failure);
    } else if (strcmp(name, "xf") == 0 && load->in_cells) {
        status = add_style(load, attributes, &failure);
    }
    if (status < 0) {
        gg_xml_fail(load->xml, &failure);
    }
}

static void end_styles(void *user, const char *name) {
    book_loader *load = user;
    if (strcmp(name, "cellXfs") == 0) {
        load->in_cells = 0;
    }
}

/* sharedStrings.xml */

static void start_strings(void *user, const char *name, const char **attributes) {
    book_loader *load = user;
    if (strcmp(name, "si") == 0) {
        load->in_string = 1;
        gg_buf_clear(&load->text);
    } else if (strcmp(name, "rPh") == 0) {
        load->in_phonetic = 1;
    } else if (strcmp(name, "t") == 0) {
        load->in_text = load->in_string && !load->in_phonetic;
        load->keeps_blanks = gg_xlsx_keeps_blanks(attributes);
        load->run = load->text.size;
    }
}

static void end_strings(void *user, const char *name) {
    book_loader *load = user;
    gg_strings *strings = &load->book->strings;
    gridgov_error failure;
    if (strcmp(name, "t") == 0) {
        if (load->in_text && !load->keeps_blanks) {
            gg_xlsx_trim(&load->text, load->run);
        }
        load->in_text = 0;
    } else if (strcmp(name, "rPh") == 0) {
        load->in_phonetic = 0;
    } else if (strcmp(name, "si") == 0) {
        load->in_string = 0;
        gg_put_xstring(&strings->text, gg_str_make(gg_buf_data(&load->text), load->text.size));
        strings->text.failed |= gg_buf_failed(&load->text);
        if (gg_strings_end(strings, &load->book->limits, &failure) < 0) {
            gg_xml_fail(load->xml, &failure);
        }
    }
}

static void text_of_string(void *user, const char *text, size_t size) {
    book_loader *load = user;
    if (load->in_text && (int64_t)(load->text.size + size) <= load->book->limits.strings) {
        gg_buf_add(&load->text, text, size);
    } else if (load->in_text) {
        gridgov_error failure;
        char digits[GG_NUM_TEXT_SIZE];
        (void)gg_int_format(digits, load->book->limits.strings);
        (void)gg_fail(&failure, GG_RULE_STRINGS_LIMIT, NULL, NULL, 0, digits, NULL);
        gg_xml_fail(load->xml, &failure);
    }
}

static gridgov_status load_parts(book_loader *load, int64_t main_part, gridgov_error *err) {
    static const gg_xml_handlers book = {start_book, no_end, NULL, gg_xlsx_namespaces};
    static const gg_xml_handlers styles = {start_styles, end_styles, NULL, gg_xlsx_namespaces};
    static const gg_xml_handlers strings = {start_strings, end_strings, text_of_string,
                                            gg_xlsx_namespaces};
    int64_t part;
    GG_TRY(gg_relations_load(&load->relations, load->package, main_part, &load->book->arena, err));
    GG_TRY(gg_part_read(&load->xml, load->package, main_part, &book, load, err));
    part = gg_relations_of_type(&load->relations, "styles");
    if (part >= 0) {
        GG_TRY(gg_part_read(&load->xml, load->package, part, &styles, load, err));
    }
    part = gg_relations_of_type(&load->relations, "sharedStrings");
    return part < 0 ? GRIDGOV_OK
                    : gg_part_read(&load->xml, load->package, part, &strings, load, err);
}

/* The part that the package calls its document. */
static gridgov_status find_main(book_loader *load, int64_t *out, gridgov_error *err) {
    static const char usual[] = "xl/workbook.xml";
    gg_relations roots = {0};
    gridgov_status status = gg_relations_load(&roots, load->package, -1, &load->book->arena, err);
    *out = gg_relations_of_type(&roots, "officeDocument");
    gg_relations_release(&roots);
    if (status == GRIDGOV_OK && *out < 0) {
        *out = gg_package_find(load->package, gg_str_of(usual));
    }
    return status < 0 || *out >= 0
               ? status
               : gg_fail(err, GG_RULE_PART_MISSING, NULL, usual, sizeof usual - 1, NULL, NULL);
}

gridgov_status gg_xlsx_open(gridgov_workbook *book, gridgov_error *err) {
    book_loader load = {.book = book};
    int64_t main_part = -1;
    gridgov_status status;
    GG_TRY(gg_package_open(&load.package, &book->source, &book->package_limits, err));
    status = find_main(&load, &main_part, err);
    if (status == GRIDGOV_OK) {
        status = load_parts(&load, main_part, err);
    }
    gg_relations_release(&load.relations);
    gg_map_release(&load.codes);
    gg_buf_release(&load.text);
    gg_package_close(load.package);
    return status;
}
