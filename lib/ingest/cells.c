/* SPDX-License-Identifier: Apache-2.0 */
/* Reading cells. A cell goes this way: text of the column or the constant, blanks cut off, replaced
 * as the mapping says, blanks inside made plain, then read as what the field is.
 *
 * Blanks inside: offices wrap long names with line breaks and pad them with no-break or ideographic
 * spaces. Any run of blanks becomes one space; a line break beside a character beyond ASCII becomes
 * nothing, because Chinese is wrapped between any two characters.
 *
 * Invariant: text handed out is NUL-terminated and holds no control character but what a source
 * without line breaks could hold. A cell is so already unless blanks were cut off its end or stand
 * odd inside; only then it is copied, into a buffer that each field has of its own. */
#include "cells.h"

#include "base/error.h"
#include "base/num.h"
#include "mapping.h"

#include <gridgov/civil.h>

#include <string.h>

#define LAST_SECOND 86399 /* of a day */
#define SERIAL_SCALE 9    /* a serial date counts in 10^-9 days, 86 microseconds each */
#define SERIAL_UNITS INT64_C(1000000000)
#define SERIAL_EPOCH 25569 /* serial of 1970-01-01 */
#define UNIX_SCALE 9       /* a count of seconds has so many decimals */
#define UNIX_UNITS INT64_C(1000000000)
#define SERIAL_FIRST 32874 /* 1990-01-01 */
#define SERIAL_END 73051   /* 2100-01-01 */
#define MARK_SIZE 16       /* bytes of the key of a mark for "none", rounded up */

int gg_cells_has(const gg_cells *cells, int field) {
    return cells->columns.has[field];
}

gridgov_status gg_cells_fail(gg_cells *cells, int32_t rule, int field, gg_str value,
                             const char *more) {
    size_t count = 0;
    const gg_field *fields = gg_fields_of(cells->table, &count);
    int64_t column = cells->columns.column[field];
    gridgov_status status =
        gg_fail(&cells->problem, rule, fields[field].view.code, value.data, value.size, more, NULL);
    gg_error_at(&cells->problem, gridgov_rows_source_name(cells->rows),
                gridgov_rows_number(cells->rows), column < INT32_MAX ? (int32_t)(column + 1) : 0);
    return status;
}

/* The cell as it stands, without blanks at its ends. */
static gg_str cell_of(const gg_cells *cells, int field) {
    size_t size = 0;
    const char *text = "";
    if (cells->columns.column[field] >= 0) {
        text = gridgov_rows_text(cells->rows, cells->columns.column[field], &size);
    } else if (cells->mapping != NULL && cells->mapping->columns[field].constant != NULL) {
        return gg_str_of(cells->mapping->columns[field].constant);
    }
    return gg_text_trim(gg_str_make(text, size));
}

/* Key of a text; data NULL when memory is short. */
static gg_str key_of(gg_cells *cells, gg_str text) {
    gg_str key = {NULL, 0};
    gg_buf_clear(&cells->key);
    gg_buf_add(&cells->key, text.data,
               text.size); // makes room: a key is never longer than its text
    gg_buf_byte(&cells->key, '\0');
    if (!gg_buf_failed(&cells->key)) {
        key = gg_str_make(cells->key.data, gg_text_key(cells->key.data, text.size, text));
    }
    return key;
}

/* Replace a cell as the mapping says. */
static gridgov_status replace(gg_cells *cells, int field, gg_str *text) {
    const gg_source_column *column =
        cells->mapping == NULL ? NULL : &cells->mapping->columns[field];
    gg_str key;
    int64_t target;
    if (column == NULL || !column->mapped ||
        (column->target_count == 0 && column->otherwise == NULL)) {
        return GRIDGOV_OK;
    }
    key = key_of(cells, *text);
    if (key.data == NULL) {
        return gg_fail_memory(&cells->problem);
    }
    target = gg_map_get(&column->values, key, -1);
    if (target >= 0) {
        *text = gg_str_of(column->targets[target]);
    } else if (column->otherwise != NULL && text->size > 0) {
        *text = gg_str_of(column->otherwise);
    }
    return GRIDGOV_OK;
}

