/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars out of yearly notices as the collection holiday-cn spells them.
 *
 * Each document is read on its own and checked as strictly as a document of this library; the days
 * of all are put together before anything is concluded from them, so the order of the documents
 * makes no difference, a day said twice alike counts once, and a day said twice differently is an
 * error. Problems are told with the index of the document in front of the JSON pointer. */
#include "calendar_model.h"

#include "base/error.h"
#include "refdoc.h"

#include <string.h>

/* One {"name", "date", "isOffDay"}. 0, or -1 when memory is short. */
static int read_day(gridgov_calendar *calendar, gg_json_reader *reader, const json_t *object,
                    const char *pointer, int32_t year) {
    static const char *const keys[] = {"name", "date", "isOffDay", NULL};
    gridgov_day day = GRIDGOV_NO_DAY;
    int off = 0;
    gg_json_known(reader, object, pointer, keys);
    (void)gg_json_text(reader, object, pointer, "name", 0, NULL);
    day = gg_refdoc_day(reader, object, pointer, "date", 1);
    if (json_object_get(object, "isOffDay") == NULL) {
        gg_json_problem(reader, GG_RULE_JSON_MISSING, pointer, "isOffDay", "isOffDay", NULL);
    }
    off = gg_json_bool(reader, object, pointer, "isOffDay", 0);
    if (day == GRIDGOV_NO_DAY || !gg_calendar_near(reader, pointer, "date", day, year)) {
        return 0;
    }
    return gg_calendar_add_day(calendar, day, off);
}

/* One notice, which stands at pointer. 0, or -1 when memory is short. */
static int read_notice(gridgov_calendar *calendar, gg_json_reader *reader, const char *pointer) {
    static const char *const keys[] = {"year", "papers", "days", NULL};
    const json_t *root = reader->root, *days = NULL;
    int32_t year = 0;
    gg_json_known(reader, root, pointer, keys);
    year = (int32_t)gg_json_int(reader, root, pointer, "year", 1, 0, GG_CALENDAR_FIRST_YEAR,
                                GG_CALENDAR_LAST_YEAR);
    (void)gg_json_array(reader, root, pointer, "papers", 0);
    days = gg_json_array(reader, root, pointer, "days", 1);
    return gg_calendar_read_days(calendar, reader, year, days, pointer, read_day);
}

/* All of one document. The first problem of all documents is kept in first. */
static gridgov_status read_document(gridgov_calendar *calendar, gridgov_error *first,
                                    const char *json, size_t size, int64_t index,
                                    gridgov_issues *issues, gridgov_error *err) {
    char pointer[GG_POINTER_SIZE];
    gg_json_reader reader = {0};
    gridgov_status status = GRIDGOV_OK;
    gg_json_pointer_at(pointer, "", (size_t)index);
    status = gg_json_open(&reader, "notices", json, size, NULL, issues, err);
    if (status < 0) {
        if (err != NULL && err->field[0] == '\0') {
            gg_text_copy(err->field, sizeof err->field, pointer, strlen(pointer));
        }
        return status;
    }
    if (read_notice(calendar, &reader, pointer) != 0) {
        status = gg_fail_memory(err);
    }
    if (first->status == GRIDGOV_OK) {
        (void)gg_json_status(&reader, first);
    }
    gg_json_close(&reader);
    return status;
}

static gridgov_status check_arguments(const char *name, const char *const *notices,
                                      const size_t *sizes, int64_t count, gridgov_error *err) {
    if (name == NULL) {
        return gg_fail_arg(err, "name");
    }
    if (notices == NULL || sizes == NULL) {
        return gg_fail_arg(err, notices == NULL ? "notices" : "sizes");
    }
    if (count < 1) {
        return gg_fail_arg(err, "count");
    }
    for (int64_t i = 0; i < count; i++) {
        if (notices[i] == NULL) {
            return gg_fail_arg(err, "notices");
        }
    }
    return GRIDGOV_OK;
}

gridgov_status gridgov_calendar_load_notices(gridgov_calendar **out, const char *name, size_t size,
                                             const char *const *notices, const size_t *sizes,
                                             int64_t count, gridgov_issues *issues,
                                             gridgov_error *err) {
    gg_json_reader all = {.source = "notices", .issues = issues};
    gridgov_calendar *calendar = NULL;
    gridgov_status status = GRIDGOV_OK;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    GG_TRY(check_arguments(name, notices, sizes, count, err));
    calendar = gg_calendar_make(gg_str_make(name, size));
    if (calendar == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < count && status == GRIDGOV_OK; i++) {
        status = read_document(calendar, &all.first, notices[i], sizes[i], i, issues, err);
    }
    if (status < 0) {
        goto done;
    }
    gg_calendar_arrange(calendar, &all);
    status = gg_json_status(&all, err);
    if (status < 0) {
        goto done;
    }
    *out = calendar;
    calendar = NULL;
done:
    gridgov_calendar_free(calendar);
    return status;
}
