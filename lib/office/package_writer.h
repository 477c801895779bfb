/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a ZIP package into memory. Dates are fixed (1980-01-01), so equal parts make equal bytes.
 */
#ifndef GG_PACKAGE_WRITER_H
#define GG_PACKAGE_WRITER_H

#include "base/buf.h"

/* How every part of XML begins, and the namespace of relationships between parts. */
#define GG_XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define GG_OFFICE_REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

typedef struct gg_package_writer gg_package_writer;

gridgov_status gg_package_writer_new(gg_package_writer **out, gridgov_error *err);
/* Add a part; deflated. */
gridgov_status gg_package_writer_add(gg_package_writer *writer, const char *name, gg_str data,
                                     gridgov_error *err);
/* Add what stands in a buffer, unless an append to it had failed. */
gridgov_status gg_package_writer_add_text(gg_package_writer *writer, const char *name,
                                          const gg_buf *text, gridgov_error *err);
/* Write the directory and hand out the bytes, appended to out. Nothing can be added after it. */
gridgov_status gg_package_writer_finish(gg_package_writer *writer, gg_buf *out, gridgov_error *err);
void gg_package_writer_free(gg_package_writer *writer);

#endif
