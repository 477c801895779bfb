/* SPDX-License-Identifier: Apache-2.0 */
/* Single claims: every figure of shared/bulletins/claims.json must get the verdict that stands
 * beside it (skipped, with a word, where the file is not at hand), and a table of boundaries worked
 * out by hand. GRIDGOV_SHARED names the folder; by default it lies beside the source tree. */
#include <gridgov/gridgov.h>

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    FOLLOWS = GRIDGOV_VERDICT_FOLLOWS,
    TRUNCATED = GRIDGOV_VERDICT_TRUNCATED,
    EVEN = GRIDGOV_VERDICT_HALF_EVEN,
    DIFFERS = GRIDGOV_VERDICT_DIFFERS,
    UNDEFINED = GRIDGOV_VERDICT_UNDEFINED
};

static int64_t number(const json_t *object, const char *key) {
    return (int64_t)json_integer_value(json_object_get(object, key));
}

/* The verdict must be the one that ok and matches_truncation ask for. */
static void check_verdict(const json_t *claim, const gridgov_claim *found) {
    int ok = json_is_true(json_object_get(claim, "ok"));
    int cut = json_is_true(json_object_get(claim, "matches_truncation"));
    const char *expected = json_string_value(json_object_get(claim, "expected_half_up"));
    if (ok != (found->verdict == FOLLOWS)) {
        fail_msg("%s", json_string_value(json_object_get(claim, "label")));
    }
    if (!ok) {
        assert_int_equal(cut, found->verdict == TRUNCATED);
    }
    assert_int_equal(strncmp(found->expected_text, expected, strlen(expected)), 0);
}

static void check_bulletin(const json_t *bulletin, size_t counts[4]) {
    gridgov_claim found = {.struct_size = sizeof found};
    size_t i;
    json_t *claim;
    json_array_foreach(json_object_get(bulletin, "shares"), i, claim) {
        const char *stated = json_string_value(json_object_get(claim, "stated"));
        assert_int_equal(gridgov_audit_claim_share(&found, number(claim, "num"),
                                                   number(claim, "den"), stated, strlen(stated),
                                                   NULL),
                         GRIDGOV_OK);
        check_verdict(claim, &found);
        counts[0]++;
    }
    json_array_foreach(json_object_get(bulletin, "changes"), i, claim) {
        const char *stated = json_string_value(json_object_get(claim, "stated"));
        assert_int_equal(gridgov_audit_claim_change(&found, number(claim, "cur"),
                                                    number(claim, "prev"), stated, strlen(stated),
                                                    NULL),
                         GRIDGOV_OK);
        check_verdict(claim, &found);
        counts[1]++;
    }
    json_array_foreach(json_object_get(bulletin, "sums"), i, claim) {
        int64_t parts[64];
        size_t k;
        json_t *part;
        json_array_foreach(json_object_get(claim, "parts"), k, part) {
            assert_true(k < 64);
            parts[k] = (int64_t)json_integer_value(part);
        }
        assert_int_equal(
            gridgov_audit_claim_sum(&found, parts,
                                    (int64_t)json_array_size(json_object_get(claim, "parts")),
                                    number(claim, "total"), NULL),
            GRIDGOV_OK);
        assert_int_equal(found.verdict == FOLLOWS, json_is_true(json_object_get(claim, "ok")));
        assert_int_equal(found.expected, number(claim, "sum_of_parts"));
        counts[2]++;
    }
    json_array_foreach(json_object_get(bulletin, "other"), i, claim) {
        const char *stated = json_string_value(json_object_get(claim, "stated"));
        assert_int_equal(gridgov_audit_claim_mean(&found, number(claim, "total"),
                                                  number(claim, "days"), stated, strlen(stated),
                                                  NULL),
                         GRIDGOV_OK);
        assert_int_equal(found.verdict, FOLLOWS);
        counts[3]++;
    }
}

static void test_published_claims(void **state) {
    const char *shared = getenv("GRIDGOV_SHARED");
    char path[1024];
    size_t counts[4] = {0};
    size_t i;
    json_t *bulletin;
    (void)state;
    snprintf(path, sizeof path, "%s/bulletins/claims.json", shared != NULL ? shared : "../shared");
    json_t *root = json_load_file(path, 0, NULL);
    if (root == NULL) {
        print_message("no %s: the published claims are skipped\n", path);
        skip();
    }
    json_array_foreach(json_object_get(root, "bulletins"), i, bulletin) {
        check_bulletin(bulletin, counts);
    }
    print_message("%zu shares, %zu changes, %zu sums, %zu means\n", counts[0], counts[1], counts[2],
                  counts[3]);
    assert_true(counts[0] > 0 && counts[1] > 0 && counts[2] > 0 && counts[3] > 0);
    json_decref(root);
}

