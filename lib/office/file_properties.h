/* SPDX-License-Identifier: Apache-2.0 */
/* Properties of an Office file that a bulletin was rendered into: its title, and the pins, which
 * say what it was made from. Nothing is written for a NULL bulletin. */
#ifndef GG_FILE_PROPERTIES_H
#define GG_FILE_PROPERTIES_H

#include "base/buf.h"
#include "package_writer.h"

#include <gridgov/bulletin.h>

/* Their elements of [Content_Types].xml. */
void gg_properties_put_types(gg_buf *out, const gridgov_bulletin *bulletin);
/* The whole of _rels/.rels: the main part of the package, and the properties. */
void gg_properties_put_roots(gg_buf *out, const char *main_part, const gridgov_bulletin *bulletin);
/* Add their parts. */
gridgov_status gg_properties_add(gg_package_writer *package, const gridgov_bulletin *bulletin,
                                 gridgov_error *err);

#endif
