/* SPDX-License-Identifier: Apache-2.0 */
/* What a tally refuses, and what it says then: tallies of another kind, ledgers over other
 * reference data, days counted twice, numbers out of range, bytes that are cut, changed, newer or
 * not its own. Whatever was refused has left the tally as it was. */
#include "base/digest.h"
#include "base/rules.h"
#include "support/small_town.h"

#include <stdlib.h>

static const char metrics_json[] =
    "{\"schema\":\"gridgov.metrics/1\",\"metrics\":["
    "{\"code\":\"u\",\"name\":\"件\",\"dimension\":\"unit\",\"measure\":\"events_reported\"},"
    "{\"code\":\"c\",\"name\":\"类\",\"dimension\":\"category\",\"measure\":\"cases\"},"
    "{\"code\":\"d\",\"name\":\"天\",\"dimension\":\"unit\",\"measure\":\"patrol_failed_days\","
    "\"minimum_minutes\":60}]}";
static const char other_json[] = "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[{\"code\":\"u\","
                                 "\"name\":\"件\",\"dimension\":\"unit\",\"measure\":\"cases\"}]}";

typedef struct bench {
    gridgov_metrics *metrics, *other;
    gridgov_units *units;
    gridgov_taxonomy *taxonomy;
    gridgov_tally_reference reference;
    gridgov_tally_options options;
} bench;

