/* SPDX-License-Identifier: Apache-2.0 */
/* Days off and working days as a table, one row a day: a list of the exceptions, as a notice has
 * them, or every day of a year.
 *
 * A row says it in one of three ways, or in several that agree: a kind of day, "off", or "workday".
 * A Saturday or Sunday off is a holiday if the row calls it so or names it, and otherwise just a
 * weekend: rosters may work on the one and not on the other.
 *
 * Which years a table covers: those of the column year, where a row has one. Without it a row
 * covers the year of its day, but for days of late December in front of a year that the table lists
 * too: those come from the notice of the year after, and say nothing of the rest of their own year.
 * (*Ours.*) Days wait until the table has been read, so a table is added whole or not at all. */
#include "loader.h"

#include "base/error.h"
#include "base/num.h"

#include <gridgov/civil.h>

#include <string.h>

#define LATE_DECEMBER 26 /* the first day of December that a notice of the year after may name */
#define YEARS 10000
#define KEY_SIZE 4

/* What one row says. */
typedef struct day_row {
    gridgov_day day;
    int32_t kind, off, workday; /* GRIDGOV_DAY_*, GRIDGOV_TRI_*; 0 nothing */
    int64_t year;               /* 0: none given */
    gg_str name;
} day_row;

/* Days since Monday. */
static int weekday_of(gridgov_day day) {
    return (int)(((int64_t)day % 7 + 7 + 3) % 7);
}

static gg_str key_of(char key[KEY_SIZE], gridgov_day day) {
    for (int i = 0; i < KEY_SIZE; i++) {
        key[i] = (char)((uint32_t)day >> (8 * i) & 0xff);
    }
    return gg_str_make(key, KEY_SIZE);
}

static gridgov_status fail_day(gg_loader *load, int32_t rule, gridgov_day day, const char *more) {
    char text[GRIDGOV_CIVIL_TEXT_SIZE];
    (void)gridgov_day_format(text, day);
    return gg_cells_fail(&load->cells, rule, GG_CALENDAR_DATE, gg_str_of(text), more);
}

static gridgov_status read_row(gg_loader *load, day_row *row) {
    gg_cells *cells = &load->cells;
    GG_TRY(gg_cells_day(cells, GG_CALENDAR_DATE, GG_REQUIRED, 0, &row->day));
    GG_TRY(gg_cells_code(cells, GG_CALENDAR_KIND, GG_OPTIONAL, &row->kind));
    GG_TRY(gg_cells_code(cells, GG_CALENDAR_OFF, GG_OPTIONAL, &row->off));
    GG_TRY(gg_cells_code(cells, GG_CALENDAR_WORKDAY, GG_OPTIONAL, &row->workday));
    GG_TRY(gg_cells_name(cells, GG_CALENDAR_NAME, &row->name));
    return gg_cells_decimal(cells, GG_CALENDAR_YEAR, GG_OPTIONAL, 0, 1, &row->year);
}

/* 1 off, 0 working, −1 what the week says. */
static gridgov_status judge(gg_loader *load, const day_row *row, int32_t *off) {
    const int weekend = weekday_of(row->day) >= 5;
    const int says_off = row->kind == GRIDGOV_DAY_HOLIDAY || row->kind == GRIDGOV_DAY_WEEKEND ||
                         row->off == GRIDGOV_TRI_YES || row->workday == GRIDGOV_TRI_NO;
    const int says_working = row->kind == GRIDGOV_DAY_WORKDAY || row->kind == GRIDGOV_DAY_MAKEUP ||
                             row->off == GRIDGOV_TRI_NO || row->workday == GRIDGOV_TRI_YES;
    if (says_off && says_working) {
        return fail_day(load, GG_RULE_CALENDAR_CONFLICT, row->day, NULL);
    }
    if (!says_off && !says_working) {
        return fail_day(load, GG_RULE_CALENDAR_SILENT, row->day, NULL);
    }
    if (row->kind == GRIDGOV_DAY_WEEKEND && !weekend) {
        return fail_day(load, GG_RULE_CALENDAR_WEEKEND, row->day, NULL);
    }
    *off = says_off;
    if (says_off && weekend && row->kind != GRIDGOV_DAY_HOLIDAY &&
        (row->kind == GRIDGOV_DAY_WEEKEND || row->name.size == 0)) {
        *off = -1;
    }
    return GRIDGOV_OK;
}

static int is_working(const gridgov_calendar_day *day) {
    return day->off < 0 ? weekday_of(day->day) < 5 : !day->off;
}

/* Keep a day; one that was said before is no problem if it was said alike. */
static gridgov_status keep(gg_loader *load, const gridgov_calendar_day *day) {
    char key[KEY_SIZE], number[GG_NUM_TEXT_SIZE];
    const int64_t first = gg_map_get(&load->day_index, key_of(key, day->day), -1);
    if (first >= 0 && is_working(&load->days[first]) != is_working(day)) {
        gg_int_format(number, load->day_rows[first]);
        return fail_day(load, GG_RULE_CALENDAR_TWICE, day->day, number);
    }
    if (gg_grow((void **)&load->days, load->day_count, &load->day_capacity, sizeof *day) != 0 ||
        gg_grow((void **)&load->day_rows, load->day_count, &load->row_capacity,
                sizeof *load->day_rows) != 0 ||
        (first < 0 &&
         gg_map_set(&load->day_index, key_of(key, day->day), (int64_t)load->day_count) != 0)) {
        return gg_fail_memory(&load->cells.problem);
    }
    load->day_rows[load->day_count] = gridgov_rows_number(load->rows);
    load->days[load->day_count++] = *day;
    load->outcome = first < 0 ? GG_ROW_ADDED : GG_ROW_SKIPPED;
    return GRIDGOV_OK;
}

static gridgov_status read_day(gg_loader *load) {
    day_row row = {.day = GRIDGOV_NO_DAY};
    gridgov_calendar_day day = {0};
    int32_t stands_in = 0;
    GG_TRY(read_row(load, &row));
    GG_TRY(judge(load, &row, &day.off));
    (void)gridgov_day_civil(&stands_in, NULL, NULL, row.day);
    if (row.year != 0 && (row.year < 1 || row.year >= YEARS || stands_in < row.year - 1 ||
                          stands_in > row.year + 1)) {
        return fail_day(load, GG_RULE_CALENDAR_NEAR, row.day, NULL);
    }
    day.day = row.day;
    day.year = (int32_t)row.year;
    return keep(load, &day);
}

gg_row_reader gg_calendar_reader(void) {
    return read_day;
}

/* 1 if a day is one of the last of its year, which the next year's notice may name. */
static int is_late(gridgov_day day) {
    int32_t month = 0, of_month = 0;
    (void)gridgov_day_civil(NULL, &month, &of_month, day);
    return month == 12 && of_month >= LATE_DECEMBER;
}

void gg_loader_cover_years(gg_loader *load) {
    uint8_t listed[YEARS + 1] = {0}; /* years with a day that is not late */
    int32_t year = 0;
    for (size_t i = 0; i < load->day_count; i++) {
        (void)gridgov_day_civil(&year, NULL, NULL, load->days[i].day);
        listed[year] |= !is_late(load->days[i].day);
    }
    for (size_t i = 0; i < load->day_count; i++) {
        gridgov_calendar_day *day = &load->days[i];
        (void)gridgov_day_civil(&year, NULL, NULL, day->day);
        if (day->year == 0 && (listed[year] || !listed[year + 1])) {
            day->year = year;
        }
    }
}
