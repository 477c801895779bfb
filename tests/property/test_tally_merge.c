/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies are a commutative monoid over disjoint atoms, byte for byte: random months are split at
 * random into parts, each part is counted by itself, and the parts are merged in random order as a
 * random tree, some of them through their saved bytes. The bytes are those of the month counted
 * whole, and so are the facts. The metrics ask for every condition, attribution, cut-off and
 * quantity of the language over every dimension. Monthly figures, too, give the same bytes in any
 * parts, however many they are and however often one is given. */
#include "support/random_month.h"

#include <stdio.h>
#include <stdlib.h>

enum { SPLITS = 120, PARTS_MAX = 7, DOCUMENT_SIZE = 1 << 20 };

static const int32_t dimensions[] = {GRIDGOV_DIMENSION_UNIT, GRIDGOV_DIMENSION_CATEGORY,
                                     GRIDGOV_DIMENSION_AGENCY, GRIDGOV_DIMENSION_TOTAL};

/* Every condition by itself, in each dimension; and pairs with the other parameters in turn. */
static gridgov_metrics *every_metric(void) {
    char *json = malloc(DOCUMENT_SIZE);
    size_t used = 0;
    int number = 0;
    gridgov_metrics *metrics = NULL;
    gridgov_error err = {0};
    assert_non_null(json);
    used = (size_t)snprintf(json, DOCUMENT_SIZE, "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[");
    for (int32_t c = GRIDGOV_CONDITION_OPENING; c <= GRIDGOV_CONDITION_ENDED; c++) {
        for (size_t d = 0; d < 4; d++, number++) {
            static const char *const withins[] = {"{\"closed_within\":{\"days\":3}},", "", "",
                                                  "{\"closed_within\":{\"workdays\":2}},"};
            // Every second time is one of a clock.
            const int timed = number % 9 >= GRIDGOV_QUANTITY_SECONDS - 1 && number % 2;
            const int32_t clock = number % 4 == 1 ? GRIDGOV_CLOCK_RESPONSE : GRIDGOV_CLOCK_TOTAL;
            const int32_t other = 1 + (c * 7 + (int32_t)d) % GRIDGOV_CONDITION_ENDED;
            used += (size_t)snprintf(
                json + used, DOCUMENT_SIZE - used,
                "%s{\"code\":\"m%d\",\"name\":\"名%d\",\"dimension\":\"%s\",\"measure\":\"cases\","
                "\"where\":[%s\"%s%s\"],\"any\":[\"%s\",\"not %s\"],\"among\":[\"not %s\"],"
                "\"attribution\":\"%s\",\"cut_off\":\"%s\",\"quantity\":\"%s\"%s%s%s}",
                number == 0 ? "" : ",", number, number,
                gridgov_code_text(GRIDGOV_KIND_DIMENSION, dimensions[d]), withins[number % 4],
                number % 3 ? "" : "not ", gridgov_code_text(GRIDGOV_KIND_CONDITION, c),
                gridgov_code_text(GRIDGOV_KIND_CONDITION, other),
                gridgov_code_text(GRIDGOV_KIND_CONDITION, 1 + other % GRIDGOV_CONDITION_ENDED),
                gridgov_code_text(GRIDGOV_KIND_CONDITION,
                                  1 + (other + 5) % GRIDGOV_CONDITION_ENDED),
                gridgov_code_text(GRIDGOV_KIND_ATTRIBUTION, 1 + number % 5),
                gridgov_code_text(GRIDGOV_KIND_CUT_OFF, 1 + number % 2),
                gridgov_code_text(GRIDGOV_KIND_QUANTITY, 1 + number % 9),
                timed ? ",\"clock\":\"" : "",
                timed ? gridgov_code_text(GRIDGOV_KIND_CLOCK, clock) : "", timed ? "\"" : "");
        }
    }
    used += (size_t)snprintf(json + used, DOCUMENT_SIZE - used, "]}");
    if (gridgov_metrics_load(&metrics, json, used, NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    free(json);
    return metrics;
}

static gridgov_metrics *standard_metrics(void) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_metrics *metrics = NULL;
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_METRICS, "standard", 8, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_metrics_load(&metrics, pack.data, pack.size, NULL, NULL), GRIDGOV_OK);
    return metrics;
}

/* What all tallies of a test share. */
typedef struct world {
    gridgov_metrics *metrics;
    gridgov_taxonomy *taxonomy;
    gridgov_units *units;
    gridgov_calendar *calendar;
    gridgov_roster *roster;
    gridgov_tally_options options;
} world;

