/* SPDX-License-Identifier: Apache-2.0 */
/* Earlier months of a month: when they may be given, how many, and that a gap between them is told.
 */
#include "support/small_month.h"

static gridgov_month *run_of(const char *text, const char *policy, size_t size) {
    gridgov_month *month = NULL;
    const char *const units = "单位,网格,网格编码\n甲社区,一网格,1\n";
    assert_int_equal(gridgov_month_new(&month, text, 7, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_month_set_table(month, GRIDGOV_TABLE_UNITS, units, strlen(units), NULL, NULL),
        GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_policy(month, policy, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_run(month, NULL, NULL, NULL), GRIDGOV_OK);
    return month;
}

static void test_when_and_how_many(void **state) {
    gridgov_month *august = run_of("2021-08", "baiguan-2021", 12);
    gridgov_month *month = NULL;
    gridgov_month *waiting = NULL;
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_month_new(&month, "2021-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_new(&waiting, "2021-08", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_add_earlier(month, waiting, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_month_add_earlier(month, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_month_add_earlier(month, month, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_month_add_earlier(NULL, august, NULL), GRIDGOV_EARG);
    for (int i = 0; i < GRIDGOV_MONTH_EARLIER; i++) {
        assert_int_equal(gridgov_month_add_earlier(month, august, NULL), GRIDGOV_OK);
    }
    assert_int_equal(gridgov_month_add_earlier(month, august, &err), GRIDGOV_ELIMIT);
    assert_string_equal(err.value, "2021-08");
    assert_int_equal(gridgov_month_add_earlier(august, august, NULL), GRIDGOV_ESTATE);
    gridgov_month_free(august); // its scorecards live on in the other month
    gridgov_month_free(waiting);
    gridgov_month_free(month);
}

/* July before September, under a policy; the status of the run. */
static gridgov_status run_with_gap(const char *policy, size_t size, const char *before,
                                   size_t length) {
    gridgov_month *july = run_of("2022-07", before, length);
    gridgov_month *month = NULL;
    gridgov_error err = {0};
    assert_int_equal(gridgov_month_new(&month, "2022-09", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_set_policy(month, policy, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_month_add_earlier(month, july, NULL), GRIDGOV_OK);
    gridgov_month_free(july);
    const gridgov_status status = gridgov_month_run(month, NULL, NULL, &err);
    gridgov_month_free(month);
    return status;
}

static void test_a_gap(void **state) {
    static char text[1 << 16];
    FILE *file = fopen("docs/policies/poor-months.json", "rb");
    (void)state;
    assert_non_null(file);
    const size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    assert_int_equal(run_with_gap(text, size, text, size), GRIDGOV_EDATA);
    assert_int_equal(run_with_gap(text, size, "baiguan-2021", 12), GRIDGOV_ESTATE);
    assert_int_equal(run_with_gap("baiguan-2021", 12, text, size),
                     GRIDGOV_OK); // looks at no earlier month
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_when_and_how_many),
        cmocka_unit_test(test_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
