/* SPDX-License-Identifier: Apache-2.0 */
/* Memory: overflow-checked sizes, arrays that grow, arenas. */
#include "base/mem.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void calloc_gives_zeroes_and_a_pointer_for_nothing(void **state) {
    (void)state;
    unsigned char *bytes = gg_calloc(100, 7);
    void *nothing = gg_calloc(0, 16);
    void *empty = gg_calloc(16, 0);
    assert_non_null(bytes);
    for (size_t i = 0; i < 700; i++) {
        assert_int_equal(bytes[i], 0);
    }
    assert_non_null(nothing);
    assert_non_null(empty);
    assert_ptr_not_equal(nothing, empty);
    gg_free(bytes);
    gg_free(nothing);
    gg_free(empty);
    gg_free(NULL);
}

static void a_product_that_overflows_is_refused(void **state) {
    (void)state;
    static const size_t cases[][2] = {
        {SIZE_MAX, 2},
        {2, SIZE_MAX},
        {SIZE_MAX / 2 + 1, 2},
        {(size_t)1 << (sizeof(size_t) * 4), (size_t)1 << (sizeof(size_t) * 4)},
    };
    char *kept = gg_calloc(4, 1);
    assert_non_null(kept);
    memcpy(kept, "abc", 4);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_null(gg_calloc(cases[i][0], cases[i][1]));
        assert_null(gg_realloc(kept, cases[i][0], cases[i][1]));
        assert_string_equal(kept, "abc");
    }
    gg_free(kept);
}

static void realloc_keeps_what_was_there(void **state) {
    (void)state;
    char *text = gg_realloc(NULL, 4, 1);
    assert_non_null(text);
    memcpy(text, "abc", 4);
    text = gg_realloc(text, 100000, 3);
    assert_non_null(text);
    assert_string_equal(text, "abc");
    gg_free(text);
}

static void large_memory_is_memory(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 4096, (size_t)2 << 20, ((size_t)5 << 20) + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        unsigned char *bytes = gg_large(sizes[i], 1);
        assert_non_null(bytes);
        memset(bytes, 0xA5, sizes[i]);
        bytes = gg_realloc(bytes, sizes[i] + 1, 1);
        assert_non_null(bytes);
        assert_true(sizes[i] == 0 || bytes[sizes[i] - 1] == 0xA5);
        gg_free(bytes);
    }
    assert_null(gg_large(SIZE_MAX, 2));
    assert_null(gg_large(SIZE_MAX, 1));
}

static void an_array_grows_by_doubling(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    size_t moves = 0;
    for (size_t count = 0; count < 1000; count++) {
        size_t before = capacity;
        assert_int_equal(gg_grow((void **)&items, count, &capacity, sizeof *items), 0);
        assert_true(capacity > count);
        moves += capacity != before;
        items[count] = (int)count;
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], (int)i);
    }
    assert_true(moves <= 10);
    gg_free(items);
}

static void an_array_that_cannot_grow_stays(void **state) {
    (void)state;
    int item = 5;
    int *items = &item;
    size_t capacity = SIZE_MAX / 2 + 1;
    assert_int_equal(gg_grow((void **)&items, capacity, &capacity, sizeof *items), -1);
    assert_ptr_equal(items, &item);
    assert_true(capacity == SIZE_MAX / 2 + 1);
    capacity = SIZE_MAX / 4;
    assert_int_equal(gg_grow((void **)&items, capacity, &capacity, 64), -1);
    assert_ptr_equal(items, &item);
    assert_true(capacity == SIZE_MAX / 4);
}

static void arena_pieces_are_aligned_and_apart(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 15, 16, 17, 1000, 1024, 1025, 4096, 5000, 100000, 3};
    gg_arena arena = {NULL};
    unsigned char *pieces[40];
    size_t count = 40;
    for (size_t i = 0; i < count; i++) {
        size_t size = sizes[i % (sizeof sizes / sizeof sizes[0])];
        pieces[i] = gg_arena_alloc(&arena, size);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        memset(pieces[i], (int)i, size);
    }
    for (size_t i = 0; i < count; i++) {
        size_t size = sizes[i % (sizeof sizes / sizeof sizes[0])];
        for (size_t k = 0; k < size; k++) {
            assert_int_equal(pieces[i][k], (int)i);
        }
    }
    gg_arena_release(&arena);
    assert_null(arena.blocks);
    assert_non_null(gg_arena_alloc(&arena, 1)); // usable again
    gg_arena_release(&arena);
    gg_arena_release(&arena);
}

static void arena_refuses_what_no_machine_has(void **state) {
    (void)state;
    gg_arena arena = {NULL};
    assert_null(gg_arena_alloc(&arena, SIZE_MAX));
    assert_null(gg_arena_alloc(&arena, SIZE_MAX - 8));
    assert_null(gg_arena_alloc(&arena, SIZE_MAX - 20));
    assert_null(gg_arena_text(&arena, "x", SIZE_MAX));
    assert_null(arena.blocks);
}

static void arena_text_ends_with_nul(void **state) {
    (void)state;
    gg_arena arena = {NULL};
    assert_string_equal(gg_arena_text(&arena, "abcdef", 3), "abc");
    assert_string_equal(gg_arena_text(&arena, NULL, 0), "");
    assert_memory_equal(gg_arena_text(&arena, "a\0b", 3), "a\0b", 4);
    gg_arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calloc_gives_zeroes_and_a_pointer_for_nothing),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(realloc_keeps_what_was_there),
        cmocka_unit_test(large_memory_is_memory),
        cmocka_unit_test(an_array_grows_by_doubling),
        cmocka_unit_test(an_array_that_cannot_grow_stays),
        cmocka_unit_test(arena_pieces_are_aligned_and_apart),
        cmocka_unit_test(arena_refuses_what_no_machine_has),
        cmocka_unit_test(arena_text_ends_with_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