static void open_world(world *w, gridgov_metrics *metrics) {
    memset(w, 0, sizeof *w);
    w->metrics = metrics;
    w->units = town_units();
    assert_int_equal(gridgov_taxonomy_open(&w->taxonomy, "zhejiang-2021", 13, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_calendar_open(&w->calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_roster_new(&w->roster, w->calendar, 480, NULL), GRIDGOV_OK);
    for (int32_t day = GRIDGOV_ROSTER_DAY_MONDAY; day <= GRIDGOV_ROSTER_DAY_FRIDAY; day++) {
        assert_int_equal(gridgov_roster_add_slot(w->roster, day, 8 * 3600, 12 * 3600, NULL),
                         GRIDGOV_OK);
    }
    assert_int_equal(gridgov_roster_seal(w->roster, NULL), GRIDGOV_OK);
    gridgov_tally_options_init(&w->options, sizeof w->options);
    w->options.period.from = TOWN_FROM;
    w->options.period.to = TOWN_TO;
}

static void close_world(world *w) {
    gridgov_metrics_free(w->metrics);
    gridgov_taxonomy_free(w->taxonomy);
    gridgov_units_free(w->units);
    gridgov_calendar_free(w->calendar);
    gridgov_roster_free(w->roster);
}

static gridgov_tally_reference reference_of(const world *w) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = w->taxonomy,
                                               .units = w->units,
                                               .calendar = w->calendar,
                                               .roster = w->roster};
    return reference;
}

static gridgov_tally *new_tally(const world *w) {
    const gridgov_tally_reference reference = reference_of(w);
    gridgov_tally *tally = NULL;
    assert_int_equal(gridgov_tally_new(&tally, w->metrics, &reference, &w->options, NULL),
                     GRIDGOV_OK);
    return tally;
}

/* Which part a record goes to: an event with its steps, an object with its visits; an officer's
 * days and leaves, figures and adjustments wherever chance puts them. */
static int part_of(const record *r, const int *event_parts, uint64_t *seed, int parts) {
    int number = 0;
    if (r->sort < 2) {
        number = (r->id[1] - '0') * 10 + (r->id[2] - '0');
        return number < EVENTS ? event_parts[number] : 0;
    }
    if (r->activity.kind == GRIDGOV_ACTIVITY_VISIT ||
        r->activity.kind == GRIDGOV_ACTIVITY_REQUIRED_VISIT) {
        number = (int)r->activity.unit * 31 + r->activity.key[2] * 7 + r->activity.key[3];
        return number % parts;
    }
    return below(seed, parts);
}

/* Ledgers of the parts; part 0 of one part is the whole. Orphans go to part 0, where they do
 * nothing. */
static void make_ledgers(gridgov_ledger **ledgers, int parts, const record *records,
                         uint64_t coverage, uint64_t *seed) {
    int event_parts[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
        event_parts[i] = below(seed, parts);
    }
    for (int p = 0; p < parts; p++) {
        ledgers[p] = town_ledger();
        for (int32_t i = GRIDGOV_COVERAGE_EVENTS; i <= GRIDGOV_COVERAGE_ADJUSTMENTS; i++) {
            if (coverage >> i & 1) {
                assert_int_equal(gridgov_ledger_cover(ledgers[p], i), GRIDGOV_OK);
            }
        }
    }
    for (int i = 0; i < RECORDS; i++) {
        add(ledgers[part_of(&records[i], event_parts, seed, parts)], &records[i]);
    }
    for (int p = 0; p < parts; p++) {
        assert_int_equal(gridgov_ledger_seal(ledgers[p], NULL, NULL), GRIDGOV_OK);
    }
}

static gridgov_bytes *save(const gridgov_tally *tally) {
    gridgov_bytes *bytes = NULL;
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    return bytes;
}

static void expect_same_bytes(const gridgov_tally *a, const gridgov_tally *b, const char *what,
                              uint64_t seed) {
    gridgov_bytes *left = save(a);
    gridgov_bytes *right = save(b);
    size_t left_size = 0;
    size_t right_size = 0;
    const char *left_data = gridgov_bytes_data(left, &left_size);
    const char *right_data = gridgov_bytes_data(right, &right_size);
    if (left_size != right_size || memcmp(left_data, right_data, left_size) != 0) {
        fail_msg("%s: seed %llu: the bytes differ", what, (unsigned long long)seed);
    }
    gridgov_bytes_free(left);
    gridgov_bytes_free(right);
}

