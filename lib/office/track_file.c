/* SPDX-License-Identifier: Apache-2.0 */
/* GPX 1.0 and 1.1 and TCX as tables of position fixes: officer, at, lon, lat, speed_km_h and
 * track_part. The file is read as a stream; each point of a track pauses the parser at its end.
 * Only the points of tracks are rows: waypoints and routes are plans, not where somebody was. What
 * a point says is handed on as it is written; what is wrong with it, the reader of the table says,
 * like of any row.
 *
 * A part of the recording is a trkseg of GPX or, in TCX, an Activity or a Track that is not the
 * first of its Lap: a device begins a lap at each kilometre, and goes on recording. Parts are
 * numbered through the file; an empty one has a number too. A file says nothing of who walked, so
 * the caller does. */
#include <gridgov/office.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"
#include "byte_source.h"
#include "xml_reader.h"

#include <string.h>

#define TEXT_MAX 64 /* bytes of a time or a number */
#define SPEED_DIGITS 6

enum { OFFICER, AT, LON, LAT, SPEED, PART, COLUMNS };

static const char *const header[COLUMNS] = {"officer", "at",         "lon",
                                            "lat",     "speed_km_h", "track_part"};

/* Namespaces of both formats; elements of others are extensions. */
static const char *const namespaces[] = {
    "http://www.topografix.com/GPX/1/0", "http://www.topografix.com/GPX/1/1",
    "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v1",
    "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2", NULL};

typedef struct piece {
    char text[TEXT_MAX + 1];
    size_t size;
} piece;

typedef struct track_file {
    gg_byte_source bytes;
    gg_xml *xml;
    char *path;
    piece cells[COLUMNS]; /* of the point at hand; that of the officer is not used */
    char *officer;
    int depth; /* of the element at hand, the root is 1 */
    int point; /* depth of the point that is open; 0: none */
    int field; /* column whose text is being read; COLUMNS: none */
    int field_depth;
    int is_gpx, is_tcx;
    int lap_begins; /* 1: no Track of the lap yet */
    int64_t parts, points;
    int64_t row; /* 0: before the header */
} track_file;

/* 1 if an element outside points begins a part of the recording. */
static int begins_part(track_file *file, const char *name) {
    if (file->is_gpx) {
        return strcmp(name, "trkseg") == 0;
    }
    if (strcmp(name, "Lap") == 0) {
        file->lap_begins = 1;
    } else if (strcmp(name, "Track") == 0) {
        const int goes_on = file->lap_begins;
        file->lap_begins = 0;
        return !goes_on;
    }
    return strcmp(name, "Activity") == 0;
}

static void on_start(void *user, const char *name, const char **attributes) {
    track_file *file = user;
    file->depth++;
    if (file->depth == 1) {
        file->is_gpx = strcmp(name, "gpx") == 0;
        file->is_tcx = strcmp(name, "TrainingCenterDatabase") == 0;
        if (!file->is_gpx && !file->is_tcx) {
            gridgov_error failure;
            (void)gg_fail(&failure, GG_RULE_TRACK_FILE, NULL, name, strlen(name), NULL, NULL);
            gg_xml_fail(file->xml, &failure);
        }
        return;
    }
    if (file->point == 0) {
        if (begins_part(file, name)) {
            file->parts++;
        } else if (strcmp(name, file->is_gpx ? "trkpt" : "Trackpoint") == 0) {
            file->point = file->depth;
            memset(file->cells, 0, sizeof file->cells);
            for (int column = LON; file->is_gpx && column <= LAT; column++) {
                const char *text = gg_xml_attribute(attributes, header[column]);
                piece *cell = &file->cells[column];
                gg_text_copy(cell->text, sizeof cell->text, text, text == NULL ? 0 : strlen(text));
                cell->size = strlen(cell->text);
            }
        }
        return;
    }
    static const struct {
        const char *gpx, *tcx;
        int column;
    } fields[] = {{"time", "Time", AT},
                  {"speed", NULL, SPEED},
                  {NULL, "LongitudeDegrees", LON},
                  {NULL, "LatitudeDegrees", LAT}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *wanted = file->is_gpx ? fields[i].gpx : fields[i].tcx;
        if (wanted != NULL && strcmp(name, wanted) == 0) {
            file->field = fields[i].column;
            file->field_depth = file->depth;
            file->cells[file->field].size = 0;
        }
    }
}

static void on_text(void *user, const char *text, size_t size) {
    track_file *file = user;
    if (file->field == COLUMNS || file->depth != file->field_depth) {
        return;
    }
    piece *cell = &file->cells[file->field];
    size_t room = TEXT_MAX - cell->size;
    size = size <= room ? size : gg_utf8_cut(text, room);
    memcpy(cell->text + cell->size, text, size);
    cell->size += size;
    cell->text[cell->size] = '\0';
}

