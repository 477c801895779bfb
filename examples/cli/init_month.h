/* SPDX-License-Identifier: Apache-2.0 */
/* The example month that gridgov init writes: a street with two communities and four grids. */
#ifndef INIT_MONTH_H
#define INIT_MONTH_H

#include "office.h"

#define INIT_FILES 13
/* The parameters first, then the tables in the order in which an office fills them. */
extern const month_file init_files[INIT_FILES];

#endif
