/* SPDX-License-Identifier: Apache-2.0 */
/* C libraries follow different editions of GB18030 (2000, 2005, 2022), glibc has six supplementary
 * characters where the standard keeps a private use area, and some refuse the other form of a
 * character that has two. So 45 sequences have no one reading, and a place name or a bracket would
 * depend on the machine. The table is the reading of the WHATWG Encoding Standard (index of
 * 2024-09-18), which is that of the 2022 edition for two bytes, and which loses no character: both
 * forms of U+9FB4 and its like are read.
 *
 * A run between two such sequences goes to iconv as it stands. Characters are told apart by their
 * first two bytes; behind a byte that begins none, iconv stops, so that the walk cannot get out of
 * step. */
#include "decoder.h"

#include "text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* Sequences one behind the other, and the characters that they are, one behind the other too. */
typedef struct pinned {
    uint32_t first;
    uint16_t count, code_point;
} pinned;

/* By first. */
static const pinned pairs[] = {
    {0xA3A0, 1, 0x3000}, {0xA6D9, 1, 0xFE10}, {0xA6DA, 1, 0xFE12}, {0xA6DB, 1, 0xFE11},
    {0xA6DC, 4, 0xFE13}, {0xA6EC, 2, 0xFE17}, {0xA6F3, 1, 0xFE19}, {0xA8BC, 1, 0x1E3F},
    {0xFE51, 3, 0xE816}, {0xFE59, 1, 0x9FB4}, {0xFE61, 1, 0x9FB5}, {0xFE66, 2, 0x9FB6},
    {0xFE6C, 1, 0xE831}, {0xFE6D, 1, 0x9FB8}, {0xFE76, 1, 0xE83B}, {0xFE7E, 1, 0x9FB9},
    {0xFE90, 1, 0x9FBA}, {0xFE91, 1, 0xE855}, {0xFEA0, 1, 0x9FBB},
};
static const pinned fours[] = {
    {0x8135F437, 1, 0xE7C7}, {0x82359037, 3, 0x9FB4}, {0x82359130, 5, 0x9FB7},
    {0x84318236, 4, 0xFE10}, {0x84318330, 6, 0xFE14},
};

static int is_lead(unsigned char byte) {
    return byte >= 0x81 && byte <= 0xFE;
}

static int is_digit(unsigned char byte) {
    return byte >= 0x30 && byte <= 0x39;
}

/* The character that the table has for a sequence; 0 if it has none. */
static uint32_t look_up(const pinned *table, size_t count, uint32_t sequence) {
    for (size_t i = 0; i < count && table[i].first <= sequence; i++) {
        if (sequence - table[i].first < table[i].count) {
            return table[i].code_point + (sequence - table[i].first);
        }
    }
    return 0;
}

/* The character that the table has at the beginning of the bytes, 0 if it has none, and the length
 * of the character there; a byte that begins none, or is cut off, counts as one. */
static uint32_t find_pinned(const unsigned char *bytes, size_t size, size_t *length) {
    *length = 1;
    if (size < 2 || !is_lead(bytes[0])) {
        return 0;
    }
    if (!is_digit(bytes[1])) {
        *length = 2;
        return look_up(pairs, sizeof pairs / sizeof pairs[0], (uint32_t)bytes[0] << 8 | bytes[1]);
    }
    if (size < 4) {
        return 0;
    }
    *length = 4;
    return look_up(fours, sizeof fours / sizeof fours[0],
                   (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
                       bytes[3]);
}

int gg_decoder_open(gg_decoder *decoder, const char *encoding) {
    iconv_t converter = iconv_open("UTF-8", encoding);
    decoder->iconv = converter == (iconv_t)-1 ? NULL : converter;
    decoder->is_gb18030 = strcmp(encoding, "GB18030") == 0;
    return decoder->iconv == NULL ? -1 : 0;
}

void gg_decoder_close(gg_decoder *decoder) {
    if (decoder->iconv != NULL) {
        (void)iconv_close((iconv_t)decoder->iconv);
        decoder->iconv = NULL;
    }
}

/* A run of bytes by iconv. */
static int convert(const gg_decoder *decoder, const char **from, size_t *left, char **to,
                   size_t *room) {
    char *bytes = (char *)*from; // iconv reads it only
    int number;
    errno = 0;
    number = iconv((iconv_t)decoder->iconv, &bytes, left, to, room) == (size_t)-1 ? errno : 0;
    *from = bytes;
    return number == 0        ? GG_DECODED_ALL
           : number == EINVAL ? GG_DECODED_CUT
           : number == E2BIG  ? GG_DECODED_FULL
                              : GG_DECODED_BAD;
}

int gg_decoder_run(const gg_decoder *decoder, const char **from, size_t *left, char **to,
                   size_t *room) {
    if (!decoder->is_gb18030) {
        return convert(decoder, from, left, to, room);
    }
    while (*left > 0) {
        const unsigned char *bytes = (const unsigned char *)*from;
        size_t run = 0, rest, length = 0, written;
        uint32_t code_point = 0;
        int result;
        for (; run < *left && code_point == 0; run += code_point == 0 ? length : 0) {
            code_point = find_pinned(bytes + run, *left - run, &length);
        }
        rest = run;
        result = convert(decoder, from, &rest, to, room);
        *left -= run - rest;
        if (result != GG_DECODED_ALL || code_point == 0) {
            return result;
        }
        if (*room < GG_DECODED_MAX) {
            return GG_DECODED_FULL;
        }
        written = gg_utf8_put(*to, code_point);
        *to += written;
        *room -= written;
        *from += length;
        *left -= length;
    }
    return GG_DECODED_ALL;
}
