/* SPDX-License-Identifier: Apache-2.0 */
/* Putting written sheets together to a workbook. */
#ifndef GG_WORKBOOK_PARTS_H
#define GG_WORKBOOK_PARTS_H

#include "package_writer.h"

#include <gridgov/bulletin.h>

#define GG_SHEET_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

typedef struct gg_written_sheet {
    gg_buf name, xml;
} gg_written_sheet;

/* What a workbook is made of. */
typedef struct gg_workbook_parts {
    const gg_written_sheet *sheets;
    size_t count;
    const char *styles;               /* xl/styles.xml */
    gg_str names;                     /* elements definedName; may be empty */
    const gridgov_bulletin *bulletin; /* whose title and pins are its properties; may be NULL */
} gg_workbook_parts;

/* The package, appended to out. */
gridgov_status gg_workbook_pack(gg_buf *out, const gg_workbook_parts *parts, gridgov_error *err);
/* Release sheets and the array that holds them. */
void gg_written_sheets_release(gg_written_sheet *sheets, size_t count);

#endif
