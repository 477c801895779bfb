/* SPDX-License-Identifier: Apache-2.0 */
/* Sine and cosine for the geo files: polynomials only, the same bits everywhere. */
#ifndef GG_GEO_TRIG_H
#define GG_GEO_TRIG_H

#include <stdint.h>

/* Of an angle in 10⁻⁷ degrees, any int32_t. Absolute error below 3·10⁻¹⁶. */
void gg_geo_sin_cos(double *sin_out, double *cos_out, int32_t angle);
/* Of an angle in half turns (π radians), |x| below 2³⁰. */
double gg_geo_sin_pi(double x);

#endif