static void open_bench(bench *b) {
    memset(b, 0, sizeof *b);
    assert_int_equal(
        gridgov_metrics_load(&b->metrics, metrics_json, sizeof metrics_json - 1, NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&b->other, other_json, sizeof other_json - 1, NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_taxonomy_open(&b->taxonomy, "zhejiang-2021", 13, NULL), GRIDGOV_OK);
    b->units = town_units();
    b->reference = (gridgov_tally_reference){
        .struct_size = sizeof b->reference, .taxonomy = b->taxonomy, .units = b->units};
    gridgov_tally_options_init(&b->options, sizeof b->options);
    b->options.period.from = TOWN_FROM;
    b->options.period.to = TOWN_TO;
}

static void close_bench(bench *b) {
    gridgov_metrics_free(b->metrics);
    gridgov_metrics_free(b->other);
    gridgov_units_free(b->units);
    gridgov_taxonomy_free(b->taxonomy);
}

static gridgov_tally *new_tally(const bench *b) {
    gridgov_tally *tally = NULL;
    assert_int_equal(gridgov_tally_new(&tally, b->metrics, &b->reference, &b->options, NULL),
                     GRIDGOV_OK);
    return tally;
}

/* Three events and a patrol day of officer 001. */
static gridgov_ledger *some_ledger(int day) {
    gridgov_ledger *ledger = town_ledger();
    const char *const names[] = {"城市管理", "怪事", ""};
    town_cover_all(ledger);
    for (int i = 0; i < 3; i++) {
        const char *const ids[] = {"A", "B", "C"};
        gridgov_event event = town_event(ids[i], TOWN_GRID_1, town_at(2 + i, 0));
        event.category_name = names[i];
        town_add_event(ledger, &event);
    }
    gridgov_activity row = town_activity(GRIDGOV_ACTIVITY_PATROL_DAY, GRIDGOV_NONE);
    row.officer = "001";
    row.day = TOWN_DAY_1 + day;
    row.amount = 30;
    town_add_activity(ledger, &row);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    return ledger;
}

/* The saved bytes in memory of the caller's. */
static char *saved(const gridgov_tally *tally, size_t *size) {
    gridgov_bytes *bytes = NULL;
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    const char *data = gridgov_bytes_data(bytes, size);
    char *copy = malloc(*size + 1);
    assert_non_null(copy);
    memcpy(copy, data, *size);
    gridgov_bytes_free(bytes);
    return copy;
}

static void expect_saved(const gridgov_tally *tally, const char *data, size_t size) {
    size_t now = 0;
    char *copy = saved(tally, &now);
    assert_true(now == size && memcmp(copy, data, size) == 0);
    free(copy);
}

static void expect_error(const gridgov_error *err, int32_t rule, const char *field) {
    if (err->rule != rule || strcmp(err->field, field) != 0) {
        fail_msg("rule %d, field %s: %s", (int)err->rule, err->field, err->message);
    }
}

/* A tally with a ledger's counts, and its bytes. */
static gridgov_tally *counted(const bench *b, char **data, size_t *size) {
    gridgov_tally *tally = new_tally(b);
    gridgov_ledger *ledger = some_ledger(0);
    assert_int_equal(gridgov_tally_add_ledger(tally, ledger, NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_ledger_free(ledger);
    *data = saved(tally, size);
    return tally;
}

static void other_kinds(void **state) {
    (void)state;
    bench b;
    gridgov_tally *other = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    open_bench(&b);
    char *data = NULL;
    gridgov_tally *tally = counted(&b, &data, &size);
    const struct {
        const char *field;
        int what;
    } kinds[] = {{"metrics", 0}, {"reference", 1}, {"period", 2}, {"as_of", 3}, {"as_of", 4}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        gridgov_tally_reference reference = b.reference;
        gridgov_tally_options options = b.options;
        reference.units = kinds[i].what == 1 ? NULL : reference.units;
        options.period.to += kinds[i].what == 2;
        options.as_of = kinds[i].what == 2   ? TOWN_TO - 1
                        : kinds[i].what == 3 ? TOWN_TO
                                             : options.as_of;
        options.known_by = kinds[i].what == 4 ? TOWN_TO + 5 : options.known_by;
        assert_int_equal(gridgov_tally_new(&other, kinds[i].what == 0 ? b.other : b.metrics,
                                           &reference, &options, &err),
                         GRIDGOV_OK);
        assert_int_equal(gridgov_tally_merge(tally, other, NULL, &err), GRIDGOV_ESTATE);
        expect_error(&err, GG_RULE_TALLY_KIND, kinds[i].field);
        gridgov_tally_free(other);
    }
    assert_int_equal(gridgov_tally_merge(tally, tally, NULL, &err), GRIDGOV_EARG);
    // A ledger over other units, and one that is not sealed.
    gridgov_ledger *foreign = NULL;
    assert_int_equal(gridgov_ledger_new(&foreign, b.taxonomy, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, foreign, NULL, NULL, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_ledger_seal(foreign, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, foreign, NULL, NULL, &err), GRIDGOV_ESTATE);
    expect_error(&err, GG_RULE_TALLY_KIND, "reference");
    expect_saved(tally, data, size);
    free(data);
    gridgov_ledger_free(foreign);
    gridgov_tally_free(tally);
    close_bench(&b);
}

static void days_counted_twice(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    size_t size = 0;
    open_bench(&b);
    char *data = NULL;
    gridgov_tally *tally = counted(&b, &data, &size);
    gridgov_ledger *same = some_ledger(0);
    gridgov_ledger *next = some_ledger(1);
    assert_int_equal(gridgov_tally_add_ledger(tally, same, NULL, NULL, &err), GRIDGOV_EDATA);
    expect_error(&err, GG_RULE_TALLY_DAY, "officer");
    assert_string_equal(err.value, "001");
    expect_saved(tally, data, size);
    assert_int_equal(gridgov_tally_add_ledger(tally, next, NULL, NULL, &err), GRIDGOV_OK);
    free(data);
    gridgov_ledger_free(same);
    gridgov_ledger_free(next);
    gridgov_tally_free(tally);
    close_bench(&b);
}

static gridgov_status load(const bench *b, const gridgov_metrics *metrics, const char *data,
                           size_t size, gridgov_error *err) {
    gridgov_tally *tally = (gridgov_tally *)err; // anything but NULL
    gridgov_status status = gridgov_tally_load(&tally, metrics, &b->reference, data, size, err);
    assert_true((tally != NULL) == (status == GRIDGOV_OK));
    gridgov_tally_free(tally);
    return status;
}

/* The same bytes with a checksum that fits again. */
static void sign(char *data, size_t size) {
    char digits[GG_DIGEST_TEXT_SIZE];
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_make(data, size - 64));
    gg_digest_finish(&digest, digits);
    memcpy(data + size - 64, digits, 64);
}

static void damaged_bytes(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    size_t size = 0;
    char *data = NULL;
    open_bench(&b);
    gridgov_tally *tally = counted(&b, &data, &size);
    assert_int_equal(load(&b, b.metrics, data, size, &err), GRIDGOV_OK);
    for (size_t cut = 0; cut < size; cut++) {
        assert_int_equal(load(&b, b.metrics, data, cut, &err), GRIDGOV_EFORMAT);
    }
    for (size_t i = 0; i < size; i++) {
        data[i] = (char)(data[i] ^ 1);
        assert_true(load(&b, b.metrics, data, size, &err) < 0);
        // With a good checksum the change is refused, or it is another tally, saved as it stands.
        if (i >= 16 && i < size - 64) {
            char *other = malloc(size);
            gridgov_tally *loaded = NULL;
            assert_non_null(other);
            memcpy(other, data, size);
            sign(other, size);
            if (gridgov_tally_load(&loaded, b.metrics, &b.reference, other, size, NULL) ==
                GRIDGOV_OK) {
                expect_saved(loaded, other, size);
            }
            gridgov_tally_free(loaded);
            free(other);
        }
        data[i] = (char)(data[i] ^ 1);
    }
    assert_int_equal(load(&b, b.other, data, size, &err), GRIDGOV_ESTATE);
    expect_error(&err, GG_RULE_TALLY_KIND, "metrics");
    data[8] = 2; // a later version
    assert_int_equal(load(&b, b.metrics, data, size, &err), GRIDGOV_EVERSION);
    assert_string_equal(err.value, "2");
    free(data);
    gridgov_tally_free(tally);
    close_bench(&b);
}

/* A count that two offices brought to the edge, merged. */
static void overflow(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    size_t size = 0;
    char *data = NULL;
    open_bench(&b);
    gridgov_tally *tally = counted(&b, &data, &size);
    // The number of events outside stands behind the head; make it as large as can be.
    memset(data + 208, 0xFF, 8);
    data[215] = 0x7F;
    sign(data, size);
    gridgov_tally *large = NULL;
    assert_int_equal(gridgov_tally_load(&large, b.metrics, &b.reference, data, size, &err),
                     GRIDGOV_OK);
    gridgov_ledger *late = town_ledger();
    gridgov_event event = town_event("late", TOWN_GRID_1, TOWN_TO + 1);
    town_add_event(late, &event);
    assert_int_equal(gridgov_ledger_seal(late, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(large, late, NULL, NULL, &err), GRIDGOV_ERANGE);
    expect_saved(large, data, size);
    free(data);
    gridgov_ledger_free(late);
    gridgov_tally_free(large);
    gridgov_tally_free(tally);
    close_bench(&b);
}

static void arguments(void **state) {
    (void)state;
    bench b;
    gridgov_error err = {0};
    gridgov_tally *tally = NULL;
    gridgov_units *open_units = NULL;
    open_bench(&b);
    assert_int_equal(gridgov_tally_new(NULL, b.metrics, NULL, &b.options, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_new(&tally, NULL, NULL, &b.options, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_new(&tally, b.metrics, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_units_new(&open_units, NULL), GRIDGOV_OK);
    b.reference.units = open_units;
    assert_int_equal(gridgov_tally_new(&tally, b.metrics, &b.reference, &b.options, &err),
                     GRIDGOV_ESTATE);
    assert_null(tally);
    assert_int_equal(gridgov_tally_new(&tally, b.metrics, NULL, &b.options, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, NULL, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_merge(tally, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_save(NULL, tally, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_tally_finish(NULL, tally, NULL, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(load(&b, b.metrics, "", 0, &err), GRIDGOV_EFORMAT);
    gridgov_tally_free(NULL);
    gridgov_tally_free(tally);
    gridgov_units_free(open_units);
    close_bench(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_kinds),   cmocka_unit_test(days_counted_twice),
        cmocka_unit_test(damaged_bytes), cmocka_unit_test(overflow),
        cmocka_unit_test(arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
