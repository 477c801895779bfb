/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars: which days are workdays, after the State Council's yearly notices.
 *
 * Invariant of a loaded calendar: `years` is sorted without doubles; `days` is sorted by day
 * without doubles and without contradictions, and days[i].before is the sum of what the entries
 * before i add to plain Monday-to-Friday counting (+1 a make-up day, −1 a weekday off).
 *
 * Workdays in [from, to) are therefore weekdays by arithmetic plus the difference of two prefix
 * sums found by binary search: O(log n) for a span of any length. A year that is not covered is an
 * error unless the document says weekends_only, and a day of a covered year may stand in the list
 * of a neighbouring one (2022-12-31 stands in the notice for 2023). */
#include <gridgov/calendar.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "calendar_model.h"
#include "refdoc.h"

#include <gridgov/civil.h>
#include <gridgov/pack.h>

#include <stdlib.h>

/* Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
static int weekday_of(int64_t day) {
    int64_t rest = (day + 3) % 7;
    return (int)(rest < 0 ? rest + 7 : rest);
}

/* Mondays to Fridays before a day, counted from Monday 1969-12-29; negative before that. */
static int64_t weekdays_before(int64_t day) {
    int rest = weekday_of(day);
    int64_t weeks = (day + 3 - rest) / 7;
    return weeks * 5 + (rest < 5 ? rest : 5);
}

/* What an entry adds to Monday-to-Friday counting. */
static int gain(const gg_listed_day *entry) {
    int working_by_week = weekday_of(entry->day) < 5;
    return (entry->off ? 0 : 1) - working_by_week;
}

static int32_t kind_by_week(gridgov_day day) {
    return weekday_of(day) < 5 ? GRIDGOV_DAY_WORKDAY : GRIDGOV_DAY_WEEKEND;
}

static int32_t kind_of(const gg_listed_day *entry) {
    if (entry->off) {
        return GRIDGOV_DAY_HOLIDAY;
    }
    return weekday_of(entry->day) < 5 ? GRIDGOV_DAY_WORKDAY : GRIDGOV_DAY_MAKEUP;
}

static int compare_days(const void *a, const void *b) {
    const gg_listed_day *left = a, *right = b;
    if (left->day != right->day) {
        return left->day < right->day ? -1 : 1;
    }
    return (left->off > right->off) - (left->off < right->off);
}

