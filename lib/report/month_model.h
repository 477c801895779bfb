/* SPDX-License-Identifier: Apache-2.0 */
/* What a month holds, shared by month.c and month_folder.c (given), month_run.c (made) and
 * month_json.c (told). */
#ifndef GG_MONTH_MODEL_H
#define GG_MONTH_MODEL_H

#include "base/buf.h"
#include "parameters.h"

#include <gridgov/month.h>

#define GG_TABLE_COUNT (GRIDGOV_TABLE_CALENDAR + 1) /* numbers between them may be free */

/* One given table. */
typedef struct gg_month_table {
    gridgov_rows *rows;             /* owned; NULL if the table was not given */
    gridgov_mapping *mapping;       /* a hold of it; NULL: by header, in the parameters' zone */
    gg_buf data;                    /* the CSV text that rows reads, if it was given as text */
    gridgov_ingest_summary summary; /* after the run */
    int32_t loaded;                 /* 1 once summary counts */
} gg_month_table;

struct gridgov_month {
    char text[16];                         /* "2021-09" */
    char as_of_text[64];                   /* as given; "" for the end of the month */
    int32_t lang, state;                   /* state: GG_MONTH_* */
    gg_month_table tables[GG_TABLE_COUNT]; /* by GRIDGOV_TABLE_* */
    gg_buf parameters_json;                /* as given; empty if none */
    gg_buf policy_text;                    /* name or document; empty: the parameters' choice */
    int32_t policy_is_file;                /* 1: policy_text came from policy.json: no name */
    gg_buf taxonomy_json, calendar_json, lifecycle_json, tracks_json,
        roster_json; /* documents of the folder; empty: the parameters' choice */
    gridgov_taxonomy *taxonomy;
    gridgov_units *units;
    gridgov_calendar *calendar; /* NULL if nothing needs one */
    gridgov_lifecycle *lifecycle;
    gridgov_roster *roster;          /* NULL if a calendar lacks */
    gridgov_roster **agency_rosters; /* beside their names */
    char **agency_names;
    int64_t agency_count;
    gridgov_time as_of, known_by; /* after the run */
    int32_t utc_offset;           /* the same */
    gridgov_policy *policy;
    gridgov_ledger *ledger;
    gridgov_facts *facts;
    gridgov_scorecards *cards;
    gridgov_scorecards *earlier[GRIDGOV_MONTH_EARLIER]; /* holds; the latest first */
    int64_t earlier_count;
    gridgov_bulletin *bulletin;
    int64_t excluded;
};

enum { GG_MONTH_FILLING = 0, GG_MONTH_DONE = 1, GG_MONTH_FAILED = 2 };

/* What is to be put in the place of a table that was given before. */
typedef struct gg_given_table {
    gridgov_rows *rows;
    gg_buf data;              /* the CSV text that rows reads, if there is one */
    gridgov_mapping *mapping; /* a hold of it; NULL: by header */
} gg_given_table;

/* GRIDGOV_OK while a month may be filled. */
gridgov_status gg_month_check_filling(const gridgov_month *month, gridgov_error *err);
void gg_month_put_table(gridgov_month *month, int32_t table, const gg_given_table *given);

/* Open the life cycle and the rosters that the parameters or the folder name. */
gridgov_status gg_month_open_cases(gridgov_month *month, const gg_parameters *parameters,
                                   gridgov_issues *issues, gridgov_error *err);
void gg_month_close_cases(gridgov_month *month);

/* Read position fixes, and put the patrol days that they make into the ledger. */
gridgov_status gg_month_load_fixes(gridgov_ingest_summary *summary, gridgov_month *month,
                                   const gridgov_mapping *mapping, int32_t utc_offset,
                                   gridgov_issues *issues, gridgov_job *job, gridgov_error *err);

/* 1 if a policy is given as a document, not by name: it is empty, or begins like JSON. */
int gg_is_document(gg_str text);

#endif
