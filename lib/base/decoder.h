/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of another encoding into UTF-8: iconv, but for the sequences of GB18030 that C libraries
 * read in different ways, which a table of our own decides. */
#ifndef GG_DECODER_H
#define GG_DECODER_H

#include <stddef.h>

/* A byte becomes at most this many of UTF-8. */
#define GG_DECODED_MAX 3

typedef struct gg_decoder {
    void *iconv; /* NULL: not open */
    int is_gb18030;
} gg_decoder;

enum {
    GG_DECODED_ALL = 0,
    GG_DECODED_CUT,  /* what is left is the beginning of a character */
    GG_DECODED_BAD,  /* what is left begins with no character */
    GG_DECODED_FULL, /* there is no room for the next character */
};

/* Open by a name that iconv knows; −1 if it knows none. */
int gg_decoder_open(gg_decoder *decoder, const char *encoding);
/* Convert characters and move from, left, to and room behind them. GG_DECODED_*. */
int gg_decoder_run(const gg_decoder *decoder, const char **from, size_t *left, char **to,
                   size_t *room);
/* Close; one that is not open is allowed. */
void gg_decoder_close(gg_decoder *decoder);

#endif
