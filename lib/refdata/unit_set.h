/* SPDX-License-Identifier: Apache-2.0 */
/* What units.c, unit_find.c and officers.c know of a set of units.
 *
 * Invariant: items stand in published order, a parent before its children and of a higher kind
 * (smaller number); codes are unique, (parent, name) is unique, agencies stand apart and have no
 * parent, but may have an agency above them, without rings. Holds of one officer never overlap;
 * sealing sorts them by (code, from). */
#ifndef GG_UNIT_SET_H
#define GG_UNIT_SET_H

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/share.h"
#include "base/text.h"

#include <gridgov/units.h>

#define GG_UNIT_TEXT_LIMIT 256 /* bytes of a code or a name */
#define GG_UNIT_FIRST_KIND GRIDGOV_UNIT_DISTRICT
#define GG_UNIT_LAST_KIND GRIDGOV_UNIT_AGENCY
#define GG_UNIT_MISSING (-1)
#define GG_UNIT_AGENCY_PARENT (-2) /* stands for the parent in the keys of agencies */

typedef struct gg_unit {
    const char *code, *name;
    int64_t parent;
    int64_t superior; /* of an agency: the agency above it; GRIDGOV_NONE */
    int64_t next;     /* the following unit of the same kind and name; GG_UNIT_MISSING at the end */
    int32_t kind, platform;
    gridgov_day from, to;
} gg_unit;

/* The units of one kind and name, in published order. */
typedef struct gg_unit_chain {
    int64_t first, last, count;
} gg_unit_chain;

typedef struct gg_hold {
    const char *code, *name;
    int64_t grid, person;
    int64_t
        next; /* before sealing: the same person's hold added before; GG_UNIT_MISSING at the end */
    gridgov_day from, to;
} gg_hold;

typedef struct gg_person {
    const char *code;
    int64_t first;  /* sealed: index of the first hold; before: of the latest added */
    int64_t oldest; /* index of the hold added first */
    int64_t count;
} gg_person;

struct gridgov_units {
    gg_share share;
    int32_t sealed;
    gg_unit *items;
    size_t count, capacity;
    gg_unit_chain *chains;
    size_t chain_count, chain_capacity;
    gg_hold *holds;
    size_t hold_count, hold_capacity;
    gg_person *persons;
    size_t person_count, person_capacity;
    gg_map codes;  /* key of a code → unit */
    gg_map names;  /* kind/key of a name → chain */
    gg_map pairs;  /* parent/key of a name → unit; agencies under -2 */
    gg_map people; /* key of an officer's code → person */
    gg_arena arena;
    char digest[GG_DIGEST_TEXT_SIZE]; /* set by sealing */
};

/* A key with a number before it: kind/name or parent/name. */
typedef struct gg_unit_key {
    char data[GG_NUM_TEXT_SIZE + 1 + GG_UNIT_TEXT_LIMIT];
} gg_unit_key;

gg_str gg_unit_number_key(gg_unit_key *buffer, int64_t number, gg_str key);
/* EFORMAT if text is no UTF-8, ELIMIT if it is longer than GG_UNIT_TEXT_LIMIT; field names it in
 * err. */
gridgov_status gg_unit_check_text(const char *field, const char *text, gridgov_error *err);
/* 1 unless both days are given and to does not lie after from. */
int gg_unit_dates_are_good(gridgov_day from, gridgov_day to);
/* Sort the holds and point each person at the first of theirs. */
void gg_unit_seal_holds(gridgov_units *units);

#endif
