/* SPDX-License-Identifier: Apache-2.0 */
/* A stranger's program with the component for Office files: it asks what some text is. */
#include <gridgov/gridgov.h>
#include <gridgov/office.h>

#include <stdio.h>

int main(void) {
    static const char text[] = "\xE5\x8D\x95\xE4\xBD\x8D,\xE7\xBD\x91\xE6\xA0\xBC\n";
    int32_t kind = 0;
    if (gridgov_file_kind_bytes(&kind, text, sizeof text - 1, NULL) != GRIDGOV_OK) {
        return 1;
    }
    puts(gridgov_code_title(GRIDGOV_KIND_FILE, kind, GRIDGOV_LANG_EN));
    return kind == GRIDGOV_FILE_TEXT ? 0 : 1;
}
