/* SPDX-License-Identifier: Apache-2.0 */
/* Which unit a text means: codes, names, paths, what is ambiguous and how that is told. */
#include "base/rules.h"

#include <gridgov/units.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int64_t add(gridgov_units *units, int32_t kind, int64_t parent, const char *code,
                   const char *name) {
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = kind,
                         .parent = parent,
                         .code = code,
                         .name = name,
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_error err = {0};
    int64_t index = 0;
    if (gridgov_units_add(&index, units, &unit, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", name, err.message);
    }
    return index;
}

/* Two streets with a community of the same name, repeated grid names, an agency called like a
 * community. */
static gridgov_units *two_streets(void) {
    static const struct {
        int32_t kind;
        int64_t parent;
        const char *code, *name;
    } rows[] = {
        {GRIDGOV_UNIT_STREET, -1, "330604001", "百官街道"}, /* 0 */
        {GRIDGOV_UNIT_STREET, -1, "330604002", "曹娥街道"}, /* 1 */
        {GRIDGOV_UNIT_COMMUNITY, 1, "", "高丰社区"},        /* 2 */
        {GRIDGOV_UNIT_COMMUNITY, 0, "", "高丰社区"},        /* 3 */
        {GRIDGOV_UNIT_COMMUNITY, 0, "", "阳光社区"},        /* 4 */
        {GRIDGOV_UNIT_GRID, 3, "G5", "一网格"},             /* 5 */
        {GRIDGOV_UNIT_GRID, 4, "G6", "一网格"},             /* 6 */
        {GRIDGOV_UNIT_GRID, 2, "G7", "一网格"},             /* 7 */
        {GRIDGOV_UNIT_GRID, 4, "", "市民大道北 网格"},      /* 8 */
        {GRIDGOV_UNIT_GRID, 4, "", "1/2号楼"},              /* 9 */
        {GRIDGOV_UNIT_AGENCY, -1, "A1", "阳光社区"},        /* 10 */
        {GRIDGOV_UNIT_GRID, 4, "", "阳光社区"},             /* 11 */
        {GRIDGOV_UNIT_GRID, 3, "", "G6"},                   /* 12: named like another's code */
    };
    gridgov_units *units = NULL;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(add(units, rows[i].kind, rows[i].parent, rows[i].code, rows[i].name), i);
    }
    return units;
}

static void test_find(void **state) {
    static const struct {
        int32_t kind;
        const char *text;
        int64_t index, count;
    } cases[] = {
        {0, "330604001", 0, 1},
        {0, "３３０６０４００１ ", 0, 1},
        {GRIDGOV_UNIT_GRID, "330604001", -1, 0},
        {0, "百官街道", 0, 1},
        {0, " 百官 街道", 0, 1},
        {GRIDGOV_UNIT_GRID, "市民大道北网格", 8, 1},
        {0, "市民大道北\n网格", 8, 1},
        {0, "高丰社区", -1, 2},
        {GRIDGOV_UNIT_GRID, "一网格", -1, 3},
        {0, "阳光社区/一网格", 6, 1},
        {0, "阳光社区／一网格", 6, 1},
        {0, " 阳光社区 / 一 网格", 6, 1},
        {0, "高丰社区/一网格", -1, 2},
        {0, "百官街道/高丰社区/一网格", 5, 1},
        {0, "330604002/高丰社区/一网格", 7, 1},
        {0, "曹娥街道/高丰社区", 2, 1},
        {GRIDGOV_UNIT_GRID, "曹娥街道/高丰社区", -1, 0},
        {0, "百官街道/一网格", -1, 0}, /* not straight below */
        {0, "1/2号楼", 9, 1},
        {0, "阳光社区/1/2号楼", 9, 1},
        {0, "百官街道/阳光社区/1/2号楼", 9, 1},
        {0, "阳光社区", -1, 2}, /* the community and the grid, not the agency */
        {GRIDGOV_UNIT_COMMUNITY, "阳光社区", 4, 1},
        {GRIDGOV_UNIT_AGENCY, "阳光社区", 10, 1},
        {GRIDGOV_UNIT_AGENCY, "a1", 10, 1},
        {0, "A1", -1, 0},
        {GRIDGOV_UNIT_AGENCY, "百官街道", -1, 0},
        {0, "G6", 6, 1}, /* a code wins over a name */
        {0, "高丰社区/G6", 12, 1},
        {0, "", -1, 0},
        {0, "　", -1, 0},
        {0, "/", -1, 0},
        {0, "//", -1, 0},
        {0, "阳光社区/", -1, 0},
        {0, "/一网格", -1, 0},
        {0, "阳光社区/三网格", -1, 0},
        {0, "三网格", -1, 0},
    };
    gridgov_units *units = two_streets();
    (void)state;
    for (int sealed = 0; sealed < 2; sealed++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            gridgov_error err = {0};
            int64_t index = 7, count = 7;
            gridgov_status status = gridgov_units_find(&index, &count, units, cases[i].kind,
                                                       cases[i].text, strlen(cases[i].text), &err);
            gridgov_status expected = cases[i].count == 0   ? GRIDGOV_ENOTFOUND
                                      : cases[i].count == 1 ? GRIDGOV_OK
                                                            : GRIDGOV_EDATA;
            if (status != expected || index != cases[i].index || count != cases[i].count) {
                fail_msg("case %d \"%s\": status %d, index %d, count %d", (int)i, cases[i].text,
                         (int)status, (int)index, (int)count);
            }
            if (status < 0) {
                assert_int_equal(err.rule, status == GRIDGOV_EDATA ? GG_RULE_UNIT_AMBIGUOUS
                                                                   : GG_RULE_UNIT_UNKNOWN);
                assert_string_equal(err.value, cases[i].text);
            }
        }
        if (!sealed) {
            assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
        }
    }
    gridgov_units_free(units);
}

