/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin as the writers of Office files look at it. */
#ifndef GG_BULLETIN_VIEW_H
#define GG_BULLETIN_VIEW_H

#include "base/buf.h"

#include <gridgov/bulletin.h>

/* Views by index; empty past the last. */
gridgov_block gg_bulletin_block(const gridgov_bulletin *bulletin, int64_t index);
gridgov_table_cell gg_bulletin_cell(const gridgov_bulletin *bulletin, int64_t index);
gridgov_run gg_bulletin_run(const gridgov_bulletin *bulletin, int64_t index);

/* Append the text of runs [first, first + count). */
void gg_bulletin_put_runs(gg_buf *out, const gridgov_bulletin *bulletin, int64_t first,
                          int64_t count);
/* Append the title: the first line of the first title, else of the issuer; else nothing. */
void gg_bulletin_title(gg_buf *out, const gridgov_bulletin *bulletin);
/* 1 if the page is in English. */
int gg_bulletin_in_english(const gridgov_bulletin *bulletin);

/* How many of a cell's runs are its name: a header cell has its points at stake behind it. */
int64_t gg_cell_name_runs(const gridgov_table_cell *cell);
/* The figure that a cell consists of, which has a value; GRIDGOV_NONE if it is anything else. */
int64_t gg_cell_figure(const gridgov_bulletin *bulletin, const gridgov_table_cell *cell);

#endif
