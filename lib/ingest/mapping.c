/* SPDX-License-Identifier: Apache-2.0 */
/* The document gridgov.mapping/1: which column of a table feeds which field, and how the table is
 * written. It is read once into an arena; the JSON tree does not outlive the call. Every problem is
 * reported with its JSON pointer, the first one fails the call.
 *
 * Invariant of a loaded mapping: every field that its table requires has a column or a constant, no
 * field has both; a text that replaces a cell of a field with a closed list of values is one of
 * that list; every form of times is well-formed. docs/mapping.md describes the document for those
 * who write one. */
#include "mapping.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

static const char *const known_keys[] = {"schema",
                                         "version",
                                         "name",
                                         "source",
                                         "table",
                                         "extends",
                                         "candidates",
                                         "delimiter",
                                         "encoding",
                                         "header_row",
                                         "utc_offset_minutes",
                                         "time_forms",
                                         "on_duplicate",
                                         "datum",
                                         "columns",
                                         "constants",
                                         "parameters",
                                         NULL};
static const char *const known_column_keys[] = {"column", "values",   "otherwise", "unit",
                                                "width",  "suffixes", NULL};
static const char *const encodings[] = {"utf-8", "gb18030", "gbk", NULL};

/* No list of codes has larger numbers. */
#define CODES_MAX 32
/* Decimals of what a word behind a number multiplies by. */
#define SUFFIX_SCALE 9
#define SUFFIX_UNITS INT64_C(1000000000)
/* Digits of the longest code. */
#define CODE_WIDTH_MAX 64

/* A document being read. */
typedef struct loader {
    gg_json_reader reader;
    gridgov_mapping *mapping;
    int candidates; /* 1: columns are names that a file may have */
    int no_memory;
} loader;

static const char *keep(loader *load, const char *text) {
    const char *copy = gg_arena_text(&load->mapping->arena, text, strlen(text));
    if (copy == NULL) {
        load->no_memory = 1;
        return "";
    }
    return copy;
}

/* Room for count texts; NULL, and noted, when memory is short. */
static const char **keep_room(loader *load, size_t count) {
    const char **room = NULL;
    if (count < SIZE_MAX / sizeof *room) {
        room = gg_arena_alloc(&load->mapping->arena, (count + 1) * sizeof *room);
    }
    if (room == NULL) {
        load->no_memory = 1;
    }
    return room;
}

/* Array of texts, none of them empty. */
static void read_texts(loader *load, const json_t *array, const char *pointer, const char ***out,
                       size_t *count_out) {
    char place[sizeof load->reader.pointer];
    const char **texts = keep_room(load, json_array_size(array));
    *count_out = 0;
    *out = texts;
    for (size_t i = 0; texts != NULL && i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (text == NULL || text[0] == '\0') {
            gg_json_pointer_at(place, pointer, i);
            gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, place, NULL, "the entry", "text");
            continue;
        }
        texts[(*count_out)++] = keep(load, text);
    }
    if (json_array_size(array) == 0) {
        gg_json_problem(&load->reader, GG_RULE_JSON_RULE, pointer, NULL, "[]",
                        "at least one is needed");
    }
}

/* Report a text that is no value of a closed list, with the list. */
static void report_code(loader *load, int32_t kind, const char *pointer, const char *key,
                        const char *text) {
    gg_buf codes = {0};
    for (int32_t value = 0; value <= CODES_MAX; value++) {
        const char *code = gridgov_code_text(kind, value);
        if (code != NULL) {
            gg_buf_text(&codes, codes.size == 0 ? "" : ", ");
            gg_buf_text(&codes, code);
        }
    }
    gg_json_problem(&load->reader, GG_RULE_JSON_CODE, pointer, key, text, gg_buf_data(&codes));
    gg_buf_release(&codes);
}

/* A constant of a closed list, by its text. */
static int32_t read_code(loader *load, const char *key, int32_t kind, int32_t fallback) {
    int32_t value = fallback;
    const char *text = gg_json_text(&load->reader, load->reader.root, "", key, 0, NULL);
    if (text != NULL && gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
        report_code(load, kind, "", key, text);
        value = fallback;
    }
    return value;
}

static void read_encoding(loader *load) {
    const char *text = gg_json_text(&load->reader, load->reader.root, "", "encoding", 0, NULL);
    if (text == NULL) {
        return; // as the file itself says
    }
    for (size_t i = 0; encodings[i] != NULL; i++) {
        if (gg_str_equal_nocase(gg_str_of(text), gg_str_of(encodings[i]))) {
            load->mapping->encoding = encodings[i];
            return;
        }
    }
    gg_json_problem(&load->reader, GG_RULE_JSON_CODE, "", "encoding", text, "utf-8, gb18030, gbk");
}

