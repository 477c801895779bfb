/* SPDX-License-Identifier: Apache-2.0 */
/* Signals, each on both sides of its threshold; documents of thresholds; and that a signal changes
 * no count. */
#include "support/small_town.h"

#include <stdio.h>
#include <stdlib.h>

static gridgov_signals *find(const gridgov_ledger *ledger, const char *json) {
    gridgov_validity *validity = NULL;
    gridgov_signals *signals = NULL;
    gridgov_tally_options options;
    gridgov_error err = {0};
    gridgov_tally_options_init(&options, sizeof options);
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    if (json != NULL && gridgov_validity_load(&validity, json, strlen(json), NULL, &err) != 0) {
        fail_msg("%s %s", err.field, err.message);
    }
    assert_int_equal(gridgov_signals_find(&signals, ledger, validity, &options, NULL, &err),
                     GRIDGOV_OK);
    gridgov_validity_free(validity);
    return signals;
}

/* "E1 duplicate; E2 closed_at_once; " */
static const char *told(const gridgov_signals *signals) {
    static char text[4096];
    gridgov_signal signal = {.struct_size = sizeof signal};
    size_t size = 0;
    text[0] = '\0';
    for (int64_t i = 0; gridgov_signals_at(&signal, signals, i) == GRIDGOV_OK; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "%s %s; ", signal.event_id,
                                 gridgov_code_text(GRIDGOV_KIND_SIGNAL, signal.kind));
    }
    return text;
}

static void seal(gridgov_ledger *ledger) {
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
}

static void test_incomplete(void **state) {
    static const struct {
        const char *id, *category, *place, *persons, *cause, *course, *result;
        int closed;
    } rows[] = {
        {"E1", "城市管理", "路口", "张三", "占道", "劝离", "", 0},
        {"E2", "城市管理", "", "张三", "占道", "", "", 0},
        {"E3", "矛盾纠纷", "路口", "张三", "噪声", "调解", "", 0},
        {"E4", "矛盾纠纷", "路口", "张三、李四", "噪声", "调解", "和解", 1},
        {"E5", "城市管理", "路口", "张三", "占道", "劝离", "", 1},
        {"E6", "矛盾纠纷", "路口", "、张三", "噪声", "调解", "", 0},
    };
    gridgov_ledger *ledger = town_ledger();
    char text[512];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_event event = town_event(rows[i].id, TOWN_GRID_1, town_at(1, (int)i * 30));
        event.category_name = rows[i].category;
        event.place = rows[i].place;
        event.persons = rows[i].persons;
        event.cause = rows[i].cause;
        event.course = rows[i].course;
        event.result = rows[i].result;
        event.closed = rows[i].closed ? GRIDGOV_TRI_YES : GRIDGOV_TRI_NO;
        town_add_event(ledger, &event);
    }
    assert_true(gridgov_ledger_covers(ledger, GRIDGOV_COVERAGE_REPORT));
    seal(ledger);
    gridgov_signals *signals = find(
        ledger, "{\"schema\": \"gridgov.validity/1\", \"duplicate\": {\"by_place\": false},"
                " \"categories\": [{\"category\": \"矛盾纠纷\", \"required\": [\"parties\"]}]}");
    assert_string_equal(told(signals), "E2 incomplete; E3 incomplete; E5 incomplete; "
                                       "E6 incomplete; ");
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 0, GRIDGOV_LANG_ZH), 0);
    assert_string_equal(text, "E2：缺少要素 地点、经过");
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 1, GRIDGOV_LANG_EN), 0);
    assert_string_equal(text, "E3: lacks both parties");
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 2, GRIDGOV_LANG_ZH), 0);
    assert_string_equal(text, "E5：缺少要素 结果");
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

