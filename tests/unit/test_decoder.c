/* SPDX-License-Identifier: Apache-2.0 */
/* Other encodings into UTF-8. The sequences on which C libraries differ are written down here by
 * hand after GB 18030-2022; where the index of the WHATWG Encoding Standard is at hand, every
 * sequence of two and of four bytes is held to it. */
#include "base/decoder.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TRAILS 190 /* of a two-byte character */
#define PAIRS (126 * TRAILS)
#define FOURS 39420 /* of the basic plane */
#define LINE 4096

static gg_decoder gb18030;

/* The one character of a sequence; 0 if it is refused, or is not one. */
static uint32_t decode(const unsigned char *bytes, size_t size) {
    char text[16], *to = text;
    const char *from = (const char *)bytes;
    size_t left = size, room = sizeof text, at = 0;
    uint32_t code_point;
    if (gg_decoder_run(&gb18030, &from, &left, &to, &room) != GG_DECODED_ALL || left != 0) {
        return 0;
    }
    code_point = gg_utf8_next(text, (size_t)(to - text), &at);
    return at == (size_t)(to - text) ? code_point : 0;
}

static size_t pair_bytes(unsigned char *bytes, int pointer) {
    int trail = pointer % TRAILS;
    bytes[0] = (unsigned char)(0x81 + pointer / TRAILS);
    bytes[1] = (unsigned char)(trail + (trail < 0x3F ? 0x40 : 0x41));
    return 2;
}

static size_t four_bytes(unsigned char *bytes, int pointer) {
    bytes[0] = (unsigned char)(0x81 + pointer / 12600);
    bytes[1] = (unsigned char)(0x30 + pointer / 1260 % 10);
    bytes[2] = (unsigned char)(0x81 + pointer / 10 % 126);
    bytes[3] = (unsigned char)(0x30 + pointer % 10);
    return 4;
}

static const struct {
    const char *bytes;
    uint32_t code_point;
} contested[] = {
    {"\xA3\xA0", 0x3000},         {"\xA6\xD9", 0xFE10},         {"\xA6\xDA", 0xFE12},
    {"\xA6\xDB", 0xFE11},         {"\xA6\xDC", 0xFE13},         {"\xA6\xDD", 0xFE14},
    {"\xA6\xDE", 0xFE15},         {"\xA6\xDF", 0xFE16},         {"\xA6\xEC", 0xFE17},
    {"\xA6\xED", 0xFE18},         {"\xA6\xF3", 0xFE19},         {"\xA8\xBC", 0x1E3F},
    {"\xFE\x51", 0xE816},         {"\xFE\x52", 0xE817},         {"\xFE\x53", 0xE818},
    {"\xFE\x59", 0x9FB4},         {"\xFE\x61", 0x9FB5},         {"\xFE\x66", 0x9FB6},
    {"\xFE\x67", 0x9FB7},         {"\xFE\x6C", 0xE831},         {"\xFE\x6D", 0x9FB8},
    {"\xFE\x76", 0xE83B},         {"\xFE\x7E", 0x9FB9},         {"\xFE\x90", 0x9FBA},
    {"\xFE\x91", 0xE855},         {"\xFE\xA0", 0x9FBB},         {"\x81\x35\xF4\x37", 0xE7C7},
    {"\x82\x35\x90\x37", 0x9FB4}, {"\x82\x35\x90\x38", 0x9FB5}, {"\x82\x35\x90\x39", 0x9FB6},
    {"\x82\x35\x91\x30", 0x9FB7}, {"\x82\x35\x91\x31", 0x9FB8}, {"\x82\x35\x91\x32", 0x9FB9},
    {"\x82\x35\x91\x33", 0x9FBA}, {"\x82\x35\x91\x34", 0x9FBB}, {"\x84\x31\x82\x36", 0xFE10},
    {"\x84\x31\x82\x37", 0xFE11}, {"\x84\x31\x82\x38", 0xFE12}, {"\x84\x31\x82\x39", 0xFE13},
    {"\x84\x31\x83\x30", 0xFE14}, {"\x84\x31\x83\x31", 0xFE15}, {"\x84\x31\x83\x32", 0xFE16},
    {"\x84\x31\x83\x33", 0xFE17}, {"\x84\x31\x83\x34", 0xFE18}, {"\x84\x31\x83\x35", 0xFE19},
};
#define CONTESTED (sizeof contested / sizeof contested[0])

static void test_contested_sequences(void **state) {
    (void)state;
    assert_int_equal(CONTESTED, 45);
    for (size_t i = 0; i < CONTESTED; i++) {
        assert_int_equal(
            decode((const unsigned char *)contested[i].bytes, strlen(contested[i].bytes)),
            contested[i].code_point);
    }
}

