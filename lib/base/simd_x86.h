/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of simd.h for x86-64, each compiled for the instructions it names and run only where
 * the processor has them. */
#ifndef GG_SIMD_X86_H
#define GG_SIMD_X86_H

#include "base/simd.h"

/* What this processor runs, slowest first; NULL past the last, and on any other processor. */
const gg_simd *gg_simd_x86_at(size_t index);

#endif
