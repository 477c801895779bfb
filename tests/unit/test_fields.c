/* SPDX-License-Identifier: Apache-2.0 */
/* The table of fields: complete, without two meanings for one name, and as documented. */
#include "base/text.h"
#include "ingest/fields.h"
#include "ingest/mapping.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_every_table(void **state) {
    /* Counted in docs/month-folder.md. */
    static const int64_t counts[] = {0, 8, 6, 4, 4, 25, 14, 4, 3, 4, 4, 6, 6, 6, 5, 25, 14};
    (void)state;
    for (int32_t table = 0; table <= GRIDGOV_TABLE_CALENDAR + 1; table++) {
        int64_t count = gridgov_field_count(table);
        gridgov_field field = {.struct_size = sizeof field};
        int required = 0;
        assert_int_equal(count, table <= GRIDGOV_TABLE_OPENING_STEPS ? counts[table]
                                : table == GRIDGOV_TABLE_FIXES       ? 7
                                : table == GRIDGOV_TABLE_CALENDAR    ? 6
                                : table == GRIDGOV_TABLE_APPEALS     ? 12
                                                                     : 0);
        for (int64_t i = 0; i < count; i++) {
            assert_int_equal(gridgov_field_at(&field, table, i), GRIDGOV_OK);
            assert_non_null(field.code);
            assert_true(strlen(field.code) > 0 && strlen(field.title_zh) > 0);
            assert_true(strlen(field.title_en) > 0);
            assert_non_null(field.aliases);
            assert_int_equal(gg_field_find(table, field.code), i);
            required += field.required;
        }
        assert_true(count == 0 || required > 0);
        assert_int_equal(gridgov_field_at(&field, table, count),
                         count == 0 ? GRIDGOV_EARG : GRIDGOV_END);
        assert_int_equal(gridgov_field_at(&field, table, -1),
                         count == 0 ? GRIDGOV_EARG : GRIDGOV_END);
    }
}

typedef struct name_list {
    char keys[512][64];
    int count;
} name_list;

static void add_name(name_list *names, const char *name, size_t size) {
    char *key = names->keys[names->count];
    size_t length = gg_text_key(key, sizeof names->keys[0] - 1, gg_str_make(name, size));
    assert_true(length > 0 && length < sizeof names->keys[0]);
    key[length] = '\0';
    for (int i = 0; i < names->count; i++) {
        assert_string_not_equal(names->keys[i], key);
    }
    names->count++;
    assert_true(names->count < 512);
}

static void test_one_meaning_a_name(void **state) {
    (void)state;
    for (int32_t table = GRIDGOV_TABLE_UNITS; table <= GRIDGOV_TABLE_CALENDAR; table++) {
        static name_list names;
        gridgov_field field = {.struct_size = sizeof field};
        names.count = 0;
        for (int64_t i = 0; gridgov_field_at(&field, table, i) == GRIDGOV_OK; i++) {
            const char *alias = field.aliases;
            add_name(&names, field.code, strlen(field.code));
            add_name(&names, field.title_zh, strlen(field.title_zh));
            if (strcmp(field.code, "id") != 0 && strcmp(field.title_en, field.code) != 0) {
                char key[64];
                size_t length = gg_text_key(key, sizeof key, gg_str_of(field.title_en));
                if (length != strlen(field.code) || memcmp(key, field.code, length) != 0) {
                    add_name(&names, field.title_en, strlen(field.title_en));
                }
            }
            while (*alias != '\0') {
                size_t length = strcspn(alias, "|");
                add_name(&names, alias, length);
                alias += length + (alias[length] == '|');
            }
        }
    }
}

/* What names.cmake found in the built-in mappings is what they say, and every table has one. */
static void test_aliases_stand_in_the_packs(void **state) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    unsigned char seen[GRIDGOV_TABLE_CALENDAR + 1] = {0};
    (void)state;
    for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
        gridgov_mapping *mapping = NULL;
        gridgov_field field = {.struct_size = sizeof field};
        if (pack.kind != GRIDGOV_PACK_MAPPING) {
            continue;
        }
        assert_int_equal(gridgov_mapping_open(&mapping, pack.name, strlen(pack.name), NULL),
                         GRIDGOV_OK);
        assert_true(mapping->extends);
        seen[mapping->table] = 1;
        for (int64_t f = 0; gridgov_field_at(&field, mapping->table, f) == GRIDGOV_OK; f++) {
            const char *alias = field.aliases;
            for (size_t k = 0; k < mapping->columns[f].candidate_count; k++) {
                const size_t size = strcspn(alias, "|");
                assert_int_equal(size, strlen(mapping->columns[f].candidates[k]));
                assert_memory_equal(alias, mapping->columns[f].candidates[k], size);
                alias += size + (alias[size] == '|');
            }
            assert_string_equal(alias, "");
        }
        gridgov_mapping_free(mapping);
    }
    for (int32_t table = 1; table <= GRIDGOV_TABLE_CALENDAR; table++) {
        const int has_own = gridgov_field_count(table) > 0 && table != GRIDGOV_TABLE_OPENING &&
                            table != GRIDGOV_TABLE_OPENING_STEPS;
        assert_int_equal(seen[table], has_own);
    }
}

