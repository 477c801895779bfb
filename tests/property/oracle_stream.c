/* SPDX-License-Identifier: Apache-2.0 */
/* Two ways in, one way out: random tables of events through a ledger and as a stream, by one worker
 * or several, in blocks of any size, with and without vectors, give tallies with the same bytes and
 * the same problems of rows. Fast times against the reader of all times. */
#include "base/simd.h"
#include "ingest/fast_time.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_MAX 80000
#define ISSUES_MAX 80000

/* xorshift64*, so that a seed gives the same tables everywhere. */
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

static int pick(uint64_t *seed, int count) {
    return (int)((next_random(seed) >> 33) % (uint64_t)count);
}

static const char units_csv[] =
    "单位,网格,编码\n甲社区,一网格,G1\n甲社区,二网格,G2\n乙社区,一网格,G3\n";
static const char agencies_csv[] = "机构\n派出所\n市监所\n";

static const char mapping_json[] =
    "{\"schema\": \"gridgov.mapping/1\", \"version\": \"1\", \"name\": \"m\", \"source\": \"ours\","
    " \"columns\": {\"id\": {\"column\": \"id\", \"width\": 5}, \"grid\": {\"column\": \"grid\", "
    "\"width\": 8}, \"category\": \"category\", \"lat\": \"lat\", \"lon\": \"lon\", "
    "\"reported_at\":"
    " \"reported\", \"accepted_at\": \"accepted\", \"dispatched_at\": \"dispatched\", "
    "\"closed_at\":"
    " \"closed\", \"due_at\": \"due\", \"agency\": \"agency\", \"overdue\": \"overdue\","
    " \"disposition\": {\"column\": \"valid\", \"values\": {\"1\": \"valid\", \"0\": "
    "\"invalid\"}}}}";

static const char metrics_json[] =
    "{\"schema\": \"gridgov.metrics/1\", \"version\": \"1\", \"name\": \"m\", \"source\": \"ours\","
    " \"certainty\": \"ours\", \"metrics\": ["
    "{\"code\": \"a\", \"name\": \"a\", \"dimension\": \"category\", \"measure\": \"cases\", "
    "\"where\": [\"valid\"]},"
    "{\"code\": \"b\", \"name\": \"b\", \"dimension\": \"unit\", \"measure\": \"cases\", "
    "\"where\": [\"valid\", {\"closed_within\": {\"days\": 3}}]},"
    "{\"code\": \"c\", \"name\": \"c\", \"dimension\": \"unit\", \"measure\": \"cases\", "
    "\"where\": [\"closed\", \"not overdue\"]},"
    "{\"code\": \"d\", \"name\": \"d\", \"dimension\": \"agency\", \"measure\": \"cases\", "
    "\"where\": [\"accepted\", \"dispatched\"]},"
    "{\"code\": \"e\", \"name\": \"e\", \"dimension\": \"agency\", \"measure\": "
    "\"agency_handled\"},"
    "{\"code\": \"f\", \"name\": \"f\", \"dimension\": \"agency\", \"measure\": \"agency_closed\"},"
    "{\"code\": \"g\", \"name\": \"g\", \"dimension\": \"unit\", \"measure\": "
    "\"cases_held_overdue\"},"
    "{\"code\": \"h\", \"name\": \"h\", \"dimension\": \"category\", \"measure\": "
    "\"events_reported\"},"
    "{\"code\": \"i\", \"name\": \"i\", \"dimension\": \"total\", \"measure\": \"cases\", "
    "\"attribution\": \"close\"},"
    "{\"code\": \"j\", \"name\": \"j\", \"dimension\": \"unit\", \"measure\": \"cases\", "
    "\"where\": [\"closed\"], \"cut_off\": \"period\"},"
    "{\"code\": \"k\", \"name\": \"k\", \"dimension\": \"agency\", \"measure\": \"cases\", "
    "\"among\": [\"limited\"], \"where\": [\"handled_in_time\"]}"
    "%s]}";