int gg_cells_may_be_blank(unsigned char byte) {
    return byte <= ' ' || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

/* 1 if blanks inside a trimmed text are anything but single spaces. Only blanks of one byte and the
 * first bytes of longer ones matter, so a 1 may be a false alarm. */
static int has_odd_blanks(gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (gg_cells_may_be_blank(byte) &&
            (byte != 0xE3 || (unsigned char)text.data[i + 1] == 0x80) &&
            (byte != ' ' || text.data[i + 1] == ' ')) {
            return 1; // i + 1 is there: a trimmed text ends neither in a blank nor in a lead byte
        }
    }
    return 0;
}

int gg_cells_is_tidy(gg_str text) {
    return text.size > 0 && text.data[0] != ' ' && text.data[text.size - 1] != ' ' &&
           !has_odd_blanks(text);
}

/* Write text with plain blanks. */
static void add_tidy(gg_buf *out, gg_str text) {
    size_t at = 0;
    int blank = 0, broken = 0, wide = 0;
    while (at < text.size) {
        size_t from = at;
        uint32_t c = gg_utf8_next(text.data, text.size, &at);
        if (gg_is_blank(c)) {
            blank = 1;
            broken |= c == '\n' || c == '\r';
            continue;
        }
        if (blank && !(broken && (wide || c > 0x7F))) {
            gg_buf_byte(out, ' ');
        }
        gg_buf_add(out, text.data + from, at - from);
        blank = broken = 0;
        wide = c > 0x7F;
    }
}

static int is_digits(gg_str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return 0;
        }
    }
    return text.size > 0;
}

/* A code of a known width that a spreadsheet took for a number: its leading zeros come back, and
 * the repair is told. */
static gridgov_status repair_width(gg_cells *cells, int field, gg_str *text) {
    const gg_source_column *column =
        cells->mapping == NULL ? NULL : &cells->mapping->columns[field];
    gg_buf *copy = &cells->scratch[field];
    gridgov_error kept = cells->problem;
    if (column == NULL || column->width <= (int64_t)text->size || !is_digits(*text)) {
        return GRIDGOV_OK;
    }
    gg_buf_clear(copy);
    for (int64_t i = (int64_t)text->size; i < column->width; i++) {
        gg_buf_byte(copy, '0');
    }
    gg_buf_str(copy, *text);
    if (gg_buf_failed(copy)) {
        return gg_fail_memory(&cells->problem);
    }
    if (cells->repaired[field] != gridgov_rows_number(cells->rows)) { // a cell may be read twice
        cells->repaired[field] = gridgov_rows_number(cells->rows);
        (void)gg_cells_fail(cells, GG_RULE_CODE_REPAIRED, field, *text, gg_buf_data(copy));
        gridgov_issues_add(cells->issues, &cells->problem);
        cells->problem = kept;
    }
    *text = gg_str_make(gg_buf_data(copy), copy->size);
    return GRIDGOV_OK;
}

/* 1 for 3.30604E+14: what is left of a long code where it was taken for a number. */
static int is_rounded(gg_str text) {
    size_t at = 1, digits = 0;
    if (text.size < 5 || text.data[0] < '1' || text.data[0] > '9') {
        return 0;
    }
    if (text.data[at] == '.') {
        at++;
    }
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
        at++;
    }
    if (at + 2 >= text.size || (text.data[at] != 'E' && text.data[at] != 'e') ||
        text.data[at + 1] != '+') {
        return 0;
    }
    for (at += 2; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++) {
        digits++;
    }
    return at == text.size && digits <= 2;
}

/* 1 if a field holds codes. */
static int is_code(const gg_cells *cells, int field) {
    static const char *const codes[] = {"id",   "event", "code", "officer",
                                        "grid", "other", "key",  "parent"};
    size_t count = 0;
    const char *code = gg_fields_of(cells->table, &count)[field].view.code;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(codes[i], code) == 0) {
            return 1;
        }
    }
    return 0;
}

