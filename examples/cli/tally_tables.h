/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of gridgov tally. */
#ifndef TALLY_TABLES_H
#define TALLY_TABLES_H

#include "cli.h"

/* Write the tables that --by names into the folder of -o: all of them, or none. */
int write_tables(const cli_options *options, const gridgov_facts *facts);

#endif
