/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back what was added last: afterwards a set answers every question as one that never had
 * it, and takes it again. */
#include <gridgov/units.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 60 };

static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Row i of a table in which names repeat: a few communities, grids below them, agencies; every
 * second grid has one of three officers for a day of its own. The same seed gives the same table.
 */
static void add_row(gridgov_units *units, int i, uint32_t *seed) {
    static const char *const names[] = {"甲", "乙 ", "丙", "丁"};
    static const char *const codes[] = {"O1", "O2", "O3"};
    char code[] = "C00";
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .parent = GRIDGOV_NONE,
                         .from = GRIDGOV_NO_DAY,
                         .to = GRIDGOV_NO_DAY};
    gridgov_officer officer = {.struct_size = sizeof officer, .name = "", .from = i, .to = i + 1};
    uint32_t dice = next_random(seed);
    code[1] = (char)('0' + i / 10);
    code[2] = (char)('0' + i % 10);
    unit.code = dice % 3 == 0 ? "" : code;
    unit.name = names[dice / 3 % 4];
    unit.kind = i < 4 ? GRIDGOV_UNIT_COMMUNITY : GRIDGOV_UNIT_GRID + (int32_t)(dice / 12 % 2);
    unit.parent = unit.kind == GRIDGOV_UNIT_GRID ? (int64_t)(dice / 24 % 4) : GRIDGOV_NONE;
    if (i < 4) {
        unit.name = names[i];
    }
    /* A name may be taken already; then the row adds nothing, in every set alike. */
    if (gridgov_units_add(&officer.grid, units, &unit, NULL) == GRIDGOV_OK &&
        unit.kind == GRIDGOV_UNIT_GRID && dice % 2 == 0) {
        officer.code = codes[dice / 96 % 3];
        assert_int_equal(gridgov_units_add_officer(units, &officer, NULL), GRIDGOV_OK);
    }
}

static gridgov_units *table(int rows, uint32_t *seed) {
    gridgov_units *units = NULL;
    assert_int_equal(gridgov_units_new(&units, NULL), GRIDGOV_OK);
    for (int i = 0; i < rows; i++) {
        add_row(units, i, seed);
    }
    return units;
}

static void assert_same(const gridgov_units *a, const gridgov_units *b) {
    static const char *const texts[] = {"甲",  "乙",  "丙",  "丁",  "甲/甲", "乙/丙", "丁/丁",
                                        "C01", "C05", "C17", "C33", "C47",   "C59"};
    static const char *const codes[] = {"O1", "O2", "O3"};
    assert_int_equal(gridgov_units_count(a), gridgov_units_count(b));
    assert_int_equal(gridgov_units_officer_count(a), gridgov_units_officer_count(b));
    for (int32_t kind = 0; kind <= GRIDGOV_UNIT_AGENCY; kind++) {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            int64_t of_a[ROWS] = {0}, of_b[ROWS] = {0};
            int64_t count =
                gridgov_units_candidates(of_a, ROWS, a, kind, texts[i], strlen(texts[i]));
            assert_int_equal(
                count, gridgov_units_candidates(of_b, ROWS, b, kind, texts[i], strlen(texts[i])));
            assert_memory_equal(of_a, of_b, sizeof of_a);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        for (gridgov_day day = -1; day <= ROWS; day++) {
            gridgov_day asked = day < 0 ? GRIDGOV_NO_DAY : day;
            assert_int_equal(gridgov_units_officer_find(a, codes[i], 2, asked),
                             gridgov_units_officer_find(b, codes[i], 2, asked));
        }
    }
}

static void test_as_if_it_never_was(void **state) {
    (void)state;
    for (int kept = 0; kept <= ROWS; kept += 3) {
        uint32_t seed = 7 + (uint32_t)kept, again = seed;
        gridgov_units *units = table(kept, &seed), *plain = table(kept, &again), *whole = NULL;
        int64_t count = gridgov_units_count(units), officers = gridgov_units_officer_count(units);
        uint32_t rest = seed;
        for (int i = kept; i < ROWS; i++) {
            add_row(units, i, &seed);
        }
        assert_int_equal(gridgov_units_rewind(units, count, officers, NULL), GRIDGOV_OK);
        assert_same(units, plain);
        /* And the same rows can be added once more. */
        for (int i = kept; i < ROWS; i++) {
            add_row(units, i, &rest);
        }
        seed = 7 + (uint32_t)kept;
        whole = table(ROWS, &seed);
        assert_same(units, whole);
        assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_units_seal(whole, NULL), GRIDGOV_OK);
        assert_same(units, whole);
        gridgov_units_free(units);
        gridgov_units_free(plain);
        gridgov_units_free(whole);
    }
}

static void test_arguments(void **state) {
    uint32_t seed = 1;
    gridgov_units *units = table(ROWS, &seed);
    int64_t count = gridgov_units_count(units), officers = gridgov_units_officer_count(units);
    gridgov_officer last = {.struct_size = sizeof last};
    gridgov_error err = {0};
    (void)state;
    assert_true(officers > 1);
    assert_int_equal(gridgov_units_rewind(NULL, 0, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_rewind(units, count + 1, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_rewind(units, -1, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_rewind(units, count, officers + 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_rewind(units, count, -1, &err), GRIDGOV_EARG);
    /* An officer may not stay without the grid. */
    assert_int_equal(gridgov_units_officer_at(&last, units, officers - 1), GRIDGOV_OK);
    assert_int_equal(gridgov_units_rewind(units, last.grid, officers, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_count(units), count);
    assert_int_equal(gridgov_units_rewind(units, last.grid, officers - 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_units_rewind(units, 0, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_units_count(units), 0);
    assert_int_equal(gridgov_units_seal(units, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_units_rewind(units, 0, 0, &err), GRIDGOV_ESTATE);
    gridgov_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_if_it_never_was),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