static void test_untold_is_not_asked(void **state) {
    gridgov_ledger *ledger = town_ledger();
    gridgov_event event = town_event("E1", TOWN_GRID_1, town_at(1, 8));
    (void)state;
    town_add_event(ledger, &event);
    seal(ledger);
    gridgov_signals *signals = find(ledger, NULL);
    assert_int_equal(gridgov_signals_count(signals), 0);
    assert_int_equal(gridgov_signals_covered(signals), 0); // nothing could be looked for
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

/* 50 metres are 4 510.5 units of latitude at 30° (1° is 110.852 km): 4510 is near, 4520 is not. */
static void test_duplicate(void **state) {
    static const struct {
        const char *id, *category;
        int32_t lat;
        gridgov_time after;
        int expected;
    } rows[] = {
        {"E1", "城市管理", 0, 0, 0},           {"E2", "城市管理", 4510, 60, 1},
        {"E3", "消防安全", 4510, 120, 0},      {"E4", "城市管理", -4520, 86400, 0},
        {"E5", "城市管理", -15, 2 * 86400, 1}, {"E6", "城市管理", -15, 3 * 86400 + 1, 0},
    };
    gridgov_ledger *ledger = town_ledger();
    char text[512];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_event event = town_event(rows[i].id, TOWN_GRID_1, town_at(2, 8) + rows[i].after);
        event.category_name = rows[i].category;
        event.lat_e7 = 300000000 + rows[i].lat;
        event.lon_e7 = 1208700000;
        town_add_event(ledger, &event);
    }
    seal(ledger);
    gridgov_signals *signals = find(ledger, NULL);
    gridgov_signal signal = {.struct_size = sizeof signal};
    assert_string_equal(told(signals), "E2 duplicate; E5 duplicate; ");
    assert_int_equal(gridgov_signals_at(&signal, signals, 0), GRIDGOV_OK);
    assert_string_equal(signal.other_id, "E1");
    assert_true(signal.measured > 49900 && signal.measured <= 50000);
    assert_int_equal(signal.seconds, 60);
    assert_int_equal(gridgov_signals_at(&signal, signals, 1), GRIDGOV_OK);
    assert_string_equal(signal.other_id, "E4"); // 4 505 units away, exactly 24 hours later
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 1, GRIDGOV_LANG_ZH), 0);
    assert_non_null(strstr(text, "E5：与 E4 同类，相距 "));
    assert_non_null(strstr(text, " 米（不超过 50 米），晚 86400 秒上报"));
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

static void test_same_place(void **state) {
    static const char *const places[] = {"人民路 1号", "人民路１号", "人民路2号", "人民路1号"};
    gridgov_ledger *ledger = town_ledger();
    (void)state;
    for (int i = 0; i < 4; i++) {
        char id[] = "E0";
        id[1] = (char)('1' + i);
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(2, 8 + i * 10));
        event.place = places[i];
        event.unit = i == 3 ? TOWN_GRID_2 : TOWN_GRID_1;
        town_add_event(ledger, &event);
    }
    seal(ledger);
    gridgov_signals *signals = find(ledger, NULL);
    assert_string_equal(told(signals), "E2 duplicate; ");
    gridgov_signals_free(signals);
    signals = find(ledger, "{\"schema\": \"gridgov.validity/1\","
                           " \"duplicate\": {\"by_place\": false}}");
    assert_string_equal(told(signals), "");
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

static void test_closed_at_once(void **state) {
    static const struct {
        const char *id;
        gridgov_time after;
        int32_t self_handled;
    } rows[] = {{"E1", 60, 0}, {"E2", 61, 0}, {"E3", 0, GRIDGOV_TRI_YES}, {"E4", 0, 0}};
    gridgov_ledger *ledger = town_ledger();
    (void)state;
    gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_CLOSED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_event event = town_event(rows[i].id, TOWN_GRID_1, town_at(1 + (int)i, 8));
        event.closed_at = event.reported_at + rows[i].after;
        event.self_handled = rows[i].self_handled;
        town_add_event(ledger, &event);
    }
    seal(ledger);
    gridgov_signals *signals = find(ledger, NULL);
    assert_string_equal(told(signals), "E1 closed_at_once; E4 closed_at_once; ");
    gridgov_signals_free(signals);
    signals = find(ledger, "{\"schema\": \"gridgov.validity/1\","
                           " \"closed_at_once\": {\"seconds\": 0, \"self_handled\": true}}");
    assert_string_equal(told(signals), "E3 closed_at_once; E4 closed_at_once; ");
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

