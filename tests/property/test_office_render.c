/* SPDX-License-Identifier: Apache-2.0 */
/* Random bulletins, with spans, markup in their text and figures of every kind, rendered as DOCX
 * and XLSX and read back by our own reader: every cell of every table is where the model has it,
 * every line of prose stands in its order, the same bulletin gives the same bytes, and nothing else
 * is in the document. Blanks do not count, since a reader joins lines by them, nor does the plus of
 * a number cell, which is its format. */
#include <gridgov/gridgov.h>
#include <gridgov/office.h>
#include <gridgov/office_render.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BULLETINS = 300, TEXT_ROOM = 4096 };

static uint64_t next_random(uint64_t *seed) {
    uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int below(uint64_t *seed, int limit) {
    return (int)(next_random(seed) % (uint64_t)limit);
}

static const char *const texts[] = {
    "城市管理",
    "一网格",
    "<w:p>&amp;</w:t>",
    "=SUM(A1:A9)",
    "_x000D_ 与 _",
    "两行\n文字",
    "  前后有空白  ",
    "“引号”、《书名》（括号）",
    "0012",
    "-3",
    "28.07%",
    "Sanitation & Parks",
    "𠮷畈埭岙",
    "a\tb",
    "很长的一段文字，用来看列宽怎样分配：江南一品网格、南都花园网格",
    "□ ＿＿ 月",
    "'quoted' \"text\"",
    "/",
    "",
};

static void say(gridgov_bulletin *b, uint64_t *seed) {
    const char *text = texts[below(seed, (int)(sizeof texts / sizeof texts[0]))];
    if (text[0] != '\0') {
        assert_int_equal(gridgov_bulletin_add_text(b, text, strlen(text), NULL), GRIDGOV_OK);
    }
}

static void say_figure(gridgov_bulletin *b, uint64_t *seed) {
    static const int64_t sizes[] = {10, 1000, 100000, INT64_C(1000000000000000000)};
    static const int32_t states[8] = {
        GRIDGOV_CELL_UNKNOWN, GRIDGOV_CELL_NOT_APPLICABLE, GRIDGOV_CELL_BLANK, GRIDGOV_CELL_VALUE,
        GRIDGOV_CELL_VALUE,   GRIDGOV_CELL_VALUE,          GRIDGOV_CELL_VALUE, GRIDGOV_CELL_VALUE};
    char code[32];
    int64_t index = 0, most = sizes[below(seed, 4)];
    gridgov_figure figure = {.struct_size = sizeof figure,
                             .kind = GRIDGOV_FIGURE_COUNT + below(seed, 5),
                             .state = states[below(seed, 8)],
                             .denominator = 1,
                             .code = code};
    snprintf(code, sizeof code, "f%lld", (long long)gridgov_bulletin_figure_count(b));
    figure.numerator = (int64_t)(next_random(seed) % (uint64_t)most);
    if (figure.kind == GRIDGOV_FIGURE_POINTS) {
        figure.numerator -= most / 2;
    } else if (figure.kind == GRIDGOV_FIGURE_SHARE || figure.kind == GRIDGOV_FIGURE_RATE) {
        figure.numerator %= 100000;
        figure.denominator = 1 + below(seed, 99999);
    } else if (figure.kind == GRIDGOV_FIGURE_TOTAL) {
        figure.base = 100000;
        figure.denominator = below(seed, 2) ? 100000 : 40000;
    }
    assert_int_equal(gridgov_bulletin_add_figure(&index, b, &figure, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_reference(b, index, NULL), GRIDGOV_OK);
}

static void fill_table(gridgov_bulletin *b, uint64_t *seed) {
    int columns = 1 + below(seed, 16), headers = below(seed, 3), rows = headers + below(seed, 9);
    if (below(seed, 4) > 0) {
        say(b, seed);
    }
    for (int row = 0; row < rows; row++) {
        int filled = row == 0 ? columns : below(seed, columns + 1);
        assert_int_equal(gridgov_bulletin_add_row(b, row < headers, NULL), GRIDGOV_OK);
        for (int c = 0; c < filled; c++) {
            int wide = below(seed, 4) == 0 ? 1 + below(seed, 3) : 1;
            int deep = below(seed, 4) == 0 ? 1 + below(seed, 3) : 1;
            if (gridgov_bulletin_add_cell(b, deep, wide, NULL) != GRIDGOV_OK) {
                break; // no room for the span: the row ends here
            }
            for (int runs = below(seed, 3); runs > 0; runs--) {
                if (below(seed, 2)) {
                    say_figure(b, seed);
                } else {
                    say(b, seed);
                }
            }
        }
    }
}

static gridgov_bulletin *make(uint64_t *seed) {
    gridgov_bulletin *b = NULL;
    assert_int_equal(gridgov_bulletin_new(&b, NULL), GRIDGOV_OK);
    if (below(seed, 2)) {
        assert_int_equal(gridgov_bulletin_add_pin(b, "language", "en", NULL), GRIDGOV_OK);
    }
    for (int blocks = below(seed, 9); blocks > 0; blocks--) {
        int32_t kind = GRIDGOV_BLOCK_TITLE + below(seed, 8);
        int32_t level = kind == GRIDGOV_BLOCK_HEADING ? 1 + below(seed, 3) : 0;
        assert_int_equal(gridgov_bulletin_add_block(b, kind, level, "code", NULL), GRIDGOV_OK);
        if (kind == GRIDGOV_BLOCK_TABLE) {
            fill_table(b, seed);
            continue;
        }
        for (int runs = 1 + below(seed, 3); runs > 0; runs--) {
            if (below(seed, 3) == 0) {
                say_figure(b, seed);
            } else {
                say(b, seed);
            }
        }
    }
    return b;
}

/* A text without blanks. */
typedef struct squeezed {
    char text[TEXT_ROOM];
    size_t size;
} squeezed;

static void squeeze(squeezed *s, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        int ideographic = size - i >= 3 && memcmp(text + i, "\xE3\x80\x80", 3) == 0;
        if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || ideographic) {
            i += ideographic ? 2 : 0;
            continue;
        }
        assert_true(s->size + 1 < sizeof s->text);
        s->text[s->size++] = text[i];
    }
    s->text[s->size] = '\0';
}

