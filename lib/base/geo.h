/* SPDX-License-Identifier: Apache-2.0 */
/* Distances on the ellipsoid of WGS 84 (for this use the same as that of CGCS2000) between places
 * in whole 10⁻⁷ degrees, and places of other datums. The only files of the library with floating
 * point: + − × ÷ and square root of IEEE doubles and no function of libm, so that every machine
 * gives the same integers. */
#ifndef GG_GEO_H
#define GG_GEO_H

#include <stddef.h>
#include <stdint.h>

#define GG_GEO_LAT_MAX 900000000  /* 10⁻⁷ degrees */
#define GG_GEO_LON_MAX 1800000000 /* 10⁻⁷ degrees */
#define GG_GEO_LIMIT_MM 50000000  /* longer ones are GG_GEO_FAR */
#define GG_GEO_FAR INT64_MAX

/* Millimetres between two places, rounded once; GG_GEO_FAR beyond GG_GEO_LIMIT_MM. Before rounding
 * it differs from the geodesic by less than 0.01 mm up to 5 km and 0.1 mm up to 50 km. The poles
 * and the meridian of 180° are places like any other. */
int64_t gg_geo_distance(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2);

/* The same for count pairs, with the widest instructions that the machine has. */
void gg_geo_distances(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                      const int32_t *lon2, size_t count);

/* The ways to compute many, from the narrowest to the widest; all give the same bits. NULL past the
 * last that this machine has. */
typedef void gg_geo_kernel(int64_t *mm, const int32_t *lat1, const int32_t *lon1,
                           const int32_t *lat2, const int32_t *lon2, size_t count);
gg_geo_kernel *gg_geo_kernel_at(size_t index, const char **name_out);

/* Degrees to 10⁻⁷ degrees: the product with 10⁷ as a double, then the nearest integer, ties to
 * even. 0, or −1 for what is no place (not a number, beyond ±limit degrees) with *out at 0. */
int gg_geo_quantise(int32_t *out, const double *degrees, int32_t limit_e7);
/* The same for those of many degrees that are listed. What is no place leaves a 1 in lost, which
 * else stays as it is. */
void gg_geo_quantise_rows(int32_t *out, uint8_t *lost, const double *degrees, const uint32_t *rows,
                          size_t count, int32_t limit_e7);

/* A place on the mars datum of China (GCJ-02) or Baidu's (BD-09), as WGS 84: the place whose image
 * under the published formula, rounded to 10⁻⁷ degrees, is the one given, found by iteration.
 * Outside the box that the formula is defined for, GCJ-02 is WGS 84. */
void gg_geo_from_gcj02(int32_t *lat, int32_t *lon);
void gg_geo_from_bd09(int32_t *lat, int32_t *lon);
/* The other way. */
void gg_geo_to_gcj02(int32_t *lat, int32_t *lon);
void gg_geo_to_bd09(int32_t *lat, int32_t *lon);

#endif