gridgov_status gg_cells_text(gg_cells *cells, int field, int required, gg_str *out) {
    gg_str text = cell_of(cells, field);
    GG_TRY(replace(cells, field, &text));
    if (is_rounded(text) && is_code(cells, field)) {
        return gg_cells_fail(cells, GG_RULE_CODE_ROUNDED, field, text, NULL);
    }
    if (text.size == 0) {
        *out = gg_str_of("");
        return required ? gg_cells_fail(cells, GG_RULE_CELL_EMPTY, field, text, NULL) : GRIDGOV_OK;
    }
    if (text.data[text.size] != '\0' || has_odd_blanks(text)) {
        gg_buf *copy = &cells->scratch[field];
        gg_buf_clear(copy);
        add_tidy(copy, text);
        if (gg_buf_failed(copy)) {
            return gg_fail_memory(&cells->problem);
        }
        text = gg_str_make(gg_buf_data(copy), copy->size);
    }
    GG_TRY(repair_width(cells, field, &text));
    *out = text;
    return GRIDGOV_OK;
}

/* 1 if a text says that there is nothing to say. */
static int is_mark(gg_str text) {
    static const char *const marks[] = {"/", "-", "--", "—", "——", "无", "null", "n/a"};
    char key[MARK_SIZE];
    size_t size = text.size > sizeof key ? text.size : gg_text_key(key, sizeof key, text);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && size <= sizeof key; i++) {
        if (gg_str_equal(gg_str_make(key, size), gg_str_of(marks[i]))) {
            return 1;
        }
    }
    return 0;
}

gridgov_status gg_cells_name(gg_cells *cells, int field, gg_str *out) {
    GG_TRY(gg_cells_text(cells, field, GG_OPTIONAL, out));
    if (is_mark(*out)) {
        *out = gg_str_of("");
    }
    return GRIDGOV_OK;
}

gridgov_status gg_cells_value(gg_cells *cells, int field, int required, gg_str *out) {
    GG_TRY(gg_cells_text(cells, field, required, out));
    if (!is_mark(*out)) {
        return GRIDGOV_OK;
    }
    if (required) {
        return gg_cells_fail(cells, GG_RULE_CELL_EMPTY, field, *out, NULL);
    }
    *out = gg_str_of("");
    return GRIDGOV_OK;
}

static int is_midnight(const gg_cells *cells, gridgov_time time) {
    return gridgov_day_start(gridgov_time_day(time, cells->utc_offset_minutes),
                             cells->utc_offset_minutes) == time;
}

/* A serial date, days since 1899-12-30 with a fraction, as a spreadsheet keeps it. Only days of
 * 1990 to 2099 are taken for one: five digits, which no other form of a date has. */
static int parse_serial(const gg_cells *cells, gg_str text, gridgov_time *out, int *date_only) {
    int64_t value, seconds;
    if (gg_decimal_parse_round(&value, text, SERIAL_SCALE) != 0 ||
        memchr(text.data, ',', text.size) != NULL || value < SERIAL_FIRST * SERIAL_UNITS ||
        value >= SERIAL_END * SERIAL_UNITS) {
        return -1;
    }
    (void)gg_mul_div(&seconds, value % SERIAL_UNITS, LAST_SECOND + 1, SERIAL_UNITS);
    *date_only = seconds == 0;
    *out = (value / SERIAL_UNITS - SERIAL_EPOCH) * (LAST_SECOND + 1) + seconds -
           (int64_t)cells->utc_offset_minutes * 60;
    return 0;
}

/* Seconds since 1970 in UTC, or milliseconds if the form says so; what is less than a second is
 * cut.
 */
static int parse_unix(gg_str text, const char *form, gridgov_time *out) {
    int64_t value; // 10^-9 seconds
    const int scale = strcmp(form, GG_FORM_UNIX_MS) == 0 ? UNIX_SCALE - 3 : UNIX_SCALE;
    if (gg_decimal_parse_round(&value, text, scale) != 0 || value < 0 ||
        memchr(text.data, ',', text.size) != NULL) {
        return -1;
    }
    *out = value / UNIX_UNITS;
    return 0;
}

