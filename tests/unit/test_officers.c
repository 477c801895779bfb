/* SPDX-License-Identifier: Apache-2.0 */
/* Officers: dated holds of grids, overlaps on both sides of the boundary, the hold of a day, the
 * sorted order. */
#include "base/rules.h"

#include <gridgov/units.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EVER GRIDGOV_NO_DAY

/* 0 a community, 1 and 2 its grids. */
static gridgov_units *two_grids(void) {
    gridgov_units *units = NULL;
    static const char *const names[] = {"高丰社区", "一网格", "二网格"};
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    for (int i = 0; i < 3; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit,
                             .kind = i == 0 ? GRIDGOV_UNIT_COMMUNITY : GRIDGOV_UNIT_GRID,
                             .parent = i == 0 ? GRIDGOV_NONE : 0,
                             .code = "",
                             .name = names[i],
                             .from = EVER,
                             .to = EVER};
        assert_int_equal(gridgov_units_add(NULL, units, &unit, NULL), GRIDGOV_OK);
    }
    return units;
}

static gridgov_status add(gridgov_units *units, const char *code, int64_t grid, gridgov_day from,
                          gridgov_day to, gridgov_error *err) {
    gridgov_officer officer = {.struct_size = sizeof officer,
                               .code = code,
                               .name = "张三",
                               .grid = grid,
                               .from = from,
                               .to = to};
    return gridgov_units_add_officer(units, &officer, err);
}

static int64_t find(const gridgov_units *units, const char *code, gridgov_day day) {
    return gridgov_units_officer_find(units, code, strlen(code), day);
}

static void test_overlaps(void **state) {
    static const struct {
        gridgov_day from, to;
        int overlaps; /* with [10, 20) */
    } cases[] = {
        {0, 10, 0}, {0, 11, 1},    {19, 30, 1},   {20, 30, 0},   {10, 20, 1},   {12, 13, 1},
        {0, 30, 1}, {EVER, 10, 0}, {EVER, 11, 1}, {20, EVER, 0}, {19, EVER, 1}, {EVER, EVER, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int same = 0; same < 2; same++) {
            gridgov_units *units = two_grids();
            gridgov_error err = {0};
            gridgov_status status = GRIDGOV_OK;
            assert_int_equal(add(units, "007", 1, 10, 20, NULL), GRIDGOV_OK);
            status = add(units, " 00 7", same ? 1 : 2, cases[i].from, cases[i].to, &err);
            if (status != (cases[i].overlaps ? GRIDGOV_EDATA : GRIDGOV_OK)) {
                fail_msg("case %d: status %d", (int)i, (int)status);
            }
            if (cases[i].overlaps) {
                assert_int_equal(err.rule, GG_RULE_OFFICER_OVERLAP);
            }
            assert_int_equal(gridgov_units_officer_count(units), cases[i].overlaps ? 1 : 2);
            /* Another officer may hold the same grid on the same days. */
            assert_int_equal(add(units, "008", 1, 10, 20, NULL), GRIDGOV_OK);
            gridgov_units_free(units);
        }
    }
}

static void test_overlap_with_an_open_hold(void **state) {
    gridgov_units *units = two_grids();
    (void)state;
    assert_int_equal(add(units, "1", 1, 10, EVER, NULL), GRIDGOV_OK);
    assert_int_equal(add(units, "1", 2, 11, 12, NULL), GRIDGOV_EDATA);
    assert_int_equal(add(units, "1", 2, 11, EVER, NULL), GRIDGOV_EDATA);
    assert_int_equal(add(units, "1", 2, 3, EVER, NULL), GRIDGOV_EDATA);
    assert_int_equal(add(units, "1", 2, 3, 10, NULL), GRIDGOV_OK);
    assert_int_equal(add(units, "1", 2, EVER, 3, NULL), GRIDGOV_OK);
    assert_int_equal(add(units, "1", 2, EVER, 1, NULL), GRIDGOV_EDATA);
    gridgov_units_free(units);
}

