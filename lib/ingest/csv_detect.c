/* SPDX-License-Identifier: Apache-2.0 */
/* How a file of text is written. Two bytes of GBK are often well-formed UTF-8 by chance, but a page
 * of Chinese in GBK never is; so what decides is a window, not the first odd byte. GB18030 is
 * checked by its structure (GB 18030-2022: one byte, lead 81–FE with trail 40–7E or 80–FE, or four
 * bytes), and at least one pair must be a common character (lead B0–F7, trail A1–FE), so that
 * Latin-1 text is not taken for Chinese.
 *
 * A delimiter is judged by the first lines with text, quotes minded: the one for which most lines
 * have the same number of cells, then the one with more cells, then the order comma, tab,
 * semicolon, bar. */
#include <gridgov/rows.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"

#include <string.h>

#define WINDOW ((size_t)64 << 10)
#define ASCII_MAX ((size_t)16 << 20) /* bytes in which a byte above 0x7F is looked for */
#define BLOCK ((size_t)64 << 10)
#define LINES 20
#define COUNTS 64 /* numbers of cells that are told apart; more count as the last */

/* Length of the GB18030 character at the beginning; 0 if it is none, −1 if the text ends in it. */
static int gb_length(const unsigned char *b, size_t size) {
    if (b[0] < 0x80) {
        return 1;
    }
    if (b[0] == 0x80 || b[0] == 0xFF) {
        return 0;
    }
    if (size < 2) {
        return -1;
    }
    if (b[1] >= 0x30 && b[1] <= 0x39) {
        if (size < 4) {
            return -1;
        }
        return b[2] >= 0x81 && b[2] <= 0xFE && b[3] >= 0x30 && b[3] <= 0x39 ? 4 : 0;
    }
    return b[1] >= 0x40 && b[1] != 0x7F && b[1] != 0xFF ? 2 : 0;
}

static int is_gb18030(const unsigned char *text, size_t size) {
    int common = 0;
    for (size_t at = 0; at < size;) {
        int length = gb_length(text + at, size - at);
        if (length == 0) {
            return 0;
        }
        if (length < 0) {
            break; // cut by the end of the window
        }
        common |= length == 2 && text[at] >= 0xB0 && text[at] <= 0xF7 && text[at + 1] >= 0xA1;
        at += (size_t)length;
    }
    return common;
}

/* 1 if the text is UTF-8 but for a character that its end may have cut. */
static int is_utf8(const char *text, size_t size) {
    size_t valid = gg_utf8_valid(text, size);
    if (size - valid >= 4) {
        return 0;
    }
    for (size_t i = valid; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (i == valid ? byte < 0xC2 || byte > 0xF4 : byte < 0x80 || byte > 0xBF) {
            return 0;
        }
    }
    return 1;
}

/* Offset of the first byte above 0x7F, size if there is none. */
static size_t first_wide(const char *text, size_t size) {
    size_t i = 0;
    while (i < size && (unsigned char)text[i] < 0x80) {
        i++;
    }
    return i;
}

/* Encoding of a text that begins with its first byte above 0x7F. */
static const char *encoding_of(const char *text, size_t size) {
    size = size < WINDOW ? size : WINDOW;
    if (is_utf8(text, size)) {
        return "utf-8";
    }
    return is_gb18030((const unsigned char *)text, size) ? "gb18030" : "utf-8";
}

/* How many of the first lines have the most frequent number of cells, and that number. */
static void judge(const char *text, size_t size, char delimiter, int *lines_out, int *cells_out) {
    int counts[COUNTS + 1] = {0}, lines = 0, cells = 1, quoted = 0, has_text = 0;
    for (size_t i = 0; i < size && lines < LINES; i++) {
        char c = text[i];
        quoted ^= c == '"';
        if (!quoted && c == delimiter) {
            cells++;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            lines += has_text;
            counts[cells < COUNTS ? cells : COUNTS] += has_text;
            cells = 1;
            has_text = 0;
            continue;
        }
        has_text = 1;
    }
    if (has_text && lines < LINES) {
        counts[cells < COUNTS ? cells : COUNTS]++;
    }
    *lines_out = 0;
    *cells_out = 1;
    for (int n = 2; n <= COUNTS; n++) {
        if (counts[n] > *lines_out) {
            *lines_out = counts[n];
            *cells_out = n;
        }
    }
}

