/* SPDX-License-Identifier: Apache-2.0 */
/* The byte buffer, the sealed bytes made from it, and the line of fixed size. */
#include "base/buf.h"
#include "base/line.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void pieces_are_joined(void **state) {
    (void)state;
    gg_buf buf = {0};
    assert_string_equal(gg_buf_data(&buf), "");
    gg_buf_text(&buf, "共上报 ");
    gg_buf_int(&buf, 2975);
    gg_buf_str(&buf, gg_str_make(" 条xx", 4));
    gg_buf_byte(&buf, '\0');
    gg_buf_int(&buf, INT64_MIN);
    gg_buf_text(&buf, NULL);
    gg_buf_add(&buf, NULL, 0);
    assert_int_equal(buf.size, 10 + 4 + 4 + 1 + 20);
    assert_memory_equal(gg_buf_data(&buf), "共上报 2975 条\0-9223372036854775808", buf.size + 1);
    assert_false(gg_buf_failed(&buf));
    gg_buf_clear(&buf);
    assert_int_equal(buf.size, 0);
    assert_string_equal(gg_buf_data(&buf), "");
    gg_buf_around(&buf, "占 ", -7, "%");
    assert_string_equal(gg_buf_data(&buf), "占 -7%");
    gg_buf_release(&buf);
    assert_null(buf.data);
}

static void a_long_text_is_kept_byte_by_byte(void **state) {
    (void)state;
    gg_buf buf = {0};
    for (int i = 0; i < 100000; i++) {
        gg_buf_byte(&buf, (char)('a' + i % 26));
        assert_int_equal(buf.data[buf.size], 0);
    }
    assert_int_equal(buf.size, 100000);
    for (int i = 0; i < 100000; i++) {
        assert_int_equal(buf.data[i], 'a' + i % 26);
    }
    gg_buf_release(&buf);
}

static void keys_are_folded_in_pieces(void **state) {
    (void)state;
    gg_buf buf = {0};
    gg_buf name = {0};
    char key[4000];
    gg_buf_key(&buf, gg_str_of(""));
    assert_int_equal(buf.size, 0);
    for (size_t i = 0; i < 900; i++) { // every length, so that pieces end everywhere
        gg_buf_text(&name, i % 5 == 0   ? "Ａ"
                           : i % 5 == 1 ? " "
                           : i % 5 == 2 ? "b"
                           : i % 5 == 3 ? "社"
                                        : "\xFF");
        gg_buf_clear(&buf);
        gg_buf_key(&buf, gg_str_make(name.data, name.size));
        size_t size = gg_text_key(key, sizeof key, gg_str_make(name.data, name.size));
        assert_int_equal(buf.size, size);
        if (size != 0) {
            assert_memory_equal(buf.data, key, size);
        }
    }
    gg_buf_release(&name);
    gg_buf_release(&buf);
}

static void a_failed_append_sticks(void **state) {
    (void)state;
    gg_buf buf = {0};
    gridgov_error err;
    gridgov_bytes *bytes = (gridgov_bytes *)&buf;
    gg_buf_text(&buf, "abc");
    gg_buf_add(&buf, "x", SIZE_MAX - 2); // no memory is that large; nothing is read
    assert_true(gg_buf_failed(&buf));
    gg_buf_text(&buf, "def");
    assert_string_equal(gg_buf_data(&buf), "abc");
    assert_int_equal(gg_buf_to_bytes(&bytes, &buf, &err), GRIDGOV_ENOMEM);
    assert_null(bytes);
    assert_int_equal(err.status, GRIDGOV_ENOMEM);
    assert_null(buf.data);
    gg_buf_add(&buf, "x", SIZE_MAX - 2);
    gg_buf_clear(&buf);
    assert_false(gg_buf_failed(&buf));
    gg_buf_release(&buf);
}

static void bytes_take_over_the_buffer(void **state) {
    (void)state;
    gg_buf buf = {0};
    gridgov_bytes *bytes = NULL;
    size_t size = 99;
    gg_buf_add(&buf, "a\0b", 3);
    assert_int_equal(gg_buf_to_bytes(&bytes, &buf, NULL), GRIDGOV_OK);
    assert_null(buf.data);
    assert_int_equal(buf.size, 0);
    assert_memory_equal(gridgov_bytes_data(bytes, &size), "a\0b", 4);
    assert_int_equal(size, 3);
    assert_non_null(gridgov_bytes_data(bytes, NULL));
    gridgov_bytes_free(bytes);
    assert_int_equal(gg_buf_to_bytes(&bytes, &buf, NULL), GRIDGOV_OK);
    assert_string_equal(gridgov_bytes_data(bytes, &size), "");
    assert_int_equal(size, 0);
    gridgov_bytes_free(bytes);
    size = 99;
    assert_null(gridgov_bytes_data(NULL, &size));
    assert_int_equal(size, 0);
    gridgov_bytes_free(NULL);
}

