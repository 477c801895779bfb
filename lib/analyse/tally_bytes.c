/* SPDX-License-Identifier: Apache-2.0 */
/* A tally as bytes. All numbers are 8 bytes, little-endian, written and read by shifts; text has
 * its length before it. In order: magic and version; digests of metrics and reference data; period,
 * cut-offs, zone; coverage, events outside, doubted closings; names found, of categories and of
 * agencies; for each metric whether it is covered, what it lacks, and its cells that are not zero;
 * officers' sets of days; monthly figures; adjustments; and the SHA-256 of all that as 64 digits.
 *
 * The form is canonical: everything stands sorted, nothing stands twice, no needless zero is
 * written. Equal counts give equal bytes, and loading refuses whatever saving would not write. So
 * the bytes of hostile hands can at most say other counts; a count of things to come is checked
 * against the bytes that are left before anything is allocated. */
#include "count.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/text.h"

#include <string.h>

#define MAGIC "GGTALLY\n"
#define MAGIC_SIZE 8
#define VERSION 1
#define DIGITS 64
#define WORD_SIZE 8

static const int32_t found_dimensions[] = {GRIDGOV_DIMENSION_CATEGORY, GRIDGOV_DIMENSION_AGENCY};
#define FOUND_DIMENSIONS (sizeof found_dimensions / sizeof found_dimensions[0])

static void put(gg_buf *buf, int64_t value) {
    char bytes[WORD_SIZE];
    for (int i = 0; i < WORD_SIZE; i++) {
        bytes[i] = (char)((uint64_t)value >> (8 * i) & 0xFF);
    }
    gg_buf_add(buf, bytes, sizeof bytes);
}

static void put_text(gg_buf *buf, const char *text) {
    const size_t size = strlen(text);
    put(buf, (int64_t)size);
    gg_buf_add(buf, text, size);
}

static void put_head(gg_buf *buf, const gridgov_tally *tally) {
    const gridgov_tally_options *options = &tally->options;
    gg_buf_add(buf, MAGIC, MAGIC_SIZE);
    put(buf, VERSION);
    put_text(buf, gridgov_metrics_digest(tally->metrics));
    put_text(buf, tally->reference);
    put(buf, options->period.from);
    put(buf, options->period.to);
    put(buf, options->as_of);
    put(buf, options->known_by);
    put(buf, options->utc_offset_minutes);
    put(buf, (int64_t)tally->coverage);
    put(buf, tally->outside);
    put(buf, tally->doubted);
}

static int is_zero(const gg_tally_cell *cell) {
    return cell->value == 0 && cell->reported == 0 && cell->missing == 0;
}

static void put_cells(gg_buf *buf, const gridgov_tally *tally, int64_t *const *order) {
    for (size_t i = 0; i < tally->metric_count; i++) {
        const int32_t d = tally->list[i].dimension;
        int64_t count = 0;
        for (size_t row = 0; row < tally->tables[d].count; row++) {
            count += !is_zero(&tally->cells[i][row]);
        }
        put(buf, tally->counted[i].covered);
        put(buf, tally->counted[i].lacking);
        put(buf, count);
        for (size_t place = 0; place < tally->tables[d].count; place++) {
            const gg_tally_cell *cell = &tally->cells[i][order[d][place]];
            if (!is_zero(cell)) {
                put(buf, (int64_t)place);
                put(buf, cell->value);
                put(buf, cell->reported);
                put(buf, cell->missing);
            }
        }
    }
}

static int is_blank(const gg_tally_patrol *patrol, size_t officer) {
    const uint64_t *sets = patrol->officers[officer];
    for (size_t i = 0; sets != NULL && i < patrol->sets * patrol->words; i++) {
        if (sets[i] != 0) {
            return 0;
        }
    }
    return 1;
}

static void put_patrol(gg_buf *buf, const gg_tally_patrol *patrol) {
    int64_t count = 0;
    for (size_t i = 0; i < patrol->count; i++) {
        count += !is_blank(patrol, i);
    }
    put(buf, patrol->has_source);
    put(buf, count);
    for (size_t i = 0; i < patrol->count; i++) {
        if (is_blank(patrol, i)) {
            continue;
        }
        put(buf, (int64_t)i);
        for (size_t word = 0; word < patrol->sets * patrol->words; word++) {
            put(buf, (int64_t)patrol->officers[i][word]);
        }
    }
}

