/* SPDX-License-Identifier: Apache-2.0 */
/* Distances of many pairs at once: the kernel of geo_kernel.h over vectors, and the choice of the
 * widest at run time. Pairs that are not near are computed one by one, as gg_geo_distance() does,
 * so every path gives the bits of that function. Here alone are compiler extensions used; a
 * compiler without them, and a machine that is neither, takes the portable loop. */
#include "base/geo.h"

#include "base/geo_near.h"

#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__)
#define WITH_X86 1
#include <immintrin.h>
#elif defined(__GNUC__) && defined(__aarch64__)
#define WITH_NEON 1
#include <arm_neon.h>
#endif

static void portable(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                     const int32_t *lon2, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mm[i] = gg_geo_distance(lat1[i], lon1[i], lat2[i], lon2[i]);
    }
}

#ifdef WITH_X86

#define TARGET_2
#define TARGET_4 __attribute__((target("avx2")))
#define TARGET_8 __attribute__((target("avx512f,avx512dq")))

#define GG_LANES __m128d
#define GG_LANES_NAME(x) two_##x
#define GG_LANES_TARGET TARGET_2
#include "base/geo_kernel.h"
#undef GG_LANES
#undef GG_LANES_NAME
#undef GG_LANES_TARGET

#define GG_LANES __m256d
#define GG_LANES_NAME(x) four_##x
#define GG_LANES_TARGET TARGET_4
#include "base/geo_kernel.h"
#undef GG_LANES
#undef GG_LANES_NAME
#undef GG_LANES_TARGET

#define GG_LANES __m512d
#define GG_LANES_NAME(x) eight_##x
#define GG_LANES_TARGET TARGET_8
#include "base/geo_kernel.h"

/* Lanes of a block of count pairs whose bit in far is set, one by one. */
static void mend(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                 const int32_t *lon2, unsigned far) {
    for (size_t i = 0; far != 0; i++, far >>= 1) {
        if (far & 1) {
            mm[i] = gg_geo_distance(lat1[i], lon1[i], lat2[i], lon2[i]);
        }
    }
}

static __m128d load_2(const int32_t *p) {
    return _mm_cvtepi32_pd(_mm_loadl_epi64((const void *)p));
}

static void kernel_2(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                     const int32_t *lon2, size_t count) {
    size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        __m128d from = load_2(lat1 + i), to = load_2(lat2 + i);
        __m128d north = to - from, t, y;
        __m128d s = two_square(from + to, north, load_2(lon2 + i) - load_2(lon1 + i), &t, &y);
        __m128d near =
            _mm_and_pd(_mm_and_pd(_mm_cmple_pd(t, _mm_set1_pd(GG_GEO_NEAR_RATIO)),
                                  _mm_cmple_pd(north * north, _mm_set1_pd(GG_GEO_NEAR_NORTH2))),
                       _mm_and_pd(_mm_cmple_pd(y, _mm_set1_pd(GG_GEO_NEAR_EAST2)),
                                  _mm_cmple_pd(s, _mm_set1_pd(GG_GEO_NEAR_SQUARE))));
        __m128d whole = _mm_sqrt_pd(s) + GG_GEO_MAGIC;
        _mm_storeu_si128((void *)(mm + i), _mm_sub_epi64(_mm_castpd_si128(whole),
                                                         _mm_set1_epi64x(GG_GEO_MAGIC_BITS)));
        unsigned far = (unsigned)_mm_movemask_pd(near) ^ 3U;
        if (far != 0) {
            mend(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, far);
        }
    }
    portable(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, count - i);
}

TARGET_4 static __m256d load_4(const int32_t *p) {
    return _mm256_cvtepi32_pd(_mm_loadu_si128((const void *)p));
}

TARGET_4 static __m256d below_4(__m256d a, double limit) {
    return _mm256_cmp_pd(a, _mm256_set1_pd(limit), _CMP_LE_OQ);
}

TARGET_4 static void kernel_4(int64_t *mm, const int32_t *lat1, const int32_t *lon1,
                              const int32_t *lat2, const int32_t *lon2, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m256d from = load_4(lat1 + i), to = load_4(lat2 + i);
        __m256d north = to - from, t, y;
        __m256d s = four_square(from + to, north, load_4(lon2 + i) - load_4(lon1 + i), &t, &y);
        __m256d near = _mm256_and_pd(
            _mm256_and_pd(below_4(t, GG_GEO_NEAR_RATIO),
                          below_4(north * north, GG_GEO_NEAR_NORTH2)),
            _mm256_and_pd(below_4(y, GG_GEO_NEAR_EAST2), below_4(s, GG_GEO_NEAR_SQUARE)));
        __m256d whole = _mm256_sqrt_pd(s) + GG_GEO_MAGIC;
        _mm256_storeu_si256(
            (void *)(mm + i),
            _mm256_sub_epi64(_mm256_castpd_si256(whole), _mm256_set1_epi64x(GG_GEO_MAGIC_BITS)));
        unsigned far = (unsigned)_mm256_movemask_pd(near) ^ 15U;
        if (far != 0) {
            mend(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, far);
        }
    }
    portable(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, count - i);
}

