/* SPDX-License-Identifier: Apache-2.0 */
/* Reports that repeat an earlier one: the same category within a distance and a time.
 *
 * A space-time hash. Time is cut into windows as long as the time allowed, the ground into cells
 * whose diagonal is no longer than the distance allowed: two events of one category in one cell of
 * one window repeat each other without being measured against anything else. An event that comes
 * first in its cell is measured against the events of the cells around it, in its own window and
 * the one before; events are entered in the order of their reports, so only earlier ones are met.
 * Every event is therefore met at most once by each of the few dozen cells around its own: the cost
 * is linear, whatever the positions. Rows of cells have one height; the width of a row's cells
 * follows from the length of a degree of longitude at its edge nearer to the equator.
 *
 * Events beyond 89.9° of latitude, and pairs across the meridian of 180°, are not looked at. Where
 * an event has no position, the same category, unit and place in the same words within the time
 * repeats; blanks, width and case make no difference. */
#include "signals.h"

#include "base/buf.h"
#include "base/geo.h"

#include <string.h>

#define TICK 4096
#define LAT_MOST 899000000
#define DEGREE_MM 111694000 /* of latitude, the longest there is: at a pole */
#define PROBE 1000000       /* 10⁻⁷ degrees of longitude measured to know a row's width */
#define UNITS INT64_C(10000000)
#define DIAGONAL 7000 /* side of a cell in 10⁻⁴ of the distance, a little below √½ */
#define PARTS 10000
#define SHAPES 256 /* rows remembered */

typedef struct cell_list {
    int64_t first, last; /* events, in order */
} cell_list;

/* What a row of cells is like; most events lie in the rows met last. */
typedef struct row_shape {
    int64_t row, width, reach; /* of its cells; how far to look, 10⁻⁷ degrees */
    int known;
} row_shape;

typedef struct near_search {
    const gg_search *search;
    gg_map cells; /* (category, window, row, column) → list */
    cell_list *lists;
    size_t list_count, list_capacity;
    int64_t *next;   /* per event: the next of its list; GRIDGOV_NONE */
    gg_map places;   /* category, unit and place → latest event */
    int64_t cell[4]; /* key of the cell looked up last */
    gg_buf key;      /* of a place */
    int64_t height;  /* of a row, 10⁻⁷ degrees */
    row_shape shapes[SHAPES];
} near_search;

/* Millimetres of PROBE units of longitude at the edge of a row that is nearer to the equator, or at
 * the other one. */
static int64_t row_width(const near_search *n, int64_t row, int outer) {
    int64_t lat = row * n->height;
    if ((lat >= 0) == (outer != 0)) {
        lat += n->height;
    }
    lat = lat > LAT_MOST ? LAT_MOST : lat < -LAT_MOST ? -LAT_MOST : lat;
    return gg_geo_distance((int32_t)lat, 0, (int32_t)lat, PROBE);
}