enum { METRICS = 3 };
/* Further metrics; those behind the first are such that no shape can answer them. */
static const char *const seconds_json[METRICS] = {
    "",
    ", {\"code\": \"z\", \"name\": \"z\", \"dimension\": \"unit\", \"measure\": \"cases\", "
    "\"quantity\": \"seconds\", \"where\": [\"closed\"]}",
    ", {\"code\": \"z\", \"name\": \"z\", \"dimension\": \"unit\", \"measure\": \"cases\", "
    "\"where\": [{\"closed_within\": {\"days\": 3}}], \"clock\": \"total\"},"
    " {\"code\": \"y\", \"name\": \"y\", \"dimension\": \"agency\", \"measure\": \"cases\", "
    "\"quantity\": \"seconds\", \"clock\": \"response\"}",
};

static size_t put_time(char *out, uint64_t *seed, int wild) {
    static const char *const forms[] = {"2021-09-%02dT%02d:%02d:%02d",
                                        "2021-09-%02d %02d:%02d:%02d",
                                        "2021/9/%d %d:%02d",
                                        "2021-10-%02d %02d:%02d",
                                        "2021年9月%d日%d时%d分",
                                        "\"2021-08-%02d %02d:%02d:%02d\"",
                                        " 2021-09-%02d %02d:%02d:%02d",
                                        "2021-09-%02dT%02d:%02d:%02dZ",
                                        "2021-09-%02d %02d:%02d:%02d.250+08",
                                        "2021-09-%02dT%02d:%02d:%02d-0330",
                                        "202109%02d%02d%02d%02d",
                                        "2021-9-%d"};
    static const char *const odd[] = {
        "/", "昨天", "2021-02-30 10:00", "2021-09-01T24:00:00", "无", "2021-09-01T10:60:00"};
    if (wild && pick(seed, 12) == 0) {
        return (size_t)sprintf(out, "%s", odd[pick(seed, 6)]);
    }
    const int form = pick(seed, 3) ? pick(seed, 2) : pick(seed, wild ? 12 : 4);
    return (size_t)sprintf(out, forms[form], 1 + pick(seed, 28), pick(seed, 24), pick(seed, 60),
                           pick(seed, 60));
}

static size_t put_one(char *out, uint64_t *seed, const char *const *list, int count) {
    return (size_t)sprintf(out, "%s", list[pick(seed, count)]);
}

static size_t put_row(char *out, uint64_t *seed, int number, int wild) {
    static const char *const grids[] = {
        "G1",       "甲社区/二网格",        "G3", "", "\"G1\"", " G2 ", "X9", "一网格", "1234567",
        "12345678", "\"甲社区/二\"\"网格\""};
    static const char *const degrees[] = {"",    "30.1234567",  "-89.5", "120",
                                          "91",  "30.12345678", "x",     "\"30.5\"",
                                          "30.", " 30.5",       "+1.5",  "90"};
    static const char *const categories[] = {"城市管理",      "矛盾纠纷", "消防安全隐患",
                                             "\"城市 管理\"", "",         "其他",
                                             "消防 安全隐患", "未分类"};
    static const char *const agencies[] = {"",  "派出所",        "市监所",       "AG0000001",
                                           "/", "综合 执法队伍", "综合执法队伍", "——"};
    static const char *const flags[] = {"", "是", "否", "yes", "也许"};
    static const char *const valid[] = {"1", "0", "1", "", "重复", "?"};
    size_t size = 0;
    if (wild && pick(seed, 30) == 0) {
        return (size_t)sprintf(out, "%s", pick(seed, 2) ? "合计,,,,,,,,,,,,,\n" : "\n");
    }
    size += wild && pick(seed, 25) == 0
                ? 0
                : (size_t)sprintf(out, pick(seed, 9) ? "E%05d" : "%04d", number);
    out[size++] = ',';
    size += put_one(out + size, seed, grids, wild ? 11 : 5);
    const int half = pick(seed, 2); // half a position is none, which a stream would not hand on
    for (int i = 0; i < 2; i++) {
        out[size++] = ',';
        size += i == half ? put_one(out + size, seed, degrees, wild ? 12 : 4) : 0;
    }
    out[size++] = ',';
    size += put_one(out + size, seed, categories, 8);
    for (int i = 0; i < 5; i++) { // reported, accepted, dispatched, closed, due
        out[size++] = ',';
        size += i > 0 && pick(seed, 3) == 0 ? 0 : put_time(out + size, seed, wild);
    }
    out[size++] = ',';
    size += put_one(out + size, seed, agencies, 8);
    out[size++] = ',';
    size += put_one(out + size, seed, flags, wild ? 5 : 4);
    out[size++] = ',';
    size += put_one(out + size, seed, valid, wild ? 6 : 5);
    size += (size_t)sprintf(out + size, "%s%s", wild && pick(seed, 20) == 0 ? ",多余" : "",
                            pick(seed, 4) ? "\n" : "\r\n");
    return size;
}

