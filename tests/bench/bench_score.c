/* SPDX-License-Identifier: Apache-2.0 */
/* How fast facts become scorecards: GRIDS grids by the ten indicators of baiguan-2021, every line
 * kept, with ranks, grades and means of units; and what scores tell apart. Only the calls named are
 * timed. Recorded, never a gate. bench_score [GRIDS] */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PER_UNIT 20

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t seed = 2021;

static int64_t draw(int64_t below) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static int fail(const char *what, const gridgov_error *err) {
    fprintf(stderr, "%s: %s\n", what, err->message);
    return 1;
}

static int add_figure(gridgov_ledger *ledger, int64_t unit, const char *metric, int64_t value,
                      gridgov_error *err) {
    gridgov_activity fact = {.struct_size = sizeof fact};
    gridgov_activity_init(&fact, sizeof fact);
    fact.kind = GRIDGOV_ACTIVITY_FACT;
    fact.unit = unit;
    fact.key = metric;
    fact.authority = "bench";
    fact.state = GRIDGOV_CELL_VALUE;
    fact.amount = value;
    return gridgov_ledger_add_activity(ledger, &fact, err) == GRIDGOV_OK;
}

/* Units of PER_UNIT grids each; three figures a grid, the others the same for all. */
static gridgov_ledger *make_ledger(int64_t grids, gridgov_error *err) {
    static const char *const same[] = {"missing_days",    "short_days",        "near_days",
                                       "dispatch_missed", "visits_missing",    "reports_missing",
                                       "reports_late",    "maintenance_wrong", "maintenance_stale",
                                       "cases_held_due",  "cases_held_overdue"};
    gridgov_units *units = NULL;
    gridgov_ledger *ledger = NULL;
    int64_t above = GRIDGOV_NONE;
    int done = gridgov_units_new(&units, err) == GRIDGOV_OK;
    for (int64_t i = 0; i < grids && done; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit,
                             .parent = GRIDGOV_NONE,
                             .code = "",
                             .from = GRIDGOV_NO_DAY,
                             .to = GRIDGOV_NO_DAY};
        char name[32];
        unit.name = name;
        if (i % PER_UNIT == 0) {
            snprintf(name, sizeof name, "%lld", (long long)(i / PER_UNIT));
            unit.kind = GRIDGOV_UNIT_COMMUNITY;
            done = gridgov_units_add(&above, units, &unit, err) == GRIDGOV_OK;
        }
        snprintf(name, sizeof name, "%lld", (long long)(i % PER_UNIT));
        unit.kind = GRIDGOV_UNIT_GRID;
        unit.parent = above;
        done = done && gridgov_units_add(NULL, units, &unit, err) == GRIDGOV_OK;
    }
    done = done && gridgov_units_seal(units, err) == GRIDGOV_OK &&
           gridgov_ledger_new(&ledger, NULL, units, err) == GRIDGOV_OK;
    for (size_t i = 0; i < sizeof same / sizeof same[0] && done; i++) {
        done = add_figure(ledger, GRIDGOV_NONE, same[i], i < 10 ? (int64_t)(i == 9) : 0, err);
    }
    for (int64_t i = 0; i < grids && done; i++) {
        int64_t grid = i / PER_UNIT * (PER_UNIT + 1) + 1 + i % PER_UNIT;
        int64_t due = 1 + draw(40);
        done = add_figure(ledger, grid, "invalid_reports", draw(4), err) &&
               add_figure(ledger, grid, "cases_due", due, err) &&
               add_figure(ledger, grid, "cases_due_closed", due - draw(2), err);
    }
    done = done && gridgov_ledger_seal(ledger, NULL, err) == GRIDGOV_OK;
    gridgov_units_free(units);
    if (!done) {
        gridgov_ledger_free(ledger);
        return NULL;
    }
    return ledger;
}

/* baiguan-2021 with everything about totals switched on. */
static gridgov_policy *make_policy(gridgov_error *err) {
    static const char bonus[] = "\"bonus\": {\"name\": \"附加分\", \"name_en\": \"Bonus\"}";
    static const char more[] =
        ", \"ranking\": {\"method\": \"competition\", \"within\": \"all\", \"tie_breaks\": "
        "[{\"indicator\": \"closure\"}]}, \"unit_means\": {\"decimals\": 2, \"rounding\": "
        "\"half_up\"}, \"grades\": [{\"code\": \"a\", \"name\": \"优秀\", \"at_least\": 95}, "
        "{\"code\": \"b\", \"name\": \"其他\", \"otherwise\": true}]";
    static const char parameters[] = "{\"daily_distance_km\": 1}";
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_policy *policy = NULL;
    char *text;
    if (gridgov_pack_find(&pack, GRIDGOV_PACK_POLICY, "baiguan-2021", 12, err) != GRIDGOV_OK) {
        return NULL;
    }
    const char *at = strstr(pack.data, bonus);
    text = malloc(pack.size + sizeof more);
    if (at != NULL && text != NULL) {
        size_t head = (size_t)(at - pack.data) + sizeof bonus - 1;
        memcpy(text, pack.data, head);
        memcpy(text + head, more, sizeof more - 1);
        memcpy(text + head + sizeof more - 1, pack.data + head, pack.size - head);
        (void)gridgov_policy_load(&policy, text, pack.size + sizeof more - 1, parameters,
                                  sizeof parameters - 1, NULL, err);
    }
    free(text);
    return policy;
}

int main(int argc, char **argv) {
    int64_t grids = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    gridgov_error err = {0};
    gridgov_tally_options options;
    gridgov_policy *policy = make_policy(&err);
    gridgov_ledger *ledger = policy == NULL ? NULL : make_ledger(grids, &err);
    gridgov_facts *facts = NULL;
    gridgov_scorecards *cards = NULL;
    gridgov_discrimination *report = NULL;
    gridgov_score_columns columns = {.struct_size = sizeof columns};
    if (ledger == NULL) {
        return fail("preparing", &err);
    }
    gridgov_tally_options_init(&options, sizeof options);
    gridgov_month_span(&options.period, "2021-09", 7, 480, &err);
    if (gridgov_tally_run(&facts, ledger, gridgov_policy_metrics(policy), NULL, &options, NULL,
                          NULL, &err) != GRIDGOV_OK) {
        return fail("tally", &err);
    }
    double start = seconds();
    if (gridgov_score_run(&cards, facts, policy, NULL, NULL, &err) != GRIDGOV_OK) {
        return fail("score", &err);
    }
    double scored = seconds();
    if (gridgov_discriminate(&report, cards, &err) != GRIDGOV_OK) {
        return fail("discriminate", &err);
    }
    double told = seconds();
    gridgov_scorecards_columns(&columns, cards);
    int64_t first = 0;
    for (int64_t i = 0; i < columns.count; i++) {
        first += columns.ranks[i] == 1;
    }
    printf("%lld grids x 10 indicators with lines, ranks, grades, means: %.3f s (%.2f M lines/s), "
           "%lld of rank 1; what they tell apart: %.3f s\n",
           (long long)columns.count, scored - start,
           (double)columns.count * 10 / (scored - start) / 1e6, (long long)first, told - scored);
    gridgov_discrimination_free(report);
    gridgov_scorecards_free(cards);
    gridgov_facts_free(facts);
    gridgov_ledger_free(ledger);
    gridgov_policy_free(policy);
    return 0;
}