/* The same tally out of its bytes. */
static gridgov_tally *through_bytes(gridgov_tally *tally, const world *w) {
    const gridgov_tally_reference reference = reference_of(w);
    gridgov_bytes *bytes = save(tally);
    gridgov_tally *loaded = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    const char *data = gridgov_bytes_data(bytes, &size);
    if (gridgov_tally_load(&loaded, w->metrics, &reference, data, size, &err) != GRIDGOV_OK) {
        fail_msg("load: %s", err.message);
    }
    expect_same_bytes(tally, loaded, "save and load", 0);
    gridgov_bytes_free(bytes);
    gridgov_tally_free(tally);
    return loaded;
}

/* Merge a forest of tallies until one is left; the others are freed. */
static gridgov_tally *merge_all(gridgov_tally **tallies, int count, const world *w,
                                uint64_t *seed) {
    while (count > 1) {
        int a = below(seed, count);
        int b = below(seed, count - 1);
        b += b >= a;
        if (below(seed, 3) == 0) {
            tallies[b] = through_bytes(tallies[b], w);
        }
        assert_int_equal(gridgov_tally_merge(tallies[a], tallies[b], NULL, NULL), GRIDGOV_OK);
        gridgov_tally_free(tallies[b]);
        tallies[b] = tallies[count - 1];
        count--;
    }
    return tallies[0];
}

static void expect_same_facts(const gridgov_facts *a, const gridgov_facts *b) {
    gridgov_metric metric = {.struct_size = sizeof metric};
    assert_int_equal(gridgov_facts_outside(a), gridgov_facts_outside(b));
    assert_int_equal(gridgov_facts_doubted(a), gridgov_facts_doubted(b));
    assert_int_equal(gridgov_facts_adjustment_count(a), gridgov_facts_adjustment_count(b));
    for (size_t d = 0; d < 4; d++) {
        gridgov_facts_row left = {.struct_size = sizeof left};
        gridgov_facts_row right = {.struct_size = sizeof right};
        const int64_t rows = gridgov_facts_row_count(a, dimensions[d]);
        assert_int_equal(rows, gridgov_facts_row_count(b, dimensions[d]));
        for (int64_t i = 0; i < rows; i++) {
            assert_int_equal(gridgov_facts_row_at(&left, a, dimensions[d], i), GRIDGOV_OK);
            assert_int_equal(gridgov_facts_row_at(&right, b, dimensions[d], i), GRIDGOV_OK);
            assert_string_equal(left.name, right.name);
            assert_true(left.known == right.known && left.unit == right.unit &&
                        left.kind == right.kind && left.active == right.active);
        }
    }
    const gridgov_metrics *metrics = gridgov_facts_metrics(a);
    for (int64_t m = 0; gridgov_metrics_at(&metric, metrics, m) == GRIDGOV_OK; m++) {
        for (int64_t i = 0; i < gridgov_facts_row_count(a, metric.dimension); i++) {
            gridgov_cell left = {.struct_size = sizeof left};
            gridgov_cell right = {.struct_size = sizeof right};
            assert_int_equal(gridgov_facts_value(&left, a, metric.dimension, i, m), GRIDGOV_OK);
            assert_int_equal(gridgov_facts_value(&right, b, metric.dimension, i, m), GRIDGOV_OK);
            assert_memory_equal(&left, &right, sizeof left);
        }
    }
}

static gridgov_facts *finish(const gridgov_tally *tally) {
    gridgov_facts *facts = NULL;
    assert_int_equal(gridgov_tally_finish(&facts, tally, NULL, NULL, NULL), GRIDGOV_OK);
    return facts;
}

