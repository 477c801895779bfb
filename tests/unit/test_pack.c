/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in packs: sorted, whole, found by name, and each readable by its own loader. */
#include <gridgov/calendar.h>
#include <gridgov/pack.h>
#include <gridgov/taxonomy.h>
#include <gridgov/worktime.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_sorted_and_whole(void **state) {
    gridgov_pack pack = {.struct_size = sizeof pack}, last = {.struct_size = sizeof last};
    (void)state;
    assert_true(gridgov_pack_count() >= 4);
    for (int64_t i = 0; i < gridgov_pack_count(); i++) {
        assert_int_equal(gridgov_pack_at(&pack, i), GRIDGOV_OK);
        assert_int_equal(pack.struct_size, sizeof pack);
        assert_int_equal(strlen(pack.data), pack.size);
        assert_int_equal(pack.data[0], '{');
        assert_int_equal(pack.data[pack.size - 1], '\n');
        if (i > 0) {
            assert_true(last.kind < pack.kind ||
                        (last.kind == pack.kind && strcmp(last.name, pack.name) < 0));
        }
        last = pack;
    }
    assert_int_equal(gridgov_pack_at(&pack, -1), GRIDGOV_END);
    assert_int_equal(gridgov_pack_at(&pack, gridgov_pack_count()), GRIDGOV_END);
    assert_int_equal(gridgov_pack_at(NULL, 0), GRIDGOV_EARG);
    pack.struct_size = 4;
    assert_int_equal(gridgov_pack_at(&pack, 0), GRIDGOV_EARG);
}

static void test_found_by_name(void **state) {
    static const struct {
        int32_t kind;
        const char *name, *holds;
    } cases[] = {
        {GRIDGOV_PACK_CALENDAR, "china", "\"gridgov.calendar/1\""},
        {GRIDGOV_PACK_TAXONOMY, "zhejiang-2021", "\"疫情防控\""},
        {GRIDGOV_PACK_TAXONOMY, "zhejiang-24", "\"拯救老屋\""},
        {GRIDGOV_PACK_TAXONOMY, "as-found", "\"open\": true"},
    };
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_error err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            gridgov_pack_find(&pack, cases[i].kind, cases[i].name, strlen(cases[i].name), &err),
            GRIDGOV_OK);
        assert_string_equal(pack.name, cases[i].name);
        assert_non_null(strstr(pack.data, cases[i].holds));
    }
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_TAXONOMY, "china", 5, &err),
                     GRIDGOV_ENOTFOUND);
    assert_string_equal(err.value, "china");
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_CALENDAR, "china", 4, &err),
                     GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_pack_find(&pack, 0, "china", 5, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_CALENDAR, NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_pack_find(NULL, GRIDGOV_PACK_CALENDAR, "china", 5, NULL),
                     GRIDGOV_EARG);
}

static void test_each_loads(void **state) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    int calendars = 0, taxonomies = 0, rosters = 0;
    (void)state;
    for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
        gridgov_error err = {0};
        if (pack.kind == GRIDGOV_PACK_CALENDAR) {
            gridgov_calendar *calendar = NULL;
            assert_int_equal(gridgov_calendar_load(&calendar, pack.data, pack.size, NULL, &err),
                             GRIDGOV_OK);
            assert_string_equal(gridgov_calendar_name(calendar), pack.name);
            gridgov_calendar_free(calendar);
            calendars++;
        } else if (pack.kind == GRIDGOV_PACK_TAXONOMY) {
            gridgov_taxonomy *taxonomy = NULL;
            assert_int_equal(gridgov_taxonomy_load(&taxonomy, pack.data, pack.size, NULL, &err),
                             GRIDGOV_OK);
            assert_string_equal(gridgov_taxonomy_name(taxonomy), pack.name);
            gridgov_taxonomy_free(taxonomy);
            taxonomies++;
        } else if (pack.kind == GRIDGOV_PACK_ROSTER) {
            gridgov_calendar *calendar = NULL;
            gridgov_roster *roster = NULL;
            assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, &err), GRIDGOV_OK);
            assert_int_equal(
                gridgov_roster_load(&roster, calendar, pack.data, pack.size, NULL, &err),
                GRIDGOV_OK);
            assert_string_equal(gridgov_roster_name(roster), pack.name);
            gridgov_roster_free(roster);
            gridgov_calendar_free(calendar);
            rosters++;
        }
    }
    assert_int_equal(calendars, 2);
    assert_int_equal(rosters, 2);
    assert_int_equal(taxonomies, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted_and_whole),
        cmocka_unit_test(test_found_by_name),
        cmocka_unit_test(test_each_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
