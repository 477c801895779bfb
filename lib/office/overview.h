/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet 总览: the parameters of a month (gridgov.parameters/1) as rows of name and content. */
#ifndef GG_OVERVIEW_H
#define GG_OVERVIEW_H

#include "base/buf.h"

#include <gridgov/issues.h>
#include <gridgov/rows.h>

#define GG_OVERVIEW_NAME "总览"

/* 1 if a sheet of this name is an overview. */
int gg_overview_is_name(const char *name);
/* Rows of an overview into a document; empty if it says nothing. What is no parameter goes to
 * issues. */
gridgov_status gg_overview_read(gg_buf *json, gridgov_rows *rows, gridgov_issues *issues,
                                gridgov_error *err);
/* A document as rows: put() is called for each with name, content and note. */
typedef void (*gg_overview_put)(void *user, const char *name, const char *content,
                                const char *note);
gridgov_status gg_overview_write(gg_overview_put put, void *user, const char *json, size_t size,
                                 gridgov_error *err);

#endif
