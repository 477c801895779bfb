/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 text. Well-formedness is held against a decoder written from the definition, over every
 * pair and many triples and quadruples of bytes. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define STR(literal) gg_str_make(literal, sizeof(literal) - 1)

static void strings_compare_by_bytes(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"", "", 0},        {"", "a", -1},
        {"a", "", 1},       {"a", "b", -1},
        {"a", "aa", -1},    {"b", "aa", 1},
        {"Z", "a", -1},     {"z", "社", -1},
        {"社", "社", 0},    {"一网格", "七网格", -1},
        {"abc", "abd", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int order = gg_str_compare(gg_str_of(cases[i].a), gg_str_of(cases[i].b));
        assert_int_equal((order > 0) - (order < 0), cases[i].order);
        assert_int_equal(gg_str_equal(gg_str_of(cases[i].a), gg_str_of(cases[i].b)),
                         cases[i].order == 0);
    }
    assert_int_equal(gg_str_of(NULL).size, 0);
    assert_non_null(gg_str_of(NULL).data);
    assert_non_null(gg_str_make(NULL, 0).data);
    assert_false(gg_str_equal(STR("a\0b"), STR("a\0c")));
}

static void nocase_folds_ascii_letters_only(void **state) {
    (void)state;
    assert_true(gg_str_equal_nocase(STR("Dispatch"), STR("dISPATCH")));
    assert_true(gg_str_equal_nocase(STR("AZaz"), STR("azAZ")));
    assert_false(gg_str_equal_nocase(STR("[{"), STR("{["))); // beside the letters in ASCII
    assert_false(gg_str_equal_nocase(STR("@"), STR("`")));
    assert_false(gg_str_equal_nocase(STR("Ä"), STR("ä")));
    assert_false(gg_str_equal_nocase(STR("a"), STR("aa")));
}

/* Length of the well-formed character, by decoding and asking whether the value needs that many
 * bytes. */
static size_t oracle(const unsigned char *s, size_t size) {
    size_t length = s[0] < 0x80             ? 1
                    : (s[0] & 0xE0) == 0xC0 ? 2
                    : (s[0] & 0xF0) == 0xE0 ? 3
                    : (s[0] & 0xF8) == 0xF0 ? 4
                                            : 0;
    if (length == 0 || length > size) {
        return 0;
    }
    uint32_t value = length == 1 ? s[0] : s[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    return value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)
               ? 0
               : length;
}