/* The police close four cases two minutes apart in the last hour; the court three; three cases of
 * the police lie before the last 24 hours. */
static void test_bulk_closing(void **state) {
    static const char json[] = "{\"schema\": \"gridgov.validity/1\","
                               " \"bulk_closing\": {\"cases\": 4, \"window_seconds\": 360}}";
    gridgov_ledger *ledger = town_ledger();
    char text[512];
    (void)state;
    gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_CLOSED);
    for (int i = 0; i < 10; i++) {
        char id[] = "E0";
        id[1] = (char)('0' + i);
        gridgov_event event = town_event(id, TOWN_GRID_1, town_at(1, 8 + i));
        event.agency_name = i < 4 || i >= 7 ? "派出所" : "司法所";
        event.closed_at = (i < 7 ? town_at(30, 23) : town_at(29, 20)) + i * 120;
        town_add_event(ledger, &event);
    }
    seal(ledger);
    gridgov_signals *signals = find(ledger, json);
    assert_string_equal(told(signals), "E0 bulk_closing; E1 bulk_closing; E2 bulk_closing; "
                                       "E3 bulk_closing; ");
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 0, GRIDGOV_LANG_ZH), 0);
    assert_string_equal(text, "E0：派出所 在截止前 360 秒内办结 4 件（不少于 4 件）");
    gridgov_signals_free(signals);
    signals = find(ledger, "{\"schema\": \"gridgov.validity/1\","
                           " \"bulk_closing\": {\"cases\": 4, \"window_seconds\": 359}}");
    assert_string_equal(told(signals), "");
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

static void test_sent_back(void **state) {
    static const struct {
        const char *id;
        const char *agencies[5];
    } rows[] = {
        {"E1", {"派出所", "司法所", "派出所"}},
        {"E2", {"派出所", "司法所"}},
        {"E3", {"派出所", "派出所"}}, // dispatch and handling: one hold
        {"E4", {"派出所", "司法所", "税务所", "司法所", "派出所"}},
    };
    gridgov_ledger *ledger = town_ledger();
    gridgov_signal signal = {.struct_size = sizeof signal};
    (void)state;
    gridgov_ledger_cover(ledger, GRIDGOV_COVERAGE_DISPATCH);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gridgov_event event = town_event(rows[i].id, TOWN_GRID_1, town_at(1, (int)i * 30));
        town_add_event(ledger, &event);
        for (int k = 0; k < 5 && rows[i].agencies[k] != NULL; k++) {
            town_add_step(ledger, rows[i].id, GRIDGOV_STEP_DISPATCH, rows[i].agencies[k],
                          town_at(2, k));
        }
    }
    seal(ledger);
    gridgov_signals *signals = find(ledger, NULL);
    assert_string_equal(told(signals), "E1 sent_back; E4 sent_back; ");
    assert_int_equal(gridgov_signals_at(&signal, signals, 1), GRIDGOV_OK);
    assert_int_equal(signal.measured, 2);
    assert_string_equal(signal.agency, "司法所");
    gridgov_signals_free(signals);
    gridgov_ledger_free(ledger);
}

