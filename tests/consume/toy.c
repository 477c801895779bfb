/* SPDX-License-Identifier: Apache-2.0 */
/* A stranger's program: linked with the installed library, it asks the built-in calendar for a
 * published fact. */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    gridgov_error err;
    gridgov_calendar *calendar = NULL;
    gridgov_day day = GRIDGOV_NO_DAY;
    int64_t workdays = 0;
    if (gridgov_version_number() != GRIDGOV_VERSION_NUMBER ||
        strcmp(gridgov_version_text(), GRIDGOV_VERSION_TEXT) != 0) {
        fputs("header and library are of different versions\n", stderr);
        return 1;
    }
    if (gridgov_calendar_open(&calendar, "china", 5, &err) != GRIDGOV_OK ||
        gridgov_day_parse(&day, "2021-09-01", 10, &err) != GRIDGOV_OK ||
        gridgov_calendar_workdays(&workdays, calendar, day, day + 30, &err) != GRIDGOV_OK) {
        char text[GRIDGOV_ERROR_TEXT_SIZE];
        gridgov_error_text(text, sizeof text, &err, GRIDGOV_LANG_EN);
        fprintf(stderr, "%s\n", text);
        gridgov_calendar_free(calendar);
        return 1;
    }
    gridgov_calendar_free(calendar);
    printf("September 2021: %d workdays\n", (int)workdays);
    return workdays == 22 ? 0 : 1;
}