static void squeeze_runs(squeezed *s, const gridgov_bulletin *b, int64_t first, int64_t count) {
    s->size = 0;
    s->text[0] = '\0';
    for (int64_t i = first; i < first + count; i++) {
        gridgov_run run = {.struct_size = sizeof run};
        assert_int_equal(gridgov_bulletin_run_at(&run, b, i), GRIDGOV_OK);
        squeeze(s, run.text, run.size);
    }
}

/* The document line by line. */
typedef struct reader {
    gridgov_document *document;
    const char *at;
    int64_t line;
    int32_t format;
} reader;

/* The next line that is not blank; 0 at the end. *row: of a table, 0 in prose. */
static int next_line(reader *r, const char **text, size_t *size, gridgov_document_place *place) {
    while (*r->at != '\0') {
        const char *end = strchr(r->at, '\n');
        squeezed s = {.size = 0};
        *text = r->at;
        *size = (size_t)(end - r->at);
        r->at = end + 1;
        r->line++;
        *place = (gridgov_document_place){.struct_size = sizeof *place};
        assert_int_equal(gridgov_document_place_at(place, r->document, r->line), GRIDGOV_OK);
        squeeze(&s, *text, *size);
        if (s.size > 0) {
            return 1;
        }
    }
    return 0;
}

static void check_line(reader *r, const char *wanted) {
    const char *text = "";
    size_t size = 0;
    gridgov_document_place place;
    squeezed s = {.size = 0};
    assert_true(next_line(r, &text, &size, &place));
    squeeze(&s, text, size);
    assert_string_equal(s.text, wanted);
}

/* The lines of a block, each a line of the document. */
static void check_prose(reader *r, const gridgov_bulletin *b, const gridgov_block *block) {
    char text[TEXT_ROOM];
    size_t size = 0;
    for (int64_t i = block->first_run; i < block->first_run + block->run_count; i++) {
        gridgov_run run = {.struct_size = sizeof run};
        assert_int_equal(gridgov_bulletin_run_at(&run, b, i), GRIDGOV_OK);
        assert_true(size + run.size + 1 < sizeof text);
        memcpy(text + size, run.text, run.size);
        size += run.size;
    }
    text[size] = '\0';
    for (char *line = text, *end; line != NULL; line = end) {
        squeezed s = {.size = 0};
        end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        squeeze(&s, line, strlen(line));
        if (s.size > 0) {
            check_line(r, s.text);
        }
    }
}

/* What a row of the document should have in one column: the text of the cell that begins there. */
static void wanted_cell(squeezed *s, const gridgov_bulletin *b, const gridgov_block *block,
                        int64_t row, int64_t column) {
    s->size = 0;
    s->text[0] = '\0';
    for (int64_t i = block->first_cell; i < block->first_cell + block->cell_count; i++) {
        gridgov_table_cell cell = {.struct_size = sizeof cell};
        assert_int_equal(gridgov_bulletin_cell_at(&cell, b, i), GRIDGOV_OK);
        if (cell.row == row && cell.column == column) {
            squeeze_runs(s, b, cell.first_run, cell.run_count);
        }
    }
}