static int compare_years(const void *a, const void *b) {
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* Index of the first listed day that is not before @day. */
static size_t first_from(const gridgov_calendar *calendar, int64_t day) {
    size_t low = 0, high = calendar->day_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->days[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Index of the first covered year that is not before @year. */
static size_t first_year_from(const gridgov_calendar *calendar, int32_t year) {
    size_t low = 0, high = calendar->year_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->years[middle] < year) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* 1 January of a year, in days since 1970-01-01. */
static gridgov_day new_year(int32_t year) {
    int32_t before = year - 1;
    return before * 365 + before / 4 - before / 100 + before / 400 - 719162;
}

int gg_calendar_next_stretch(gridgov_day *first, gridgov_day *last,
                             const gridgov_calendar *calendar, size_t *at) {
    int32_t from = GG_CALENDAR_FIRST_YEAR, to = GG_CALENDAR_LAST_YEAR;
    size_t i = *at;
    if (i >= (calendar->weekends_only ? 1 : calendar->year_count)) {
        return 0;
    }
    if (calendar->weekends_only) {
        i++;
    } else {
        from = to = calendar->years[i++];
        while (i < calendar->year_count && calendar->years[i] == to + 1) {
            to = calendar->years[i++];
        }
    }
    *first = new_year(from);
    *last = new_year(to + 1) - 1;
    *at = i;
    return 1;
}

int64_t gg_calendar_next_listed(const gridgov_calendar *calendar, int64_t day) {
    size_t i = first_from(calendar, day);
    return i < calendar->day_count ? calendar->days[i].day : INT64_MAX;
}

/* ESTATE unless sealed; ERANGE unless every year from that of @first to that of @last is covered.
 */
static gridgov_status check_covered(const gridgov_calendar *calendar, gridgov_day first,
                                    gridgov_day last, gridgov_error *err) {
    int32_t year = 0, end = 0;
    size_t i = 0;
    if (!calendar->sealed) {
        return gg_fail_state(err, "the calendar is not sealed");
    }
    if (gridgov_day_civil(&year, NULL, NULL, first) != GRIDGOV_OK ||
        gridgov_day_civil(&end, NULL, NULL, last) != GRIDGOV_OK) {
        return gg_fail(err, GG_RULE_OVERFLOW, "day", NULL, 0, "years 1 … 9999", NULL);
    }
    if (calendar->weekends_only) {
        return GRIDGOV_OK;
    }
    for (i = first_year_from(calendar, year); i < calendar->year_count && year <= end;
         i++, year++) {
        if (calendar->years[i] != year) {
            break;
        }
    }
    return year > end ? GRIDGOV_OK
                      : gg_fail_number(err, GG_RULE_CALENDAR_YEAR, "year", year, NULL, NULL);
}

gridgov_calendar *gg_calendar_make(gg_str name) {
    gridgov_calendar *calendar = gg_calloc(1, sizeof *calendar);
    if (calendar == NULL) {
        return NULL;
    }
    gg_share_init(&calendar->share);
    calendar->name = gg_calloc(name.size + 1, 1);
    if (calendar->name == NULL) {
        gridgov_calendar_free(calendar);
        return NULL;
    }
    gg_text_copy(calendar->name, name.size + 1, name.data, name.size);
    return calendar;
}

int gg_calendar_add_year(gridgov_calendar *calendar, int32_t year) {
    if (gg_grow((void **)&calendar->years, calendar->year_count, &calendar->year_capacity,
                sizeof *calendar->years) != 0) {
        return -1;
    }
    calendar->years[calendar->year_count++] = year;
    return 0;
}

int gg_calendar_add_day(gridgov_calendar *calendar, gridgov_day day, int off) {
    if (gg_grow((void **)&calendar->days, calendar->day_count, &calendar->day_capacity,
                sizeof *calendar->days) != 0) {
        return -1;
    }
    calendar->days[calendar->day_count++] = (gg_listed_day){.day = day, .off = off != 0};
    return 0;
}

int gg_calendar_near(gg_json_reader *reader, const char *pointer, const char *key, gridgov_day day,
                     int32_t year) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    int32_t stands_in = 0;
    if (gridgov_day_civil(&stands_in, NULL, NULL, day) == GRIDGOV_OK && stands_in >= year - 1 &&
        stands_in <= year + 1) {
        return 1;
    }
    (void)gridgov_day_format(text, day);
    gg_json_problem(reader, GG_RULE_JSON_RANGE, pointer, key, text,
                    "the year of the list and its neighbours");
    return 0;
}

/* One {"date", "off", "name"}. 0, or -1 when memory is short. */
static int read_day(gridgov_calendar *calendar, gg_json_reader *reader, const json_t *object,
                    const char *pointer, int32_t year) {
    static const char *const keys[] = {"date", "off", "name", NULL};
    gridgov_day day = GRIDGOV_NO_DAY;
    int off = 0;
    gg_json_known(reader, object, pointer, keys);
    day = gg_refdoc_day(reader, object, pointer, "date", 1);
    (void)gg_json_text(reader, object, pointer, "name", 0, NULL);
    if (json_object_get(object, "off") == NULL) {
        gg_json_problem(reader, GG_RULE_JSON_MISSING, pointer, "off", "off", NULL);
    }
    off = gg_json_bool(reader, object, pointer, "off", 0);
    if (day == GRIDGOV_NO_DAY || !gg_calendar_near(reader, pointer, "date", day, year)) {
        return 0;
    }
    return gg_calendar_add_day(calendar, day, off);
}

int gg_calendar_read_days(gridgov_calendar *calendar, gg_json_reader *reader, int32_t year,
                          const json_t *days, const char *pointer, gg_calendar_day_reader read) {
    char list[GG_POINTER_SIZE], below[GG_POINTER_SIZE];
    if (year == 0) {
        return 0;
    }
    if (gg_calendar_add_year(calendar, year) != 0) {
        return -1;
    }
    gg_json_pointer_key(list, pointer, "days");
    for (size_t i = 0; i < json_array_size(days); i++) {
        const json_t *item = gg_refdoc_item(reader, days, i, list, below);
        if (item != NULL && read(calendar, reader, item, below, year) != 0) {
            return -1;
        }
    }
    return 0;
}

/* One {"year", "source", "certainty", "days"}. 0, or -1 when memory is short. */
static int read_year(gridgov_calendar *calendar, gg_json_reader *reader, const json_t *object,
                     const char *pointer) {
    static const char *const keys[] = {"year", "source", "certainty", "days", NULL};
    const json_t *days = NULL;
    int32_t year = 0;
    gg_json_known(reader, object, pointer, keys);
    year = (int32_t)gg_json_int(reader, object, pointer, "year", 1, 0, GG_CALENDAR_FIRST_YEAR,
                                GG_CALENDAR_LAST_YEAR);
    (void)gg_json_text(reader, object, pointer, "source", 0, NULL);
    gg_refdoc_certainty(reader, object, pointer, "certainty");
    days = gg_json_array(reader, object, pointer, "days", 1);
    return gg_calendar_read_days(calendar, reader, year, days, pointer, read_day);
}

/* Everything the document says, as it stands there. NULL when memory is short. */
static gridgov_calendar *read_document(gg_json_reader *reader) {
    static const char *const keys[] = {"schema",    "version",       "name",  "source",
                                       "certainty", "weekends_only", "years", NULL};
    char pointer[GG_POINTER_SIZE];
    const json_t *root = reader->root, *years = NULL;
    gridgov_calendar *calendar = NULL;
    gg_json_known(reader, root, "", keys);
    (void)gg_json_int(reader, root, "", "version", 0, 1, 1, INT32_MAX);
    (void)gg_json_text(reader, root, "", "source", 0, NULL);
    gg_refdoc_certainty(reader, root, "", "certainty");
    calendar = gg_calendar_make(gg_str_of(gg_json_text(reader, root, "", "name", 1, "")));
    if (calendar == NULL) {
        return NULL;
    }
    calendar->weekends_only = gg_json_bool(reader, root, "", "weekends_only", 0) != 0;
    years = gg_json_array(reader, root, "", "years", !calendar->weekends_only);
    for (size_t i = 0; i < json_array_size(years); i++) {
        const json_t *item = gg_refdoc_item(reader, years, i, "/years", pointer);
        if (item != NULL && read_year(calendar, reader, item, pointer) != 0) {
            gridgov_calendar_free(calendar);
            return NULL;
        }
    }
    return calendar;
}

/* Over what the calendar says: an entry that repeats the week's own rule says nothing. */
static void take_digest(gridgov_calendar *calendar) {
    gg_digest digest;
    gg_digest_init(&digest);
    gg_digest_text(&digest, gg_str_of("gridgov.calendar/1"));
    gg_digest_int(&digest, calendar->weekends_only);
    gg_digest_int(&digest, (int64_t)calendar->year_count);
    for (size_t i = 0; i < calendar->year_count; i++) {
        gg_digest_int(&digest, calendar->years[i]);
    }
    for (size_t i = 0; i < calendar->day_count; i++) {
        const gg_listed_day *entry = &calendar->days[i];
        if (kind_of(entry) != kind_by_week(entry->day)) {
            gg_digest_int(&digest, entry->day);
            gg_digest_int(&digest, entry->off);
        }
    }
    gg_digest_finish(&digest, calendar->digest);
}

void gg_calendar_arrange(gridgov_calendar *calendar, gg_json_reader *reader) {
    size_t kept = 0;
    int64_t sum = 0;
    if (calendar->year_count > 0) {
        qsort(calendar->years, calendar->year_count, sizeof *calendar->years, compare_years);
    }
    for (size_t i = 1; i < calendar->year_count; i++) {
        if (calendar->years[i] == calendar->years[i - 1]) {
            char text[GG_NUM_TEXT_SIZE];
            (void)gg_int_format(text, calendar->years[i]);
            gg_json_problem(reader, GG_RULE_JSON_DUPLICATE, "/years", NULL, text, NULL);
        }
    }
    if (calendar->day_count > 0) {
        qsort(calendar->days, calendar->day_count, sizeof *calendar->days, compare_days);
    }
    for (size_t i = 0; i < calendar->day_count; i++) {
        gg_listed_day entry = calendar->days[i];
        const gg_listed_day *last = kept > 0 ? &calendar->days[kept - 1] : NULL;
        if (last != NULL && last->day == entry.day) {
            if (last->off != entry.off) {
                char text[GRIDGOV_CIVIL_TEXT_SIZE];
                (void)gridgov_day_format(text, entry.day);
                gg_json_problem(reader, GG_RULE_CALENDAR_CONFLICT, "/years", NULL, text, NULL);
                calendar->days[kept++] = entry;
            }
            continue;
        }
        entry.before = sum;
        sum += gain(&entry);
        calendar->days[kept++] = entry;
    }
    calendar->day_count = kept;
    take_digest(calendar);
    calendar->sealed = 1;
}

gridgov_status gridgov_calendar_open(gridgov_calendar **out, const char *name, size_t size,
                                     gridgov_error *err) {
    gridgov_pack pack = {.struct_size = sizeof pack};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(gridgov_pack_find(&pack, GRIDGOV_PACK_CALENDAR, name, size, err));
    return gridgov_calendar_load(out, pack.data, pack.size, NULL, err);
}

gridgov_status gridgov_calendar_load(gridgov_calendar **out, const char *json, size_t size,
                                     gridgov_issues *issues, gridgov_error *err) {
    gg_json_reader reader = {0};
    gridgov_calendar *calendar = NULL;
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (json == NULL) {
        return gg_fail_arg(err, "json");
    }
    GG_TRY(gg_json_open(&reader, "calendar", json, size, "gridgov.calendar/1", issues, err));
    calendar = read_document(&reader);
    if (calendar == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    gg_calendar_arrange(calendar, &reader);
    status = gg_json_status(&reader, err);
    if (status < 0) {
        goto done;
    }
    *out = calendar;
    calendar = NULL;
done:
    gridgov_calendar_free(calendar);
    gg_json_close(&reader);
    return status;
}

int32_t gridgov_calendar_covers(const gridgov_calendar *calendar, int32_t year) {
    if (calendar == NULL || !calendar->sealed || year < GG_CALENDAR_FIRST_YEAR ||
        year > GG_CALENDAR_LAST_YEAR) {
        return 0;
    }
    size_t i = first_year_from(calendar, year);
    return calendar->weekends_only || (i < calendar->year_count && calendar->years[i] == year);
}

const char *gridgov_calendar_name(const gridgov_calendar *calendar) {
    return calendar == NULL ? "" : calendar->name;
}

const char *gridgov_calendar_digest(const gridgov_calendar *calendar) {
    return calendar == NULL ? "" : calendar->digest;
}

gridgov_status gridgov_calendar_day_kind(int32_t *kind_out, const gridgov_calendar *calendar,
                                         gridgov_day day, gridgov_error *err) {
    size_t i = 0;
    if (kind_out == NULL) {
        return gg_fail_arg(err, "kind_out");
    }
    *kind_out = 0;
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    if (day == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, "day");
    }
    GG_TRY(check_covered(calendar, day, day, err));
    i = first_from(calendar, day);
    if (i < calendar->day_count && calendar->days[i].day == day) {
        *kind_out = kind_of(&calendar->days[i]);
    } else {
        *kind_out = kind_by_week(day);
    }
    return GRIDGOV_OK;
}

/* Sum of gain() over the listed days before @day. */
static int64_t gains_before(const gridgov_calendar *calendar, gridgov_day day) {
    size_t i = first_from(calendar, day);
    if (i < calendar->day_count) {
        return calendar->days[i].before;
    }
    return i == 0 ? 0 : calendar->days[i - 1].before + gain(&calendar->days[i - 1]);
}

gridgov_status gridgov_calendar_workdays(int64_t *count_out, const gridgov_calendar *calendar,
                                         gridgov_day from, gridgov_day to, gridgov_error *err) {
    if (count_out == NULL) {
        return gg_fail_arg(err, "count_out");
    }
    *count_out = 0;
    if (calendar == NULL) {
        return gg_fail_arg(err, "calendar");
    }
    if (from == GRIDGOV_NO_DAY || to == GRIDGOV_NO_DAY) {
        return gg_fail_arg(err, from == GRIDGOV_NO_DAY ? "from" : "to");
    }
    if (to <= from) {
        return GRIDGOV_OK;
    }
    GG_TRY(check_covered(calendar, from, to - 1, err));
    *count_out = weekdays_before(to) - weekdays_before(from) + gains_before(calendar, to) -
                 gains_before(calendar, from);
    return GRIDGOV_OK;
}

gridgov_calendar *gridgov_calendar_hold(const gridgov_calendar *calendar) {
    /* The count of holders is the one part of an immutable object that changes. */
    gridgov_calendar *held = (gridgov_calendar *)calendar;
    if (held != NULL) {
        gg_share_hold(&held->share);
    }
    return held;
}

void gridgov_calendar_free(gridgov_calendar *calendar) {
    if (calendar == NULL || !gg_share_drop(&calendar->share)) {
        return;
    }
    gg_free(calendar->days);
    gg_free(calendar->years);
    gg_free(calendar->name);
    gg_free(calendar);
}
