/* SPDX-License-Identifier: Apache-2.0 */
/* Distances between places in whole 10⁻⁷ degrees.
 *
 * Near places (the rule, geo_kernel.h) take the mid-latitude theorem: no angle is ever turned into
 * its sine. Others, within 2° of a pole or farther than 5.6 km, take the chord in space: with p the
 * middle of the chord and d its direction, the normal section of the ellipsoid at p along d has the
 * curvature
 *     k = (dᵀAd)/|Ap|,  A = diag(1/a², 1/a², 1/b²),
 * and the arc over a chord c is c (1 + (kc)²/24 + 3(kc)⁴/640), to fourth order the geodesic as well
 * (the geodesic and the normal section differ by O(e⁴s⁵/a⁴)). This needs no azimuth, so poles and
 * the meridian of 180° are no special case.
 *
 * Sine and cosine are Taylor polynomials after an exact reduction of the integer angle to ±45°. */
#include "base/geo.h"

#include "base/geo_near.h"
#include "base/geo_trig.h"

#include <float.h>

_Static_assert(FLT_EVAL_METHOD == 0 || FLT_EVAL_METHOD == 1, "double is computed as double");
_Static_assert(DBL_MANT_DIG == 53 && sizeof(double) == 8, "double is IEEE binary64");

#define GG_LANES double
#define GG_LANES_NAME(x) scalar_##x
#define GG_LANES_TARGET
#include "base/geo_kernel.h"

#define AXIS_A 6378137.0
#define SQUARED_E 0.0066943799901413173   /* f (2 − f), f = 1/298.257223563 */
#define INVERSE_A2 2.4581722576473319e-14 /* 1/a² */
#define INVERSE_B2 2.4747391015697002e-14 /* 1/b², b = a (1 − f) */

typedef struct point {
    double x, y, z; /* metres from the centre of the earth */
} point;

/* A place on the surface. */
static point point_of(int32_t lat, int32_t lon) {
    double sin_lat, cos_lat, sin_lon, cos_lon;
    gg_geo_sin_cos(&sin_lat, &cos_lat, lat);
    gg_geo_sin_cos(&sin_lon, &cos_lon, lon);
    double radius = AXIS_A / gg_geo_root(1.0 - SQUARED_E * (sin_lat * sin_lat));
    point p = {radius * cos_lat * cos_lon, radius * cos_lat * sin_lon,
               radius * (1.0 - SQUARED_E) * sin_lat};
    return p;
}

static int64_t distance_by_chord(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2) {
    point a = point_of(lat1, lon1);
    point b = point_of(lat2, lon2);
    double x = b.x - a.x, y = b.y - a.y, z = b.z - a.z;
    double flat = x * x + y * y;
    double square = flat + z * z;
    if (!(square > 0.0 && square < 2.6e9)) { /* (51 km)² */
        return square > 0.0 ? GG_GEO_FAR : 0;
    }
    double px = (a.x + b.x) * 0.5, py = (a.y + b.y) * 0.5, pz = (a.z + b.z) * 0.5;
    double g =
        (px * px + py * py) * (INVERSE_A2 * INVERSE_A2) + pz * pz * (INVERSE_B2 * INVERSE_B2);
    double bend = flat * INVERSE_A2 + z * z * INVERSE_B2; /* k² c² = (bend/c)²/g */
    double turn = (bend * bend) / (square * g);           /* (k c)² */
    double length = gg_geo_root(square) * (1.0 + turn * (1.0 / 24.0 + turn * (3.0 / 640.0)));
    int64_t mm = gg_geo_round(length * 1000.0);
    return mm <= GG_GEO_LIMIT_MM ? mm : GG_GEO_FAR;
}

int64_t gg_geo_distance(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2) {
    double north = (double)lat2 - (double)lat1;
    double t, y;
    double square =
        scalar_square((double)lat1 + (double)lat2, north, (double)lon2 - (double)lon1, &t, &y);
    if (t <= GG_GEO_NEAR_RATIO && north * north <= GG_GEO_NEAR_NORTH2 && y <= GG_GEO_NEAR_EAST2 &&
        square <= GG_GEO_NEAR_SQUARE) {
        return gg_geo_round(gg_geo_root(square));
    }
    return distance_by_chord(lat1, lon1, lat2, lon2);
}

/* Whether degrees are a place, and which in 10⁻⁷ degrees. */
static inline int quantise(int32_t *out, double degrees, double limit) {
    const double units = degrees * 1e7;
    const double near = units >= -limit - 0.5 && units <= limit + 0.5 ? units : 2 * limit;
    const double whole = (near + GG_GEO_MAGIC) - GG_GEO_MAGIC;
    const int bad = whole > limit || whole < -limit;
    *out = (int32_t)(bad ? 0 : whole);
    return !bad;
}

int gg_geo_quantise(int32_t *out, const double *degrees, int32_t limit_e7) {
    return quantise(out, *degrees, limit_e7) ? 0 : -1;
}

void gg_geo_quantise_rows(int32_t *out, uint8_t *lost, const double *degrees, const uint32_t *rows,
                          size_t count, int32_t limit_e7) {
    for (size_t i = 0; i < count; i++) {
        lost[i] |= (uint8_t)!quantise(&out[i], degrees[rows[i]], limit_e7);
    }
}