/* Metres a second, as GPX 1.0 has them, in km/h; as written if it is no such number. */
static void to_km_h(piece *cell) {
    int64_t speed;
    if (gg_decimal_parse_round(&speed, gg_str_make(cell->text, cell->size), SPEED_DIGITS) == 0 &&
        speed >= 0 && speed <= INT64_MAX / 36) {
        cell->size = gg_decimal_format(cell->text, speed * 36 / 10, SPEED_DIGITS, 0);
    }
}

static void on_end(void *user, const char *name) {
    track_file *file = user;
    (void)name;
    if (file->field != COLUMNS && file->depth == file->field_depth) {
        file->field = COLUMNS;
    }
    if (file->point != 0 && file->depth == file->point) {
        file->point = 0;
        to_km_h(&file->cells[SPEED]);
        file->cells[PART].size = gg_int_format(file->cells[PART].text, file->parts);
        file->points++;
        gg_xml_pause(file->xml);
    }
    file->depth--;
}

static const gg_xml_handlers handlers = {on_start, on_end, on_text, namespaces};

static gridgov_status next(void *user, gridgov_error *err) {
    track_file *file = user;
    gridgov_status status = GRIDGOV_OK;
    if (file->row > 0) {
        int64_t before = file->points;
        status = gg_xml_run(file->xml, err);
        if (status == GRIDGOV_OK && file->points == before) {
            status = GRIDGOV_END;
        }
    }
    file->row += status == GRIDGOV_OK;
    return status;
}

static int64_t count(void *user) {
    (void)user;
    return COLUMNS;
}

static const char *text(void *user, int64_t index, size_t *size_out) {
    const track_file *file = user;
    const char *cell = file->cells[index].text;
    if (file->row == 1) {
        cell = header[index];
    } else if (index == OFFICER) {
        cell = file->officer;
    }
    *size_out = strlen(cell);
    return cell;
}

static void close_file(void *user) {
    track_file *file = user;
    gg_xml_close(file->xml);
    gg_byte_source_close(&file->bytes);
    gg_free(file->path);
    gg_free(file->officer);
    gg_free(file);
}

static char *copy(const char *from, size_t size) {
    char *to = gg_calloc(size + 1, 1);
    if (to != NULL && size > 0) {
        memcpy(to, from, size);
    }
    return to;
}

/* The file's name without folder and ending. */
static gg_str name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *point = strrchr(name, '.');
    return gg_str_make(name,
                       point == NULL || point == name ? strlen(name) : (size_t)(point - name));
}

static gridgov_status open_rows(gridgov_rows **out, const gg_package_source *source,
                                const char *name, gg_str officer, gridgov_error *err) {
    track_file *file = gg_calloc(1, sizeof *file);
    gridgov_status status;
    if (file == NULL) {
        return gg_fail_memory(err);
    }
    status = gg_byte_source_open(&file->bytes, source, err);
    if (status < 0) {
        gg_free(file);
        return status;
    }
    file->field = COLUMNS;
    file->path = copy(name, strlen(name));
    file->officer = copy(officer.data, officer.size);
    status = file->path == NULL || file->officer == NULL
                 ? gg_fail_memory(err)
                 : gg_xml_open(&file->xml, gg_byte_source_read, &file->bytes, &handlers, file, err);
    if (status == GRIDGOV_OK) {
        const gridgov_rows_source rows = {.struct_size = sizeof rows,
                                          .next = next,
                                          .count = count,
                                          .text = text,
                                          .close = close_file,
                                          .user = file,
                                          .source = file->path};
        status = gridgov_rows_open_source(out, &rows, err);
    }
    if (status < 0) {
        close_file(file);
    }
    return status;
}

gridgov_status gridgov_rows_open_track_file(gridgov_rows **out, const char *path,
                                            const char *officer, gridgov_error *err) {
    if (out == NULL || path == NULL) {
        return gg_fail_arg(err, out == NULL ? "out" : "path");
    }
    *out = NULL;
    return open_rows(out, &(gg_package_source){.path = path}, path,
                     officer != NULL ? gg_str_of(officer) : name_of(path), err);
}

gridgov_status gridgov_rows_open_track_bytes(gridgov_rows **out, const void *data, size_t size,
                                             const char *officer, gridgov_error *err) {
    if (out == NULL || (data == NULL && size > 0) || officer == NULL) {
        return gg_fail_arg(err, out == NULL ? "out" : officer == NULL ? "officer" : "data");
    }
    *out = NULL;
    return open_rows(out, &(gg_package_source){.data = data, .size = size}, "memory",
                     gg_str_of(officer), err);
}
