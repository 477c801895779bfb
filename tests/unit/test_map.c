/* SPDX-License-Identifier: Apache-2.0 */
/* The map from text to numbers, held against a plain array of everything that was set. */
#include "base/map.h"
#include "base/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MISSING INT64_C(-1)
#define STR(literal) gg_str_make(literal, sizeof(literal) - 1)

static void an_empty_map_has_nothing(void **state) {
    (void)state;
    gg_map map = {0};
    assert_int_equal(gg_map_get(&map, STR("a"), MISSING), MISSING);
    gg_map_remove(&map, STR("a"));
    assert_int_equal(map.count, 0);
    gg_map_release(&map);
    gg_map_release(&map);
}

static void keys_may_begin_one_another(void **state) {
    (void)state;
    static const struct {
        const char *key;
        size_t size;
    } keys[] = {{"", 0},     {"a", 1},   {"ab", 2},   {"abc", 3},  {"\0", 1},
                {"\0\0", 2}, {"a\0", 2}, {"a\0b", 3}, {"\xFF", 1}, {"\xFF\xFF", 2},
                {"\x80", 1}, {"b", 1},   {"社区", 6}, {"社", 3}};
    const size_t count = sizeof keys / sizeof keys[0];
    for (size_t first = 0; first < count; first++) { // whatever comes first
        gg_map map = {0};
        for (size_t i = 0; i < count; i++) {
            size_t k = (first + i) % count;
            gg_str key = gg_str_make(keys[k].key, keys[k].size);
            assert_int_equal(gg_map_get(&map, key, MISSING), MISSING);
            assert_int_equal(gg_map_set(&map, key, (int64_t)k), 0);
            assert_int_equal(map.count, i + 1);
        }
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(gg_map_get(&map, gg_str_make(keys[k].key, keys[k].size), MISSING), k);
        }
        gg_map_release(&map);
        assert_null(map.root);
        assert_int_equal(map.count, 0);
    }
}

static void a_key_is_copied_and_its_value_replaced(void **state) {
    (void)state;
    gg_map map = {0};
    char key[] = "SJ1";
    assert_int_equal(gg_map_set(&map, gg_str_of(key), 1), 0);
    key[2] = '2';
    assert_int_equal(gg_map_get(&map, STR("SJ1"), MISSING), 1);
    assert_int_equal(gg_map_get(&map, STR("SJ2"), MISSING), MISSING);
    assert_int_equal(gg_map_set(&map, STR("SJ1"), INT64_MIN), 0);
    assert_true(gg_map_get(&map, STR("SJ1"), MISSING) == INT64_MIN);
    assert_int_equal(map.count, 1);
    gg_map_release(&map);
}

/* A key of its own for each number: its digits to the base of 5, of letters or of small bytes; some
 * are long. */
static gg_str key_of(char buffer[256], unsigned n) {
    size_t size = 0;
    memset(buffer, n % 2 ? 'x' : '\0', 256);
    for (unsigned rest = n; rest != 0; rest /= 5) {
        buffer[size++] = (char)(rest % 5 + (n % 7 == 0 ? 1 : 'a'));
    }
    return gg_str_make(buffer, size + (n % 11 == 0 ? 180 : 0));
}

#define KEYS 4000

static void random_work_agrees_with_a_list(void **state) {
    (void)state;
    static gg_str keys[KEYS];
    static char bytes[KEYS][256];
    static int64_t values[KEYS];
    gg_map map = {0};
    uint32_t seed = 7;
    size_t count = 0;
    for (unsigned i = 0; i < KEYS; i++) {
        keys[i] = key_of(bytes[i], i);
        values[i] = MISSING;
    }
    for (int step = 0; step < 100000; step++) {
        seed = seed * 1664525u + 1013904223u;
        unsigned n = (seed >> 8) % KEYS;
        if (gg_map_get(&map, keys[n], MISSING) != values[n]) {
            fail_msg("step %d, key %u", step, n);
        }
        if (seed >> 30 == 0) {
            count -= values[n] != MISSING;
            gg_map_remove(&map, keys[n]);
            values[n] = MISSING;
        } else {
            count += values[n] == MISSING;
            assert_int_equal(gg_map_set(&map, keys[n], step), 0);
            values[n] = step;
        }
        assert_int_equal(map.count, count);
    }
    for (unsigned i = 0; i < KEYS; i++) {
        assert_int_equal(gg_map_get(&map, keys[i], MISSING), values[i]);
    }
    gg_map_release(&map);
}

static void removed_nodes_are_used_again(void **state) {
    (void)state;
    gg_map map = {0};
    char key[] = "SJ20210901000000";
    for (int round = 0; round < 200000; round++) {
        key[15] = (char)('0' + round % 10);
        key[14] = (char)('0' + round / 10 % 10);
        assert_int_equal(gg_map_set(&map, gg_str_of(key), round), 0);
        gg_map_remove(&map, gg_str_of(key));
    }
    assert_int_equal(map.count, 0);
    assert_null(map.root);
    assert_int_equal(gg_map_set(&map, STR("again"), 1), 0);
    assert_int_equal(gg_map_get(&map, STR("again"), MISSING), 1);
    gg_map_release(&map);
}

static void keys_that_share_all_but_the_end(void **state) {
    (void)state;
    static char key[100001];
    gg_map map = {0};
    memset(key, 'z', sizeof key);
    for (size_t size = 0; size <= 100000; size += 100) {
        assert_int_equal(gg_map_set(&map, gg_str_make(key, size), (int64_t)size), 0);
    }
    for (size_t size = 0; size <= 100000; size += 50) {
        assert_int_equal(gg_map_get(&map, gg_str_make(key, size), MISSING),
                         size % 100 == 0 ? (int64_t)size : MISSING);
    }
    gg_map_release(&map);
}

/* Keys of one hash, as whoever knows it may choose them, among others: they crowd into the tree,
 * leave it, and come again. */
static void chosen_keys_are_all_found(void **state) {
    (void)state;
    static char keys[600][17];
    gg_map map = {0};
    int count = 0;
    for (uint64_t i = 0; count < 400; i++) {
        char key[17] = {0};
        snprintf(key, sizeof key, "%016llx", (unsigned long long)i);
        if ((gg_word_mix(gg_word_at(key) ^ 16, gg_word_at(key + 8)) & 0x7FF) == 0x2A5) {
            memcpy(keys[count++], key, sizeof key);
        }
    }
    for (; count < 600; count++) {
        snprintf(keys[count], sizeof keys[0], "plain%d", count);
    }
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < count; i++) {
            assert_int_equal(gg_map_set(&map, gg_str_of(keys[i]), i), 0);
        }
        assert_int_equal(map.count, count);
        assert_non_null(map.root);
        for (int i = 0; i < count; i++) {
            assert_int_equal(gg_map_get(&map, gg_str_of(keys[i]), MISSING), i);
        }
        for (int i = round; i < count; i += 3) {
            gg_map_remove(&map, gg_str_of(keys[i]));
            assert_int_equal(gg_map_get(&map, gg_str_of(keys[i]), MISSING), MISSING);
        }
        assert_int_equal(map.count, count - count / 3);
    }
    assert_true(map.groups < 256);
    gg_map_release(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(keys_may_begin_one_another),
        cmocka_unit_test(a_key_is_copied_and_its_value_replaced),
        cmocka_unit_test(random_work_agrees_with_a_list),
        cmocka_unit_test(chosen_keys_are_all_found),
        cmocka_unit_test(removed_nodes_are_used_again),
        cmocka_unit_test(keys_that_share_all_but_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