static void split_once(world *w, uint64_t seed) {
    const uint64_t first = seed;
    record records[RECORDS];
    gridgov_ledger *ledgers[PARTS_MAX];
    gridgov_tally *tallies[PARTS_MAX];
    make_month(records, &seed);
    w->options.as_of = below(&seed, 3) ? town_at(25, 12) : TOWN_TO + 86400;
    w->options.known_by = below(&seed, 2) ? GRIDGOV_NO_TIME : town_at(27, 0);
    const uint64_t coverage = below(&seed, 3) ? ~UINT64_C(0) : next_random(&seed);
    gridgov_tally *whole = new_tally(w);
    make_ledgers(ledgers, 1, records, coverage, &seed);
    assert_int_equal(gridgov_tally_add_ledger(whole, ledgers[0], NULL, NULL, NULL), GRIDGOV_OK);
    gridgov_ledger_free(ledgers[0]);

    const int parts = 2 + below(&seed, PARTS_MAX - 1);
    make_ledgers(ledgers, parts, records, coverage, &seed);
    int trees = 0;
    for (int p = 0; p < parts; p++) {
        // A ledger may go into a tally of its own, or into the one before.
        if (trees == 0 || below(&seed, 3)) {
            tallies[trees++] = new_tally(w);
        }
        assert_int_equal(gridgov_tally_add_ledger(tallies[trees - 1], ledgers[p], NULL, NULL, NULL),
                         GRIDGOV_OK);
        gridgov_ledger_free(ledgers[p]);
    }
    gridgov_tally *merged = merge_all(tallies, trees, w, &seed);
    expect_same_bytes(whole, merged, "split", first);
    gridgov_facts *a = finish(whole);
    gridgov_facts *b = finish(merged);
    assert_non_null(gridgov_facts_ledger(a));
    assert_true(parts == 1 || gridgov_facts_ledger(b) == NULL);
    expect_same_facts(a, b);
    gridgov_facts_free(a);
    gridgov_facts_free(b);
    // Merging nothing changes nothing; finishing has changed nothing either.
    gridgov_tally *empty = new_tally(w);
    assert_int_equal(gridgov_tally_merge(merged, empty, NULL, NULL), GRIDGOV_OK);
    expect_same_bytes(whole, merged, "empty", first);
    gridgov_tally_free(empty);
    gridgov_tally_free(whole);
    gridgov_tally_free(merged);
}

static void any_split_gives_the_same_bytes(void **state) {
    (void)state;
    gridgov_metrics *sets[] = {standard_metrics(), every_metric()};
    for (size_t m = 0; m < 2; m++) {
        world w;
        open_world(&w, sets[m]);
        for (uint64_t i = 0; i < SPLITS; i++) {
            split_once(&w, 1000 * (m + 1) + i);
        }
        close_world(&w);
    }
}

enum { FIGURE_GRIDS = 240, FIGURE_METRICS = 16, FIGURE_ROUNDS = 12 };

/* A community of so many grids, and as many metrics that only monthly figures can say. */
static void open_figures(world *w) {
    gridgov_metrics *metrics = NULL;
    char json[8192];
    size_t used =
        (size_t)snprintf(json, sizeof json, "{\"schema\":\"gridgov.metrics/1\",\"metrics\":[");
    for (int i = 0; i < FIGURE_METRICS; i++) {
        used += (size_t)snprintf(json + used, sizeof json - used,
                                 "%s{\"code\":\"f%d\",\"name\":\"数%d\",\"dimension\":\"unit\","
                                 "\"measure\":\"given\"}",
                                 i == 0 ? "" : ",", i, i);
    }
    used += (size_t)snprintf(json + used, sizeof json - used, "]}");
    assert_int_equal(gridgov_metrics_load(&metrics, json, used, NULL, NULL), GRIDGOV_OK);
    open_world(w, metrics);
    gridgov_units_free(w->units);
    assert_int_equal(gridgov_units_new(&w->units, NULL), GRIDGOV_OK);
    (void)town_unit(w->units, GRIDGOV_UNIT_COMMUNITY, GRIDGOV_NONE, "", "高丰社区", GRIDGOV_NO_DAY);
    for (int i = 0; i < FIGURE_GRIDS; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "网格%d", i);
        (void)town_unit(w->units, GRIDGOV_UNIT_GRID, 0, "", name, GRIDGOV_NO_DAY);
    }
    assert_int_equal(gridgov_units_seal(w->units, NULL), GRIDGOV_OK);
}

static void give_figure(gridgov_ledger *ledger, int64_t unit, int metric, int64_t amount) {
    gridgov_activity figure;
    char key[8];
    (void)snprintf(key, sizeof key, "f%d", metric);
    gridgov_activity_init(&figure, sizeof figure);
    figure.kind = GRIDGOV_ACTIVITY_FACT;
    figure.unit = unit;
    figure.key = key;
    figure.amount = amount;
    figure.state = GRIDGOV_CELL_VALUE;
    assert_int_equal(gridgov_ledger_add_activity(ledger, &figure, NULL), GRIDGOV_OK);
}

