/* SPDX-License-Identifier: Apache-2.0 */
/* See sweep.h. A first run without failures counts the requests and must succeed; it also shows
 * that the scenario gives everything back. */
#include "support/sweep.h"

#include "support/mem_fault.h"

#include <gridgov/codes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct outcome {
    gridgov_status status;
    gridgov_error err;
    int64_t requests; /* made until the scenario ended */
    uint64_t notes;   /* FNV-1a over what the scenario noted; FNV_BASIS if nothing */
} outcome;

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static uint64_t notes;

void sweep_note(const char *data, size_t size) {
    for (size_t i = 0; i < size; i++) {
        notes = (notes ^ (unsigned char)data[i]) * FNV_PRIME;
    }
}

/* One run with the n-th request failing (0: none). */
static outcome run_once(const sweep_heap *heap, sweep_scenario scenario, int64_t n) {
    outcome result;
    memset(&result, 0, sizeof result);
    int64_t before = heap->live();
    notes = FNV_BASIS;
    heap->set(n);
    result.status = scenario(&result.err);
    result.requests = heap->count();
    result.notes = notes;
    heap->set(0);
    if (heap->live() != before) {
        fail_msg("request %ld failing: %ld pieces of memory left behind", (long)n,
                 (long)(heap->live() - before));
    }
    return result;
}

/* Fail the n-th request. 1 if the scenario may go on without it: it collects issues, or noted the
 * same bytes all the same. */
static int check_failure(const sweep_heap *heap, const char *name, sweep_scenario scenario,
                         int mode, int64_t n, const outcome *whole) {
    outcome result = run_once(heap, scenario, n);
    if (result.requests < n) {
        fail_msg("%s: request %ld is never made", name, (long)n);
    }
    int same = whole->notes != FNV_BASIS && result.notes == whole->notes;
    if (result.status == GRIDGOV_OK && (mode == SWEEP_ABSORBS || same)) {
        return 1;
    }
    if (result.status != GRIDGOV_ENOMEM || result.err.status != GRIDGOV_ENOMEM) {
        fail_msg("%s: request %ld failed, but the status is %s and the error says %s: %s", name,
                 (long)n, gridgov_status_name(result.status),
                 gridgov_status_name(result.err.status), result.err.message);
    }
    return 0;
}

void sweep_over(const sweep_heap *heap, const char *name, sweep_scenario scenario, int mode,
                int64_t exact, int64_t sampled) {
    outcome whole = run_once(heap, scenario, 0);
    if (whole.status != GRIDGOV_OK) {
        char text[GRIDGOV_ERROR_TEXT_SIZE];
        gridgov_error_text(text, sizeof text, &whole.err, GRIDGOV_LANG_EN);
        fail_msg("%s without failures: %s %s", name, gridgov_status_name(whole.status), text);
    }

    int64_t step = whole.requests > exact ? (whole.requests - exact) / sampled + 1 : 1;
    int64_t tried = 0, absorbed = 0;
    for (int64_t n = 1; n <= whole.requests; n += n < exact ? 1 : step) {
        absorbed += check_failure(heap, name, scenario, mode, n, &whole);
        tried++;
    }
    assert_true(tried > 0);
    print_message("%s: %ld requests, %ld of them failed in turn, %ld absorbed\n", name,
                  (long)whole.requests, (long)tried, (long)absorbed);
}

void sweep(const char *name, sweep_scenario scenario, int mode, int64_t exact, int64_t sampled) {
    static const sweep_heap own = {gg_fault_set, gg_fault_count, gg_fault_live};
    sweep_over(&own, name, scenario, mode, exact, sampled);
}
