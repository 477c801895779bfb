/* SPDX-License-Identifier: Apache-2.0 */
/* Cells lie one behind the other in one buffer, which grows; what is handed out is borrowed until
 * the row changes. */
#include "kept_row.h"

#include "base/error.h"
#include "base/mem.h"

#include <string.h>

void gg_kept_row_begin(gg_kept_row *kept, int64_t number) {
    gg_buf_clear(&kept->text);
    kept->count = 0;
    kept->number = number;
}

gridgov_status gg_kept_row_add(gg_kept_row *kept, gg_str cell, gridgov_error *err) {
    if (gg_grow((void **)&kept->starts, (size_t)kept->count, &kept->capacity,
                sizeof *kept->starts) != 0) {
        return gg_fail_memory(err);
    }
    kept->starts[kept->count++] = kept->text.size;
    gg_buf_str(&kept->text, cell);
    gg_buf_byte(&kept->text, '\0');
    return gg_buf_failed(&kept->text) ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gg_kept_row_copy(gg_kept_row *kept, const gridgov_rows *rows, gridgov_error *err) {
    const int64_t count = gridgov_rows_count(rows);
    gg_kept_row_begin(kept, gridgov_rows_number(rows));
    for (int64_t i = 0; i < count; i++) {
        size_t size = 0;
        const char *text = gridgov_rows_text(rows, i, &size);
        GG_TRY(gg_kept_row_add(kept, gg_str_make(text, size), err));
    }
    return GRIDGOV_OK;
}

gg_str gg_kept_row_at(const gg_kept_row *kept, int64_t index) {
    size_t start, end;
    if (index < 0 || index >= kept->count) {
        return gg_str_of("");
    }
    start = kept->starts[index];
    end = index + 1 < kept->count ? kept->starts[index + 1] : kept->text.size;
    return gg_str_make(kept->text.data + start, end - start - 1);
}

int gg_kept_row_has_text(const gg_kept_row *kept) {
    for (int64_t i = 0; i < kept->count; i++) {
        if (gg_text_trim(gg_kept_row_at(kept, i)).size > 0) {
            return 1;
        }
    }
    return 0;
}

void gg_kept_row_release(gg_kept_row *kept) {
    gg_buf_release(&kept->text);
    gg_free(kept->starts);
    memset(kept, 0, sizeof *kept);
}
