/* SPDX-License-Identifier: Apache-2.0 */
/* The two shifted datums of Chinese maps. GCJ-02 adds to a WGS 84 place an offset of 100 to 700 m
 * that is a published polynomial and a sum of sines of the place itself; BD-09 turns and scales a
 * GCJ-02 place about the origin of degrees by another small wave. Neither has an inverse in closed
 * form: the offset is so smooth (its derivative is below 0.01) that taking the image's error off
 * the guess gains two digits and more a step, and six steps reach the last bit of a double.
 *
 * The rotation of BD-09 by a small angle d is written with cos d and sin d instead of an angle from
 * atan2(), which is the same in exact arithmetic and needs no function of libm. */
#include "base/geo.h"

#include "base/geo_near.h"
#include "base/geo_trig.h"

#define STEPS 6
#define UNIT 1e-7 /* degrees */
#define PI 3.1415926535897931

/* Of the published formula: the ellipsoid of Krassowsky 1940, and the box in which it shifts. */
#define KRASSOWSKY_A 6378245.0
#define KRASSOWSKY_EE 0.00669342162296594323
#define WEST 72.004
#define EAST 137.8347
#define SOUTH 0.8293
#define NORTH 55.8271

#define BAIDU_WAVES (3000.0 / 180.0) /* half waves a degree */
#define BAIDU_EAST 0.0065
#define BAIDU_NORTH 0.006

typedef struct place {
    double lat, lon; /* degrees */
} place;

/* The sines of the offset along one axis, in metres: two of x, four of v. */
static double waves(double x, double v, double third, double fourth) {
    return (20.0 * gg_geo_sin_pi(6.0 * x) + 20.0 * gg_geo_sin_pi(2.0 * x) +
            20.0 * gg_geo_sin_pi(v) + 40.0 * gg_geo_sin_pi(v / 3.0) +
            third * gg_geo_sin_pi(v / 12.0) + fourth * gg_geo_sin_pi(v / 30.0)) *
           (2.0 / 3.0);
}

static place gcj02_of(place wgs) {
    double x = wgs.lon - 105.0, y = wgs.lat - 35.0;
    double root = gg_geo_root(x < 0.0 ? -x : x);
    double north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    north += waves(x, y, 160.0, 320.0);
    double east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    east += waves(x, x, 150.0, 300.0);
    double sine = gg_geo_sin_pi(wgs.lat / 180.0);
    double cosine = gg_geo_sin_pi(wgs.lat / 180.0 + 0.5);
    double w2 = 1.0 - KRASSOWSKY_EE * sine * sine;
    double w = gg_geo_root(w2);
    place out = {wgs.lat + north * 180.0 / (KRASSOWSKY_A * (1.0 - KRASSOWSKY_EE) / (w2 * w) * PI),
                 wgs.lon + east * 180.0 / (KRASSOWSKY_A / w * cosine * PI)};
    return out;
}

static place bd09_of(place gcj) {
    double radius = gg_geo_root(gcj.lon * gcj.lon + gcj.lat * gcj.lat);
    double longer = radius + 0.00002 * gg_geo_sin_pi(gcj.lat * BAIDU_WAVES);
    double scale = radius > 0.0 ? longer / radius : 1.0;
    double sine = 0.000003 * gg_geo_sin_pi(gcj.lon * BAIDU_WAVES + 0.5); /* d³/6 is below 10⁻¹⁷ */
    double cosine = 1.0 - sine * sine * 0.5;
    place out = {scale * (gcj.lat * cosine + gcj.lon * sine) + BAIDU_NORTH,
                 scale * (gcj.lon * cosine - gcj.lat * sine) + BAIDU_EAST};
    return out;
}

/* The place whose image is the one given. */
static place inverse(place image, place (*forward)(place)) {
    place guess = image;
    for (int i = 0; i < STEPS; i++) {
        place got = forward(guess);
        guess.lat += image.lat - got.lat;
        guess.lon += image.lon - got.lon;
    }
    return guess;
}

static int in_box(place p) {
    return p.lat >= SOUTH && p.lat <= NORTH && p.lon >= WEST && p.lon <= EAST;
}

static place place_of(int32_t lat, int32_t lon) {
    place p = {(double)lat * UNIT, (double)lon * UNIT};
    return p;
}

/* Back to whole units; what a shift of metres pushes over a pole or the edge of the map stays on
 * it. */
static void store(int32_t *lat, int32_t *lon, place p) {
    if (gg_geo_quantise(lat, &p.lat, GG_GEO_LAT_MAX) != 0) {
        *lat = p.lat < 0.0 ? -GG_GEO_LAT_MAX : GG_GEO_LAT_MAX;
    }
    if (gg_geo_quantise(lon, &p.lon, GG_GEO_LON_MAX) != 0) {
        *lon = p.lon < 0.0 ? -GG_GEO_LON_MAX : GG_GEO_LON_MAX;
    }
}

void gg_geo_to_gcj02(int32_t *lat, int32_t *lon) {
    place p = place_of(*lat, *lon);
    if (in_box(p)) {
        store(lat, lon, gcj02_of(p));
    }
}

void gg_geo_from_gcj02(int32_t *lat, int32_t *lon) {
    place p = place_of(*lat, *lon);
    if (in_box(p)) {
        store(lat, lon, inverse(p, gcj02_of));
    }
}

void gg_geo_to_bd09(int32_t *lat, int32_t *lon) {
    place p = place_of(*lat, *lon);
    store(lat, lon, bd09_of(in_box(p) ? gcj02_of(p) : p));
}

void gg_geo_from_bd09(int32_t *lat, int32_t *lon) {
    place p = inverse(place_of(*lat, *lon), bd09_of);
    store(lat, lon, in_box(p) ? inverse(p, gcj02_of) : p);
}
