/* SPDX-License-Identifier: Apache-2.0 */
/* The promise about threads: what is passed as const may be used by many at once. Four threads
 * share one calendar, taxonomy, units, ledger, policy, facts, scorecards, bulletin, mapping and
 * finished month; each of them holds, counts, scores, composes and renders again and again, and
 * every byte must be the one that a single thread gets. Run under -fsanitize=thread this test also
 * shows that nobody writes where others read. */
#include "support/small_month.h"

#include <pthread.h>

#define THREADS 4
#define ROUNDS 25
#define PRODUCTS 6

/* What all threads share. */
typedef struct shared {
    const gridgov_month *month;
    const gridgov_calendar *calendar;
    const gridgov_taxonomy *taxonomy;
    const gridgov_units *units;
    const gridgov_ledger *ledger;
    const gridgov_policy *policy;
    const gridgov_facts *facts;
    const gridgov_scorecards *cards;
    const gridgov_bulletin *bulletin;
    const gridgov_mapping *mapping;
} shared;

/* What one thread made in one round. */
typedef struct products {
    gridgov_bytes *bytes[PRODUCTS];
} products;

typedef struct worker {
    const shared *world;
    const products *expected;
    pthread_t thread;
    int failed; /* line of the first failure; 0 none */
} worker;

/* Failing an assertion is for the main thread; a worker says where it failed. */
#define CHECK(condition)                                                                           \
    if (!(condition)) {                                                                            \
        line = __LINE__;                                                                           \
        goto done;                                                                                 \
    }

static int make(products *made, const shared *world) {
    gridgov_tally_options options;
    gridgov_render_options csv;
    gridgov_facts *facts = NULL;
    gridgov_scorecards *cards = NULL;
    gridgov_bulletin *bulletin = NULL;
    int line = 0;
    memset(made, 0, sizeof *made);
    gridgov_tally_options_init(&options, sizeof options);
    gridgov_render_options_init(&csv, sizeof csv);
    csv.table = "grids";
    CHECK(gridgov_facts_period(&options.period, world->facts) == GRIDGOV_OK)
    CHECK(gridgov_tally_run(&facts, world->ledger, gridgov_policy_metrics(world->policy),
                            world->calendar, &options, NULL, NULL, NULL) == GRIDGOV_OK)
    CHECK(gridgov_score_run(&cards, facts, world->policy, NULL, NULL, NULL) == GRIDGOV_OK)
    CHECK(gridgov_bulletin_compose(&bulletin, facts, cards, NULL, 0, 0, GRIDGOV_LANG_ZH, NULL,
                                   NULL) == GRIDGOV_OK)
    CHECK(gridgov_render_bytes(&made->bytes[0], bulletin, GRIDGOV_FORMAT_JSON, NULL, NULL) ==
          GRIDGOV_OK)
    CHECK(gridgov_render_bytes(&made->bytes[1], world->bulletin, GRIDGOV_FORMAT_HTML, NULL, NULL) ==
          GRIDGOV_OK)
    CHECK(gridgov_render_bytes(&made->bytes[2], world->bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL,
                               NULL) == GRIDGOV_OK)
    CHECK(gridgov_render_bytes(&made->bytes[3], world->bulletin, GRIDGOV_FORMAT_CSV, &csv, NULL) ==
          GRIDGOV_OK)
    CHECK(gridgov_month_score_json(&made->bytes[4], world->month, GRIDGOV_NONE, NULL) == GRIDGOV_OK)
    CHECK(gridgov_render_bytes(&made->bytes[5], world->bulletin, GRIDGOV_FORMAT_JSON, NULL, NULL) ==
          GRIDGOV_OK)
done:
    gridgov_bulletin_free(bulletin);
    gridgov_scorecards_free(cards);
    gridgov_facts_free(facts);
    return line;
}

static void release(products *made) {
    for (int i = 0; i < PRODUCTS; i++) {
        gridgov_bytes_free(made->bytes[i]);
    }
}

static int same(const products *a, const products *b) {
    for (int i = 0; i < PRODUCTS; i++) {
        size_t left = 0, right = 0;
        const char *one = gridgov_bytes_data(a->bytes[i], &left);
        const char *other = gridgov_bytes_data(b->bytes[i], &right);
        if (left == 0 || left != right || memcmp(one, other, left) != 0) {
            return 0;
        }
    }
    return 1;
}

/* Questions, and a new ledger over the shared units and taxonomy. */
static int ask(const shared *world) {
    gridgov_ledger *ledger = NULL;
    gridgov_csv_options csv = {.struct_size = sizeof csv};
    int64_t unit = 0, days = 0;
    int line = 0;
    gridgov_units *units = gridgov_units_hold(world->units);
    gridgov_taxonomy *taxonomy = gridgov_taxonomy_hold(world->taxonomy);
    gridgov_mapping *mapping = gridgov_mapping_hold(world->mapping);
    gridgov_bulletin *bulletin = gridgov_bulletin_hold(world->bulletin);
    gridgov_scorecards *cards = gridgov_scorecards_hold(world->cards);
    CHECK(gridgov_month_find_grid(&unit, world->month, "乙社区/一网格", strlen("乙社区/一网格"),
                                  NULL) == GRIDGOV_OK)
    CHECK(gridgov_scorecards_find(cards, unit) == 2)
    CHECK(gridgov_calendar_workdays(&days, world->calendar, 18871, 18901, NULL) == GRIDGOV_OK)
    CHECK(days == 22)
    CHECK(gridgov_mapping_csv_options(&csv, mapping) == GRIDGOV_OK)
    CHECK(gridgov_ledger_new(&ledger, taxonomy, units, NULL) == GRIDGOV_OK)
    CHECK(gridgov_ledger_seal(ledger, NULL, NULL) == GRIDGOV_OK)
    CHECK(gridgov_bulletin_figure_find(bulletin, "events.total", strlen("events.total")) >= 0)
done:
    gridgov_ledger_free(ledger);
    gridgov_scorecards_free(cards);
    gridgov_bulletin_free(bulletin);
    gridgov_mapping_free(mapping);
    gridgov_taxonomy_free(taxonomy);
    gridgov_units_free(units);
    return line;
}