/* Put quotes around every cell that has none; the row's size. */
static size_t quote_row(char *row, size_t size) {
    static char copy[4096];
    size_t at = 0;
    size_t put = 0;
    memcpy(copy, row, size);
    while (at < size) {
        const int quoted = copy[at] == '"';
        row[put++] = '"';
        at += (size_t)quoted;
        while (quoted ? copy[at] != '"' || copy[at + 1] == '"'
                      : copy[at] != ',' && copy[at] != '\r' && copy[at] != '\n') {
            const size_t bytes = copy[at] == '"' ? 2 : 1;
            memcpy(row + put, copy + at, bytes);
            put += bytes;
            at += bytes;
        }
        at += (size_t)quoted;
        row[put++] = '"';
        if (copy[at] == ',') {
            row[put++] = copy[at++];
            continue;
        }
        while (at < size) {
            row[put++] = copy[at++];
        }
    }
    return put;
}

static size_t make_table(char *out, uint64_t *seed, int wild) {
    const int rows = pick(seed, 200);
    const int quoted = pick(seed, 3) == 0;
    size_t size = (size_t)sprintf(
        out,
        "id,grid,lat,lon,category,reported,accepted,dispatched,closed,due,agency,overdue,valid\n");
    for (int i = 0; i < rows; i++) {
        const size_t row = put_row(out + size, seed, i, wild);
        size += quoted ? quote_row(out + size, row) : row;
    }
    return size;
}

/* Reference data that all tests share. */
typedef struct world {
    gridgov_units *units;
    gridgov_mapping *mapping;
    gridgov_metrics *metrics[METRICS];
    gridgov_taxonomy *taxonomy;
    gridgov_tally_options options;
} world;

