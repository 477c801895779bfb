/* SPDX-License-Identifier: Apache-2.0 */
/* Where the mid-latitude theorem of geo_kernel.h is used, and its last step: shared by one lane and
 * many. */
#ifndef GG_GEO_NEAR_H
#define GG_GEO_NEAR_H

#include <stdint.h>
#include <string.h>

/* Adding 1.5·2⁵² to a double below 2⁵¹ rounds it to a whole number, ties to even, which then stands
 * in the low bits. */
#define GG_GEO_MAGIC 6755399441055744.0
#define GG_GEO_MAGIC_BITS INT64_C(0x4338000000000000)

#define GG_GEO_NEAR_RATIO 0.95604938271604937 /* (88/90)²: mean latitude within 88° */
#define GG_GEO_NEAR_NORTH2 3.6e11             /* (0.06°)² in 10⁻⁷ degrees */
#define GG_GEO_NEAR_EAST2 2.25e14             /* (1.5°)² */
#define GG_GEO_NEAR_SQUARE 3.136e13           /* (5.6 km)² in mm² */

/* Square root, which IEEE rounds correctly: an instruction everywhere. */
static inline double gg_geo_root(double x) {
#if defined(__GNUC__)
    return __builtin_sqrt(x);
#else
    extern double sqrt(double);
    return sqrt(x);
#endif
}

/* The nearest whole number, ties to even, of a value within 0 … 2⁵¹. */
static inline int64_t gg_geo_round(double value) {
    double moved = value + GG_GEO_MAGIC;
    int64_t bits;
    memcpy(&bits, &moved, sizeof bits);
    return bits - GG_GEO_MAGIC_BITS;
}

#endif
