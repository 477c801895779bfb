/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger is made of. Before sealing the arrays stand as added; sealing replaces them by
 * sorted ones. Text lives in the ledger's arena; names that repeat (categories, agencies, officers,
 * reasons) are kept once. */
#ifndef GG_RECORD_MODEL_H
#define GG_RECORD_MODEL_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/share.h"
#include "base/text.h"

#include <gridgov/ledger.h>

#include <stddef.h>
#include <stdint.h>

#define GG_EVENT_ID_MAX 64  /* bytes */
#define GG_LEDGER_TABLES 32 /* above every GRIDGOV_TABLE_* */
#define GG_STEP_KEY_MAX 64  /* bytes */
#define GG_RECENT_NAMES 16
#define GG_STEP_LAST GRIDGOV_STEP_RELIMIT

/* A text kept once. The last members are set by sealing, for names that categories and agencies
 * use. */
typedef struct gg_name {
    const char *text;
    int64_t category; /* index into the ledger's categories; GRIDGOV_NONE */
    int64_t agency;   /* index into the ledger's agencies; GRIDGOV_NONE */
    int64_t events;   /* events that carry it as their category */
    int64_t row;      /* smallest source row among them; 0 unknown */
    int64_t
        agency_row;  /* smallest source row of an event that carries it as its agency; 0 unknown */
    int is_agency;   /* 1: an event or a step carries it as its agency */
    int is_category; /* 1: an event or a step carries it as its category */
} gg_name;

/* One event in its slot. A replaced event keeps its slot, so that a rewind can bring it back. */
typedef struct gg_event_row {
    const char *id;
    const char *place;
    gg_name *category;
    gg_name *agency;
    gg_name *condition; /* NULL: none */
    gridgov_time reported_at, dispatch_due_at, due_at, closed_at, recorded_at;
    int64_t unit;
    int64_t source_row;
    int32_t lat_e7, lon_e7;
    const char *persons, *cause, *course, *result;
    int64_t replaces; /* slot whose place it took; GRIDGOV_NONE */
    int8_t disposition, overdue, self_handled, suspended, opening, closed, closure_doubted;
    int8_t replaced;     /* 1: a later slot took its place */
    int8_t keeps;        /* 1: what it replaces stays as an older version */
    uint32_t generation; /* how many rows were replaced before it, those kept as versions aside */
} gg_event_row;

/* What few steps have; one for each step that has any of it. */
typedef struct gg_step_more {
    const char *key, *other_event;
    gg_name *actor, *category;
    gridgov_time until;
    int8_t role, card, level;
} gg_step_more;

typedef struct gg_step_row {
    const char *event_id;
    gg_name *agency;
    gg_name *reason;
    const gg_step_more *more; /* NULL: nothing of it */
    gridgov_time at, recorded_at;
    int64_t event; /* slot of the event, where it was known; sealing makes it its index */
    int64_t newer; /* index of the version recorded next; set by sealing; GRIDGOV_NONE */
    int64_t source_row;
    int8_t kind, derived;
    int8_t table;        /* where source_row is; evidence, like it */
    uint32_t generation; /* of the event's row that told it; counts only if that is its table */
} gg_step_row;

typedef struct gg_activity_row {
    const char *key;
    gg_name *officer;
    gg_name *reason;
    gg_name *authority;
    gridgov_time at, due_at;
    int64_t unit;
    int64_t amount;
    int64_t distance_m;
    int64_t source_row;
    gridgov_day day, day_to;
    int32_t kind, state;
} gg_activity_row;

/* One category or agency of a sealed ledger. */
typedef struct gg_listed {
    const char *name;
    int32_t known;
    int64_t row; /* smallest source row that names it; 0 unknown */
} gg_listed;

typedef struct gg_list {
    gg_listed *items;
    size_t count;
    size_t reference; /* how many of them come from the taxonomy or the units; the others were only
                         found */
} gg_list;