static size_t oracle_valid(const unsigned char *s, size_t size) {
    size_t at = 0;
    while (at < size) {
        size_t length = oracle(s + at, size - at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return size;
}

static void well_formed_as_defined(void **state) {
    (void)state;
    static const unsigned char tails[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    const size_t n = sizeof tails;
    unsigned char s[4];
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            s[0] = (unsigned char)a;
            s[1] = (unsigned char)b;
            for (size_t i = 0; i < n * n; i++) {
                s[2] = tails[i / n];
                s[3] = tails[i % n];
                for (size_t size = 0; size <= 4; size++) {
                    size_t expected = oracle_valid(s, size);
                    if (gg_utf8_valid((const char *)s, size) != expected) {
                        fail_msg("%02x %02x %02x %02x, %zu bytes", a, b, s[2], s[3], size);
                    }
                }
            }
        }
    }
}

static void every_code_point_survives(void **state) {
    (void)state;
    for (uint32_t point = 0; point <= 0x110000; point++) {
        char bytes[4];
        size_t offset = 0;
        size_t size = gg_utf8_put(bytes, point);
        int valid = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        if (gg_utf8_valid(bytes, size) != size ||
            gg_utf8_next(bytes, size, &offset) != (valid ? point : 0xFFFD) || offset != size) {
            fail_msg("U+%04X", (unsigned)point);
        }
    }
}

static void a_bad_byte_is_passed_alone(void **state) {
    (void)state;
    const gg_str text = STR("\xE7\xA4"
                            "A\xFF");
    size_t offset = 0;
    assert_int_equal(gg_utf8_next(text.data, text.size, &offset), 0xFFFD);
    assert_int_equal(offset, 1);
    assert_int_equal(gg_utf8_next(text.data, text.size, &offset), 0xFFFD);
    assert_int_equal(gg_utf8_next(text.data, text.size, &offset), 'A');
    assert_int_equal(gg_utf8_next(text.data, text.size, &offset), 0xFFFD);
    assert_int_equal(offset, 4);
    assert_int_equal(gg_utf8_next(text.data, text.size, &offset), 0xFFFD);
    assert_int_equal(offset, 4);
}

static void a_cut_spares_characters(void **state) {
    (void)state;
    const char *text = "a社é𠮷z"; // 1 + 3 + 2 + 4 + 1 bytes
    static const size_t expected[] = {0, 1, 1, 1, 4, 4, 6, 6, 6, 6, 10, 11};
    assert_int_equal(strlen(text), 11);
    for (size_t size = 0; size <= 11; size++) {
        assert_int_equal(gg_utf8_cut(text, size), expected[size]);
    }
}

static void copies_are_cut_and_terminated(void **state) {
    (void)state;
    static const struct {
        size_t room;
        const char *expected;
    } cases[] = {{1, ""}, {2, "a"}, {4, "a"}, {5, "a社"}, {7, "a社"}, {8, "a社区"}, {20, "a社区"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[20];
        memset(buffer, '#', sizeof buffer);
        gg_text_copy(buffer, cases[i].room, "a社区", strlen("a社区"));
        assert_string_equal(buffer, cases[i].expected);
        for (size_t k = cases[i].room; k < sizeof buffer; k++) {
            assert_int_equal(buffer[k], '#');
        }
    }
    char one[4] = "abc";
    gg_text_copy(one, sizeof one, NULL, 3);
    assert_string_equal(one, "");
    one[0] = 'x';
    gg_text_copy(one, 0, "y", 1);
    assert_int_equal(one[0], 'x');
}

static void blanks_are_those_of_the_header(void **state) {
    (void)state;
    static const uint32_t blanks[] = {' ',    '\t',   '\r',   '\n',   '\v',   '\f',  0xA0,
                                      0x2000, 0x2009, 0x200B, 0x202F, 0x3000, 0xFEFF};
    static const uint32_t others[] = {0,      8,      14,     31,     '!',    0x9F,   0xA1,  'a',
                                      0x1FFF, 0x200C, 0x202E, 0x2FFF, 0x3001, 0xFEFE, 0x4E00};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        assert_true(gg_is_blank(blanks[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(gg_is_blank(others[i]));
    }
}

/* Trimmed character by character, from the first to the last. */
static gg_str trim_naively(gg_str text) {
    size_t start = text.size;
    size_t end = text.size;
    for (size_t offset = 0; offset < text.size;) {
        const size_t before = offset;
        if (!gg_is_blank(gg_utf8_next(text.data, text.size, &offset))) {
            start = start < text.size ? start : before;
            end = offset;
        }
    }
    return gg_str_make(text.data + start, end - start);
}

/* Any bytes, those of blanks and of what looks like them most of all, well formed or not. */
static void trimming_is_the_same_from_behind(void **state) {
    (void)state;
    static const char bytes[] =
        " \t\n\x7F\xC2\xA0\xE2\x80\x8B\xAF\xE3\x80\x80\xEF\xBB\xBF\xE5\xF0x1";
    uint32_t seed = 3;
    for (int round = 0; round < 200000; round++) {
        char text[12];
        const size_t size = (size_t)(round % 12);
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = bytes[(seed >> 8) % (sizeof bytes - 1)];
        }
        const gg_str wanted = trim_naively(gg_str_make(text, size));
        assert_true(gg_str_equal(gg_text_trim(gg_str_make(text, size)), wanted));
    }
}

static void trimming_takes_both_ends(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"a", "a"},
        {"  a b  ", "a b"},
        {"\xC2\xA0社区\xE3\x80\x80", "社区"},
        {" \t\r\n\v\f", ""},
        {"\xEF\xBB\xBFx", "x"},
        {"\xFF ", "\xFF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_str trimmed = gg_text_trim(gg_str_of(cases[i].text));
        assert_true(gg_str_equal(trimmed, gg_str_of(cases[i].expected)));
        assert_non_null(trimmed.data);
    }
}

static void keys_fold_what_does_not_matter(void **state) {
    (void)state;
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"", ""},
        {" ", ""},
        {"市民大道北 网格", "市民大道北网格"}, // a wrap space of the published bulletin
        {"ＡＢｃ１２３／％", "abc123/%"},
        {"A\xE3\x80\x80Z\xC2\xA0[`{", "az[`{"},
        {"Ä", "Ä"},
        {"a\xFF"
         "b",
         "a\xFF"
         "b"},
        {"～！", "~!"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[64];
        size_t needed = gg_text_key(buffer, sizeof buffer, gg_str_of(cases[i].text));
        assert_true(gg_str_equal(gg_str_make(buffer, needed), gg_str_of(cases[i].key)));
    }
    char small[4] = {'#', '#', '#', '#'};
    assert_int_equal(gg_text_key(small, 3, STR("A bcde")), 5);
    assert_memory_equal(small, "abc#", 4);
    assert_int_equal(gg_text_key(NULL, 0, STR("社区")), 6);
}

static void edits_are_levenshtein(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        int edits;
    } cases[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "", 3},
        {"abc", "abc", 0},
        {"kitten", "sitting", 3},
        {"flaw", "lawn", 2},
        {"saturday", "sunday", 3},
        {"城市管理", "城市管里", 1},
        {"食药安全", "食品药品安全", 2},
        {"ab", "ba", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_str a = gg_str_of(cases[i].a);
        gg_str b = gg_str_of(cases[i].b);
        assert_int_equal(gg_text_edits(a, b), cases[i].edits);
        assert_int_equal(gg_text_edits(b, a), cases[i].edits);
    }
    char a[300];
    char b[300];
    memset(a, 'x', sizeof a);
    memset(b, 'y', sizeof b);
    assert_int_equal(gg_text_edits(gg_str_make(a, sizeof a), gg_str_make(b, sizeof b)), 64);
    assert_int_equal(gg_text_edits(gg_str_make(a, 64), gg_str_make(a, 65)), 0); // cut to 64
    assert_int_equal(gg_text_edits(gg_str_make(a, 63), gg_str_make(a, 64)), 1);
}