static int32_t delimiter_of(const char *text, size_t size) {
    static const char candidates[] = {',', '\t', ';', '|'};
    int best_lines = 0, best_cells = 1;
    int32_t best = ',';
    for (size_t i = 0; i < sizeof candidates; i++) {
        int lines, cells;
        judge(text, size, candidates[i], &lines, &cells);
        if (lines > best_lines || (lines == best_lines && cells > best_cells)) {
            best_lines = lines;
            best_cells = cells;
            best = candidates[i];
        }
    }
    return best;
}

/* What two samples of a text say: its beginning, and from its first byte above 0x7F on. */
static gridgov_status detect(gridgov_csv_options *options, gg_str head, gg_str wide,
                             gridgov_error *err) {
    gridgov_csv_options full = {.struct_size = sizeof full};
    if (options == NULL || gg_options_read(&full, sizeof full, options) != 0) {
        return gg_fail_arg(err, "options");
    }
    if (full.encoding == NULL) {
        full.encoding = encoding_of(wide.data, wide.size);
    }
    if (full.delimiter == 0) {
        full.delimiter = delimiter_of(head.data, head.size < WINDOW ? head.size : WINDOW);
    }
    return gg_view_copy(options, &full, sizeof full) == 0 ? GRIDGOV_OK
                                                          : gg_fail_arg(err, "options");
}

gridgov_status gridgov_csv_detect_bytes(gridgov_csv_options *options, const char *data, size_t size,
                                        gridgov_error *err) {
    if (data == NULL && size > 0) {
        return gg_fail_arg(err, "data");
    }
    const size_t from = first_wide(data, size);
    return detect(options, gg_str_make(data != NULL ? data : "", size),
                  gg_str_make(data != NULL ? data + from : "", size - from), err);
}

/* Add to a sample as much as it lacks. */
static void fill(gg_buf *sample, const char *text, size_t size) {
    const size_t lacks = WINDOW - sample->size;
    gg_buf_add(sample, text, size < lacks ? size : lacks);
}

/* Read both samples of a file, block by block: no more of it is held than they are. */
static gridgov_status take_samples(gg_buf *head, gg_buf *wide, const char *path,
                                   gridgov_error *err) {
    char *block = gg_calloc(BLOCK, 1);
    gridgov_status status = GRIDGOV_OK;
    size_t count = 1;
    int fd;
    if (block == NULL) {
        return gg_fail_memory(err);
    }
    status = gg_file_open(&fd, path, err);
    if (status < 0) {
        gg_free(block);
        return status;
    }
    for (size_t total = 0; status == GRIDGOV_OK && count > 0 && wide->size < WINDOW &&
                           (wide->size > 0 || total < ASCII_MAX);
         total += count) {
        status = gg_file_read(&count, fd, block, BLOCK, err);
        if (status == GRIDGOV_OK) {
            const size_t from = wide->size > 0 ? 0 : first_wide(block, count);
            fill(head, block, count);
            fill(wide, block + from, count - from);
        }
        if (gg_buf_failed(head) || gg_buf_failed(wide)) {
            status = gg_fail_memory(err);
        }
    }
    gg_file_close(fd);
    gg_free(block);
    gg_error_at(status < 0 ? err : NULL, path, 0, 0);
    return status;
}

gridgov_status gridgov_csv_detect_file(gridgov_csv_options *options, const char *path,
                                       gridgov_error *err) {
    gg_buf head = {0};
    gg_buf wide = {0};
    if (path == NULL) {
        return gg_fail_arg(err, "path");
    }
    // What is no regular file (a pipe) cannot be read twice.
    gridgov_status status =
        gg_path_kind(path) == 3 ? GRIDGOV_OK : take_samples(&head, &wide, path, err);
    if (status == GRIDGOV_OK) {
        status = detect(options, gg_str_make(gg_buf_data(&head), head.size),
                        gg_str_make(gg_buf_data(&wide), wide.size), err);
    }
    gg_buf_release(&head);
    gg_buf_release(&wide);
    return status;
}
