/* SPDX-License-Identifier: Apache-2.0 */
/* Units and agencies: the rules of adding, what is handed back, sealing, holders. */
#include "base/rules.h"

#include <gridgov/units.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static gridgov_unit make(int32_t kind, int64_t parent, const char *code, const char *name) {
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = kind,
                         .parent = parent,
                         .code = code,
                         .name = name,
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    return unit;
}

static int64_t add(gridgov_units *units, int32_t kind, int64_t parent, const char *code,
                   const char *name) {
    gridgov_unit unit = make(kind, parent, code, name);
    gridgov_error err = {0};
    int64_t index = 0;
    if (gridgov_units_add(&index, units, &unit, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", name, err.message);
    }
    return index;
}

static gridgov_units *new_units(void) {
    gridgov_units *units = NULL;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    return units;
}

static void test_what_is_added_comes_back(void **state) {
    gridgov_units *units = new_units();
    gridgov_unit given, got = {.struct_size = sizeof got};
    char name[] = "市民大道北 网格", code[] = "330604001005001";
    int64_t street = 0, community = 0, index = 0;
    (void)state;
    assert_int_equal(gridgov_units_count(units), 0);
    street = add(units, GRIDGOV_UNIT_STREET, GRIDGOV_NONE, "330604001", "百官街道");
    community = add(units, GRIDGOV_UNIT_COMMUNITY, street, NULL, "高丰社区");
    given = make(GRIDGOV_UNIT_GRID, community, code, name);
    given.from = 18871;
    given.to = 18901;
    assert_int_equal(gridgov_units_add(&index, units, &given, NULL), GRIDGOV_OK);
    assert_int_equal(index, 2);
    memset(name, 'x', sizeof name - 1);
    memset(code, 'x', sizeof code - 1);
    given = make(GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "", "百官派出所");
    given.platform = GRIDGOV_PLATFORM_SECURITY;
    assert_int_equal(gridgov_units_add(NULL, units, &given, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_count(units), 4);

    assert_int_equal(gridgov_units_at(&got, units, 2), GRIDGOV_OK);
    assert_int_equal(got.struct_size, sizeof got);
    assert_int_equal(got.kind, GRIDGOV_UNIT_GRID);
    assert_int_equal(got.parent, community);
    assert_string_equal(got.name, "市民大道北 网格");
    assert_string_equal(got.code, "330604001005001");
    assert_int_equal(got.from, 18871);
    assert_int_equal(got.to, 18901);
    assert_int_equal(gridgov_units_at(&got, units, 1), GRIDGOV_OK);
    assert_string_equal(got.code, "");
    assert_int_equal(gridgov_units_at(&got, units, 3), GRIDGOV_OK);
    assert_int_equal(got.platform, GRIDGOV_PLATFORM_SECURITY);
    assert_int_equal(got.parent, GRIDGOV_NONE);
    assert_int_equal(gridgov_units_at(&got, units, 4), GRIDGOV_END);
    assert_int_equal(gridgov_units_at(&got, units, -1), GRIDGOV_END);
    gridgov_units_free(units);
}

/* The unit that each bad one is measured against: 0 a street, 1 a community of it, 2 a grid of
 * that, 3 an agency. */
static gridgov_units *small_street(void) {
    gridgov_units *units = new_units();
    add(units, GRIDGOV_UNIT_STREET, GRIDGOV_NONE, "S1", "百官街道");
    add(units, GRIDGOV_UNIT_COMMUNITY, 0, "", "高丰社区");
    add(units, GRIDGOV_UNIT_GRID, 1, "G1", "一网格");
    add(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "A1", "司法所");
    return units;
}

static void test_broken_rules(void **state) {
    char long_name[258];
    const struct {
        int32_t kind;
        int64_t parent;
        const char *code, *name;
        gridgov_day from, to;
        gridgov_status status;
        int32_t rule;
    } cases[] = {
        {GRIDGOV_UNIT_GRID, 2, "", "二网格", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_PARENT},
        {GRIDGOV_UNIT_COMMUNITY, 2, "", "新社区", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_PARENT},
        {GRIDGOV_UNIT_GRID, 3, "", "二网格", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_PARENT},
        {GRIDGOV_UNIT_AGENCY, 0, "", "卫生院", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_PARENT},
        {GRIDGOV_UNIT_GRID, 1, "g 1", "二网格", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_CODE_TWICE},
        {GRIDGOV_UNIT_AGENCY, -1, "Ｓ１", "卫生院", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_CODE_TWICE},
        {GRIDGOV_UNIT_GRID, 1, "", "一 网格", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_NAME_TWICE},
        {GRIDGOV_UNIT_AGENCY, -1, "", "司法所", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_NAME_TWICE},
        {GRIDGOV_UNIT_GRID, 1, "", "", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_NAME_EMPTY},
        {GRIDGOV_UNIT_GRID, 1, "", " 　", 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_NAME_EMPTY},
        {GRIDGOV_UNIT_GRID, 1, "", NULL, 0, 1, GRIDGOV_EDATA, GG_RULE_UNIT_NAME_EMPTY},
        {GRIDGOV_UNIT_GRID, 1, "", "二网格", 5, 5, GRIDGOV_EDATA, GG_RULE_UNIT_DATES},
        {GRIDGOV_UNIT_GRID, 1, "", "二网格", 6, 5, GRIDGOV_EDATA, GG_RULE_UNIT_DATES},
        {GRIDGOV_UNIT_GRID, 1, "", "\xe7\xbd", 0, 1, GRIDGOV_EFORMAT, GG_RULE_UTF8},
        {GRIDGOV_UNIT_GRID, 1, "\xff", "二网格", 0, 1, GRIDGOV_EFORMAT, GG_RULE_UTF8},
        {GRIDGOV_UNIT_GRID, 1, "", long_name, 0, 1, GRIDGOV_ELIMIT, GG_RULE_UNIT_TEXT_LONG},
        {GRIDGOV_UNIT_GRID, 4, "", "二网格", 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {GRIDGOV_UNIT_GRID, -2, "", "二网格", 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {0, 1, "", "二网格", 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
        {6, 1, "", "二网格", 0, 1, GRIDGOV_EARG, GG_RULE_ARGUMENT},
    };
    gridgov_units *units = small_street();
    (void)state;
    memset(long_name, 'n', sizeof long_name);
    long_name[257] = '\0';
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_unit unit = make(cases[i].kind, cases[i].parent, cases[i].code, cases[i].name);
        gridgov_error err = {0};
        int64_t index = 7;
        unit.from = cases[i].from;
        unit.to = cases[i].to;
        if (gridgov_units_add(&index, units, &unit, &err) != cases[i].status ||
            err.rule != cases[i].rule) {
            fail_msg("case %d: rule %d, %s", (int)i, (int)err.rule, err.message);
        }
        assert_int_equal(index, GRIDGOV_NONE);
    }
    assert_int_equal(gridgov_units_count(units), 4);
    /* What was refused left no trace. */
    assert_int_equal(add(units, GRIDGOV_UNIT_GRID, 1, "", "二网格"), 4);
    gridgov_units_free(units);
}

static void test_what_is_allowed(void **state) {
    gridgov_units *units = small_street();
    char name[257];
    gridgov_unit unit;
    (void)state;
    memset(name, 'n', 256);
    name[256] = '\0';
    add(units, GRIDGOV_UNIT_GRID, 1, "", name);
    /* The same name under another parent, straight under the street, and of an agency. */
    add(units, GRIDGOV_UNIT_COMMUNITY, 0, "", "阳光社区");
    add(units, GRIDGOV_UNIT_GRID, 5, "", "一网格");
    add(units, GRIDGOV_UNIT_GRID, 0, "", "一网格");
    add(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "", "百官街道");
    /* A grid without a unit above, if the file has no units. */
    add(units, GRIDGOV_UNIT_GRID, GRIDGOV_NONE, "", "一网格");
    unit = make(GRIDGOV_UNIT_GRID, 1, "", "三网格");
    unit.from = 5;
    unit.to = 6;
    assert_int_equal(gridgov_units_add(NULL, units, &unit, NULL), GRIDGOV_OK);
    unit.name = "四网格";
    unit.from = 6;
    unit.to = GRIDGOV_NO_DAY;
    assert_int_equal(gridgov_units_add(NULL, units, &unit, NULL), GRIDGOV_OK);
    gridgov_units_free(units);
}

static void test_sealing_and_arguments(void **state) {
    gridgov_units *units = small_street(), *second = NULL;
    gridgov_unit unit = make(GRIDGOV_UNIT_GRID, 1, "", "二网格"), got = {.struct_size = 4};
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_units_is_sealed(units), 0);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_is_sealed(units), 1);
    assert_int_equal(gridgov_units_seal(units, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_units_add(NULL, units, &unit, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_units_count(units), 4);

    assert_int_equal(gridgov_units_new(NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_seal(NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_add(NULL, NULL, &unit, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_add(NULL, units, NULL, &err), GRIDGOV_EARG);
    unit.struct_size = 4;
    assert_int_equal(gridgov_units_add(NULL, units, &unit, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_at(&got, units, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_at(NULL, units, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_at(&got, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_count(NULL), 0);
    assert_int_equal(gridgov_units_is_sealed(NULL), 0);

    second = gridgov_units_hold(units);
    assert_ptr_equal(second, units);
    gridgov_units_free(units);
    assert_int_equal(gridgov_units_count(second), 4);
    gridgov_units_free(second);
    assert_null(gridgov_units_hold(NULL));
    gridgov_units_free(NULL);
}

/* Agencies above agencies: never in a ring, taken back by a rewind, and part of the digest. */
static void test_superiors(void **state) {
    gridgov_units *units = small_street(), *plain = small_street();
    gridgov_error err = {0};
    (void)state;
    add(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "A2", "司法局");
    add(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "A3", "司法站");
    assert_int_equal(gridgov_units_superior(units, 3), GRIDGOV_NONE);
    assert_int_equal(gridgov_units_set_superior(units, 3, 4, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_units_set_superior(units, 5, 3, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_units_superior(units, 3), 4);
    assert_int_equal(gridgov_units_set_superior(units, 3, 3, &err), GRIDGOV_EDATA);
    assert_int_equal(gridgov_units_set_superior(units, 4, 5, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, GG_RULE_SUPERIOR_RING);
    assert_string_equal(err.value, "司法局");
    assert_int_equal(gridgov_units_superior(units, 4), GRIDGOV_NONE);
    assert_int_equal(gridgov_units_set_superior(units, 3, 2, &err), GRIDGOV_EARG); // a grid
    assert_int_equal(gridgov_units_set_superior(units, 2, 3, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_set_superior(units, 3, 6, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_set_superior(units, -1, 3, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_set_superior(NULL, 3, 4, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_superior(NULL, 3), GRIDGOV_NONE);
    assert_int_equal(gridgov_units_superior(units, 2), GRIDGOV_NONE);
    // Who stood below one that goes stands below nobody, and all is as if it had never been told.
    assert_int_equal(gridgov_units_rewind(units, 4, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_superior(units, 3), GRIDGOV_NONE);
    add(units, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "A2", "司法局");
    add(plain, GRIDGOV_UNIT_AGENCY, GRIDGOV_NONE, "A2", "司法局");
    assert_int_equal(gridgov_units_set_superior(units, 3, 4, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_seal(plain, NULL), GRIDGOV_OK);
    assert_string_not_equal(gridgov_units_digest(units), gridgov_units_digest(plain));
    assert_int_equal(gridgov_units_set_superior(units, 3, GRIDGOV_NONE, &err), GRIDGOV_ESTATE);
    gridgov_units_free(units);
    gridgov_units_free(plain);
}

/* A host that was compiled with a shorter struct. */
static void test_shorter_struct(void **state) {
    gridgov_units *units = new_units();
    gridgov_unit unit = make(GRIDGOV_UNIT_GRID, GRIDGOV_NONE, "", "一网格"), got;
    (void)state;
    unit.struct_size = offsetof(gridgov_unit, from);
    unit.from = 9;
    unit.to = 3;
    unit.platform = 99;
    assert_int_equal(gridgov_units_add(NULL, units, &unit, NULL), GRIDGOV_OK);
    memset(&got, 0x55, sizeof got);
    got.struct_size = offsetof(gridgov_unit, to);
    assert_int_equal(gridgov_units_at(&got, units, 0), GRIDGOV_OK);
    assert_int_equal(got.from, GRIDGOV_NO_DAY);
    assert_int_equal(got.to, 0x55555555);
    gridgov_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_added_comes_back),
        cmocka_unit_test(test_broken_rules),
        cmocka_unit_test(test_what_is_allowed),
        cmocka_unit_test(test_sealing_and_arguments),
        cmocka_unit_test(test_superiors),
        cmocka_unit_test(test_shorter_struct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
