/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over fields, and the count of holders. The expected digests were computed with Python's
 * hashlib over the fields written by hand, length before each. */
#include "base/digest.h"
#include "base/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void digests_are_sha_256(void **state) {
    (void)state;
    gg_digest digest;
    char text[GG_DIGEST_TEXT_SIZE];
    gg_digest_init(&digest);
    gg_digest_finish(&digest, text);
    assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("abc"));
    gg_digest_finish(&digest, text);
    assert_string_equal(text, "c3494ca1a2cf8eeb8a11ded316fb55b83c3bbbedb6313cd50415251e5d09e12f");
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("社区"));
    gg_digest_int(&digest, -2);
    gg_digest_int(&digest, 0x0102030405060708);
    gg_digest_text(&digest, gg_str_of(""));
    gg_digest_finish(&digest, text);
    assert_string_equal(text, "ffcaf81f89a1ca35526e0c05be8265e7b48c3f5a12fd80ddb283401794fc9706");
    assert_int_equal(strlen(text), 64);
}

static void where_a_field_ends_matters(void **state) {
    (void)state;
    static const char *const sequences[][3] = {
        {"ab", "c", ""}, {"a", "bc", ""}, {"abc", "", ""}, {"", "abc", ""}, {"", "", "abc"}};
    const size_t count = sizeof sequences / sizeof sequences[0];
    char texts[5][GG_DIGEST_TEXT_SIZE];
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        gg_digest digest;
        gg_digest_init(&digest);
        for (size_t k = 0; k < 3; k++) {
            gg_digest_text(&digest, gg_str_of(sequences[i][k]));
        }
        gg_digest_finish(&digest, texts[i]);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(texts[i], texts[k]);
        }
    }
}

static void the_last_holder_destroys(void **state) {
    (void)state;
    gg_share share;
    gg_share_init(&share);
    gg_share_hold(&share);
    gg_share_hold(&share);
    assert_int_equal(gg_share_drop(&share), 0);
    assert_int_equal(gg_share_drop(&share), 0);
    assert_int_equal(gg_share_drop(&share), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_sha_256),
        cmocka_unit_test(where_a_field_ends_matters),
        cmocka_unit_test(the_last_holder_destroys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