/* A time in one of the mapping's forms, or in any that is understood; 0, or −1. */
static int parse_time(const gg_cells *cells, gg_str text, gridgov_time *out, int *date_only) {
    const gridgov_mapping *mapping = cells->mapping;
    *date_only = 0;
    if (mapping == NULL || mapping->form_count == 0) {
        gridgov_day day = GRIDGOV_NO_DAY;
        if (gridgov_time_parse(out, text.data, text.size, cells->utc_offset_minutes, NULL) !=
            GRIDGOV_OK) {
            return parse_serial(cells, text, out, date_only);
        }
        // Only midnight can be a date alone, and most times are not.
        *date_only = is_midnight(cells, *out) &&
                     gridgov_day_parse(&day, text.data, text.size, NULL) == GRIDGOV_OK;
        return 0;
    }
    for (size_t i = 0; i < mapping->form_count; i++) {
        const char *form = mapping->forms[i];
        if (gg_form_is_count(form)) {
            if ((strcmp(form, GG_FORM_SERIAL) == 0 ? parse_serial(cells, text, out, date_only)
                                                   : parse_unix(text, form, out)) == 0) {
                return 0;
            }
            continue;
        }
        if (gridgov_time_parse_form(out, form, text.data, text.size, cells->utc_offset_minutes,
                                    NULL) == GRIDGOV_OK) {
            *date_only = strstr(form, "%H") == NULL && strstr(form, "%I") == NULL;
            return 0;
        }
    }
    return -1;
}

int gg_cells_tidy_time(const gg_cells *cells, gg_str text, gridgov_time *out, int *date_only) {
    return gg_cells_is_tidy(text) ? parse_time(cells, text, out, date_only) : -1;
}

static gridgov_status fail_time(gg_cells *cells, int32_t rule, int field, gg_str text) {
    if (cells->mapping != NULL && cells->mapping->form_count > 0) {
        return gg_cells_fail(cells, GG_RULE_TIME_FORM, field, text, cells->mapping->forms_text);
    }
    return gg_cells_fail(cells, rule, field, text, NULL);
}