static void check_row(reader *r, const gridgov_bulletin *b, const gridgov_block *block,
                      int64_t row) {
    int empty = 1;
    squeezed wanted, found;
    const char *text = "";
    size_t size = 0;
    gridgov_document_place place;
    for (int64_t c = 0; c < block->column_count; c++) {
        wanted_cell(&wanted, b, block, row, c);
        empty &= wanted.size == 0;
    }
    if (empty) {
        return; // such a line is passed over
    }
    assert_true(next_line(r, &text, &size, &place));
    for (int64_t c = 0; c < block->column_count; c++) {
        const char *tab = memchr(text, '\t', size);
        size_t length = tab == NULL ? size : (size_t)(tab - text);
        wanted_cell(&wanted, b, block, row, c);
        found = (squeezed){.size = 0};
        squeeze(&found, text, length);
        if (strcmp(found.text, wanted.text) != 0) {
            fail_msg("row %lld, column %lld: \"%s\", not \"%s\"", (long long)row, (long long)c,
                     found.text, wanted.text);
        }
        text += length + (tab != NULL);
        size -= length + (tab != NULL);
    }
    assert_int_equal(size, 0); // and nothing more in the row
    if (r->format == GRIDGOV_FORMAT_DOCX) {
        assert_int_equal(place.row, row + 1);
    }
}

static void check_table(reader *r, const gridgov_bulletin *b, const gridgov_block *block) {
    check_prose(r, b, block); // the caption
    for (int64_t row = 0; row < block->row_count; row++) {
        check_row(r, b, block, row);
    }
}

/* The block at an index; kind 0 past the last. */
static gridgov_block block_of(const gridgov_bulletin *b, int64_t index) {
    gridgov_block block = {.struct_size = sizeof block, .code = ""};
    (void)gridgov_bulletin_block_at(&block, b, index);
    return block;
}

static void check_docx(reader *r, const gridgov_bulletin *b) {
    for (int64_t i = 0; i < gridgov_bulletin_block_count(b); i++) {
        gridgov_block block = block_of(b, i);
        if (block.kind == GRIDGOV_BLOCK_TABLE) {
            check_table(r, b, &block);
        } else {
            check_prose(r, b, &block);
        }
    }
}

/* Notes that follow a table stand on its sheet; all other prose on the first one. */
static void check_xlsx(reader *r, const gridgov_bulletin *b) {
    int below_table = 0;
    for (int64_t i = 0; i < gridgov_bulletin_block_count(b); i++) {
        gridgov_block block = block_of(b, i);
        below_table = block.kind == GRIDGOV_BLOCK_TABLE
                          ? block.column_count > 0
                          : below_table && block.kind == GRIDGOV_BLOCK_NOTE;
        if (block.kind != GRIDGOV_BLOCK_TABLE ? !below_table : block.column_count == 0) {
            check_prose(r, b, &block);
        }
    }
    for (int64_t i = 0; i < gridgov_bulletin_block_count(b); i++) {
        gridgov_block block = block_of(b, i);
        if (block.kind != GRIDGOV_BLOCK_TABLE || block.column_count == 0) {
            continue;
        }
        check_table(r, b, &block);
        for (int64_t k = i + 1; block_of(b, k).kind == GRIDGOV_BLOCK_NOTE; k++) {
            block = block_of(b, k);
            check_prose(r, b, &block);
        }
    }
}

static int has_text(const gridgov_bulletin *b) {
    gridgov_run run = {.struct_size = sizeof run};
    squeezed s = {.size = 0};
    for (int64_t i = 0; s.size == 0 && gridgov_bulletin_run_at(&run, b, i) == GRIDGOV_OK; i++) {
        squeeze(&s, run.text, run.size);
    }
    return s.size > 0;
}

static void check(const gridgov_bulletin *b, int32_t format) {
    gridgov_bytes *bytes = NULL, *again = NULL;
    size_t size = 0, size_again = 0;
    const void *data, *data_again;
    const char *text;
    size_t text_size;
    gridgov_document_place place;
    gridgov_error err = {0};
    reader r = {.format = format};
    if (gridgov_render_office_bytes(&bytes, b, format, &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    data = gridgov_bytes_data(bytes, &size);
    assert_int_equal(gridgov_render_office_bytes(&again, b, format, NULL), GRIDGOV_OK);
    data_again = gridgov_bytes_data(again, &size_again);
    assert_int_equal(size, size_again);
    assert_memory_equal(data, data_again, size);
    if (!has_text(b)) { // a document without a word is refused
        assert_true(gridgov_document_open_bytes(&r.document, data, size, NULL, &err) < 0);
        gridgov_bytes_free(again);
        gridgov_bytes_free(bytes);
        return;
    }
    if (gridgov_document_open_bytes(&r.document, data, size, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s", err.message);
    }
    r.at = gridgov_document_text(r.document, NULL);
    if (format == GRIDGOV_FORMAT_DOCX) {
        check_docx(&r, b);
    } else {
        check_xlsx(&r, b);
    }
    assert_false(next_line(&r, &text, &text_size, &place));
    gridgov_document_free(r.document);
    gridgov_bytes_free(again);
    gridgov_bytes_free(bytes);
}

static void test_read_back(void **state) {
    (void)state;
    for (uint64_t n = 0; n < BULLETINS; n++) {
        uint64_t seed = n;
        gridgov_bulletin *b = make(&seed);
        print_message("%s", n % 100 == 0 ? "." : "");
        check(b, GRIDGOV_FORMAT_DOCX);
        check(b, GRIDGOV_FORMAT_XLSX);
        gridgov_bulletin_free(b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_read_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