/* Figures of most cells, some given twice or three times, in one ledger or spread at random. */
static void figures_once(const world *w, uint64_t seed) {
    const uint64_t first = seed;
    const int parts = 2 + below(&seed, PARTS_MAX - 1);
    gridgov_ledger *ledgers[PARTS_MAX + 1];
    gridgov_tally *tallies[PARTS_MAX + 1];
    for (int p = 0; p <= parts; p++) {
        assert_int_equal(gridgov_ledger_new(&ledgers[p], w->taxonomy, w->units, NULL), GRIDGOV_OK);
    }
    for (int64_t unit = 0; unit <= FIGURE_GRIDS; unit++) {
        for (int metric = 0; metric < FIGURE_METRICS; metric++) {
            const int times = below(&seed, 10) < 8 ? 1 : below(&seed, 4);
            for (int i = 0; i < times; i++) {
                // Unit 0 is the community: its figures stand for every grid without one.
                const int64_t of = unit == 0 ? GRIDGOV_NONE : unit;
                give_figure(ledgers[0], of, metric, unit + metric + i);
                give_figure(ledgers[1 + below(&seed, parts)], of, metric, unit + metric + i);
            }
        }
    }
    for (int p = 0; p <= parts; p++) {
        tallies[p] = new_tally(w);
        assert_int_equal(gridgov_ledger_seal(ledgers[p], NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_tally_add_ledger(tallies[p], ledgers[p], NULL, NULL, NULL),
                         GRIDGOV_OK);
        gridgov_ledger_free(ledgers[p]);
    }
    gridgov_tally *merged = merge_all(tallies + 1, parts, w, &seed);
    expect_same_bytes(tallies[0], merged, "figures", first);
    gridgov_facts *a = finish(tallies[0]);
    gridgov_facts *b = finish(merged);
    expect_same_facts(a, b);
    gridgov_facts_free(a);
    gridgov_facts_free(b);
    gridgov_tally_free(merged);
    gridgov_tally_free(tallies[0]);
}

static void figures_may_come_in_any_parts(void **state) {
    (void)state;
    world w;
    open_figures(&w);
    for (uint64_t i = 0; i < FIGURE_ROUNDS; i++) {
        figures_once(&w, 5000 + i);
    }
    close_world(&w);
}

/* Of figures that both parts have, each is an issue, named in the order of units and metrics. */
static void figures_of_both_parts_are_issues(void **state) {
    (void)state;
    world w;
    gridgov_tally *tallies[2];
    gridgov_issues *issues = NULL;
    gridgov_error issue = {0};
    open_figures(&w);
    for (int p = 0; p < 2; p++) {
        gridgov_ledger *ledger = NULL;
        assert_int_equal(gridgov_ledger_new(&ledger, w.taxonomy, w.units, NULL), GRIDGOV_OK);
        for (int64_t unit = 1; unit <= 60; unit++) {
            if (unit % (p + 2) == 0) { // every second one, and every third
                give_figure(ledger, unit, 3, unit);
            }
        }
        tallies[p] = new_tally(&w);
        assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_tally_add_ledger(tallies[p], ledger, NULL, NULL, NULL),
                         GRIDGOV_OK);
        gridgov_ledger_free(ledger);
    }
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_merge(tallies[0], tallies[1], issues, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_issues_count(issues), 10);
    for (int i = 0; i < 10; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "高丰社区/网格%d f3", 6 * (i + 1) - 1);
        assert_int_equal(gridgov_issues_at(&issue, issues, i), GRIDGOV_OK);
        assert_string_equal(issue.value, expected);
    }
    gridgov_facts *facts = finish(tallies[0]);
    for (int64_t unit = 1; unit <= 60; unit++) {
        gridgov_cell cell = {.struct_size = sizeof cell};
        assert_int_equal(gridgov_facts_value(&cell, facts, GRIDGOV_DIMENSION_UNIT, unit, 3),
                         GRIDGOV_OK);
        const int given = (unit % 2 == 0) + (unit % 3 == 0);
        assert_int_equal(cell.state, given == 1 ? GRIDGOV_CELL_VALUE : GRIDGOV_CELL_UNKNOWN);
        assert_int_equal(cell.value, given == 1 ? unit : 0);
    }
    gridgov_facts_free(facts);
    gridgov_issues_free(issues);
    gridgov_tally_free(tallies[0]);
    gridgov_tally_free(tallies[1]);
    close_world(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_split_gives_the_same_bytes),
                                       cmocka_unit_test(figures_may_come_in_any_parts),
                                       cmocka_unit_test(figures_of_both_parts_are_issues)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
