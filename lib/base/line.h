/* SPDX-License-Identifier: Apache-2.0 */
/* One line of text in a buffer of fixed size: for messages, which must be written when there is no
 * memory. The line stays well-formed UTF-8 whatever is added, is cut between characters, and keeps
 * counting after it is full. */
#ifndef GG_LINE_H
#define GG_LINE_H

#include "text.h"

#include <stddef.h>

typedef struct gg_line {
    char *data;   /* NUL-terminated if room > 0 */
    size_t room;  /* bytes of data, the NUL included */
    size_t size;  /* bytes kept */
    size_t whole; /* bytes that would have been kept in a buffer without end */
} gg_line;

/* The texts that a template of the rule catalogue asks for; an empty one yields nothing. */
typedef struct gg_line_parts {
    gg_str field, value, more[2];
} gg_line_parts;

void gg_line_init(gg_line *line, char *buffer, size_t room); /* buffer may be NULL if room is 0 */
/* Add text as it stands; bad bytes become U+FFFD, control characters a blank. */
void gg_line_str(gg_line *line, gg_str text);
void gg_line_text(gg_line *line, const char *text); /* NUL-terminated; NULL adds nothing */
void gg_line_int(gg_line *line, int64_t value);
/* Add a template with {field} {value} {0} {1} filled in; anything else stands for itself. */
void gg_line_template(gg_line *line, const char *template, const gg_line_parts *parts);
/* The next piece of a template: *literal is the text up to a placeholder, *part 0 field, 1 value, 2
 * {0}, 3 {1}, or -1 at the end. Returns what follows. */
const char *gg_line_piece(gg_str *literal, int *part, const char *template);

#endif
