/* SPDX-License-Identifier: Apache-2.0 */
/* Facts without a ledger work wherever facts are read. The example month is counted, saved, loaded
 * as another office would load it, and scored and composed from there: the scores and the bulletin
 * are the same bytes as those of the ledger. Only evidence is refused, for there is none. */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXAMPLE "examples/data/baiguan-2021-09"

static gridgov_bytes *render(const gridgov_facts *facts, const gridgov_policy *policy,
                             int32_t format) {
    gridgov_scorecards *cards = NULL;
    gridgov_bulletin *bulletin = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    assert_int_equal(gridgov_score_run(&cards, facts, policy, NULL, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_scorecards_count(cards), 65);
    assert_int_equal(
        gridgov_bulletin_compose(&bulletin, facts, cards, NULL, 0, 0, GRIDGOV_LANG_ZH, NULL, &err),
        GRIDGOV_OK);
    assert_int_equal(gridgov_render_bytes(&bytes, bulletin, format, NULL, &err), GRIDGOV_OK);
    gridgov_bulletin_free(bulletin);
    gridgov_scorecards_free(cards);
    return bytes;
}

/* The facts of the month's ledger, through saved bytes. */
static gridgov_facts *mailed(const gridgov_facts *facts) {
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = gridgov_facts_taxonomy(facts),
                                               .units = gridgov_facts_units(facts),
                                               .calendar = gridgov_facts_calendar(facts)};
    gridgov_tally_options options;
    gridgov_tally *tally = NULL;
    gridgov_tally *loaded = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_facts *out = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_facts_period(&options.period, facts), GRIDGOV_OK);
    options.as_of = gridgov_facts_as_of(facts);
    assert_int_equal(
        gridgov_tally_new(&tally, gridgov_facts_metrics(facts), &reference, &options, &err),
        GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, gridgov_facts_ledger(facts), NULL, NULL, &err),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_tally_save(&bytes, tally, &err), GRIDGOV_OK);
    const char *data = gridgov_bytes_data(bytes, &size);
    assert_int_equal(
        gridgov_tally_load(&loaded, gridgov_facts_metrics(facts), &reference, data, size, &err),
        GRIDGOV_OK);
    assert_int_equal(gridgov_tally_finish(&out, loaded, NULL, NULL, &err), GRIDGOV_OK);
    gridgov_tally_free(tally);
    gridgov_tally_free(loaded);
    gridgov_bytes_free(bytes);
    return out;
}

static void same_scores_and_bulletin(void **state) {
    (void)state;
    static const int32_t formats[] = {GRIDGOV_FORMAT_HTML, GRIDGOV_FORMAT_JSON};
    gridgov_month *month = NULL;
    gridgov_policy *policy = NULL;
    gridgov_evidence *evidence = NULL;
    gridgov_error err = {0};
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_folder(month, EXAMPLE, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_run(month, NULL, NULL, &err), GRIDGOV_OK);
    policy = gridgov_policy_hold(gridgov_scorecards_policy(gridgov_month_scorecards(month)));
    const gridgov_facts *facts = gridgov_month_facts(month);
    gridgov_facts *alone = mailed(facts);
    assert_non_null(gridgov_facts_ledger(facts));
    assert_null(gridgov_facts_ledger(alone));
    assert_int_equal(gridgov_facts_covers(alone, GRIDGOV_COVERAGE_ADJUSTMENTS), 1);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        size_t size = 0;
        size_t other_size = 0;
        gridgov_bytes *bytes = render(facts, policy, formats[i]);
        gridgov_bytes *other = render(alone, policy, formats[i]);
        const char *data = gridgov_bytes_data(bytes, &size);
        const char *other_data = gridgov_bytes_data(other, &other_size);
        assert_true(size > 2000 && size == other_size && memcmp(data, other_data, size) == 0);
        gridgov_bytes_free(bytes);
        gridgov_bytes_free(other);
    }
    assert_int_equal(
        gridgov_evidence_find(&evidence, alone, GRIDGOV_DIMENSION_UNIT, 0, 0, NULL, &err),
        GRIDGOV_ESTATE);
    assert_null(evidence);
    gridgov_facts_free(alone);
    gridgov_policy_free(policy);
    gridgov_month_free(month);
}

/* Every built-in policy, those with ranks and means among them. */
static void every_policy(void **state) {
    (void)state;
    gridgov_month *month = NULL;
    gridgov_pack pack = {.struct_size = sizeof pack};
    gridgov_error err = {0};
    int policies = 0;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_folder(month, EXAMPLE, NULL, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_month_run(month, NULL, NULL, &err), GRIDGOV_OK);
    const gridgov_facts *given = gridgov_month_facts(month);
    for (int64_t i = 0; gridgov_pack_at(&pack, i) == GRIDGOV_OK; i++) {
        gridgov_policy *policy = NULL;
        gridgov_facts *facts = NULL;
        gridgov_tally_options options;
        if (pack.kind != GRIDGOV_PACK_POLICY) {
            continue;
        }
        assert_int_equal(gridgov_policy_open(&policy, pack.name, strlen(pack.name), NULL, 0, &err),
                         GRIDGOV_OK);
        gridgov_tally_options_init(&options, sizeof options);
        assert_int_equal(gridgov_facts_period(&options.period, given), GRIDGOV_OK);
        assert_int_equal(
            gridgov_tally_run(&facts, gridgov_facts_ledger(given), gridgov_policy_metrics(policy),
                              gridgov_facts_calendar(given), &options, NULL, NULL, &err),
            GRIDGOV_OK);
        gridgov_facts *alone = mailed(facts);
        gridgov_bytes *bytes = render(facts, policy, GRIDGOV_FORMAT_JSON);
        gridgov_bytes *other = render(alone, policy, GRIDGOV_FORMAT_JSON);
        assert_string_equal(gridgov_bytes_data(bytes, NULL), gridgov_bytes_data(other, NULL));
        gridgov_bytes_free(bytes);
        gridgov_bytes_free(other);
        gridgov_facts_free(alone);
        gridgov_facts_free(facts);
        gridgov_policy_free(policy);
        policies++;
    }
    assert_true(policies > 1);
    gridgov_month_free(month);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_scores_and_bulletin),
                                       cmocka_unit_test(every_policy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