static void sharing_needs_a_common_character(void **state) {
    (void)state;
    assert_true(gg_text_share(STR("城市管理"), STR("管网")));
    assert_false(gg_text_share(STR("城市管理"), STR("食药安全")));
    assert_false(gg_text_share(STR("a b"), STR("c d"))); // a blank is nothing to share
    assert_false(gg_text_share(STR(""), STR("a")));
    assert_false(gg_text_share(STR("a"), STR("")));
    assert_false(gg_text_share(STR("社"), STR("礻"))); // common bytes are no common character
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_compare_by_bytes),
        cmocka_unit_test(nocase_folds_ascii_letters_only),
        cmocka_unit_test(well_formed_as_defined),
        cmocka_unit_test(every_code_point_survives),
        cmocka_unit_test(a_bad_byte_is_passed_alone),
        cmocka_unit_test(a_cut_spares_characters),
        cmocka_unit_test(copies_are_cut_and_terminated),
        cmocka_unit_test(blanks_are_those_of_the_header),
        cmocka_unit_test(trimming_takes_both_ends),
        cmocka_unit_test(trimming_is_the_same_from_behind),
        cmocka_unit_test(keys_fold_what_does_not_matter),
        cmocka_unit_test(edits_are_levenshtein),
        cmocka_unit_test(sharing_needs_a_common_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