gridgov_status gg_cells_time(gg_cells *cells, int field, int required, gridgov_time *out,
                             int *date_only) {
    int without_time = 0;
    gg_str text;
    *out = GRIDGOV_NO_TIME;
    GG_TRY(gg_cells_value(cells, field, required, &text));
    if (text.size > 0 && parse_time(cells, text, out, &without_time) != 0) {
        *out = GRIDGOV_NO_TIME;
        return fail_time(cells, GG_RULE_TIME, field, text);
    }
    if (date_only != NULL) {
        *date_only = without_time;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_cells_limit(gg_cells *cells, int field, gridgov_time *out) {
    int date_only = 0;
    GG_TRY(gg_cells_time(cells, field, GG_OPTIONAL, out, &date_only));
    if (date_only) {
        *out += LAST_SECOND;
    }
    return GRIDGOV_OK;
}

gridgov_status gg_cells_day(gg_cells *cells, int field, int required, int any_time,
                            gridgov_day *out) {
    gridgov_time time = GRIDGOV_NO_TIME;
    int date_only = 0;
    gg_str text;
    *out = GRIDGOV_NO_DAY;
    GG_TRY(gg_cells_value(cells, field, required, &text));
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    if (parse_time(cells, text, &time, &date_only) != 0) {
        return fail_time(cells, GG_RULE_DAY, field, text);
    }
    *out = gridgov_time_day(time, cells->utc_offset_minutes);
    if (!any_time && !is_midnight(cells, time)) {
        *out = GRIDGOV_NO_DAY;
        return fail_time(cells, GG_RULE_DAY, field, text);
    }
    return GRIDGOV_OK;
}

gridgov_status gg_cells_day_after(gg_cells *cells, int field, int required, gridgov_day *out) {
    GG_TRY(gg_cells_day(cells, field, required, 0, out));
    if (*out != GRIDGOV_NO_DAY) {
        *out += 1; // no overflow: days end with the year 9999
    }
    return GRIDGOV_OK;
}

gridgov_status gg_cells_code(gg_cells *cells, int field, int required, int32_t *out) {
    size_t count = 0;
    int32_t kind = gg_fields_of(cells->table, &count)[field].kind, value = 0;
    gg_known_code *known = &cells->known[field];
    gg_str text;
    GG_TRY(gg_cells_text(cells, field, required, &text));
    if (text.size == 0) {
        return GRIDGOV_OK;
    }
    if (known->size == text.size && memcmp(known->text, text.data, text.size) == 0) {
        *out = known->value;
        return GRIDGOV_OK;
    }
    if (gridgov_code_value(&value, kind, text.data, text.size) != GRIDGOV_OK) {
        return !required && is_mark(text)
                   ? GRIDGOV_OK
                   : gg_cells_fail(cells, GG_RULE_CELL_CODE, field, text, NULL);
    }
    if (text.size <= sizeof known->text) {
        memcpy(known->text, text.data, text.size);
        known->size = text.size;
        known->value = value;
    }
    *out = value;
    return GRIDGOV_OK;
}

/* 1 if above is unit itself or stands somewhere above it. */
static int is_within(const gridgov_units *units, int64_t unit, int64_t above) {
    gridgov_unit view = {.struct_size = sizeof view};
    while (unit != GRIDGOV_NONE && unit != above &&
           gridgov_units_at(&view, units, unit) == GRIDGOV_OK) {
        unit = view.parent;
    }
    return unit == above;
}

static gridgov_status find_unit(gg_cells *cells, const gridgov_units *units, int field,
                                int32_t kind, gg_str text, int64_t *out) {
    gridgov_error problem = {0};
    gridgov_status status =
        gridgov_units_find(out, NULL, units, kind, text.data, text.size, &problem);
    if (status < 0) {
        size_t count = 0;
        const gg_field *fields = gg_fields_of(cells->table, &count);
        int64_t column = cells->columns.column[field];
        gg_text_copy(problem.field, sizeof problem.field, fields[field].view.code,
                     gg_str_of(fields[field].view.code).size);
        gg_error_at(&problem, gridgov_rows_source_name(cells->rows),
                    gridgov_rows_number(cells->rows),
                    column < INT32_MAX ? (int32_t)(column + 1) : 0);
        cells->problem = problem;
    }
    return status;
}

/* The grid called grid inside what is called unit: by the path of both, or by a text of its own
 * that leads there. */
static gridgov_status find_qualified(gg_cells *cells, const gridgov_units *units, int unit_field,
                                     int grid_field, gg_str unit, gg_str grid, int64_t *out) {
    int64_t above = GRIDGOV_NONE;
    gg_buf *path = &cells->key;
    gg_buf_clear(path);
    gg_buf_str(path, unit);
    gg_buf_byte(path, '/');
    gg_buf_str(path, grid);
    if (gg_buf_failed(path)) {
        return gg_fail_memory(&cells->problem);
    }
    if (gridgov_units_find(out, NULL, units, GRIDGOV_UNIT_GRID, path->data, path->size, NULL) ==
        GRIDGOV_OK) {
        return GRIDGOV_OK;
    }
    GG_TRY(find_unit(cells, units, unit_field, 0, unit, &above));
    if (gridgov_units_find(out, NULL, units, GRIDGOV_UNIT_GRID, grid.data, grid.size, NULL) ==
            GRIDGOV_OK &&
        is_within(units, *out, above)) {
        return GRIDGOV_OK;
    }
    *out = GRIDGOV_NONE;
    return gg_cells_fail(cells, GG_RULE_UNIT_UNKNOWN, grid_field,
                         gg_str_make(path->data, path->size), NULL);
}

gridgov_status gg_cells_grid(gg_cells *cells, const gridgov_units *units, int unit_field,
                             int grid_field, int any_kind, int64_t *out) {
    gg_str unit, grid;
    *out = GRIDGOV_NONE;
    GG_TRY(gg_cells_name(cells, unit_field, &unit));
    GG_TRY(gg_cells_name(cells, grid_field, &grid));
    if (grid.size == 0 && unit.size == 0) {
        return GRIDGOV_OK;
    }
    if (grid.size == 0) {
        return any_kind ? find_unit(cells, units, unit_field, 0, unit, out) : GRIDGOV_OK;
    }
    if (unit.size > 0) {
        return find_qualified(cells, units, unit_field, grid_field, unit, grid, out);
    }
    if (any_kind && gridgov_units_find(out, NULL, units, GRIDGOV_UNIT_GRID, grid.data, grid.size,
                                       NULL) == GRIDGOV_ENOTFOUND) {
        return find_unit(cells, units, grid_field, 0, grid, out);
    }
    return find_unit(cells, units, grid_field, GRIDGOV_UNIT_GRID, grid, out);
}

void gg_cells_release(gg_cells *cells) {
    for (size_t i = 0; i < GG_FIELDS_MAX; i++) {
        gg_buf_release(&cells->scratch[i]);
    }
    gg_buf_release(&cells->key);
}