static void *work(void *argument) {
    worker *self = argument;
    for (int round = 0; round < ROUNDS && self->failed == 0; round++) {
        products made;
        self->failed = make(&made, self->world);
        if (self->failed == 0 && !same(&made, self->expected)) {
            self->failed = __LINE__;
        }
        release(&made);
        if (self->failed == 0) {
            self->failed = ask(self->world);
        }
    }
    return NULL;
}

static void test_four_threads_get_the_same_bytes(void **state) {
    static const char json[] = "{\"schema\": \"gridgov.mapping/1\", \"table\": \"events\","
                               " \"columns\": {\"id\": \"a\", \"reported_at\": \"b\","
                               " \"category\": \"c\"}}";
    gridgov_month *month = small_month(NULL);
    gridgov_calendar *calendar = NULL;
    gridgov_mapping *mapping = NULL;
    shared world = {.month = month};
    products expected;
    worker workers[THREADS];
    (void)state;
    run_month(month, NULL);
    assert_int_equal(gridgov_calendar_open(&calendar, "china", 5, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_mapping_load(&mapping, json, strlen(json), NULL, NULL), GRIDGOV_OK);
    world.calendar = calendar;
    world.mapping = mapping;
    world.facts = gridgov_month_facts(month);
    world.cards = gridgov_month_scorecards(month);
    world.bulletin = gridgov_month_bulletin(month);
    world.ledger = gridgov_facts_ledger(world.facts);
    world.units = gridgov_ledger_units(world.ledger);
    world.taxonomy = gridgov_ledger_taxonomy(world.ledger);
    world.policy = gridgov_scorecards_policy(world.cards);
    assert_int_equal(make(&expected, &world), 0);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.world = &world, .expected = &expected};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        if (workers[i].failed != 0) {
            fail_msg("thread %d failed at line %d", i, workers[i].failed);
        }
    }
    release(&expected);
    gridgov_mapping_free(mapping);
    gridgov_calendar_free(calendar);
    gridgov_month_free(month);
}

/* The last hold of an object may be given up by any thread. */
static void *let_go(void *argument) {
    gridgov_policy *policy = argument;
    for (int i = 0; i < 1000; i++) {
        gridgov_policy_free(gridgov_policy_hold(policy));
    }
    gridgov_policy_free(policy);
    return NULL;
}

static void test_the_last_holder_frees(void **state) {
    gridgov_policy *policy = NULL;
    pthread_t threads[THREADS];
    (void)state;
    assert_int_equal(gridgov_policy_open(&policy, "baiguan-2021", 12, NULL, 0, NULL), GRIDGOV_OK);
    for (int i = 0; i < THREADS; i++) {
        gridgov_policy *held = gridgov_policy_hold(policy);
        assert_int_equal(pthread_create(&threads[i], NULL, let_go, held), 0);
    }
    gridgov_policy_free(policy);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
}

/* A canceller on a thread of its own, and whether the first tick has waited for it. */
typedef struct canceller {
    gridgov_job *job;
    pthread_t thread;
    int joined;
} canceller;

static void *cancel(void *argument) {
    gridgov_job_cancel(((canceller *)argument)->job);
    return NULL;
}

static int32_t wait_for_it(void *user, const char *stage, int64_t done, int64_t total) {
    canceller *other = user;
    (void)stage;
    (void)done;
    (void)total;
    if (!other->joined) {
        other->joined = pthread_join(other->thread, NULL) == 0;
    }
    return 0;
}

static void test_cancel_from_another_thread(void **state) {
    gridgov_month *month = small_month(NULL);
    gridgov_error err = {0};
    canceller other = {0};
    (void)state;
    assert_int_equal(gridgov_job_new(&other.job, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_job_on_progress(other.job, wait_for_it, &other), GRIDGOV_OK);
    assert_int_equal(pthread_create(&other.thread, NULL, cancel, &other), 0);
    assert_int_equal(gridgov_month_run(month, NULL, other.job, &err), GRIDGOV_ECANCELLED);
    if (!other.joined) { // the cancel came before the first tick
        pthread_join(other.thread, NULL);
    }
    assert_string_equal(gridgov_rule_code(err.rule), "cancelled");
    assert_null(gridgov_month_bulletin(month));
    assert_int_equal(gridgov_job_tick(other.job, "again", 0, -1), GRIDGOV_ECANCELLED);
    gridgov_job_free(other.job);
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four_threads_get_the_same_bytes),
        cmocka_unit_test(test_the_last_holder_frees),
        cmocka_unit_test(test_cancel_from_another_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