static void read_delimiter(loader *load) {
    const char *text = gg_json_text(&load->reader, load->reader.root, "", "delimiter", 0, NULL);
    if (text == NULL) {
        return;
    }
    if (strlen(text) != 1 || (unsigned char)text[0] > 127 || strchr("\"\r\n", text[0]) != NULL) {
        gg_json_problem(&load->reader, GG_RULE_JSON_RULE, "", "delimiter", text,
                        "one ASCII character other than a quote or a line end");
        return;
    }
    load->mapping->delimiter = text[0];
}

int gg_form_is_count(const char *form) {
    return strcmp(form, GG_FORM_SERIAL) == 0 || strcmp(form, GG_FORM_UNIX) == 0 ||
           strcmp(form, GG_FORM_UNIX_MS) == 0;
}

/* A form is well-formed if matching an empty text fails for no other reason than the text. */
static void read_forms(loader *load) {
    gridgov_mapping *mapping = load->mapping;
    gg_buf joined = {0};
    char place[sizeof load->reader.pointer];
    const json_t *array = gg_json_array(&load->reader, load->reader.root, "", "time_forms", 0);
    if (array == NULL) {
        return;
    }
    read_texts(load, array, "/time_forms", &mapping->forms, &mapping->form_count);
    for (size_t i = 0; i < mapping->form_count; i++) {
        gridgov_time ignored;
        if (!gg_form_is_count(mapping->forms[i]) &&
            gridgov_time_parse_form(&ignored, mapping->forms[i], "", 0, 0, NULL) == GRIDGOV_EARG) {
            gg_json_pointer_at(place, "/time_forms", i);
            gg_json_problem(&load->reader, GG_RULE_JSON_RULE, place, NULL, mapping->forms[i],
                            "not a form of times");
        }
        gg_buf_text(&joined, i == 0 ? "" : " | ");
        gg_buf_text(&joined, mapping->forms[i]);
    }
    load->no_memory |= gg_buf_failed(&joined);
    mapping->forms_text = keep(load, gg_buf_data(&joined));
    gg_buf_release(&joined);
}

/* What a cell is replaced by, checked against the field's list; "unknown" is an empty cell. */
static const char *read_target(loader *load, int32_t kind, const char *pointer, const char *key,
                               const char *text) {
    int32_t value = 0;
    if (strcmp(text, "unknown") == 0) {
        return "";
    }
    if (kind != 0 && text[0] != '\0' &&
        gridgov_code_value(&value, kind, text, strlen(text)) != GRIDGOV_OK) {
        report_code(load, kind, pointer, key, text);
    }
    return keep(load, text);
}

static void read_value(loader *load, gg_source_column *column, int32_t kind, const char *pointer,
                       const char *from, const char *to) {
    gg_buf key = {0};
    size_t size = strlen(from);
    gg_str known;
    char *room;
    gg_buf_add(&key, from, size); // a key is never longer than its text
    if (gg_buf_failed(&key)) {
        load->no_memory = 1;
        return;
    }
    room = key.data;
    known = gg_str_make(room, room == NULL ? 0 : gg_text_key(room, size, gg_str_make(from, size)));
    if (gg_map_get(&column->values, known, -1) >= 0) {
        gg_json_problem(&load->reader, GG_RULE_JSON_DUPLICATE, pointer, from, from, NULL);
    } else if (gg_map_set(&column->values, known, (int64_t)column->target_count) != 0) {
        load->no_memory = 1;
    } else {
        column->targets[column->target_count++] = read_target(load, kind, pointer, from, to);
    }
    gg_buf_release(&key);
}

static void read_values(loader *load, gg_source_column *column, int32_t kind, const json_t *object,
                        const char *pointer) {
    char place[sizeof load->reader.pointer];
    json_t *values = gg_json_object(&load->reader, object, pointer, "values", 0);
    const char *from,
        *otherwise = gg_json_text(&load->reader, object, pointer, "otherwise", 0, NULL);
    json_t *to;
    if (otherwise != NULL) {
        column->otherwise = read_target(load, kind, pointer, "otherwise", otherwise);
    }
    gg_json_pointer_key(place, pointer, "values");
    column->targets = keep_room(load, json_object_size(values));
    if (column->targets == NULL) {
        return;
    }
    json_object_foreach(values, from, to) {
        if (json_is_string(to)) {
            read_value(load, column, kind, place, from, json_string_value(to));
        } else {
            gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, place, from, from, "text");
        }
    }
}

