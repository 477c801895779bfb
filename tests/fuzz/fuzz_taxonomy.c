/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as gridgov.taxonomy/1; what loads can be looked up. */
#include <gridgov/gridgov.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_taxonomy_load(&taxonomy, (const char *)data, size, NULL, &err);
    if ((status == GRIDGOV_OK) != (taxonomy != NULL) ||
        (status != GRIDGOV_OK && err.status != status)) {
        abort();
    }
    for (int64_t i = 0; i < gridgov_taxonomy_count(taxonomy); i++) {
        gridgov_category category = {.struct_size = sizeof category};
        int64_t nearest[3];
        if (gridgov_taxonomy_at(&category, taxonomy, i) != GRIDGOV_OK ||
            gridgov_taxonomy_find(taxonomy, category.code, strlen(category.code)) != i) {
            abort();
        }
        gridgov_taxonomy_nearest(nearest, 3, taxonomy, category.name, strlen(category.name));
    }
    gridgov_taxonomy_free(taxonomy);
    return 0;
}