static void test_broken_rules(void **state) {
    static const struct {
        const char *code;
        int64_t grid;
        gridgov_day from, to;
        gridgov_status status;
        int32_t rule;
    } cases[] = {
        {"1", 0, 0, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_GRID},
        {"", 1, 0, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_CODE},
        {" ", 1, 0, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_CODE},
        {NULL, 1, 0, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_CODE},
        {"1", 1, 1, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_DATES},
        {"1", 1, 2, 1, GRIDGOV_EDATA, GG_RULE_OFFICER_DATES},
        {"1", 3, 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {"1", GRIDGOV_NONE, 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {"\xff", 1, 0, 1, GRIDGOV_EFORMAT, GG_RULE_UTF8},
    };
    gridgov_units *units = two_grids();
    gridgov_officer officer = {.struct_size = 4};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_error err = {0};
        if (add(units, cases[i].code, cases[i].grid, cases[i].from, cases[i].to, &err) !=
                cases[i].status ||
            err.rule != cases[i].rule) {
            fail_msg("case %d: rule %d, %s", (int)i, (int)err.rule, err.message);
        }
    }
    assert_int_equal(gridgov_units_officer_count(units), 0);
    assert_int_equal(gridgov_units_add_officer(units, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_add_officer(units, &officer, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_add_officer(NULL, &officer, NULL), GRIDGOV_EARG);
    gridgov_units_free(units);
}

/* Sorted by (code, from) once sealed; the same holds are found before and after. */
static void test_sorted_and_found(void **state) {
    static const struct {
        const char *code;
        int64_t grid;
        gridgov_day from, to;
        int64_t sorted;
    } rows[] = {
        {"B", 1, 20, 30, 3},  {"A", 2, 5, EVER, 0}, {"B", 2, EVER, 10, 1},
        {"b ", 2, 10, 20, 2}, {"C", 1, 0, 1, 4},
    };
    gridgov_units *units = two_grids();
    gridgov_officer got = {.struct_size = sizeof got};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(add(units, rows[i].code, rows[i].grid, rows[i].from, rows[i].to, NULL),
                         GRIDGOV_OK);
    }
    assert_int_equal(gridgov_units_officer_at(&got, units, 1), GRIDGOV_OK);
    assert_string_equal(got.code, "A");
    assert_int_equal(find(units, "B", 25), 0);
    assert_int_equal(find(units, "B", 9), 2);
    assert_int_equal(find(units, "B", 10), 3);
    assert_int_equal(find(units, "B", EVER), 0);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(add(units, "D", 1, 0, 1, NULL), GRIDGOV_ESTATE);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(gridgov_units_officer_at(&got, units, rows[i].sorted), GRIDGOV_OK);
        assert_int_equal(got.grid, rows[i].grid);
        assert_int_equal(got.from, rows[i].from);
        assert_int_equal(got.to, rows[i].to);
        assert_string_equal(got.name, "张三");
    }
    assert_int_equal(gridgov_units_officer_at(&got, units, 2), GRIDGOV_OK);
    assert_string_equal(got.code, "B"); /* one person, one spelling */
    assert_int_equal(gridgov_units_officer_at(&got, units, 5), GRIDGOV_END);
    assert_int_equal(gridgov_units_officer_at(&got, units, -1), GRIDGOV_END);
    assert_int_equal(gridgov_units_officer_at(NULL, units, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_officer_at(&got, NULL, 0), GRIDGOV_EARG);

    assert_int_equal(find(units, "A", 4), GRIDGOV_NONE);
    assert_int_equal(find(units, "A", 5), 0);
    assert_int_equal(find(units, "A", 1000000), 0);
    assert_int_equal(find(units, "b", -1000000), 1);
    assert_int_equal(find(units, "B", 9), 1);
    assert_int_equal(find(units, "Ｂ", 10), 2);
    assert_int_equal(find(units, "B", 19), 2);
    assert_int_equal(find(units, "B", 20), 3);
    assert_int_equal(find(units, "B", 29), 3);
    assert_int_equal(find(units, "B", 30), GRIDGOV_NONE);
    assert_int_equal(find(units, "B", EVER), 1);
    assert_int_equal(find(units, "C", 0), 4);
    assert_int_equal(find(units, "C", 1), GRIDGOV_NONE);
    assert_int_equal(find(units, "C", -1), GRIDGOV_NONE);
    assert_int_equal(find(units, "D", 0), GRIDGOV_NONE);
    assert_int_equal(find(units, "", 0), GRIDGOV_NONE);
    assert_int_equal(find(NULL, "A", 5), GRIDGOV_NONE);
    assert_int_equal(gridgov_units_officer_find(units, NULL, 0, 5), GRIDGOV_NONE);
    assert_int_equal(gridgov_units_officer_count(NULL), 0);
    gridgov_units_free(units);
}

static void test_limit_of_holds(void **state) {
    gridgov_units *units = two_grids();
    gridgov_error err = {0};
    (void)state;
    for (gridgov_day day = 0; day < 4096; day++) {
        assert_int_equal(add(units, "1", 1 + day % 2, day, day + 1, NULL), GRIDGOV_OK);
    }
    assert_int_equal(add(units, "1", 1, 5000, 5001, &err), GRIDGOV_ELIMIT);
    assert_int_equal(err.rule, GG_RULE_OFFICER_HOLDS);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(find(units, "1", 4095), 4095);
    gridgov_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overlaps),       cmocka_unit_test(test_overlap_with_an_open_hold),
        cmocka_unit_test(test_broken_rules),   cmocka_unit_test(test_sorted_and_found),
        cmocka_unit_test(test_limit_of_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
