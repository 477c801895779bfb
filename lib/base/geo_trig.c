/* SPDX-License-Identifier: Apache-2.0 */
/* Sine and cosine by Taylor polynomials on ±45°, where twelve terms leave less than 10⁻¹⁷. The
 * angle is brought there exactly: whole 10⁻⁷ degrees by integer arithmetic, half turns by taking
 * away a multiple of one half, which loses nothing in binary. */
#include "base/geo_trig.h"

#include "base/geo_near.h"

#define QUADRANT INT64_C(900000000) /* 10⁻⁷ degrees */
#define RADIANS 1.7453292519943295e-09
#define PI 3.1415926535897931

/* |x| ≤ π/4 */
static double sin_near(double x) {
    double y = x * x;
    double p = y * (1.0 / 355687428096000.0) + (-1.0 / 1307674368000.0);
    p = p * y + 1.0 / 6227020800.0;
    p = p * y + -1.0 / 39916800.0;
    p = p * y + 1.0 / 362880.0;
    p = p * y + -1.0 / 5040.0;
    p = p * y + 1.0 / 120.0;
    p = p * y + -1.0 / 6.0;
    return x + x * (y * p);
}

static double cos_near(double x) {
    double y = x * x;
    double p = y * (1.0 / 20922789888000.0) + (-1.0 / 87178291200.0);
    p = p * y + 1.0 / 479001600.0;
    p = p * y + -1.0 / 3628800.0;
    p = p * y + 1.0 / 40320.0;
    p = p * y + -1.0 / 720.0;
    p = p * y + 1.0 / 24.0;
    p = p * y + -0.5;
    return 1.0 + y * p;
}

void gg_geo_sin_cos(double *sin_out, double *cos_out, int32_t angle) {
    int64_t wide = angle;
    int64_t quadrant = (wide + (wide < 0 ? -QUADRANT / 2 : QUADRANT / 2)) / QUADRANT;
    double x = (double)(wide - quadrant * QUADRANT) * RADIANS;
    double s = sin_near(x), c = cos_near(x);
    switch (quadrant & 3) {
    case 0:
        *sin_out = s, *cos_out = c;
        break;
    case 1:
        *sin_out = c, *cos_out = -s;
        break;
    case 2:
        *sin_out = -s, *cos_out = -c;
        break;
    default:
        *sin_out = -c, *cos_out = s;
        break;
    }
}

double gg_geo_sin_pi(double x) {
    double halves =
        (x * 2.0 + GG_GEO_MAGIC) - GG_GEO_MAGIC; /* nearest multiple of 1/2, in halves */
    double rest = (x - halves * 0.5) * PI;
    int64_t quadrant = (int64_t)halves & 3;
    double value = quadrant & 1 ? cos_near(rest) : sin_near(rest);
    return quadrant & 2 ? -value : value;
}