static void test_views_may_be_older(void **state) {
    gridgov_field field;
    (void)state;
    memset(&field, 0x55, sizeof field);
    field.struct_size = offsetof(gridgov_field, title_zh);
    assert_int_equal(gridgov_field_at(&field, GRIDGOV_TABLE_EVENTS, 0), GRIDGOV_OK);
    assert_string_equal(field.code, "id");
    assert_true(((const unsigned char *)&field.title_zh)[0] == 0x55);
    field.struct_size = 0;
    assert_int_equal(gridgov_field_at(&field, GRIDGOV_TABLE_EVENTS, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_field_at(NULL, GRIDGOV_TABLE_EVENTS, 0), GRIDGOV_EARG);
}

static void test_what_is_needed(void **state) {
    unsigned char has[GG_FIELDS_MAX] = {0};
    (void)state;
    assert_true(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_KIND, has));
    assert_true(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_NAME, has));
    assert_false(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_GRID, has));
    has[GG_UNITS_GRID] = 1; // the short form
    assert_false(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_KIND, has));
    assert_false(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_NAME, has));
    has[GG_UNITS_KIND] = 1;
    assert_true(gg_field_needed(GRIDGOV_TABLE_UNITS, GG_UNITS_NAME, has));
    memset(has, 0, sizeof has);
    assert_true(gg_field_needed(GRIDGOV_TABLE_CALENDAR, GG_CALENDAR_KIND, has));
    has[GG_CALENDAR_OFF] = 1; // one way to say it is enough
    assert_false(gg_field_needed(GRIDGOV_TABLE_CALENDAR, GG_CALENDAR_KIND, has));
    memset(has, 0, sizeof has);
    assert_true(gg_field_needed(GRIDGOV_TABLE_PATROL_DAYS, GG_PATROL_MINUTES, has));
    assert_false(gg_field_needed(GRIDGOV_TABLE_PATROL_DAYS, GG_PATROL_DISTANCE, has));
    has[GG_PATROL_DISTANCE] = 1;
    assert_false(gg_field_needed(GRIDGOV_TABLE_PATROL_DAYS, GG_PATROL_MINUTES, has));
    assert_false(gg_field_needed(GRIDGOV_TABLE_EVENTS, GG_EVENTS_ID, has));
    assert_true(gg_field_needed(GRIDGOV_TABLE_EVENTS, GG_EVENTS_CATEGORY, has));
    assert_int_equal(gg_field_find(GRIDGOV_TABLE_EVENTS, "nothing"), -1);
    assert_int_equal(gg_field_find(0, "id"), -1);
}

/* docs/month-folder.md must name each field of each table by code and title, in one row of a table.
 */
static void test_documented(void **state) {
    static char text[262144];
#ifdef GRIDGOV_SOURCE_DIR
    FILE *file = fopen(GRIDGOV_SOURCE_DIR "/docs/month-folder.md", "rb");
#else
    FILE *file = fopen("docs/month-folder.md", "rb");
#endif
    size_t size;
    (void)state;
    if (file == NULL) {
        print_message("docs/month-folder.md is not here\n");
        skip();
    }
    size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    int32_t table = 0;
    for (int64_t each = 0; gridgov_code_at(&table, GRIDGOV_KIND_TABLE, each) == GRIDGOV_OK;
         each++) {
        char heading[64];
        const char *section, *end;
        gridgov_field field = {.struct_size = sizeof field};
        snprintf(heading, sizeof heading, "\n## %s.csv",
                 gridgov_code_text(GRIDGOV_KIND_TABLE, table));
        section = strstr(text, heading);
        if (section == NULL) {
            fail_msg("no section %s", heading);
        }
        end = strstr(section + 1, "\n## ");
        for (int64_t i = 0; gridgov_field_at(&field, table, i) == GRIDGOV_OK; i++) {
            char row[128];
            const char *found;
            snprintf(row, sizeof row, "\n| `%s`%s | %s |", field.code, field.required ? " *" : "",
                     field.title_zh);
            found = strstr(section, row);
            if (table != GRIDGOV_TABLE_OPENING && table != GRIDGOV_TABLE_OPENING_STEPS &&
                (found == NULL || (end != NULL && found > end))) {
                fail_msg("%s lacks the row %s", heading, row);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_table),
        cmocka_unit_test(test_one_meaning_a_name),
        cmocka_unit_test(test_aliases_stand_in_the_packs),
        cmocka_unit_test(test_views_may_be_older),
        cmocka_unit_test(test_what_is_needed),
        cmocka_unit_test(test_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
