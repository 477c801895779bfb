/* SPDX-License-Identifier: Apache-2.0 */
/* Characters that HTML writes as &name; or &#number;. */
#ifndef GG_HTML_ENTITY_H
#define GG_HTML_ENTITY_H

#include "base/buf.h"

/* Add the character that stands at the beginning of a text. Bytes that were read; 0 if it is none
 * that is known, and nothing was added. */
size_t gg_html_entity(gg_buf *out, gg_str text);

#endif
