/* SPDX-License-Identifier: Apache-2.0 */
/* The version, and the names of the status codes. The layout of gridgov_error is a promise to every
 * binding, so its size and offsets are checked here, where the build stops if they move. */
#include <gridgov/base.h>

#include <assert.h>
#include <stddef.h>

_Static_assert(sizeof(gridgov_error) == 512, "512 bytes for ever");
_Static_assert(offsetof(gridgov_error, row) == 8, "row");
_Static_assert(offsetof(gridgov_error, column) == 16, "column");
_Static_assert(offsetof(gridgov_error, field) == 24, "field");
_Static_assert(offsetof(gridgov_error, source) == 88, "source");
_Static_assert(offsetof(gridgov_error, value) == 248, "value");
_Static_assert(offsetof(gridgov_error, message) == 344, "message");
_Static_assert(sizeof(gridgov_span) == 16, "two 64-bit moments");

static const struct {
    gridgov_status status;
    const char *name;
} names[] = {
    {GRIDGOV_OK, "OK"},
    {GRIDGOV_END, "END"},
    {GRIDGOV_ENOMEM, "ENOMEM"},
    {GRIDGOV_EARG, "EARG"},
    {GRIDGOV_ESTATE, "ESTATE"},
    {GRIDGOV_ECANCELLED, "ECANCELLED"},
    {GRIDGOV_EIO, "EIO"},
    {GRIDGOV_EFORMAT, "EFORMAT"},
    {GRIDGOV_EDATA, "EDATA"},
    {GRIDGOV_EPOLICY, "EPOLICY"},
    {GRIDGOV_ELIMIT, "ELIMIT"},
    {GRIDGOV_ERANGE, "ERANGE"},
    {GRIDGOV_ENOTFOUND, "ENOTFOUND"},
    {GRIDGOV_EUNSUPPORTED, "EUNSUPPORTED"},
    {GRIDGOV_ESTORE, "ESTORE"},
    {GRIDGOV_EVERSION, "EVERSION"},
    {GRIDGOV_EINTERNAL, "EINTERNAL"},
};

int32_t gridgov_version_number(void) {
    return GRIDGOV_VERSION_NUMBER;
}

const char *gridgov_version_text(void) {
    return GRIDGOV_VERSION_TEXT;
}

const char *gridgov_status_name(gridgov_status status) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].status == status) {
            return names[i].name;
        }
    }
    return "UNKNOWN";
}