/* The column's name, one of several names, or its number. */
static void read_place(loader *load, gg_source_column *column, const json_t *value,
                       const char *pointer) {
    if (json_is_array(value)) {
        read_texts(load, value, pointer, &column->names, &column->name_count);
    } else if (json_is_string(value) && json_string_length(value) > 0) {
        column->names = keep_room(load, 1);
        if (column->names != NULL) {
            column->names[0] = keep(load, json_string_value(value));
            column->name_count = 1;
        }
    } else if (json_is_integer(value) && json_integer_value(value) >= 1 &&
               json_integer_value(value) <= INT32_MAX) {
        column->number = json_integer_value(value);
    } else {
        gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, pointer, NULL, "the column",
                        "a header, a list of headers, or a number from 1");
    }
}

/* The unit in which the numbers of a column stand. */
static void read_unit(loader *load, gg_source_column *column, int field, const json_t *object,
                      const char *pointer) {
    const char *unit = gg_json_text(&load->reader, object, pointer, "unit", 0, NULL);
    size_t count = 0;
    const char *code = gg_fields_of(load->mapping->table, &count)[field].view.code;
    const gg_measure *known;
    gg_buf units = {0};
    if (unit == NULL) {
        return;
    }
    column->measure = gg_measure_find(code, gg_str_of(unit));
    for (int i = 0; column->measure == NULL && (known = gg_measure_at(code, i)) != NULL; i++) {
        gg_buf_text(&units, i == 0 ? "" : ", ");
        gg_buf_text(&units, known->unit);
    }
    if (column->measure == NULL) {
        gg_json_problem(&load->reader, GG_RULE_JSON_CODE, pointer, "unit", unit,
                        units.size > 0 ? gg_buf_data(&units) : "none: the field has no unit");
    }
    gg_buf_release(&units);
}

/* A factor such as "10000" or "0.01", reduced; -1 if it is none above 0. */
static int read_factor(gg_suffix *suffix, const json_t *value) {
    int64_t a = SUFFIX_UNITS, b;
    if (json_is_integer(value)) {
        suffix->factor = json_integer_value(value);
        suffix->divisor = 1;
        return suffix->factor > 0 && suffix->factor <= SUFFIX_UNITS ? 0 : -1;
    }
    if (!json_is_string(value) ||
        gg_decimal_parse(&suffix->factor, gg_str_of(json_string_value(value)), SUFFIX_SCALE) != 0 ||
        suffix->factor <= 0 || suffix->factor > SUFFIX_UNITS * SUFFIX_UNITS) {
        return -1;
    }
    for (b = suffix->factor; b != 0;) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    suffix->factor /= a;
    suffix->divisor = SUFFIX_UNITS / a;
    return 0;
}

/* Words behind numbers and what they multiply by. */
static void read_suffixes(loader *load, gg_source_column *column, const json_t *object,
                          const char *pointer) {
    char place[sizeof load->reader.pointer];
    json_t *suffixes = gg_json_object(&load->reader, object, pointer, "suffixes", 0);
    const size_t count = json_object_size(suffixes);
    const char *word;
    json_t *value;
    gg_json_pointer_key(place, pointer, "suffixes");
    if (count == 0) {
        return;
    }
    column->suffixes = gg_arena_alloc(&load->mapping->arena, count * sizeof *column->suffixes);
    if (column->suffixes == NULL) {
        load->no_memory = 1;
        return;
    }
    json_object_foreach(suffixes, word, value) {
        gg_suffix *suffix = &column->suffixes[column->suffix_count];
        gg_buf key = {0};
        gg_buf_key(&key, gg_str_of(word));
        load->no_memory |= gg_buf_failed(&key);
        if (key.size == 0 || read_factor(suffix, value) != 0) {
            gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, place, word, word,
                            "a word, and a number above 0 as text, \"10000\" or \"0.01\"");
        } else {
            suffix->key = keep(load, gg_buf_data(&key));
            column->suffix_count++;
        }
        gg_buf_release(&key);
    }
}

static void read_column(loader *load, int field, int32_t kind, const json_t *value,
                        const char *pointer) {
    gg_source_column *column = &load->mapping->columns[field];
    char place[sizeof load->reader.pointer];
    const json_t *named;
    column->mapped = 1;
    if (!json_is_object(value)) {
        read_place(load, column, value, pointer);
        return;
    }
    gg_json_known(&load->reader, value, pointer, known_column_keys);
    named = json_object_get(value, "column");
    if (named == NULL && load->mapping->extends) {
        column->mapped = 1; // what is said goes for the column that the built-in names find
    } else if (named == NULL) {
        gg_json_problem(&load->reader, GG_RULE_JSON_MISSING, pointer, "column", "column", NULL);
    } else {
        gg_json_pointer_key(place, pointer, "column");
        read_place(load, column, named, place);
    }
    read_values(load, column, kind, value, pointer);
    read_unit(load, column, field, value, pointer);
    read_suffixes(load, column, value, pointer);
    column->width = gg_json_int(&load->reader, value, pointer, "width", 0, 0, 1, CODE_WIDTH_MAX);
}