/* The shape of a row, a function of its number alone. */
static const row_shape *shape_of(near_search *n, int64_t row) {
    row_shape *shape = &n->shapes[(uint64_t)row % SHAPES];
    if (!shape->known || shape->row != row) {
        const int64_t mm = n->search->validity->duplicate_mm;
        const int64_t width = mm * DIAGONAL / PARTS * PROBE / row_width(n, row, 0);
        *shape = (row_shape){.row = row,
                             .width = width < 1 ? 1 : width,
                             .reach = mm * PROBE / row_width(n, row, 1) + 1,
                             .known = 1};
    }
    return shape;
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static gg_str cell_key(const near_search *n) {
    return gg_str_make((const char *)n->cell, sizeof n->cell);
}

/* The list of a cell: its index, or GRIDGOV_NONE. */
static int64_t find_cell(near_search *n, int64_t category, int64_t window, int64_t row,
                         int64_t column) {
    n->cell[0] = category;
    n->cell[1] = window;
    n->cell[2] = row;
    n->cell[3] = column;
    return gg_map_get(&n->cells, cell_key(n), GRIDGOV_NONE);
}

static gridgov_event event_at(const near_search *n, int64_t index) {
    gridgov_event event = {.struct_size = sizeof event};
    (void)gridgov_ledger_event_at(&event, n->search->ledger, index);
    return event;
}

/* 1 if the earlier event is near enough in time and space. */
static int is_near(const near_search *n, const gridgov_event *event, const gridgov_event *earlier,
                   int64_t *mm) {
    const gridgov_validity *v = n->search->validity;
    if (event->reported_at - earlier->reported_at > v->duplicate_seconds) {
        return 0;
    }
    *mm = gg_geo_distance(earlier->lat_e7, earlier->lon_e7, event->lat_e7, event->lon_e7);
    return *mm <= v->duplicate_mm;
}

/* The earliest event of a list that is near enough; GRIDGOV_NONE. */
static int64_t scan(const near_search *n, int64_t list, const gridgov_event *event, int64_t *mm) {
    for (int64_t i = list == GRIDGOV_NONE ? GRIDGOV_NONE : n->lists[list].first; i != GRIDGOV_NONE;
         i = n->next[i]) {
        gridgov_event earlier = event_at(n, i);
        if (is_near(n, event, &earlier, mm)) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

/* The same over the cells around an event, in two windows; the earliest of all. */
static int64_t scan_around(near_search *n, const gridgov_event *event, int64_t window, int64_t row,
                           int64_t *mm) {
    const int64_t reach_mm = n->search->validity->duplicate_mm;
    const int64_t rows = reach_mm * UNITS / DEGREE_MM / n->height + 1;
    int64_t found = GRIDGOV_NONE;
    for (int64_t r = row - rows; r <= row + rows; r++) {
        const row_shape *shape = shape_of(n, r);
        const int64_t to = floor_div(event->lon_e7 + shape->reach, shape->width);
        for (int64_t c = floor_div(event->lon_e7 - shape->reach, shape->width); c <= to; c++) {
            for (int64_t w = window - 1; w <= window; w++) {
                int64_t distance = 0;
                int64_t other = scan(n, find_cell(n, event->category, w, r, c), event, &distance);
                if (other != GRIDGOV_NONE && (found == GRIDGOV_NONE || other < found)) {
                    found = other;
                    *mm = distance;
                }
            }
        }
    }
    return found;
}

/* Append an event to the list of the cell looked up last. 0, or -1. */
static int enter(near_search *n, int64_t list, int64_t index) {
    n->next[index] = GRIDGOV_NONE;
    if (list != GRIDGOV_NONE) {
        n->next[n->lists[list].last] = index;
        n->lists[list].last = index;
        return 0;
    }
    if (gg_grow((void **)&n->lists, n->list_count, &n->list_capacity, sizeof *n->lists) ||
        gg_map_set(&n->cells, cell_key(n), (int64_t)n->list_count)) {
        return -1;
    }
    n->lists[n->list_count++] = (cell_list){index, index};
    return 0;
}

/* The event that this one repeats, by position; it is entered for those to come. 0, or -1. */
static int by_position(int64_t *found, int64_t *mm, near_search *n, const gridgov_event *event,
                       int64_t index) {
    const int64_t window = floor_div(event->reported_at, n->search->validity->duplicate_seconds);
    const int64_t row = floor_div(event->lat_e7, n->height);
    const int64_t column = floor_div(event->lon_e7, shape_of(n, row)->width);
    int64_t list = find_cell(n, event->category, window, row, column);
    *found = scan(n, list, event, mm);
    if (*found == GRIDGOV_NONE) {
        *found = scan_around(n, event, window, row, mm);
        list = find_cell(n, event->category, window, row, column);
    }
    return enter(n, list, index);
}

/* The same by the words of the place. */
static int by_place(int64_t *found, near_search *n, const gridgov_event *event, int64_t index) {
    gg_buf_clear(&n->key);
    gg_buf_int(&n->key, event->category);
    gg_buf_byte(&n->key, '/');
    gg_buf_int(&n->key, event->unit);
    gg_buf_byte(&n->key, '/');
    gg_buf_key(&n->key, gg_str_of(event->place));
    const gg_str key = gg_str_make(gg_buf_data(&n->key), n->key.size);
    *found = gg_map_get(&n->places, key, GRIDGOV_NONE);
    if (*found != GRIDGOV_NONE && event->reported_at - event_at(n, *found).reported_at >
                                      n->search->validity->duplicate_seconds) {
        *found = GRIDGOV_NONE;
    }
    return gg_buf_failed(&n->key) || gg_map_set(&n->places, key, index) ? -1 : 0;
}

static gridgov_status look_at(near_search *n, int64_t index, gridgov_error *err) {
    const gg_search *search = n->search;
    const gridgov_event event = event_at(n, index);
    const int placed =
        event.lat_e7 != GRIDGOV_NO_DEGREES && event.lat_e7 <= LAT_MOST && event.lat_e7 >= -LAT_MOST;
    int64_t found = GRIDGOV_NONE, mm = -1;
    if (event.reported_at > search->as_of) {
        return GRIDGOV_OK;
    }
    if (placed ? by_position(&found, &mm, n, &event, index)
               : search->validity->by_place && event.place[0] != '\0' &&
                     by_place(&found, n, &event, index)) {
        return gg_fail_memory(err);
    }
    if (found == GRIDGOV_NONE || !gg_search_inside(search, &event)) {
        return GRIDGOV_OK;
    }
    const gridgov_event earlier = event_at(n, found);
    return gg_search_add(search,
                         &(gridgov_signal){.kind = GRIDGOV_SIGNAL_DUPLICATE,
                                           .event = index,
                                           .other = found,
                                           .measured = placed ? mm : -1,
                                           .threshold = search->validity->duplicate_mm,
                                           .seconds = event.reported_at - earlier.reported_at,
                                           .event_id = event.id,
                                           .other_id = earlier.id,
                                           .agency = ""},
                         err);
}

gridgov_status gg_search_near(const gg_search *search, gridgov_error *err) {
    const int64_t count = gridgov_ledger_event_count(search->ledger);
    near_search n = {.search = search,
                     .height =
                         search->validity->duplicate_mm * DIAGONAL / PARTS * UNITS / DEGREE_MM};
    gridgov_status status = GRIDGOV_OK;
    n.next = gg_calloc((size_t)count, sizeof *n.next);
    if (n.next == NULL) {
        return gg_fail_memory(err);
    }
    for (int64_t i = 0; i < count && status == GRIDGOV_OK; i++) {
        if (i % TICK == TICK - 1 &&
            gridgov_job_tick(search->job, "signals", i, count) != GRIDGOV_OK) {
            status = gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
            break;
        }
        status = look_at(&n, i, err);
    }
    gg_map_release(&n.cells);
    gg_map_release(&n.places);
    gg_buf_release(&n.key);
    gg_free(n.lists);
    gg_free(n.next);
    return status;
}