TARGET_8 static __m512d load_8(const int32_t *p) {
    return _mm512_cvtepi32_pd(_mm256_loadu_si256((const void *)p));
}

TARGET_8 static unsigned below_8(__m512d a, double limit) {
    return _mm512_cmp_pd_mask(a, _mm512_set1_pd(limit), _CMP_LE_OQ);
}

TARGET_8 static void kernel_8(int64_t *mm, const int32_t *lat1, const int32_t *lon1,
                              const int32_t *lat2, const int32_t *lon2, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m512d from = load_8(lat1 + i), to = load_8(lat2 + i);
        __m512d north = to - from, t, y;
        __m512d s = eight_square(from + to, north, load_8(lon2 + i) - load_8(lon1 + i), &t, &y);
        unsigned near = below_8(t, GG_GEO_NEAR_RATIO) & below_8(north * north, GG_GEO_NEAR_NORTH2) &
                        below_8(y, GG_GEO_NEAR_EAST2) & below_8(s, GG_GEO_NEAR_SQUARE);
        __m512d whole = _mm512_sqrt_pd(s) + GG_GEO_MAGIC;
        _mm512_storeu_si512(
            (void *)(mm + i),
            _mm512_sub_epi64(_mm512_castpd_si512(whole), _mm512_set1_epi64(GG_GEO_MAGIC_BITS)));
        if (near != 255U) {
            mend(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, near ^ 255U);
        }
    }
    portable(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, count - i);
}

static int has_4(void) {
    return __builtin_cpu_supports("avx2") != 0;
}

static int has_8(void) {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0;
}

#endif

#ifdef WITH_NEON

#define GG_LANES float64x2_t
#define GG_LANES_NAME(x) two_##x
#define GG_LANES_TARGET
#include "base/geo_kernel.h"

static float64x2_t load_2(const int32_t *p) {
    return vcvtq_f64_s64(vmovl_s32(vld1_s32(p)));
}

static void kernel_2(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                     const int32_t *lon2, size_t count) {
    size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        float64x2_t from = load_2(lat1 + i), to = load_2(lat2 + i);
        float64x2_t north = to - from, t, y;
        float64x2_t s = two_square(from + to, north, load_2(lon2 + i) - load_2(lon1 + i), &t, &y);
        uint64x2_t near =
            vandq_u64(vandq_u64(vcleq_f64(t, vdupq_n_f64(GG_GEO_NEAR_RATIO)),
                                vcleq_f64(north * north, vdupq_n_f64(GG_GEO_NEAR_NORTH2))),
                      vandq_u64(vcleq_f64(y, vdupq_n_f64(GG_GEO_NEAR_EAST2)),
                                vcleq_f64(s, vdupq_n_f64(GG_GEO_NEAR_SQUARE))));
        float64x2_t whole = vsqrtq_f64(s) + GG_GEO_MAGIC;
        vst1q_s64(mm + i, vsubq_s64(vreinterpretq_s64_f64(whole), vdupq_n_s64(GG_GEO_MAGIC_BITS)));
        if ((vgetq_lane_u64(near, 0) & vgetq_lane_u64(near, 1)) == 0) {
            portable(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, 2);
        }
    }
    portable(mm + i, lat1 + i, lon1 + i, lat2 + i, lon2 + i, count - i);
}

#endif

static int has_always(void) {
    return 1;
}

static const struct {
    const char *name;
    gg_geo_kernel *kernel;
    int (*has)(void); /* 1 if this machine has it */
} kernels[] = {
    {"portable", portable, has_always},
#ifdef WITH_X86
    {"sse2", kernel_2, has_always},     {"avx2", kernel_4, has_4}, {"avx512", kernel_8, has_8},
#endif
#ifdef WITH_NEON
    {"neon", kernel_2, has_always},
#endif
};

gg_geo_kernel *gg_geo_kernel_at(size_t index, const char **name_out) {
    if (index >= sizeof kernels / sizeof kernels[0] || !kernels[index].has()) {
        return NULL;
    }
    if (name_out != NULL) {
        *name_out = kernels[index].name;
    }
    return kernels[index].kernel;
}

void gg_geo_distances(int64_t *mm, const int32_t *lat1, const int32_t *lon1, const int32_t *lat2,
                      const int32_t *lon2, size_t count) {
    gg_geo_kernel *widest = portable;
    for (size_t i = 0; gg_geo_kernel_at(i, NULL) != NULL; i++) {
        widest = gg_geo_kernel_at(i, NULL);
    }
    widest(mm, lat1, lon1, lat2, lon2, count);
}