/* Names that a field may go by, in a document of candidates. */
static void read_candidates(loader *load, int field, const json_t *value, const char *pointer) {
    gg_source_column *column = &load->mapping->columns[field];
    if (json_is_array(value) && json_array_size(value) == 0) {
        return; // its code and titles are all
    }
    if (json_is_array(value)) {
        read_texts(load, value, pointer, &column->candidates, &column->candidate_count);
    } else {
        gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, pointer, NULL, "the entry",
                        "a list of headers");
    }
}

/* A key that gg_json_known() would let pass. */
static int is_note(const char *key) {
    return key[0] == '$' || strncmp(key, "note", 4) == 0;
}

static void read_columns(loader *load) {
    json_t *columns = gg_json_object(&load->reader, load->reader.root, "", "columns", 0);
    size_t count = 0;
    const gg_field *fields = gg_fields_of(load->mapping->table, &count);
    const char *code;
    json_t *value;
    load->mapping->by_header = json_object_get(load->reader.root, "columns") == NULL;
    for (size_t i = 0; i < count; i++) {
        load->mapping->columns[i].offered = load->mapping->extends;
    }
    json_object_foreach(columns, code, value) {
        char pointer[sizeof load->reader.pointer];
        int field = gg_field_find(load->mapping->table, code);
        gg_json_pointer_key(pointer, "/columns", code);
        if (field >= 0 && load->candidates) {
            read_candidates(load, field, value, pointer);
        } else if (field >= 0) {
            read_column(load, field, fields[field].kind, value, pointer);
        } else if (!is_note(code)) {
            gg_json_problem(&load->reader, GG_RULE_JSON_KEY, pointer, NULL, code, NULL);
        }
    }
}

static void read_constants(loader *load) {
    json_t *constants = gg_json_object(&load->reader, load->reader.root, "", "constants", 0);
    size_t count = 0;
    const gg_field *fields = gg_fields_of(load->mapping->table, &count);
    const char *code;
    json_t *value;
    json_object_foreach(constants, code, value) {
        int field = gg_field_find(load->mapping->table, code);
        if (field < 0) {
            if (!is_note(code)) {
                gg_json_problem(&load->reader, GG_RULE_JSON_KEY, "/constants", code, code, NULL);
            }
        } else if (!json_is_string(value)) {
            gg_json_problem(&load->reader, GG_RULE_JSON_TYPE, "/constants", code, code, "text");
        } else if (load->mapping->columns[field].mapped) {
            gg_json_problem(&load->reader, GG_RULE_JSON_DUPLICATE, "/constants", code, code, NULL);
        } else {
            load->mapping->columns[field].constant =
                read_target(load, fields[field].kind, "/constants", code, json_string_value(value));
        }
    }
}

static void check_needed(loader *load) {
    const gg_source_column *columns = load->mapping->columns;
    unsigned char has[GG_FIELDS_MAX] = {0};
    size_t count = 0;
    const gg_field *fields = gg_fields_of(load->mapping->table, &count);
    if (load->mapping->extends || !json_is_object(json_object_get(load->reader.root, "columns"))) {
        return; // by header, or reported already
    }
    for (size_t i = 0; i < count; i++) {
        has[i] = columns[i].mapped || columns[i].constant != NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (gg_field_needed(load->mapping->table, (int)i, has)) {
            gg_json_problem(&load->reader, GG_RULE_JSON_MISSING, "/columns", fields[i].view.code,
                            fields[i].view.code, NULL);
        }
    }
}

static void finish(loader *load) {
    gg_buf text = {0};
    gg_digest digest;
    gg_str canonical;
    const json_t *parameters =
        gg_json_object(&load->reader, load->reader.root, "", "parameters", 0);
    load->mapping->parameters = "";
    if (parameters != NULL) {
        gg_json_put_canonical(&text, parameters);
        load->no_memory |= gg_buf_failed(&text);
        load->mapping->parameters = keep(load, gg_buf_data(&text));
        load->mapping->parameters_size = strlen(load->mapping->parameters);
    }
    gg_buf_clear(&text);
    gg_json_put_canonical(&text, load->reader.root);
    load->no_memory |= gg_buf_failed(&text);
    canonical = gg_str_of(gg_buf_data(&text));
    gg_digest_init(&digest);
    gg_digest_text(&digest, canonical);
    gg_digest_finish(&digest, load->mapping->digest);
    gg_buf_release(&text);
}

