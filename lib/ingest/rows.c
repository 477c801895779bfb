/* SPDX-License-Identifier: Apache-2.0 */
/* The cursor that all readers of tables share: it counts rows, remembers the end and the first
 * failure, and adds the source's name and the row to an error that lacks them.
 *
 * Whoever looks for a header reads one row too many. gg_rows_show() lets the cursor stand on the
 * header again, and the row that was read comes once more.
 *
 * Invariant: between two calls of next the cells of a row do not move; after the end or a failure
 * there is no row, and the same answer comes again. Text of a foreign source is checked here, row
 * by row, so that everything above may rely on UTF-8 without NUL. */
#include "csv.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"

#include <string.h>

struct gridgov_rows {
    gridgov_rows_source source;
    char *name;            /* of the source, owned */
    int checked;           /* 1: the source has checked its text */
    int64_t number;        /* of the current row */
    int64_t count;         /* its cells */
    gridgov_status ended;  /* GRIDGOV_OK while there may be more rows */
    gridgov_error failure; /* set if ended is negative */
    gg_kept_row shown;     /* stands in the place of the source's row while shows is 1 */
    int shows;
    int again; /* 1: the source's row comes next, it was read already */
};

gridgov_status gg_rows_open(gridgov_rows **out, const gridgov_rows_source *source, int checked,
                            gridgov_error *err) {
    gridgov_rows_source copy = {.struct_size = sizeof copy};
    gridgov_rows *rows;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (source == NULL || gg_options_read(&copy, sizeof copy, source) != 0 || copy.next == NULL ||
        copy.count == NULL || copy.text == NULL) {
        return gg_fail_arg(err, "source");
    }
    rows = gg_calloc(1, sizeof *rows);
    if (rows == NULL) {
        return gg_fail_memory(err);
    }
    gg_str name = gg_str_of(copy.source);
    rows->name = gg_calloc(name.size + 1, 1);
    if (rows->name == NULL) {
        gg_free(rows);
        return gg_fail_memory(err);
    }
    memcpy(rows->name, name.data, name.size);
    rows->source = copy;
    rows->checked = checked;
    *out = rows;
    return GRIDGOV_OK;
}

void *gg_rows_user(const gridgov_rows *rows, gridgov_status (*next)(void *, gridgov_error *)) {
    return rows != NULL && rows->ended == GRIDGOV_OK && rows->source.next == next
               ? rows->source.user
               : NULL;
}

gridgov_status gridgov_rows_open_source(gridgov_rows **out, const gridgov_rows_source *source,
                                        gridgov_error *err) {
    return gg_rows_open(out, source, 0, err);
}

static gridgov_status check_cells(const gridgov_rows *rows, gridgov_error *err) {
    for (int64_t i = 0; i < rows->count; i++) {
        size_t size = 0, valid;
        const char *nul, *text = rows->source.text(rows->source.user, i, &size);
        int32_t rule = GG_RULE_UTF8;
        char offset[GG_NUM_TEXT_SIZE];
        if (text == NULL || size == 0) {
            continue;
        }
        valid = gg_utf8_valid(text, size);
        nul = memchr(text, 0, valid);
        if (nul != NULL) {
            rule = GG_RULE_NUL_BYTE;
            valid = (size_t)(nul - text);
        } else if (valid == size) {
            continue;
        }
        (void)gg_int_format(offset, (int64_t)valid + 1);
        (void)gg_fail(err, rule, NULL, NULL, 0, offset, NULL);
        gg_error_at(err, NULL, rows->number, i < INT32_MAX ? (int32_t)(i + 1) : 0);
        return GRIDGOV_EFORMAT;
    }
    return GRIDGOV_OK;
}

static gridgov_status next_row(gridgov_rows *rows) {
    gridgov_error *err = &rows->failure;
    gridgov_status status = rows->source.next(rows->source.user, err);
    if (status < 0) {
        err->status = status;
        gg_error_at(err, rows->name, rows->source.number == NULL ? rows->number + 1 : 0, 0);
        return status;
    }
    if (status != GRIDGOV_OK) {
        return GRIDGOV_END;
    }
    rows->number =
        rows->source.number != NULL ? rows->source.number(rows->source.user) : rows->number + 1;
    rows->count = rows->source.count(rows->source.user);
    rows->count = rows->count < 0 ? 0 : rows->count;
    if (!rows->checked) {
        status = check_cells(rows, err);
        gg_error_at(status < 0 ? err : NULL, rows->name, rows->number, 0);
    }
    return status;
}

gridgov_status gridgov_rows_next(gridgov_rows *rows, gridgov_error *err) {
    if (rows == NULL) {
        return gg_fail_arg(err, "rows");
    }
    rows->shows = 0;
    if (rows->again) {
        rows->again = 0;
    } else if (rows->ended == GRIDGOV_OK) {
        rows->ended = next_row(rows);
        if (rows->ended != GRIDGOV_OK) {
            rows->count = 0;
        }
    }
    if (rows->ended < 0 && err != NULL) {
        *err = rows->failure;
    }
    return rows->ended;
}

void gg_rows_show(gridgov_rows *rows, gg_kept_row *row, int again) {
    gg_kept_row_release(&rows->shown);
    rows->shown = *row;
    memset(row, 0, sizeof *row);
    rows->shows = 1;
    rows->again = again;
}

int64_t gridgov_rows_number(const gridgov_rows *rows) {
    return rows == NULL ? 0 : rows->shows ? rows->shown.number : rows->number;
}

int64_t gridgov_rows_count(const gridgov_rows *rows) {
    return rows == NULL ? 0 : rows->shows ? rows->shown.count : rows->count;
}

const char *gridgov_rows_text(const gridgov_rows *rows, int64_t index, size_t *size_out) {
    const char *text = NULL;
    size_t size = 0;
    if (rows != NULL && rows->shows) {
        const gg_str cell = gg_kept_row_at(&rows->shown, index);
        text = cell.data;
        size = cell.size;
    } else if (rows != NULL && index >= 0 && index < rows->count) {
        text = rows->source.text(rows->source.user, index, &size);
    }
    if (text == NULL) {
        text = "";
        size = 0;
    }
    if (size_out != NULL) {
        *size_out = size;
    }
    return text;
}

gridgov_status gridgov_rows_note(gridgov_rows *rows, gridgov_error *issue_out) {
    static const gridgov_error none = {0};
    if (rows == NULL || issue_out == NULL) {
        return GRIDGOV_EARG;
    }
    *issue_out = none;
    if (rows->ended != GRIDGOV_OK || rows->shows || rows->source.note == NULL ||
        rows->source.note(rows->source.user, issue_out) != GRIDGOV_OK) {
        return GRIDGOV_END;
    }
    gg_error_at(issue_out, rows->name, rows->number, 0);
    return GRIDGOV_OK;
}

const char *gridgov_rows_source_name(const gridgov_rows *rows) {
    return rows == NULL ? "" : rows->name;
}

void gridgov_rows_free(gridgov_rows *rows) {
    if (rows == NULL) {
        return;
    }
    if (rows->source.close != NULL) {
        rows->source.close(rows->source.user);
    }
    gg_kept_row_release(&rows->shown);
    gg_free(rows->name);
    gg_free(rows);
}
