/* SPDX-License-Identifier: Apache-2.0 */
/* The fields whose numbers have a unit, and all units that are read. The first unit of a field is
 * its own. */
#include "measure.h"

#include <string.h>

#define SECONDS "s|秒|秒钟|sec|second|seconds"
#define MINUTES "min|分|分钟|mins|minute|minutes"
#define HOURS "h|时|小时|个小时|hr|hrs|hour|hours"
#define METRES "m|米|公尺|metre|metres|meter|meters"
#define KILOMETRES "km|公里|千米|kilometre|kilometres|kilometer|kilometers"
#define DEGREES "deg|度|°|degree|degrees"

static const gg_measure measures[] = {
    {"online_minutes", "min", MINUTES, 1, 1},
    {"online_minutes", "h", HOURS, 60, 1},
    {"online_minutes", "s", SECONDS, 1, 60},
    {"distance_km", "km", KILOMETRES, 1, 1},
    {"distance_km", "m", METRES, 1, 1000},
    {"accuracy_m", "m", METRES, 1, 1},
    {"accuracy_m", "km", KILOMETRES, 1000, 1},
    {"speed_km_h", "km/h", "km/h|公里/小时|公里/时|千米/小时|千米/时|公里每小时|kmh|kph", 1, 1},
    {"speed_km_h", "m/s", "m/s|米/秒|米每秒", 18, 5},
    {"lat", "deg", DEGREES, 1, 1},
    {"lat", "e7", "e7|1e-7", 1, 10000000},
    {"lat", "e6", "e6|1e-6", 1, 1000000},
    {"lon", "deg", DEGREES, 1, 1},
    {"lon", "e7", "e7|1e-7", 1, 10000000},
    {"lon", "e6", "e6|1e-6", 1, 1000000},
};

#define MEASURES (sizeof measures / sizeof measures[0])
#define WORD_SIZE 32 /* bytes of a unit's key, rounded up */

static int is_word(const char *words, gg_str key) {
    while (*words != '\0') {
        const size_t size = strcspn(words, "|");
        if (gg_str_equal(key, gg_str_make(words, size))) {
            return 1;
        }
        words += size + (words[size] == '|');
    }
    return 0;
}

const gg_measure *gg_measure_find(const char *field, gg_str word) {
    char buffer[WORD_SIZE];
    const size_t size = gg_text_key(buffer, sizeof buffer, word);
    for (size_t i = 0; size > 0 && size <= sizeof buffer && i < MEASURES; i++) {
        if (strcmp(measures[i].field, field) == 0 &&
            is_word(measures[i].words, gg_str_make(buffer, size))) {
            return &measures[i];
        }
    }
    return NULL;
}

const gg_measure *gg_measure_at(const char *field, int n) {
    for (size_t i = 0; i < MEASURES; i++) {
        if (strcmp(measures[i].field, field) == 0 && n-- == 0) {
            return &measures[i];
        }
    }
    return NULL;
}
