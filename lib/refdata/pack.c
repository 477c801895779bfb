/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in packs: a read-only view of the table that embed.cmake makes of
 * data/<kind>-<name>.json.
 *
 * Invariant: everything here is static const; the table is sorted when it is generated, so index
 * and look-up need no state. A dozen entries: a look-up walks them. */
#include <gridgov/pack.h>

#include "base/error.h"
#include "base/text.h"
#include "pack_table.h"

static gridgov_status view(gridgov_pack *out, const gg_pack_entry *entry) {
    gridgov_pack pack = {0};
    pack.kind = entry->kind;
    pack.name = entry->name;
    pack.data = (const char *)entry->data;
    pack.size = entry->size;
    return gg_view_copy(out, &pack, sizeof pack) == 0 ? GRIDGOV_OK : GRIDGOV_EARG;
}

int64_t gridgov_pack_count(void) {
    return (int64_t)gg_pack_table_count;
}

gridgov_status gridgov_pack_at(gridgov_pack *pack_out, int64_t index) {
    if (pack_out == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || index >= (int64_t)gg_pack_table_count) {
        return GRIDGOV_END;
    }
    return view(pack_out, &gg_pack_table[index]);
}

gridgov_status gridgov_pack_find(gridgov_pack *pack_out, int32_t kind, const char *name,
                                 size_t size, gridgov_error *err) {
    const char *kind_text = gridgov_code_text(GRIDGOV_KIND_PACK, kind);
    if (pack_out == NULL) {
        return gg_fail_arg(err, "pack_out");
    }
    if (kind_text == NULL) {
        return gg_fail_arg(err, "kind");
    }
    if (name == NULL) {
        return gg_fail_arg(err, "name");
    }
    for (size_t i = 0; i < gg_pack_table_count; i++) {
        const gg_pack_entry *entry = &gg_pack_table[i];
        if (entry->kind == kind && gg_str_equal(gg_str_of(entry->name), gg_str_make(name, size))) {
            return view(pack_out, entry) == GRIDGOV_OK ? GRIDGOV_OK : gg_fail_arg(err, "pack_out");
        }
    }
    return gg_fail(err, GG_RULE_NOT_FOUND, kind_text, name, size, NULL, NULL);
}