static void test_candidates(void **state) {
    gridgov_units *units = two_streets();
    int64_t indexes[4] = {77, 77, 77, 77};
    (void)state;
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 0, "一网格", 9), 3);
    assert_int_equal(indexes[0], 5);
    assert_int_equal(indexes[1], 6);
    assert_int_equal(indexes[2], 7);
    assert_int_equal(indexes[3], 77);
    /* Published order of the grids, though the first community found is the other one's. */
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 0, "高丰社区/一网格", 22), 2);
    assert_int_equal(indexes[0], 5);
    assert_int_equal(indexes[1], 7);
    /* Of two kinds, merged. */
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 0, "阳光社区", 12), 2);
    assert_int_equal(indexes[0], 4);
    assert_int_equal(indexes[1], 11);
    /* Room for fewer. */
    indexes[1] = 77;
    assert_int_equal(gridgov_units_candidates(indexes, 1, units, 0, "高丰社区/一网格", 22), 2);
    assert_int_equal(indexes[0], 5);
    assert_int_equal(indexes[1], 77);
    assert_int_equal(gridgov_units_candidates(NULL, 0, units, 0, "一网格", 9), 3);
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 0, "三网格", 9), 0);
    assert_int_equal(gridgov_units_candidates(indexes, 4, NULL, 0, "一网格", 9), 0);
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 0, NULL, 9), 0);
    assert_int_equal(gridgov_units_candidates(indexes, 4, units, 6, "一网格", 9), 0);
    gridgov_units_free(units);
}

static void test_message_lists_candidates(void **state) {
    gridgov_units *units = NULL;
    gridgov_error err = {0};
    char name[4] = "X0";
    int64_t index = 0;
    (void)state;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    add(units, GRIDGOV_UNIT_COMMUNITY, -1, "", "高丰社区");
    add(units, GRIDGOV_UNIT_COMMUNITY, -1, "", "阳光社区");
    add(units, GRIDGOV_UNIT_GRID, 0, "", "一网格");
    add(units, GRIDGOV_UNIT_GRID, 1, "", "一网格");
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, "一网格", 9, &err), GRIDGOV_EDATA);
    assert_non_null(strstr(err.message, "高丰社区/一网格, 阳光社区/一网格"));
    assert_null(strstr(err.message, "…"));
    /* So many that the list is cut, and says so. */
    for (int i = 0; i < 9; i++) {
        name[1] = (char)('0' + i);
        add(units, GRIDGOV_UNIT_GRID, add(units, GRIDGOV_UNIT_COMMUNITY, -1, "", name), "",
            "一网格");
    }
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, "一网格", 9, &err), GRIDGOV_EDATA);
    assert_non_null(strstr(err.message, "高丰社区/一网格, 阳光社区/一网格, X0/一网格"));
    assert_string_equal(err.message + strlen(err.message) - 5, ", …");
    assert_null(strstr(err.message, "X8"));
    gridgov_units_free(units);
}

static void test_arguments(void **state) {
    gridgov_units *units = two_streets();
    gridgov_error err = {0};
    char giant[5000];
    int64_t index = 7, count = 7;
    (void)state;
    assert_int_equal(gridgov_units_find(NULL, &count, units, 0, "一", 3, &err), GRIDGOV_EARG);
    assert_int_equal(count, 0);
    assert_int_equal(gridgov_units_find(&index, NULL, NULL, 0, "一", 3, &err), GRIDGOV_EARG);
    assert_int_equal(index, GRIDGOV_NONE);
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, NULL, 3, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_find(&index, NULL, units, -1, "一", 3, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_find(&index, NULL, units, 6, "一", 3, NULL), GRIDGOV_EARG);
    for (size_t i = 0; i < sizeof giant; i++) {
        giant[i] = i % 2 == 0 ? 'x' : '/';
    }
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, giant, sizeof giant, &err),
                     GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, giant, 2000, &err),
                     GRIDGOV_ENOTFOUND);
    gridgov_units_free(units);
}

/* As many grids of one name as a city has: each is found under its own unit, and the bare name is
 * told to be ambiguous at once. */
static void test_many_of_one_name(void **state) {
    enum { COMMUNITIES = 20000 };
    gridgov_units *units = NULL;
    int64_t index = 0, count = 0;
    (void)state;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    for (int64_t i = 0; i < COMMUNITIES; i++) {
        char name[] = "C00000";
        int64_t rest = i;
        for (int k = 5; k > 0; k--, rest /= 10) {
            name[k] = (char)('0' + rest % 10);
        }
        assert_int_equal(add(units, GRIDGOV_UNIT_COMMUNITY, -1, "", name), 2 * i);
        assert_int_equal(add(units, GRIDGOV_UNIT_GRID, 2 * i, "", "一网格"), 2 * i + 1);
    }
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    for (int i = 0; i < COMMUNITIES; i++) {
        assert_int_equal(
            gridgov_units_find(&index, &count, units, GRIDGOV_UNIT_GRID, "一网格", 9, NULL),
            GRIDGOV_EDATA);
        assert_int_equal(count, COMMUNITIES);
    }
    assert_int_equal(gridgov_units_find(&index, NULL, units, 0, "c19999/一网格", 16, NULL),
                     GRIDGOV_OK);
    assert_int_equal(index, 39999);
    gridgov_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_message_lists_candidates),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_many_of_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