typedef struct ratio_case {
    int64_t num, den;
    const char *printed;
    int32_t verdict;
    const char *expected;
} ratio_case;

static void test_shares(void **state) {
    static const ratio_case cases[] = {
        {835, 2975, "28.07%", FOLLOWS, "28.07%"},
        {835, 2975, "28.11%", DIFFERS, "28.07%"},
        {835, 2975, "28.06", TRUNCATED, "28.07%"},
        {1, 20000, "0.01%", FOLLOWS, "0.01%"},
        {1, 20000, "0.00%", TRUNCATED, "0.01%"},
        {5, 20000, "0.02%", TRUNCATED, "0.03%"},
        {1, 8, "12%", TRUNCATED, "13%"},
        {3, 8, "38%", FOLLOWS, "38%"},
        {5, 8, "62%", TRUNCATED, "63%"},
        {0, 7, "0.00%", FOLLOWS, "0.00%"},
        {0, 0, "0%", UNDEFINED, ""},
        {7, 7, "100%", FOLLOWS, "100%"},
        {170238, 167101, "101.88%", FOLLOWS, "101.88%"},
        {1, 3, "３３．３％", FOLLOWS, "33.3%"},
        {12345, 1, "1,234,500%", FOLLOWS, "1234500%"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_claim claim = {.struct_size = sizeof claim};
        assert_int_equal(gridgov_audit_claim_share(&claim, cases[i].num, cases[i].den,
                                                   cases[i].printed, strlen(cases[i].printed),
                                                   NULL),
                         GRIDGOV_OK);
        assert_int_equal(claim.verdict, cases[i].verdict);
        assert_string_equal(claim.expected_text, cases[i].expected);
    }
}

static void test_changes(void **state) {
    static const ratio_case cases[] = {
        {19117, 24575, "-22.21%", FOLLOWS, "-22.21%"},
        {19117, 24575, "22.21%", DIFFERS, "-22.21%"},
        {2200, 2086, "5.47", FOLLOWS, "5.47%"},
        {2200, 2086, "5.46", TRUNCATED, "5.47%"},
        {100, 100, "0%", FOLLOWS, "0%"},
        {5, 0, "100%", UNDEFINED, ""},
        {0, 5, "-100%", FOLLOWS, "-100%"},
        {7, 8, "−12.5%", FOLLOWS, "-12.5%"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_claim claim = {.struct_size = sizeof claim};
        assert_int_equal(gridgov_audit_claim_change(&claim, cases[i].num, cases[i].den,
                                                    cases[i].printed, strlen(cases[i].printed),
                                                    NULL),
                         GRIDGOV_OK);
        assert_int_equal(claim.verdict, cases[i].verdict);
        assert_string_equal(claim.expected_text, cases[i].expected);
    }
}

static void test_half_even(void **state) {
    gridgov_claim claim = {.struct_size = sizeof claim};
    (void)state;
    /* 62.5: up 63, cut 62, even 62; 37.5: up 38, cut 37, even 38; −0.5 of a digit alike */
    gridgov_audit_claim_mean(&claim, 125, 2, "62", 2, NULL);
    assert_int_equal(claim.verdict, TRUNCATED);
    gridgov_audit_claim_mean(&claim, 75, 2, "38", 2, NULL);
    assert_int_equal(claim.verdict, FOLLOWS);
    gridgov_audit_claim_mean(&claim, 71184, 7, "10169", 5, NULL);
    assert_int_equal(claim.verdict, FOLLOWS);
    gridgov_audit_claim_mean(&claim, 71184, 0, "10169", 5, NULL);
    assert_int_equal(claim.verdict, UNDEFINED);
}

static void test_sums_and_rows(void **state) {
    static const int64_t parts[] = {-1, -2, 10};
    static const int64_t large[] = {INT64_MAX, 1};
    gridgov_claim claim = {.struct_size = sizeof claim};
    gridgov_error err;
    (void)state;
    assert_int_equal(gridgov_audit_claim_sum(&claim, parts, 3, 7, NULL), GRIDGOV_OK);
    assert_int_equal(claim.verdict, FOLLOWS);
    assert_int_equal(gridgov_audit_claim_sum(&claim, NULL, 0, 1, NULL), GRIDGOV_OK);
    assert_int_equal(claim.verdict, DIFFERS);
    assert_int_equal(claim.expected, 0);
    assert_int_equal(gridgov_audit_claim_row_total(&claim, 100, parts, 3, 107, NULL), GRIDGOV_OK);
    assert_int_equal(claim.verdict, FOLLOWS);
    assert_int_equal(gridgov_audit_claim_sum(&claim, large, 2, 0, &err), GRIDGOV_ERANGE);
    assert_int_equal(gridgov_audit_claim_sum(&claim, NULL, 1, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_sum(NULL, parts, 3, 0, &err), GRIDGOV_EARG);
}

static void test_ranks(void **state) {
    static const int64_t values[] = {90, 95, 95, 80, 70}; /* 3, 1, 1, 4, 5; dense 2, 1, 1, 3, 4 */
    static const struct {
        int64_t index, rank;
        int32_t ascending, verdict;
    } cases[] = {{0, 3, 0, FOLLOWS}, {0, 2, 0, FOLLOWS}, {0, 1, 0, DIFFERS}, {0, 4, 0, DIFFERS},
                 {1, 1, 0, FOLLOWS}, {2, 2, 0, FOLLOWS}, {2, 3, 0, DIFFERS}, {3, 4, 0, FOLLOWS},
                 {3, 3, 0, FOLLOWS}, {4, 5, 0, FOLLOWS}, {4, 1, 1, FOLLOWS}, {0, 3, 1, FOLLOWS}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_claim claim = {.struct_size = sizeof claim};
        assert_int_equal(gridgov_audit_claim_rank(&claim, values, 5, cases[i].index, cases[i].rank,
                                                  cases[i].ascending, NULL),
                         GRIDGOV_OK);
        assert_int_equal(claim.verdict, cases[i].verdict);
    }
    gridgov_claim claim = {.struct_size = sizeof claim};
    assert_int_equal(gridgov_audit_claim_rank(&claim, values, 5, 5, 1, 0, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_rank(&claim, values, 0, 0, 1, 0, NULL), GRIDGOV_EARG);
}

static void test_refusals(void **state) {
    static const char *const bad[] = {"",   "abc", "/", "12件", "1.2.3", "12345678901234567890",
                                      "1万"};
    gridgov_claim claim = {.struct_size = sizeof claim};
    gridgov_error err;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(gridgov_audit_claim_share(&claim, 1, 2, bad[i], strlen(bad[i]), &err),
                         GRIDGOV_EDATA);
        assert_string_equal(gridgov_rule_code(err.rule), "audit-not-a-number");
    }
    assert_int_equal(gridgov_audit_claim_share(&claim, -1, 2, "1", 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_share(&claim, 1, -2, "1", 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_share(&claim, 1, 2, NULL, 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_share(NULL, 1, 2, "1", 1, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_claim_share(&claim, INT64_MAX, 1, "1", 1, NULL), GRIDGOV_ERANGE);
    claim.struct_size = 4;
    assert_int_equal(gridgov_audit_claim_share(&claim, 1, 2, "50", 2, NULL), GRIDGOV_EARG);
}

static void test_denominators(void **state) {
    static const int64_t counts[] = {835, 563, 519}, printed[] = {2811, 1896, 1747};
    static const int64_t never[] = {2811, 1896, 1847};
    int64_t low;
    int64_t high;
    (void)state;
    assert_int_equal(gridgov_audit_denominators(&low, &high, counts, printed, 3, 2,
                                                GRIDGOV_ROUNDING_HALF_UP, NULL),
                     GRIDGOV_OK);
    assert_true(low <= 2970 && high >= 2970 && high < 2975);
    assert_int_equal(gridgov_audit_denominators(&low, &high, counts, never, 3, 2,
                                                GRIDGOV_ROUNDING_HALF_UP, NULL),
                     GRIDGOV_OK);
    assert_true(low > high);
    assert_int_equal(gridgov_audit_denominators(&low, &high, counts, printed, 3, 7, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_denominators(&low, &high, counts, printed, 0, 2, 1, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_denominators(&low, &high, counts, printed, 3, 2, 4, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_audit_denominators(NULL, &high, counts, printed, 3, 2, 1, NULL),
                     GRIDGOV_EARG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_claims), cmocka_unit_test(test_shares),
        cmocka_unit_test(test_changes),          cmocka_unit_test(test_half_even),
        cmocka_unit_test(test_sums_and_rows),    cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_refusals),         cmocka_unit_test(test_denominators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