static void put_given(gg_buf *buf, const gridgov_tally *tally) {
    put(buf, (int64_t)tally->given_count);
    for (size_t i = 0; i < tally->given_count; i++) {
        const gg_given *figure = &tally->given[i];
        put(buf, figure->metric);
        put(buf, figure->row);
        put(buf, figure->value);
        put(buf, figure->times);
        put(buf, figure->state);
    }
    put(buf, (int64_t)tally->adjustment_count);
    for (size_t i = 0; i < tally->adjustment_count; i++) {
        const gridgov_adjustment *adjustment = &tally->adjustments[i];
        put(buf, adjustment->row);
        put(buf, adjustment->kind);
        put(buf, adjustment->points);
        put_text(buf, adjustment->indicator);
        put_text(buf, adjustment->key);
        put_text(buf, adjustment->reason);
        put_text(buf, adjustment->authority);
    }
}

static void take_digits(char out[GG_DIGEST_TEXT_SIZE], const char *data, size_t size) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(data, size));
    gg_digest_finish(&digest, out);
}

gridgov_status gridgov_tally_save(gridgov_bytes **out, const gridgov_tally *tally,
                                  gridgov_error *err) {
    gg_buf buf = {0};
    int64_t *order[GG_DIMENSIONS] = {NULL};
    char digits[GG_DIGEST_TEXT_SIZE];
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (tally == NULL) {
        return gg_fail_arg(err, "tally");
    }
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        if (gg_tally_order(&order[d], tally, d)) {
            status = gg_fail_memory(err);
            goto done;
        }
    }
    put_head(&buf, tally);
    for (size_t i = 0; i < FOUND_DIMENSIONS; i++) {
        const gg_tally_rows *table = &tally->tables[found_dimensions[i]];
        put(&buf, (int64_t)(table->count - table->reference));
        for (size_t place = table->reference; place < table->count; place++) {
            put_text(&buf, table->rows[order[found_dimensions[i]][place]].name);
        }
    }
    put_cells(&buf, tally, order);
    put_patrol(&buf, &tally->patrol);
    put_given(&buf, tally);
    take_digits(digits, gg_buf_data(&buf), buf.size);
    gg_buf_add(&buf, digits, DIGITS);
    status = gg_buf_to_bytes(out, &buf, err);
done:
    for (int32_t d = 1; d < GG_DIMENSIONS; d++) {
        gg_free(order[d]);
    }
    gg_buf_release(&buf);
    return status;
}

/* Bytes being read. The first thing that is wrong is kept; after it everything reads as 0. */
typedef struct reader {
    const char *data;
    size_t size, at;
    gridgov_tally *tally;
    const char *wrong; /* NULL: nothing yet */
    int cut;           /* 1: the bytes end early, which is another matter than their sense */
    int short_of_memory;
} reader;

static void refuse(reader *r, const char *what) {
    r->wrong = r->wrong == NULL ? what : r->wrong;
}

static int has_failed(const reader *r) {
    return r->wrong != NULL || r->short_of_memory;
}

static int64_t get(reader *r) {
    uint64_t value = 0;
    if (r->size - r->at < WORD_SIZE) {
        r->cut = 1;
        refuse(r, "cut off");
    }
    if (has_failed(r)) {
        return 0;
    }
    for (int i = 0; i < WORD_SIZE; i++) {
        value |= (uint64_t)(unsigned char)r->data[r->at++] << (8 * i);
    }
    return (int64_t)value;
}

static int64_t get_within(reader *r, int64_t min, int64_t max, const char *what) {
    const int64_t value = get(r);
    if (value < min || value > max) {
        refuse(r, what);
    }
    return has_failed(r) ? min : value;
}

/* How many things follow, of so many bytes each at least. */
static size_t get_count(reader *r, size_t bytes) {
    return (size_t)get_within(r, 0, (int64_t)((r->size - r->at) / bytes), "a count");
}

/* Text of the tally's; "" after a failure. */
static const char *get_text(reader *r) {
    const size_t size = get_count(r, 1);
    const char *data = r->data + r->at;
    if (has_failed(r) || size > r->size - r->at) {
        refuse(r, "a text");
        return "";
    }
    r->at += size;
    if (gg_utf8_valid(data, size) != size || memchr(data, '\0', size) != NULL) {
        refuse(r, "a text");
        return "";
    }
    const char *copy = gg_arena_text(&r->tally->arena, data, size);
    r->short_of_memory |= copy == NULL;
    return copy == NULL ? "" : copy;
}