static void read_units(gridgov_units *units, int32_t table, const char *csv) {
    gridgov_rows *rows = NULL;
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, csv, strlen(csv), NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ingest_units(NULL, units, table, rows, NULL, NULL, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_rows_free(rows);
}

static void open_world(world *w) {
    static char text[8192];
    gridgov_pack pack = {.struct_size = sizeof pack};
    memset(w, 0, sizeof *w);
    assert_int_equal(gridgov_units_new(&w->units, NULL), GRIDGOV_OK);
    read_units(w->units, GRIDGOV_TABLE_UNITS, units_csv);
    read_units(w->units, GRIDGOV_TABLE_AGENCIES, agencies_csv);
    assert_int_equal(gridgov_units_seal(w->units, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_mapping_load(&w->mapping, mapping_json, strlen(mapping_json), NULL, NULL),
        GRIDGOV_OK);
    for (int i = 0; i < METRICS; i++) {
        gridgov_error err = {0};
        const int size = snprintf(text, sizeof text, metrics_json, seconds_json[i]);
        if (gridgov_metrics_load(&w->metrics[i], text, (size_t)size, NULL, &err) != GRIDGOV_OK) {
            fail_msg("%s %s %s", err.message, err.field, err.value);
        }
    }
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_TAXONOMY, "zhejiang-2021", 13, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_taxonomy_load(&w->taxonomy, pack.data, pack.size, NULL, NULL),
                     GRIDGOV_OK);
    gridgov_tally_options_init(&w->options, sizeof w->options);
    assert_int_equal(gridgov_month_span(&w->options.period, "2021-09", 7, 480, NULL), GRIDGOV_OK);
}

static void close_world(world *w) {
    gridgov_units_free(w->units);
    gridgov_mapping_free(w->mapping);
    for (int i = 0; i < METRICS; i++) {
        gridgov_metrics_free(w->metrics[i]);
    }
    gridgov_taxonomy_free(w->taxonomy);
}

/* One way of counting a table. */
typedef struct way {
    const world *w;
    const gridgov_metrics *metrics;
    int with_units;
    gridgov_tally_options options;
} way;

static gridgov_tally *new_tally(const way *v) {
    gridgov_tally *tally = NULL;
    const gridgov_tally_reference reference = {.struct_size = sizeof reference,
                                               .taxonomy = v->with_units ? v->w->taxonomy : NULL,
                                               .units = v->with_units ? v->w->units : NULL};
    assert_int_equal(gridgov_tally_new(&tally, v->metrics, &reference, &v->options, NULL),
                     GRIDGOV_OK);
    return tally;
}

static void put_issues(char *out, const gridgov_issues *issues) {
    gridgov_error issue;
    size_t used = 0;
    out[0] = '\0';
    for (int64_t i = 0; gridgov_issues_at(&issue, issues, i) == GRIDGOV_OK; i++) {
        used += (size_t)snprintf(out + used, ISSUES_MAX - used, "%s %d:%d %s %s %s\n",
                                 gridgov_rule_code(issue.rule), (int)issue.row, (int)issue.column,
                                 issue.field, issue.value, issue.source);
        assert_true(used < ISSUES_MAX);
    }
}

/* By way of a ledger. */
static gridgov_bytes *count_ledger(const way *v, const char *text, size_t size, char *problems,
                                   gridgov_ingest_summary *summary) {
    gridgov_ledger *ledger = NULL;
    gridgov_rows *rows = NULL;
    gridgov_issues *issues = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_tally *tally = new_tally(v);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ledger_new(&ledger, v->with_units ? v->w->taxonomy : NULL,
                                        v->with_units ? v->w->units : NULL, NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, text, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_ingest(summary, ledger, GRIDGOV_TABLE_EVENTS, rows, v->w->mapping,
                                    issues, NULL, NULL),
                     GRIDGOV_OK);
    put_issues(problems, issues);
    assert_int_equal(gridgov_ledger_seal(ledger, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_add_ledger(tally, ledger, NULL, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    gridgov_tally_free(tally);
    gridgov_rows_free(rows);
    gridgov_ledger_free(ledger);
    gridgov_issues_free(issues);
    return bytes;
}

/* As a stream. */
static gridgov_bytes *count_stream(const way *v, const char *text, size_t size,
                                   const gridgov_stream_options *options, char *problems,
                                   gridgov_ingest_summary *summary) {
    gridgov_rows *rows = NULL;
    gridgov_issues *issues = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_tally *tally = new_tally(v);
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, text, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(
        gridgov_tally_add_rows(summary, tally, rows, v->w->mapping, options, issues, NULL, NULL),
        GRIDGOV_OK);
    put_issues(problems, issues);
    char *outside = strstr(problems, "events-outside-period"); // the tally's own, behind the rows'
    outside = outside == NULL ? strstr(problems, "no-event-in-period") : outside;
    if (outside != NULL) {
        *outside = '\0';
    }
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    gridgov_tally_free(tally);
    gridgov_rows_free(rows);
    gridgov_issues_free(issues);
    return bytes;
}

/* Adds every batch to a tally of its own. */
static gridgov_status add_columns(void *user, int32_t worker, const gridgov_event_columns *columns,
                                  gridgov_error *err) {
    gridgov_tally *tally = user;
    assert_int_equal(worker, 0);
    return gridgov_tally_add_columns(tally, columns, NULL, NULL, err);
}

static gridgov_bytes *count_columns(const way *v, const char *text, size_t size) {
    const gridgov_stream_options small = {.struct_size = sizeof small, .block_size = 500};
    gridgov_rows *rows = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_tally *tally = new_tally(v);
    assert_int_equal(gridgov_rows_open_csv_bytes(&rows, text, size, NULL, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_stream_events(NULL, rows, v->with_units ? v->w->units : NULL,
                                           v->w->mapping, &small, add_columns, tally, NULL, NULL,
                                           NULL),
                     GRIDGOV_OK);
    assert_int_equal(gridgov_tally_save(&bytes, tally, NULL), GRIDGOV_OK);
    gridgov_tally_free(tally);
    gridgov_rows_free(rows);
    return bytes;
}

static void check_bytes(gridgov_bytes *got, const gridgov_bytes *wanted) {
    size_t got_size = 0;
    size_t wanted_size = 0;
    const char *got_data = gridgov_bytes_data(got, &got_size);
    const char *wanted_data = gridgov_bytes_data(wanted, &wanted_size);
    assert_int_equal(got_size, wanted_size);
    assert_memory_equal(got_data, wanted_data, wanted_size);
    gridgov_bytes_free(got);
}

static void test_streams(void **state) {
    static char text[TEXT_MAX], wanted_issues[ISSUES_MAX], issues[ISSUES_MAX];
    uint64_t seed = UINT64_C(0x57AEA3);
    world w;
    int64_t excluded = 0;
    (void)state;
    open_world(&w);
    for (int round = 0; round < 90; round++) {
        const int wild = round % 2;
        way v = {&w, w.metrics[round % 5 < METRICS ? round % 5 : 0], round % 3 > 0, w.options};
        gridgov_ingest_summary by_ledger = {.struct_size = sizeof by_ledger};
        const size_t size = make_table(text, &seed, wild);
        assert_true(size < sizeof text);
        if (round % 4 == 0) {
            v.options.as_of = v.options.period.from + 86400 * 20;
        } else if (round % 4 == 1) {
            v.options.as_of = v.options.period.to + 86400 * 20;
        }
        gridgov_bytes *wanted = count_ledger(&v, text, size, wanted_issues, &by_ledger);
        excluded += by_ledger.excluded;
        for (int i = 0; i < 5; i++) {
            gridgov_ingest_summary summary = {.struct_size = sizeof summary};
            const gridgov_stream_options options = {.struct_size = sizeof options,
                                                    .workers = 1 + i % 3,
                                                    .portable = i == 4,
                                                    .block_size =
                                                        i == 0 ? 0 : 1 + pick(&seed, 2000)};
            gridgov_bytes *got = count_stream(&v, text, size, &options, issues, &summary);
            assert_string_equal(issues, wanted_issues);
            assert_int_equal(summary.read, by_ledger.read);
            assert_int_equal(summary.added, by_ledger.added);
            assert_int_equal(summary.skipped, by_ledger.skipped);
            assert_int_equal(summary.excluded, by_ledger.excluded);
            check_bytes(got, wanted);
        }
        if (by_ledger.added > 0) {
            check_bytes(count_columns(&v, text, size), wanted);
        }
        gridgov_bytes_free(wanted);
    }
    print_message("90 tables, %lld rows excluded by both\n", (long long)excluded);
    assert_true(excluded > 300);
    close_world(&w);
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    *size = 0;
    if (file != NULL) {
        fseek(file, 0, SEEK_END);
        *size = (size_t)ftell(file);
        rewind(file);
        text = malloc(*size + 1);
        assert_non_null(text);
        assert_int_equal(fread(text, 1, *size, file), *size);
        text[*size] = '\0';
        fclose(file);
    }
    return text;
}

/* Real exports, as they lie there: their mappings, their stamps, their odd rows. */
static void test_exports(void **state) {
    static const struct {
        const char *table, *mapping, *month;
    } exports[] = {
        {"examples/data/flat/events.csv", "examples/data/flat/mapping.json", "2021-09"},
        {"../shared/data/boston311/boston311_2011-07_09.csv",
         "examples/data/boston311/mapping.json", "2011-08"},
    };
    static char wanted_issues[ISSUES_MAX], issues[ISSUES_MAX];
    world w;
    (void)state;
    open_world(&w);
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++) {
        size_t size = 0;
        size_t mapping_size = 0;
        char *text = read_file(exports[i].table, &size);
        char *mapping = read_file(exports[i].mapping, &mapping_size);
        if (text == NULL || mapping == NULL) {
            print_message("%s is not here\n", exports[i].table);
            free(text);
            free(mapping);
            continue;
        }
        gridgov_mapping_free(w.mapping);
        assert_int_equal(gridgov_mapping_load(&w.mapping, mapping, mapping_size, NULL, NULL),
                         GRIDGOV_OK);
        way v = {&w, w.metrics[0], 0, w.options};
        assert_int_equal(gridgov_month_span(&v.options.period, exports[i].month, 7,
                                            gridgov_mapping_utc_offset(w.mapping), NULL),
                         GRIDGOV_OK);
        gridgov_ingest_summary by_ledger = {.struct_size = sizeof by_ledger};
        gridgov_ingest_summary summary = {.struct_size = sizeof summary};
        gridgov_bytes *wanted = count_ledger(&v, text, size, wanted_issues, &by_ledger);
        const gridgov_stream_options options = {.struct_size = sizeof options, .workers = 2};
        gridgov_bytes *got = count_stream(&v, text, size, &options, issues, &summary);
        assert_string_equal(issues, wanted_issues);
        assert_int_equal(summary.added, by_ledger.added);
        check_bytes(got, wanted);
        print_message("%s: %lld rows\n", exports[i].table, (long long)summary.added);
        gridgov_bytes_free(wanted);
        free(text);
        free(mapping);
    }
    close_world(&w);
}

static void test_fast_times(void **state) {
    static const char alphabet[] = "0123456789-/T: ";
    uint64_t seed = 99;
    int read = 0;
    (void)state;
    for (int round = 0; round < 400000; round++) {
        char text[64] = {0};
        gridgov_time fast = 0;
        gridgov_time slow = 0;
        const char separator = "-/"[pick(&seed, 2)];
        size_t size = (size_t)sprintf(
            text, pick(&seed, 3) ? "%04d%c%02d%c%02d%c%02d:%02d:%02d" : "%d%c%d%c%d%c%d:%d:%d",
            pick(&seed, 3) ? 1990 + pick(&seed, 60) : pick(&seed, 10000), separator,
            pick(&seed, 14), separator, pick(&seed, 33), "T "[pick(&seed, 2)], pick(&seed, 26),
            pick(&seed, 62), pick(&seed, 62));
        if (pick(&seed, 4) == 0) {
            text[pick(&seed, (int)size)] = alphabet[pick(&seed, sizeof alphabet - 1)];
        }
        size -= pick(&seed, 5) == 0 ? (size_t)pick(&seed, 4) : 0;
        if (pick(&seed, 3) == 0) {
            static const char *const tails[] = {
                "Z",     "z",    "+08",   "-0330",   "+08:00",           "+8:00",  ".5",
                ".",     ",25Z", ".1+08", "+0860",   "+24:00",           " UTC",   " +0800",
                "+08:0", "Z ",   "-",     "+08:00Z", ".123456789-11:30", "++08:00"};
            size += (size_t)sprintf(text + size, "%s", tails[pick(&seed, 20)]);
        }
        const int status = gridgov_time_parse(&slow, text, size, 0, NULL);
        if (gg_fast_time(&fast, text, size, 0)) {
            read++;
            assert_int_equal(status, GRIDGOV_OK);
            assert_int_equal(fast, slow);
        }
        // A column that has just read another stamp of the same month reads it the same.
        const char before[] = "2021-09-05 08:31:00";
        char both[128] = {0};
        memcpy(both, before, 19);
        memcpy(both + 20, text, size);
        const uint32_t ends[] = {19, (uint32_t)(20 + size)};
        const uint32_t starts[] = {0, 20};
        const uint32_t firsts[] = {0, 1};
        gridgov_time times[2] = {0};
        uint8_t states[2] = {0, 0};
        const gg_fast_cells cells = {both, ends, starts, firsts, 2, 0, 0};
        for (size_t k = 0; gg_simd_at(k) != NULL; k++) {
            memset(states, 0, sizeof states);
            gg_fast_time_column(times, states, &cells, gg_simd_at(k), 0, 1, 2);
            assert_int_equal(states[1], gg_fast_time(&fast, text, size, 0) ? 0 : size == 0 ? 1 : 2);
            if (states[1] == 0) {
                assert_int_equal(status, GRIDGOV_OK);
                assert_int_equal(times[1], slow);
            }
        }
    }
    print_message("%d of 400000 read fast\n", read);
    assert_true(read > 100000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fast_times),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_exports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