struct gridgov_ledger {
    gg_share share;
    gridgov_taxonomy *taxonomy; /* NULL: names are taken as found */
    gridgov_units *units;       /* NULL: none */
    gg_arena arena;
    gg_map ids;    /* event number → slot that holds it */
    gg_map unique; /* activities of which there may be only one → index */
    gg_map name_index;
    gg_name *recent[GG_RECENT_NAMES]; /* names asked for last, each in the place of its size */
    int64_t recent_slot;              /* of the event asked for last; GRIDGOV_NONE */
    gg_name **names;
    size_t name_count, name_capacity;
    gg_event_row *events;
    size_t event_count, event_capacity;
    size_t replaced_count; /* slots among them that are replaced */
    gg_step_row *steps;
    size_t step_count, step_capacity;
    gg_activity_row *activities;
    size_t activity_count, activity_capacity;
    gg_buf scratch;
    uint64_t coverage;                     /* bit n set: GRIDGOV_COVERAGE_ n */
    const char *sources[GG_LEDGER_TABLES]; /* by table; NULL: goes by the table's code */
    int sealed;
    gg_name *no_name;       /* sealed: the name that is empty */
    int64_t *order;         /* sealed: slot → index of the event */
    int64_t *first_step;    /* sealed: event → its first step; one more entry at the end */
    gg_event_row *versions; /* sealed: the older versions of events, the newest of each first */
    int64_t *first_version; /* sealed: event → its first older version, one more at the end; NULL if
                               no event has one */
    gg_list categories, agencies;
    char digest[GG_DIGEST_TEXT_SIZE];
};

/* The one copy of a text; NULL when memory is short. */
gg_name *gg_ledger_name(gridgov_ledger *ledger, const char *text);
/* Slot of the event with a number before sealing; GRIDGOV_NONE. Rows of one event stand together.
 */
int64_t gg_ledger_slot(gridgov_ledger *ledger, gg_str id);
/* Refuse what is not UTF-8; NULL is read as "". field names the member for the message. */
gridgov_status gg_ledger_text(const char **text, const char *field, gridgov_error *err);
/* A unit that records may name: GRIDGOV_NONE, or an index of the units that is no agency. */
int gg_ledger_unit_ok(const gridgov_ledger *ledger, int64_t unit);
/* Write into scratch the key under which an activity is unique; 0 if there may be many of its kind.
 */
int gg_activity_key(gg_buf *scratch, const gg_activity_row *row);

/* Make the two lists and set gg_name.category and .agency of every name in use. 0, or -1 when
 * memory is short; the lists are the caller's to release either way. */
int gg_catalog_build(gg_list *categories, gg_list *agencies, gridgov_ledger *ledger);
/* One issue a name that neither taxonomy nor units know, and one for events without a category. */
void gg_catalog_report(const gridgov_ledger *ledger, const gg_list *categories,
                       const gg_list *agencies, gridgov_issues *issues);
/* When a record became known: a row that does not tell was recorded as it happened. */
gridgov_time gg_event_recorded(const gg_event_row *row);
gridgov_time gg_step_recorded(const gg_step_row *row);
/* The version of an event known at a time; NULL if none was. */
const gg_event_row *gg_event_known(const gridgov_ledger *ledger, int64_t index,
                                   gridgov_time known_by);
/* By what two rows of one event say, when they were recorded first. */
int gg_event_compare(const gg_event_row *a, const gg_event_row *b);
/* The number a step has in its source; "" none. */
const char *gg_step_key(const gg_step_row *row);
/* The order of steps of one event: by time, then by their own numbers, then by kind. */
int gg_step_compare(const gg_step_row *a, const gg_step_row *b);
/* 1 if a step's table is that of the event itself: its row told the step. */
int gg_step_is_of_row(int32_t table);
/* What an event's log has of its own. */
enum { GG_HAS_REPORT = 1, GG_HAS_CLOSE = 2, GG_HAS_AGENCY = 4 };
uint8_t gg_step_has(int32_t kind);
/* The steps that a flat row implies and its log does not have; returns how many were written (at
 * most 3). */
int gg_step_derive(gg_step_row *out, const gg_event_row *event, int64_t index, uint8_t has,
                   gg_name *none);
/* Digest of a ledger whose records are sorted. */
void gg_ledger_digest(gridgov_ledger *ledger);

#endif
