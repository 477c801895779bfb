/* SPDX-License-Identifier: Apache-2.0 */
/* Numbered texts: against a plain list, and under keys chosen to collide. */
#include "ingest/intern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define KEYS 3000
#define KEY_ROOM 96

static char keys[KEYS][KEY_ROOM]; /* zeros behind each, which may be read */

/* The number and the value of every key, entered twice. */
static void check_keys(gg_intern *intern, int count) {
    int short_of = 0;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < count; i++) {
            const size_t size = strlen(keys[i]);
            gg_intern_record *record = gg_intern_get(intern, keys[i], size, &short_of);
            assert_non_null(record);
            assert_int_equal(record->number, i);
            assert_int_equal(record->value, round == 0 ? GG_INTERN_UNKNOWN : i * 7);
            record->value = i * 7;
        }
    }
    assert_int_equal(intern->count, count);
}

static void test_lengths(void **state) {
    gg_intern intern;
    (void)state;
    memset(keys, 0, sizeof keys);
    for (int i = 0; i < KEYS; i++) { // of 4 to 75 bytes, many with the same beginning or end
        const int size =
            snprintf(keys[i], KEY_ROOM, "%.*s%04d", i % 72,
                     "330106001001330106001001330106001001330106001001330106001001330106001001", i);
        assert_true(size + GG_INTERN_SLACK < KEY_ROOM);
    }
    assert_int_equal(gg_intern_open(&intern, KEYS), 0);
    check_keys(&intern, KEYS);
    int short_of = 1;
    assert_null(gg_intern_get(&intern, "one more\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 8, &short_of));
    assert_int_equal(short_of, 0);
    gg_intern_release(&intern);
}

/* Texts that are alike but for what follows them in memory, which is not theirs. */
static void test_behind(void **state) {
    static const char first[] = "G1,abcdefghijklmnopqrstuvwxyz";
    static const char second[] = "G1;ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    gg_intern intern;
    int short_of = 0;
    (void)state;
    assert_int_equal(gg_intern_open(&intern, 10), 0);
    for (size_t size = 1; size <= 2; size++) {
        const int32_t number = gg_intern_get(&intern, first, size, &short_of)->number;
        assert_int_equal(gg_intern_get(&intern, second, size, &short_of)->number, number);
    }
    assert_int_not_equal(gg_intern_get(&intern, first, 3, &short_of)->number,
                         gg_intern_get(&intern, second, 3, &short_of)->number);
    gg_intern_release(&intern);
}

/* Whoever knows the hash can fill all slots within reach: every text is still found, and slots do
 * not grow without end. */
static void test_collisions(void **state) {
    gg_intern intern;
    int count = 0;
    (void)state;
    memset(keys, 0, sizeof keys);
    for (uint64_t i = 0; count < 300; i++) {
        char key[KEY_ROOM] = {0};
        const size_t size = (size_t)snprintf(key, sizeof key, "%llx", (unsigned long long)i);
        const uint64_t hash = gg_intern_hash(gg_intern_words_of(key, size));
        if ((hash & 0x7FF) == 0x155) {
            memcpy(keys[count++], key, size);
        }
    }
    for (int i = 300; i < 900; i++) {
        snprintf(keys[i], KEY_ROOM, "plain%d", i);
    }
    assert_int_equal(gg_intern_open(&intern, 1000), 0);
    check_keys(&intern, 900);
    assert_true(intern.crowded_count > 100);
    assert_true(intern.groups < 1024);
    gg_intern_release(&intern);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_behind),
        cmocka_unit_test(test_collisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