static void a_line_is_cut_between_characters(void **state) {
    (void)state;
    static const char *const expected[] = {"",    "",    "a",   "a",     "a",
                                           "a社", "a社", "a社", "a社区", "a社区b"};
    for (size_t room = 0; room < sizeof expected / sizeof expected[0]; room++) {
        char buffer[16] = "################";
        gg_line line;
        gg_line_init(&line, buffer, room);
        gg_line_text(&line, "a社");
        gg_line_text(&line, "区b");
        gg_line_text(&line, NULL);
        assert_int_equal(line.whole, 8);
        assert_int_equal(buffer[room], '#');
        if (room != 0) {
            assert_string_equal(buffer, expected[room]);
            assert_int_equal(line.size, strlen(expected[room]));
        }
    }
}

static void a_line_that_was_cut_takes_nothing_more(void **state) {
    (void)state;
    char buffer[4];
    gg_line line;
    gg_line_init(&line, buffer, sizeof buffer);
    gg_line_text(&line, "ab社"); // does not fit
    gg_line_text(&line, "c");    // would
    assert_string_equal(buffer, "ab");
    assert_int_equal(line.whole, 6);
    gg_line_init(&line, NULL, 8);
    gg_line_text(&line, "abc");
    assert_int_equal(line.whole, 3);
    assert_int_equal(line.size, 0);
}

static void a_line_stays_one_line(void **state) {
    (void)state;
    char buffer[64];
    gg_line line;
    gg_line_init(&line, buffer, sizeof buffer);
    gg_line_str(&line, gg_str_make("a\nb\rc\td\x1b[31m\x7f"
                                   "e\0f\xFFg\xC2\x85h\xE2\x80\xA8i",
                                   25));
    assert_string_equal(buffer, "a b c d [31m e f\xEF\xBF\xBDg h i");
    gg_line_int(&line, -7);
    assert_string_equal(buffer + line.size - 2, "-7");
}

static void templates_are_filled_in(void **state) {
    (void)state;
    const gg_line_parts parts = {
        gg_str_of("上报时间"), gg_str_of("{0}"), {gg_str_of("零"), gg_str_of("")}};
    static const struct {
        const char *template, *expected;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"{field}", "上报时间"},
        {"{field} \"{value}\": {0}{1}.",
         "上报时间 \"{0}\": 零."}, // what was filled in is not read again
        {"{", "{"},
        {"{2}{field", "{2}{field"},
        {"{{0}}", "{零}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[64];
        gg_line line;
        gg_line_init(&line, buffer, sizeof buffer);
        gg_line_template(&line, cases[i].template, &parts);
        assert_string_equal(buffer, cases[i].expected);
    }
}

/* All of the bytes, or the file that stood there before. */
static void bytes_are_saved_whole(void **state) {
    char path[] = "gridgov_bytes_XXXXXX", text[8] = "";
    gridgov_bytes *bytes = NULL;
    gg_buf buf = {0};
    gridgov_error err = {0};
    int fd = mkstemp(path);
    (void)state;
    assert_true(fd >= 0);
    gg_buf_add(&buf, "a\0b", 3);
    assert_int_equal(gg_buf_to_bytes(&bytes, &buf, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_bytes_save(bytes, path, &err), GRIDGOV_OK);
    close(fd); // the name leads to a new file now
    fd = open(path, O_RDONLY);
    assert_int_equal((int)read(fd, text, sizeof text), 3);
    assert_memory_equal(text, "a\0b", 3);
    close(fd);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(gridgov_bytes_save(bytes, ".", &err), GRIDGOV_EIO);
    assert_string_equal(err.source, ".");
    assert_int_equal(gridgov_bytes_save(NULL, path, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_bytes_save(bytes, NULL, NULL), GRIDGOV_EARG);
    gridgov_bytes_free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_joined),
        cmocka_unit_test(a_long_text_is_kept_byte_by_byte),
        cmocka_unit_test(keys_are_folded_in_pieces),
        cmocka_unit_test(a_failed_append_sticks),
        cmocka_unit_test(bytes_take_over_the_buffer),
        cmocka_unit_test(a_line_is_cut_between_characters),
        cmocka_unit_test(a_line_that_was_cut_takes_nothing_more),
        cmocka_unit_test(a_line_stays_one_line),
        cmocka_unit_test(templates_are_filled_in),
        cmocka_unit_test(bytes_are_saved_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