static void test_documents(void **state) {
    static const struct {
        const char *json, *field;
    } bad[] = {
        {"{\"schema\": \"gridgov.validity/2\"}", "/schema"},
        {"{\"schema\": \"gridgov.validity/1\", \"metres\": 5}", "/metres"},
        {"{\"schema\": \"gridgov.validity/1\", \"required\": [\"weather\"]}", "/required"},
        {"{\"schema\": \"gridgov.validity/1\", \"required\": [5]}", "/required"},
        {"{\"schema\": \"gridgov.validity/1\", \"duplicate\": {\"metres\": 0}}",
         "/duplicate/metres"},
        {"{\"schema\": \"gridgov.validity/1\", \"duplicate\": {\"hours\": 9999}}",
         "/duplicate/hours"},
        {"{\"schema\": \"gridgov.validity/1\", \"categories\": [5]}", "/categories/0"},
        {"{\"schema\": \"gridgov.validity/1\", \"categories\": [{}]}", "/categories/0/category"},
        {"{\"schema\": \"gridgov.validity/1\", \"sent_back\": {\"times\": 0}}", "/sent_back/times"},
    };
    gridgov_validity *validity = NULL;
    gridgov_error err = {0};
    size_t size = 0;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(
            gridgov_validity_load(&validity, bad[i].json, strlen(bad[i].json), NULL, &err),
            GRIDGOV_EPOLICY);
        assert_null(validity);
        assert_string_equal(err.field, bad[i].field);
    }
    const char *standard = gridgov_validity_standard(&size);
    assert_int_equal(gridgov_validity_load(&validity, standard, size, NULL, &err), GRIDGOV_OK);
    gridgov_validity_free(validity);
    gridgov_validity_free(NULL);
    assert_int_equal(gridgov_validity_load(&validity, "{", 1, NULL, &err), GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_validity_load(NULL, standard, size, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_validity_load(&validity, NULL, 0, NULL, &err), GRIDGOV_EARG);
}

static void test_arguments(void **state) {
    gridgov_ledger *ledger = town_ledger();
    gridgov_signals *signals = NULL;
    gridgov_tally_options options;
    gridgov_bytes *bytes = NULL;
    gridgov_signal signal = {.struct_size = sizeof signal};
    char text[8];
    (void)state;
    gridgov_tally_options_init(&options, sizeof options);
    assert_int_equal(gridgov_signals_find(&signals, ledger, NULL, NULL, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_find(&signals, ledger, NULL, &options, NULL, NULL),
                     GRIDGOV_EARG); // no period
    options.period.from = TOWN_FROM;
    options.period.to = TOWN_TO;
    assert_int_equal(gridgov_signals_find(&signals, ledger, NULL, &options, NULL, NULL),
                     GRIDGOV_ESTATE);
    assert_int_equal(gridgov_signals_find(&signals, NULL, NULL, &options, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_find(NULL, ledger, NULL, &options, NULL, NULL), GRIDGOV_EARG);
    seal(ledger);
    assert_int_equal(gridgov_signals_find(&signals, ledger, NULL, &options, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_ledger_free(ledger);
    assert_int_equal(gridgov_signals_at(&signal, signals, 0), GRIDGOV_END);
    assert_int_equal(gridgov_signals_at(&signal, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_text(text, sizeof text, signals, 0, 0), GRIDGOV_END);
    assert_int_equal(gridgov_signals_text(text, 0, signals, 0, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_count(NULL), 0);
    assert_int_equal(gridgov_signals_covered(NULL), 0);
    assert_int_equal(gridgov_signals_json(&bytes, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_json(NULL, signals, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_signals_json(&bytes, signals, NULL), GRIDGOV_OK);
    gridgov_bytes_free(bytes);
    gridgov_signals_free(signals);
    gridgov_signals_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_incomplete),     cmocka_unit_test(test_untold_is_not_asked),
        cmocka_unit_test(test_duplicate),      cmocka_unit_test(test_same_place),
        cmocka_unit_test(test_closed_at_once), cmocka_unit_test(test_bulk_closing),
        cmocka_unit_test(test_sent_back),      cmocka_unit_test(test_documents),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