/* Their neighbours are not theirs, and a contested sequence inside another character is none. */
static void test_neighbours(void **state) {
    static const struct {
        const char *bytes;
        const char *text;
    } cases[] = {
        {"\xA6\xD8", "ω"},                      // U+03C9
        {"\xA6\xE0", "︵"},                     // U+FE35
        {"\xFE\x58", "⺋"},                     // U+2E8B
        {"\x81\x35\xF4\x36", "\xE1\xB8\xBE"},   // U+1E3E
        {"\x82\x35\x90\x36", "\xE9\xBE\xB3"},   // U+9FB3
        {"\x82\x35\x91\x35", "\xE9\xBE\xBC"},   // U+9FBC
        {"\x84\x31\x83\x36", "\xEF\xB8\x9A"},   // U+FE1A
        {"\xB0\xA6\xD9\xB0\xA1\xA1", "唉侔　"}, // B0A6 D9B0 A1A1: not A6D9
        {"a\xA6\xD9z\xA8\xBC", "a︐zḿ"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[32], *to = text;
        const char *from = cases[i].bytes;
        size_t left = strlen(from), room = sizeof text;
        assert_int_equal(gg_decoder_run(&gb18030, &from, &left, &to, &room), GG_DECODED_ALL);
        *to = '\0';
        assert_string_equal(text, cases[i].text);
    }
}

/* Cut at every byte, and with room for every size: the same bytes, and the right word for why it
 * stopped. */
static void test_pieces(void **state) {
    static const char bytes[] = "\xB0\xD9\xA6\xD9z\x84\x31\x82\x36\xFE\x51\xA8\xBC\x95\x32\x82\x36";
    static const char expected[] = "百︐z︐\xEE\xA0\x96ḿ\xF0\xA0\x80\x80";
    (void)state;
    for (size_t cut = 0; cut < sizeof bytes; cut++) {
        for (size_t room = 4; room <= sizeof expected; room++) {
            char text[64], *to = text;
            const char *from = bytes;
            size_t end = cut, left = cut;
            for (;;) {
                size_t space = room;
                int result = gg_decoder_run(&gb18030, &from, &left, &to, &space);
                if (result == GG_DECODED_FULL) {
                    assert_true(space < 4);
                } else if (end < sizeof bytes - 1) {
                    assert_true(result == GG_DECODED_CUT ||
                                (result == GG_DECODED_ALL && left == 0));
                    left += sizeof bytes - 1 - end;
                    end = sizeof bytes - 1;
                } else {
                    assert_int_equal(result, GG_DECODED_ALL);
                    break;
                }
            }
            *to = '\0';
            assert_string_equal(text, expected);
        }
    }
}

static void test_what_is_refused(void **state) {
    static const struct {
        const char *bytes;
        size_t behind; /* bytes before the bad one */
        int result;
    } cases[] = {
        {"\xA6\xD9\xFF\xA6\xD9", 2, GG_DECODED_BAD},
        {"\xA8\xBC\xB0\x20", 2, GG_DECODED_BAD},
        {"\xA6", 0, GG_DECODED_CUT},
        {"a\x84\x31\x82", 1, GG_DECODED_CUT},
        {"\xA6\xD9\x84", 2, GG_DECODED_CUT},
        {"\x84\x31\x41\x36", 0, GG_DECODED_BAD},
    };
    gg_decoder none = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[32], *to = text;
        const char *from = cases[i].bytes;
        size_t left = strlen(from), room = sizeof text;
        assert_int_equal(gg_decoder_run(&gb18030, &from, &left, &to, &room), cases[i].result);
        assert_int_equal(from - cases[i].bytes, cases[i].behind);
        assert_int_equal(left, strlen(cases[i].bytes) - cases[i].behind);
    }
    assert_int_equal(gg_decoder_open(&none, "no such encoding"), -1);
    gg_decoder_close(&none);
}

/* Another encoding is what the system says. */
static void test_another_encoding(void **state) {
    gg_decoder latin;
    char text[8], *to = text;
    const char *from = "\xE9\xA8\xBC";
    size_t left = 3, room = sizeof text;
    (void)state;
    assert_int_equal(gg_decoder_open(&latin, "ISO-8859-1"), 0);
    assert_int_equal(gg_decoder_run(&latin, &from, &left, &to, &room), GG_DECODED_ALL);
    *to = '\0';
    assert_string_equal(text, "é¨¼");
    gg_decoder_close(&latin);
}

/* Lines "pointer<TAB>0xCODE…" of an index into a table; how many. */
static int read_index(uint32_t *table, int size, const char *name) {
    char path[1024], line[LINE];
    const char *shared = getenv("GRIDGOV_SHARED");
    int count = 0;
    FILE *file;
    snprintf(path, sizeof path, "%s/data/encodings/whatwg/%s",
             shared != NULL ? shared : "../shared", name);
    file = fopen(path, "rb");
    if (file == NULL) {
        print_message("there is no %s\n", path);
        skip();
    }
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *rest;
        unsigned long pointer = strtoul(line, &rest, 10);
        if (rest != line && line[0] != '#' && pointer < (unsigned long)size) {
            table[pointer] = (uint32_t)strtoul(rest, NULL, 16);
            count++;
        }
    }
    assert_int_equal(fclose(file), 0);
    return count;
}

static void test_every_pair(void **state) {
    static uint32_t index[PAIRS];
    unsigned char bytes[4];
    (void)state;
    assert_int_equal(read_index(index, PAIRS, "index-gb18030.txt"), PAIRS);
    for (int pointer = 0; pointer < PAIRS; pointer++) {
        assert_int_equal(decode(bytes, pair_bytes(bytes, pointer)), index[pointer]);
    }
}

static void test_every_four(void **state) {
    static uint32_t first[FOURS]; /* of a range, at its first pointer */
    unsigned char bytes[4];
    uint32_t range = 0;
    int from = 0;
    (void)state;
    assert_int_equal(read_index(first, FOURS, "index-gb18030-ranges.txt"), 206);
    for (int pointer = 0; pointer < FOURS; pointer++) {
        uint32_t expected;
        if (first[pointer] != 0) {
            range = first[pointer];
            from = pointer;
        }
        expected = pointer == 7457 ? 0xE7C7 : range + (uint32_t)(pointer - from);
        assert_int_equal(decode(bytes, four_bytes(bytes, pointer)), expected);
    }
}

static int open_decoder(void **state) {
    (void)state;
    return gg_decoder_open(&gb18030, "GB18030");
}

static int close_decoder(void **state) {
    (void)state;
    gg_decoder_close(&gb18030);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contested_sequences),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_another_encoding),
        cmocka_unit_test(test_every_pair),
        cmocka_unit_test(test_every_four),
    };
    return cmocka_run_group_tests(tests, open_decoder, close_decoder);
}
