/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of counting: their defaults, their ranges, and the document gridgov.tracks/1. */
#include "track_model.h"

#include "base/error.h"
#include "base/json.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define OFFSET_MOST 1440
#define LATENESS_MOST 21600
#define GAP_MOST 86400
#define JUMP_MOST 50000000
#define WORKERS_MOST 64
#define DAY_MINUTES 1440
#define SPEED_MOST 1000000000 /* mm/s */
#define SPILL_LEAST ((int64_t)1 << 16)
#define SPILL_MOST ((int64_t)1 << 34)
#define KM_H_SCALE 3 /* of speeds in km/h */

static const char *const keys[] = {
    "schema",     "version",    "name",     "datum",  "utc_offset_minutes", "gap_s",   "lateness_s",
    "speed_km_h", "accuracy_m", "jitter_m", "jump_m", "minimum_online_s",   "windows", "first_day",
    "last_day",   "join_parts", NULL};

static gridgov_track_options defaults(void) {
    gridgov_track_options options = {
        .struct_size = sizeof options,
        .datum = GRIDGOV_DATUM_WGS84,
        .utc_offset_minutes = 480,
        .gap_s = 300,
        .lateness_s = 600,
        .jump_mm = 5000000,
        .day_from = GRIDGOV_NO_DAY,
        .day_to = GRIDGOV_NO_DAY,
        .workers = 1,
    };
    return options;
}

void gridgov_track_options_init(gridgov_track_options *options, size_t struct_size) {
    const gridgov_track_options full = defaults();
    gg_options_write(options, struct_size, &full, sizeof full);
}

static int outside(int64_t value, int64_t least, int64_t most) {
    return value < least || value > most;
}

gridgov_status gg_track_options_check(const gridgov_track_options *options, gridgov_error *err) {
    const struct {
        const char *name;
        int64_t value, least, most;
    } ranges[] = {
        {"datum", options->datum, GRIDGOV_DATUM_WGS84, GRIDGOV_DATUM_BD09},
        {"utc_offset_minutes", options->utc_offset_minutes, -OFFSET_MOST, OFFSET_MOST},
        {"gap_s", options->gap_s, 1, GAP_MOST},
        {"lateness_s", options->lateness_s, 0, LATENESS_MOST},
        {"speed_max_mm_s", options->speed_max_mm_s, 0, SPEED_MOST},
        {"accuracy_max_mm", options->accuracy_max_mm, 0, INT32_MAX},
        {"jitter_mm", options->jitter_mm, 0, JUMP_MOST},
        {"jump_mm", options->jump_mm, 1, JUMP_MOST},
        {"minimum_online_s", options->minimum_online_s, 0, GAP_MOST},
        {"join_parts", options->join_parts, 0, 1},
        {"workers", options->workers, 1, WORKERS_MOST},
        {"spill_memory", options->spill_memory == 0 ? SPILL_LEAST : options->spill_memory,
         SPILL_LEAST, SPILL_MOST},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (outside(ranges[i].value, ranges[i].least, ranges[i].most)) {
            return gg_fail_arg(err, ranges[i].name);
        }
    }
    for (size_t i = 0; i < GRIDGOV_TRACK_WINDOWS; i++) {
        int32_t from = options->window_from[i], to = options->window_to[i];
        if (!(from == 0 && to == 0) && (from < 0 || to > DAY_MINUTES || from >= to)) {
            return gg_fail_arg(err, "window_from");
        }
    }
    return GRIDGOV_OK;
}

/* Minutes of "08:30"; 24:00 is the end of the day. −1 if it is no time of day. */
static int32_t minutes_of(const char *text, size_t size) {
    if (size != 5 || text[2] != ':') {
        return -1;
    }
    int32_t part[2] = {0, 0};
    for (size_t i = 0; i < size; i++) {
        if (i != 2) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            part[i > 2] = part[i > 2] * 10 + (text[i] - '0');
        }
    }
    int32_t minutes = part[0] * 60 + part[1];
    return part[1] < 60 && minutes <= DAY_MINUTES ? minutes : -1;
}