/* 1 if the reference data know the name, so that it cannot have been found. */
static int is_listed(const gridgov_tally *tally, int32_t dimension, const char *name) {
    int64_t unit = GRIDGOV_NONE;
    if (dimension == GRIDGOV_DIMENSION_CATEGORY) {
        return tally->taxonomy != NULL &&
               gridgov_taxonomy_find(tally->taxonomy, name, strlen(name)) != GRIDGOV_NONE;
    }
    return tally->units != NULL &&
           gridgov_units_find(&unit, NULL, tally->units, GRIDGOV_UNIT_AGENCY, name, strlen(name),
                              NULL) == GRIDGOV_OK;
}

static void get_found(reader *r, int32_t dimension) {
    gg_tally_rows *table = &r->tally->tables[dimension];
    const size_t count = get_count(r, WORD_SIZE);
    int64_t *order = NULL;
    for (size_t i = 0; i < count && !has_failed(r); i++) {
        const char *name = get_text(r);
        const size_t place = table->count;
        if (has_failed(r)) {
            break;
        }
        if (gg_text_trim(gg_str_of(name)).size == 0 || is_listed(r->tally, dimension, name)) {
            refuse(r, "a name");
            break;
        }
        const int64_t row = gg_tally_found(r->tally, dimension, name);
        r->short_of_memory |= row == GRIDGOV_NONE;
        if (row != GRIDGOV_NONE && row != (int64_t)place) {
            refuse(r, "a name twice");
        }
    }
    if (!has_failed(r) && gg_tally_order(&order, r->tally, dimension)) {
        r->short_of_memory = 1;
    }
    for (size_t i = 0; i < table->count && !has_failed(r); i++) {
        if (order[i] != (int64_t)i) {
            refuse(r, "the order of names");
        }
    }
    gg_free(order);
}

static void get_cells(reader *r) {
    gridgov_tally *tally = r->tally;
    for (size_t i = 0; i < tally->metric_count && !has_failed(r); i++) {
        const gridgov_metric *metric = &tally->list[i];
        const int64_t rows = (int64_t)tally->tables[metric->dimension].count;
        int64_t next = 0;
        tally->counted[i].covered = (int32_t)get_within(r, 0, 1, "coverage");
        tally->counted[i].lacking = get_within(r, 0, INT64_MAX, "a count");
        const size_t count = get_count(r, 4 * WORD_SIZE);
        if (count > 0 && gg_measure_is_patrol(metric->measure)) {
            refuse(r, "cells of officer-days");
        }
        for (size_t j = 0; j < count && !has_failed(r); j++) {
            const int64_t row = get_within(r, next, rows - 1, "a row");
            const gg_tally_cell cell = {.value = get_within(r, 0, INT64_MAX, "a value"),
                                        .reported = get_within(r, 0, INT64_MAX, "a count"),
                                        .missing = get_within(r, 0, INT64_MAX, "a count")};
            if (has_failed(r)) {
                break;
            }
            if (is_zero(&cell) || (cell.reported == 0 && cell.value != 0)) {
                refuse(r, "a cell");
            }
            tally->cells[i][row] = cell;
            next = row + 1;
        }
    }
}

/* 1 if a set has a day that is not counted. */
static int has_stray_day(const gridgov_tally *tally, const uint64_t *sets) {
    const gg_tally_patrol *patrol = &tally->patrol;
    const size_t days = (size_t)((int64_t)tally->day_end - tally->day_from) % 64;
    const uint64_t stray = days == 0 ? 0 : ~UINT64_C(0) << days;
    for (size_t set = 0; set < patrol->sets; set++) {
        if ((sets[(set + 1) * patrol->words - 1] & stray) != 0) {
            return 1;
        }
    }
    return 0;
}

