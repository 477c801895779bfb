/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.lifecycle/1; what loads answers every question of it the same way. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const gridgov_lifecycle *lifecycle) {
    const int32_t count = (int32_t)gridgov_lifecycle_state_count(lifecycle);
    gridgov_lifecycle_transition t = {.struct_size = sizeof t};
    for (int32_t state = GRIDGOV_LIFECYCLE_START; state < count; state++) {
        const uint64_t allowed = gridgov_lifecycle_allowed(lifecycle, state);
        for (int32_t step = GRIDGOV_STEP_REPORT; step <= GRIDGOV_STEP_RELIMIT; step++) {
            for (int32_t role = GRIDGOV_ROLE_UNKNOWN; role <= GRIDGOV_ROLE_SYSTEM; role++) {
                gridgov_error err = {0};
                int32_t index = 0;
                const gridgov_status status =
                    gridgov_lifecycle_check(&index, lifecycle, state, step, role, "done", &err);
                if ((status == GRIDGOV_OK && !(allowed >> step & 1)) ||
                    (status != GRIDGOV_OK && (err.status != status || index != GRIDGOV_NONE)) ||
                    (status == GRIDGOV_OK &&
                     (gridgov_lifecycle_transition_at(&t, lifecycle, index) != GRIDGOV_OK ||
                      t.from != state || t.step != step || t.to >= count))) {
                    abort();
                }
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_lifecycle *lifecycle = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_lifecycle_load(&lifecycle, (const char *)data, size, NULL, &err);
    if ((status == GRIDGOV_OK) != (lifecycle != NULL) ||
        (status != GRIDGOV_OK && err.status != status)) {
        abort();
    }
    if (lifecycle != NULL) {
        check(lifecycle);
    }
    gridgov_lifecycle_free(lifecycle);
    return 0;
}
