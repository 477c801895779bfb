/* SPDX-License-Identifier: Apache-2.0 */
/* Precision and recall of the rule for repeated reports (same category, 50 m, 24 h) on three months
 * of a city whose staff marked the duplicates they found (boston311, duplicate_of), for several
 * distances and times; and its speed. A report of the city counts as found if the rule names any
 * earlier report for it, and as found with its original if the chain of earlier reports leads to
 * the one that the city names. bench_validity [CSV] */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The city's subjects are broad ("Sanitation"), its types are what a report is about. */
static const char *const categories[] = {"reason", "type"};

static const char mapping[] =
    "{\"schema\": \"gridgov.mapping/1\", \"table\": \"events\", \"utc_offset_minutes\": -240,"
    " \"time_forms\": [\"%%Y-%%m-%%d %%H:%%M:%%S\"], \"columns\": {\"id\": \"case_enquiry_id\","
    " \"category\": \"%s\", \"place\": \"location_street_name\", \"reported_at\": \"open_dt\","
    " \"closed_at\": \"closed_dt\", \"lat\": \"latitude\", \"lon\": \"longitude\","
    " \"result\": \"duplicate_of\"}}";

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void need(gridgov_status status, const gridgov_error *err) {
    if (status < 0) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

static gridgov_ledger *load(const char *path, const char *category) {
    char json[1024];
    int size = snprintf(json, sizeof json, mapping, category);
    gridgov_error err = {0};
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_ledger *ledger = NULL;
    gridgov_mapping *map = NULL;
    gridgov_rows *rows = NULL;
    gridgov_ingest_summary summary = {.struct_size = sizeof summary};
    need(gridgov_taxonomy_open(&taxonomy, "as-found", 8, &err), &err);
    need(gridgov_ledger_new(&ledger, taxonomy, NULL, &err), &err);
    need(gridgov_mapping_load(&map, json, (size_t)size, NULL, &err), &err);
    need(gridgov_rows_open_csv_file(&rows, path, NULL, &err), &err);
    need(gridgov_ingest(&summary, ledger, GRIDGOV_TABLE_EVENTS, rows, map, NULL, NULL, &err), &err);
    need(gridgov_ledger_seal(ledger, NULL, &err), &err);
    gridgov_rows_free(rows);
    gridgov_mapping_free(map);
    gridgov_taxonomy_free(taxonomy);
    return ledger;
}

/* The event at the end of the chain of earlier ones. */
static int64_t root_of(const int64_t *other, int64_t event) {
    while (other[event] != GRIDGOV_NONE) {
        event = other[event];
    }
    return event;
}

static void measure(const gridgov_ledger *ledger, int metres, int hours) {
    char rules[256];
    gridgov_error err = {0};
    gridgov_validity *validity = NULL;
    gridgov_signals *signals = NULL;
    gridgov_signal signal = {.struct_size = sizeof signal};
    gridgov_event event = {.struct_size = sizeof event};
    gridgov_tally_options options;
    const int64_t count = gridgov_ledger_event_count(ledger);
    int64_t *other = malloc((size_t)count * sizeof *other);
    int64_t marked = 0, flagged = 0, both = 0, original = 0;
    gridgov_tally_options_init(&options, sizeof options);
    need(gridgov_time_parse(&options.period.from, "2011-07-01", 10, -240, &err), &err);
    need(gridgov_time_parse(&options.period.to, "2011-10-01", 10, -240, &err), &err);
    options.utc_offset_minutes = -240;
    int size = snprintf(rules, sizeof rules,
                        "{\"schema\": \"gridgov.validity/1\", \"duplicate\": {\"metres\": %d,"
                        " \"hours\": %d, \"by_place\": false}}",
                        metres, hours);
    need(gridgov_validity_load(&validity, rules, (size_t)size, NULL, &err), &err);
    double start = seconds();
    need(gridgov_signals_find(&signals, ledger, validity, &options, NULL, &err), &err);
    double spent = seconds() - start;
    for (int64_t i = 0; other != NULL && i < count; i++) {
        other[i] = GRIDGOV_NONE;
    }
    for (int64_t i = 0; gridgov_signals_at(&signal, signals, i) == GRIDGOV_OK; i++) {
        if (signal.kind == GRIDGOV_SIGNAL_DUPLICATE) {
            other[signal.event] = signal.other;
            flagged++;
        }
    }
    for (int64_t i = 0; gridgov_ledger_event_at(&event, ledger, i) == GRIDGOV_OK; i++) {
        if (event.result[0] == '\0') {
            continue;
        }
        int64_t named = gridgov_ledger_event_find(ledger, event.result, strlen(event.result));
        marked++;
        both += other[i] != GRIDGOV_NONE;
        original += other[i] != GRIDGOV_NONE && named != GRIDGOV_NONE &&
                    root_of(other, i) == root_of(other, named);
    }
    printf("%5d m %5d h: flagged %6lld, precision %5.1f %%, recall %5.1f %% of %lld, with the same "
           "original %5.1f %%, %.0f ns an event\n",
           metres, hours, (long long)flagged, flagged ? 100.0 * (double)both / (double)flagged : 0,
           100.0 * (double)both / (double)marked, (long long)marked,
           100.0 * (double)original / (double)marked, spent / (double)count * 1e9);
    free(other);
    gridgov_signals_free(signals);
    gridgov_validity_free(validity);
}

int main(int argc, char **argv) {
    static const int metres[] = {25, 50, 100};
    static const int hours[] = {24, 168, 720};
    const char *path = argc > 1 ? argv[1] : "../shared/data/boston311/boston311_2011-07_09.csv";
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        printf("skipped: %s is not there\n", path);
        return 77;
    }
    fclose(file);
    for (size_t c = 0; c < 2; c++) {
        gridgov_ledger *ledger = load(path, categories[c]);
        printf("%lld requests, category: %s\n", (long long)gridgov_ledger_event_count(ledger),
               categories[c]);
        for (size_t i = 0; i < 3; i++) {
            for (size_t k = 0; k < 3; k++) {
                measure(ledger, metres[i], hours[k]);
            }
        }
        gridgov_ledger_free(ledger);
    }
    return 0;
}