static void read_windows(gg_json_reader *reader, gridgov_track_options *options) {
    char pointer[64];
    size_t i;
    json_t *item;
    json_t *list = gg_json_array(reader, reader->root, "", "windows", 0);
    if (list == NULL) {
        return;
    }
    memset(options->window_from, 0, sizeof options->window_from);
    memset(options->window_to, 0, sizeof options->window_to);
    if (json_array_size(list) > GRIDGOV_TRACK_WINDOWS) {
        gg_json_problem(reader, GG_RULE_JSON_RANGE, "/windows", NULL, "windows", "0 … 4");
        return;
    }
    json_array_foreach(list, i, item) {
        const char *text = json_string_value(item);
        size_t size = text == NULL ? 0 : json_string_length(item);
        int32_t from = size == 11 && text[5] == '-' ? minutes_of(text, 5) : -1;
        int32_t to = size == 11 ? minutes_of(text + 6, 5) : -1;
        if (from < 0 || to <= from) {
            gg_json_pointer_at(pointer, "/windows", i);
            gg_json_problem(reader, GG_RULE_JSON_TYPE, pointer, NULL, text == NULL ? "" : text,
                            "HH:MM-HH:MM");
            continue;
        }
        options->window_from[i] = from;
        options->window_to[i] = to;
    }
}

/* A day; later by add. */
static void read_day(gg_json_reader *reader, const char *key, int32_t add, gridgov_day *out) {
    const char *text = gg_json_text(reader, reader->root, "", key, 0, NULL);
    gridgov_day day;
    if (text == NULL) {
        return;
    }
    if (gridgov_day_parse(&day, text, strlen(text), NULL) != GRIDGOV_OK) {
        gg_json_problem(reader, GG_RULE_JSON_TYPE, "", key, text, "YYYY-MM-DD");
        return;
    }
    *out = day + add;
}

static void read_numbers(gg_json_reader *reader, gridgov_track_options *options) {
    const struct {
        const char *key;
        int scale; /* digits behind the point: of metres to mm */
        int32_t *value;
        int64_t least, most;
    } numbers[] = {
        {"utc_offset_minutes", 0, &options->utc_offset_minutes, -OFFSET_MOST, OFFSET_MOST},
        {"gap_s", 0, &options->gap_s, 1, GAP_MOST},
        {"lateness_s", 0, &options->lateness_s, 0, LATENESS_MOST},
        {"accuracy_m", 3, &options->accuracy_max_mm, 0, INT32_MAX},
        {"jitter_m", 3, &options->jitter_mm, 0, JUMP_MOST},
        {"jump_m", 3, &options->jump_mm, 1, JUMP_MOST},
        {"minimum_online_s", 0, &options->minimum_online_s, 0, GAP_MOST},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        int64_t value =
            numbers[i].scale == 0
                ? gg_json_int(reader, reader->root, "", numbers[i].key, 0, *numbers[i].value,
                              numbers[i].least, numbers[i].most)
                : gg_json_decimal(reader, reader->root, "", numbers[i].key, numbers[i].scale, 0,
                                  *numbers[i].value, numbers[i].least, numbers[i].most);
        *numbers[i].value = (int32_t)value;
    }
    if (json_object_get(reader->root, "speed_km_h") != NULL) {
        int64_t metres_h = gg_json_decimal(reader, reader->root, "", "speed_km_h", KM_H_SCALE, 0, 0,
                                           0, (int64_t)SPEED_MOST * 36 / 10);
        options->speed_max_mm_s = (int32_t)(metres_h * 1000 / 3600); // cut: the gate is no wider
    }
}

gridgov_status gridgov_track_options_load(gridgov_track_options *options, const char *json,
                                          size_t size, gridgov_issues *issues, gridgov_error *err) {
    gridgov_track_options full = defaults();
    gg_json_reader reader;
    if (options == NULL || gg_options_read(&full, sizeof full, options) != 0) {
        return gg_fail_arg(err, "options");
    }
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&reader, "tracks", json, size, "gridgov.tracks/1", issues, err));
    gg_json_known(&reader, reader.root, "", keys);
    const char *datum = gg_json_text(&reader, reader.root, "", "datum", 0, NULL);
    if (datum != NULL &&
        gridgov_code_value(&full.datum, GRIDGOV_KIND_DATUM, datum, strlen(datum)) != GRIDGOV_OK) {
        gg_json_problem(&reader, GG_RULE_JSON_CODE, "", "datum", datum, "wgs84, gcj02, bd09");
    }
    (void)gg_json_text(&reader, reader.root, "", "name", 0, NULL);
    (void)gg_json_int(&reader, reader.root, "", "version", 0, 1, 1, INT32_MAX);
    full.join_parts = gg_json_bool(&reader, reader.root, "", "join_parts", full.join_parts);
    read_numbers(&reader, &full);
    read_windows(&reader, &full);
    read_day(&reader, "first_day", 0, &full.day_from);
    read_day(&reader, "last_day", 1, &full.day_to);
    gridgov_status status = gg_json_status(&reader, err);
    gg_json_close(&reader);
    if (status == GRIDGOV_OK) {
        (void)gg_view_copy(options, &full, sizeof full);
    }
    return status;
}