static void read_document(loader *load) {
    gg_json_reader *reader = &load->reader;
    gridgov_mapping *mapping = load->mapping;
    gg_json_known(reader, reader->root, "", known_keys);
    (void)gg_json_int(reader, reader->root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, reader->root, "", "name", 0, "");
    (void)gg_json_text(reader, reader->root, "", "source", 0, "");
    load->candidates = gg_json_bool(reader, reader->root, "", "candidates", 0);
    mapping->extends |= load->candidates;
    mapping->table = read_code(load, "table", GRIDGOV_KIND_TABLE, GRIDGOV_TABLE_EVENTS);
    mapping->on_duplicate = read_code(load, "on_duplicate", GRIDGOV_KIND_ON_DUPLICATE, 0);
    mapping->datum = read_code(load, "datum", GRIDGOV_KIND_DATUM, GRIDGOV_DATUM_WGS84);
    // Of position fixes the tracks say it, whose rules are the same for all files.
    if (json_object_get(reader->root, "datum") != NULL && mapping->table != GRIDGOV_TABLE_EVENTS &&
        mapping->table != GRIDGOV_TABLE_OPENING) {
        gg_json_problem(reader, GG_RULE_JSON_RULE, "", "datum", "datum",
                        "only for tables of events");
    }
    mapping->header_row = gg_json_int(reader, reader->root, "", "header_row", 0, 0, 1, 1000000);
    mapping->utc_offset_minutes =
        (int32_t)gg_json_int(reader, reader->root, "", "utc_offset_minutes", 0, 480, -1440, 1440);
    read_encoding(load);
    read_delimiter(load);
    read_forms(load);
    read_columns(load);
    read_constants(load);
    check_needed(load);
    finish(load);
}

gridgov_status gridgov_mapping_load(gridgov_mapping **out, const char *json, size_t size,
                                    gridgov_issues *issues, gridgov_error *err) {
    loader load = {.no_memory = 0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&load.reader, "mapping", json, size, "gridgov.mapping/1", issues, err));
    load.mapping = gg_calloc(1, sizeof *load.mapping);
    if (load.mapping == NULL) {
        gg_json_close(&load.reader);
        return gg_fail_memory(err);
    }
    gg_share_init(&load.mapping->share);
    status = gg_mapping_extend(&load.reader, &load.mapping->extends, err);
    if (status == GRIDGOV_OK) {
        read_document(&load);
        status = load.no_memory ? gg_fail_memory(err) : gg_json_status(&load.reader, err);
    }
    gg_json_close(&load.reader);
    if (status < 0) {
        gridgov_mapping_free(load.mapping);
        return status;
    }
    *out = load.mapping;
    return GRIDGOV_OK;
}

gridgov_status gridgov_mapping_csv_options(gridgov_csv_options *options,
                                           const gridgov_mapping *mapping) {
    gridgov_csv_options full;
    gridgov_csv_options_init(&full, sizeof full);
    if (mapping != NULL) {
        full.delimiter = mapping->delimiter;
        full.encoding = mapping->encoding;
    }
    return gg_view_copy(options, &full, sizeof full) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int32_t gridgov_mapping_table(const gridgov_mapping *mapping) {
    return mapping == NULL ? 0 : mapping->table;
}

int32_t gridgov_mapping_utc_offset(const gridgov_mapping *mapping) {
    return mapping == NULL ? GG_UTC_OFFSET : mapping->utc_offset_minutes;
}

const char *gridgov_mapping_parameters(const gridgov_mapping *mapping, size_t *size_out) {
    if (size_out != NULL) {
        *size_out = mapping == NULL ? 0 : mapping->parameters_size;
    }
    return mapping == NULL ? "" : mapping->parameters;
}

const char *gridgov_mapping_digest(const gridgov_mapping *mapping) {
    return mapping == NULL ? "" : mapping->digest;
}

gridgov_mapping *gridgov_mapping_hold(const gridgov_mapping *mapping) {
    /* The count of holders is the one part of an immutable object that changes. */
    gridgov_mapping *held = (gridgov_mapping *)mapping;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_mapping_free(gridgov_mapping *mapping) {
    if (mapping == NULL || !gg_share_drop(&mapping->share)) {
        return;
    }
    for (size_t i = 0; i < GG_FIELDS_MAX; i++) {
        gg_map_release(&mapping->columns[i].values);
    }
    gg_arena_release(&mapping->arena);
    gg_free(mapping);
}