static void get_patrol(reader *r) {
    gridgov_tally *tally = r->tally;
    gg_tally_patrol *patrol = &tally->patrol;
    const size_t words = patrol->sets * patrol->words;
    patrol->has_source = (int)get_within(r, 0, 1, "coverage");
    const size_t count = get_count(r, (1 + words) * WORD_SIZE);
    int64_t next = 0;
    for (size_t i = 0; i < count && !has_failed(r); i++) {
        gridgov_officer hold = {.struct_size = sizeof hold, .code = ""};
        const int64_t officer = get_within(r, next, (int64_t)patrol->count - 1, "an officer");
        if (has_failed(r)) {
            return;
        }
        (void)gridgov_units_officer_at(&hold, tally->units, officer);
        if (gridgov_units_officer_find(tally->units, hold.code, strlen(hold.code),
                                       GRIDGOV_NO_DAY) != officer) {
            refuse(r, "an officer");
            return;
        }
        uint64_t *sets = gg_patrol_sets(patrol, (size_t)officer);
        if (sets == NULL) {
            r->short_of_memory = 1;
            return;
        }
        for (size_t word = 0; word < words; word++) {
            sets[word] = (uint64_t)get(r);
        }
        if (is_blank(patrol, (size_t)officer) || has_stray_day(tally, sets)) {
            refuse(r, "a day");
        }
        next = officer + 1;
    }
}

static void get_given(reader *r) {
    gridgov_tally *tally = r->tally;
    const int64_t rows = (int64_t)tally->tables[GRIDGOV_DIMENSION_UNIT].count;
    const size_t count = get_count(r, 5 * WORD_SIZE);
    if (!has_failed(r) && gg_given_reserve(tally, count, 0)) {
        r->short_of_memory = 1;
    }
    for (size_t i = 0; i < count && !has_failed(r); i++) {
        gg_given *figure = &tally->given[i];
        *figure = (gg_given){
            .metric = get_within(r, 0, (int64_t)tally->metric_count - 1, "a metric"),
            .row = get_within(r, GRIDGOV_NONE, rows - 1, "a row"),
            .value = get(r),
            .times = get_within(r, 1, INT64_MAX, "a count"),
            .state = (int32_t)get_within(r, GRIDGOV_CELL_UNKNOWN, GRIDGOV_CELL_VALUE, "a state")};
        const gg_given *before = i == 0 ? NULL : figure - 1;
        if (has_failed(r)) {
            break;
        }
        if (tally->list[figure->metric].dimension != GRIDGOV_DIMENSION_UNIT ||
            (figure->state != GRIDGOV_CELL_VALUE && figure->value != 0) ||
            (figure->times > 1 && figure->state != GRIDGOV_CELL_UNKNOWN) ||
            (before != NULL && gg_given_compare(before, figure) >= 0)) {
            refuse(r, "a monthly figure");
        }
        tally->given_count++;
    }
}

static void get_adjustments(reader *r) {
    gridgov_tally *tally = r->tally;
    const int64_t rows = (int64_t)tally->tables[GRIDGOV_DIMENSION_UNIT].count;
    const size_t count = get_count(r, 7 * WORD_SIZE);
    if (!has_failed(r) && gg_given_reserve(tally, 0, count)) {
        r->short_of_memory = 1;
    }
    for (size_t i = 0; i < count && !has_failed(r); i++) {
        gridgov_adjustment *adjustment = &tally->adjustments[i];
        *adjustment = (gridgov_adjustment){.struct_size = sizeof *adjustment};
        adjustment->row = get_within(r, GRIDGOV_NONE, rows - 1, "a row");
        adjustment->kind = (int32_t)get_within(r, GRIDGOV_ACTIVITY_ADJUSTMENT,
                                               GRIDGOV_ACTIVITY_DEDUCTION, "an adjustment");
        adjustment->points = get(r);
        adjustment->indicator = get_text(r);
        adjustment->key = get_text(r);
        adjustment->reason = get_text(r);
        adjustment->authority = get_text(r);
        adjustment->unexplained = gg_adjustment_unexplained(adjustment->reason);
        if (i > 0 && !has_failed(r) && gg_adjustment_compare(adjustment - 1, adjustment) > 0) {
            refuse(r, "the order of adjustments");
        }
        tally->adjustment_count++;
    }
}

/* A digest as written; NULL if there is none. */
static const char *get_digits(reader *r) {
    const char *digits = r->data + r->at + WORD_SIZE;
    if (get_within(r, DIGITS, DIGITS, "a digest") != DIGITS || has_failed(r) ||
        r->size - r->at < DIGITS) {
        refuse(r, "a digest");
        return NULL;
    }
    r->at += DIGITS;
    return digits;
}

