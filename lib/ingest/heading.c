/* SPDX-License-Identifier: Apache-2.0 */
/* In two rows a column is headed in one of two ways. A title of its own stands above, and below it
 * nothing or, where the two cells are merged, the same again. A group stands above the first of its
 * columns, or above each, and each has its sub-title below. A column that has nothing above but a
 * sub-title belongs to the group on its left. */
#include "heading.h"

#include "base/error.h"

static gg_str trimmed(const gg_kept_row *row, int64_t column) {
    return gg_text_trim(gg_kept_row_at(row, column));
}

/* 1 if two texts are the same name. */
static int is_same(gg_str a, gg_str b) {
    char x[256], y[256];
    const size_t size = gg_text_key(x, sizeof x, a);
    if (size > sizeof x || gg_text_key(y, sizeof y, b) != size) {
        return gg_str_equal(a, b);
    }
    return gg_str_equal(gg_str_make(x, size), gg_str_make(y, size));
}

static gridgov_status add_column(gg_heading *heading, gg_str group, gg_str title,
                                 gridgov_error *err) {
    GG_TRY(gg_kept_row_add(&heading->groups, group, err));
    GG_TRY(gg_kept_row_add(&heading->titles, title, err));
    heading->width = title.size > 0 ? heading->titles.count : heading->width;
    return GRIDGOV_OK;
}

gridgov_status gg_heading_make(gg_heading *heading, const char *source, const gg_kept_row *upper,
                               const gg_kept_row *lower, gridgov_error *err) {
    const int64_t below = lower == NULL ? 0 : lower->count;
    const int64_t count = upper->count > below ? upper->count : below;
    const gg_str none = gg_str_of("");
    gg_str group = none;
    heading->source = source;
    heading->number = lower == NULL ? upper->number : lower->number;
    heading->rows = lower == NULL ? 1 : 2;
    heading->width = 0;
    gg_kept_row_begin(&heading->titles, heading->number);
    gg_kept_row_begin(&heading->groups, heading->number);
    for (int64_t i = 0; i < count; i++) {
        const gg_str above = trimmed(upper, i);
        const gg_str sub = lower == NULL ? none : trimmed(lower, i);
        if (sub.size == 0 || is_same(above, sub)) {
            group = none;
            GG_TRY(add_column(heading, none, above, err));
        } else {
            group = above.size > 0 ? above : group;
            GG_TRY(add_column(heading, group, sub, err));
        }
    }
    return GRIDGOV_OK;
}

gg_str gg_heading_title(const gg_heading *heading, int64_t column) {
    return gg_kept_row_at(&heading->titles, column);
}

gg_str gg_heading_group(const gg_heading *heading, int64_t column) {
    return gg_kept_row_at(&heading->groups, column);
}

gridgov_status gg_heading_join(gg_kept_row *out, const gg_heading *heading, gridgov_error *err) {
    gg_buf text = {0};
    gridgov_status status = GRIDGOV_OK;
    gg_kept_row_begin(out, heading->number);
    for (int64_t i = 0; i < heading->titles.count && status == GRIDGOV_OK; i++) {
        const gg_str group = gg_heading_group(heading, i);
        gg_buf_clear(&text);
        gg_buf_str(&text, group);
        gg_buf_text(&text, group.size > 0 ? "/" : "");
        gg_buf_str(&text, gg_heading_title(heading, i));
        status = gg_buf_failed(&text)
                     ? gg_fail_memory(err)
                     : gg_kept_row_add(out, gg_str_make(gg_buf_data(&text), text.size), err);
    }
    gg_buf_release(&text);
    return status;
}

void gg_heading_release(gg_heading *heading) {
    gg_kept_row_release(&heading->titles);
    gg_kept_row_release(&heading->groups);
}
