/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 text as pointer and size. No locale takes part. */
#ifndef GG_TEXT_H
#define GG_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct gg_str {
    const char *data; /* not NUL-terminated; never NULL when made by gg_str_of */
    size_t size;
} gg_str;

gg_str gg_str_of(const char *text); /* of NUL-terminated text; NULL gives "" */
gg_str gg_str_make(const char *data, size_t size);
int gg_str_equal(gg_str a, gg_str b);
int gg_str_compare(gg_str a, gg_str b);      /* by bytes, shorter first: <0, 0, >0 */
int gg_str_equal_nocase(gg_str a, gg_str b); /* ASCII letters in either case */

/* Bytes of the well-formed character at the start of data (size at least 1); 0 if there is none. */
size_t gg_utf8_length(const char *data, size_t size);
/* Offset of the first byte that is not well-formed UTF-8 (Unicode 15 table 3-7), or size if all
 * are. */
size_t gg_utf8_valid(const char *data, size_t size);
/* Next code point at *offset of well-formed text, which is moved on; U+FFFD for a bad byte (moves
 * one byte). */
uint32_t gg_utf8_next(const char *data, size_t size, size_t *offset);
/* Write a code point (1 to 4 bytes) and return how many bytes. */
size_t gg_utf8_put(char *out, uint32_t code_point);
/* Largest size' ≤ size that does not cut a character. */
size_t gg_utf8_cut(const char *data, size_t size);
/* Copy into buffer of room bytes, cut at a character's boundary, NUL-terminated; NULL data gives
 * "". */
void gg_text_copy(char *buffer, size_t room, const char *data, size_t size);

/* Blank: ASCII space, tab, CR, LF, VT, FF, U+00A0, U+2000–U+200B, U+202F, U+3000, U+FEFF. */
int gg_is_blank(uint32_t code_point);
/* Without blanks at both ends. */
gg_str gg_text_trim(gg_str text);
/* The next line of *rest, which is moved on; 0 when nothing is left. Empty lines are passed over.
 */
int gg_text_next_line(gg_str *line, gg_str *rest);
/* Key of a name for look-ups: all blanks removed, full-width ASCII (U+FF01–FF5E) folded to ASCII,
 * ASCII letters to lower case. Writes at most room bytes (no NUL), returns the bytes needed. */
size_t gg_text_key(char *buffer, size_t room, gg_str text);
/* Edits (insert, delete, replace) between two texts in code points, cut to 64 each; exact within
 * that. */
int gg_text_edits(gg_str a, gg_str b);
/* 1 if both share at least one code point that is no blank. */
int gg_text_share(gg_str a, gg_str b);

#endif