static gridgov_status fail_read(const reader *r, gridgov_error *err) {
    if (r->short_of_memory) {
        return gg_fail_memory(err);
    }
    return gg_fail(err, r->cut ? GG_RULE_TALLY_BYTES : GG_RULE_TALLY_IMPOSSIBLE, NULL, NULL, 0,
                   r->wrong, NULL);
}

/* The head, up to where the tally can be made. */
static gridgov_status open_tally(reader *r, const gridgov_metrics *metrics,
                                 const gridgov_tally_reference *reference, gridgov_error *err) {
    gridgov_tally_options options;
    gridgov_tally_options given;
    gridgov_tally_options_init(&given, sizeof given);
    const char *counted = get_digits(r);
    const char *over = get_digits(r);
    given.period.from = get(r);
    given.period.to = get(r);
    given.as_of = get(r);
    given.known_by = get(r);
    given.utc_offset_minutes = (int32_t)get_within(r, INT32_MIN, INT32_MAX, "a zone");
    if (!has_failed(r) && (given.as_of == GRIDGOV_NO_TIME || given.known_by == GRIDGOV_NO_TIME ||
                           gg_tally_options_read(&options, &given, NULL) != GRIDGOV_OK)) {
        refuse(r, "a period");
    }
    if (has_failed(r)) {
        return fail_read(r, err);
    }
    if (memcmp(counted, gridgov_metrics_digest(metrics), DIGITS) != 0) {
        return gg_fail(err, GG_RULE_TALLY_KIND, "metrics", NULL, 0, NULL, NULL);
    }
    GG_TRY(gridgov_tally_new(&r->tally, metrics, reference, &options, err));
    if (memcmp(over, r->tally->reference, DIGITS) != 0) {
        return gg_fail(err, GG_RULE_TALLY_KIND, "reference", NULL, 0, NULL, NULL);
    }
    return GRIDGOV_OK;
}

static gridgov_status read_all(reader *r, const gridgov_metrics *metrics,
                               const gridgov_tally_reference *reference, gridgov_error *err) {
    GG_TRY(open_tally(r, metrics, reference, err));
    r->tally->coverage = (uint64_t)get(r);
    r->tally->outside = get_within(r, 0, INT64_MAX, "a count");
    r->tally->doubted = get_within(r, 0, INT64_MAX, "a count");
    for (size_t i = 0; i < FOUND_DIMENSIONS; i++) {
        get_found(r, found_dimensions[i]);
    }
    get_cells(r);
    get_patrol(r);
    get_given(r);
    get_adjustments(r);
    if (r->at != r->size) {
        refuse(r, "more bytes than there should be");
    }
    // Whoever counted what was saved, no ledger is at hand.
    r->tally->sources = 2;
    return has_failed(r) ? fail_read(r, err) : GRIDGOV_OK;
}

gridgov_status gridgov_tally_load(gridgov_tally **out, const gridgov_metrics *metrics,
                                  const gridgov_tally_reference *reference, const char *data,
                                  size_t size, gridgov_error *err) {
    char digits[GG_DIGEST_TEXT_SIZE];
    char version[GG_NUM_TEXT_SIZE];
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (metrics == NULL || data == NULL) {
        return gg_fail_arg(err, metrics == NULL ? "metrics" : "data");
    }
    if (size < MAGIC_SIZE + WORD_SIZE + DIGITS || memcmp(data, MAGIC, MAGIC_SIZE) != 0) {
        return gg_fail(err, GG_RULE_TALLY_BYTES, NULL, NULL, 0, "no such beginning", NULL);
    }
    reader r = {.data = data, .size = size - DIGITS, .at = MAGIC_SIZE};
    const int64_t found = get(&r);
    if (found != VERSION) {
        gg_int_format(version, VERSION);
        return gg_fail_number(err, GG_RULE_TALLY_VERSION, NULL, found, version, NULL);
    }
    take_digits(digits, data, r.size);
    if (memcmp(digits, data + r.size, DIGITS) != 0) {
        return gg_fail(err, GG_RULE_TALLY_DAMAGED, NULL, NULL, 0, NULL, NULL);
    }
    gridgov_status status = read_all(&r, metrics, reference, err);
    if (status == GRIDGOV_OK) {
        *out = r.tally;
    } else {
        gridgov_tally_free(r.tally);
    }
    return status;
}
