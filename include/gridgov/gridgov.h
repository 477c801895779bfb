/* SPDX-License-Identifier: Apache-2.0 */
/** @mainpage The headers of gridgov
 *  Start with gridgov.h for the conventions that hold everywhere, and month.h for the shortest way
 *  from tables to a bulletin. From the ground up:
 *
 *  | level | headers |
 *  |---|---|
 *  | 0 plain types | base.h codes.h (and its parts, codes_*.h) civil.h issues.h io.h job.h |
 *  | 1 reference data | pack.h calendar.h worktime.h taxonomy.h units.h lifecycle.h |
 *  | 2 what happened | ledger.h case.h track.h |
 *  | 3 rows in, what is counted | rows.h rank.h ingest.h stream.h metrics.h |
 *  | 4 counts, doubts | facts.h flow.h ratio.h tally.h evidence.h validity.h audit.h |
 *  | 5 points | policy.h policy_text.h lint.h score.h standing.h explain.h certificate.h replay.h discrimination.h |
 *  | 6 the document | bulletin.h slip.h restate.h caselist.h render.h month.h |
 *  | optional, a library of its own | office.h office_render.h | */
/** @file gridgov.h
 *  All of the core library. Rows become events, steps and activities (ledger.h); they are counted
 *  by metrics into facts (facts.h); facts are scored by a policy into scorecards (score.h);
 *  scorecards are composed into a bulletin (bulletin.h) and rendered into bytes (render.h). A host
 *  that wants just that takes month.h.
 *
 *  What holds for every function, unless its own text says otherwise:
 *
 *  - **Order of parameters**: outputs, self, inputs, options, issues, job, error.
 *  - **NULL**: a pointer must not be NULL (GRIDGOV_EARG) unless its text allows it. The error,
 *    issues and job may always be NULL. `_free` and `_hold` take NULL. A question asked of a NULL
 *    handle is answered: a count or a number is 0, an index ::GRIDGOV_NONE, a time
 *    ::GRIDGOV_NO_TIME, a name or digest "", any other pointer NULL.
 *  - **Results**: below zero a call has failed, its outputs are NULL, 0 or ::GRIDGOV_NONE and its
 *    inputs as they were; the error is written then and only then. A struct asked for by index is
 *    written only with GRIDGOV_OK.
 *  - **Indexes** run from 0. `_at(&view, x, i)` gives GRIDGOV_END for every other index, below 0
 *    too, so `for (i = 0; _at(&view, x, i) == GRIDGOV_OK; i++)` visits all.
 *  - **Structs** that begin with `struct_size` grow at the end. Set it to `sizeof`: the library
 *    reads and writes what both sides know, and no more. Below 8 is GRIDGOV_EARG. Clear the rest
 *    (`= {.struct_size = sizeof x}`), so that members your library does not know yet are 0.
 *  - **Text** in is UTF-8 with its size in bytes, or NUL-terminated where no size is asked for;
 *    text out is UTF-8 and NUL-terminated, and never yours to free.
 *  - **Ownership**: what comes through `T **out` is yours, free it with `gridgov_T_free()`. What an
 *    accessor returns is borrowed from its handle; `gridgov_T_hold()` makes a hold of your own.
 *    Handles may be freed in any order: each keeps alive what it needs. What you pass in is copied
 *    or only read during the call; exceptions name the new owner.
 *  - **Threads**: there is no global state. A handle passed as `const T *` may be used by any
 *    number of threads at once, one passed as `T *` by one thread at a time. Holding and freeing a
 *    shared object is safe from any thread.
 *  - **Constants** a host cannot include are found by text: gridgov_code_value() for enumerations,
 *    gridgov_rule_find() for rules. */
#ifndef GRIDGOV_GRIDGOV_H
#define GRIDGOV_GRIDGOV_H

#include <gridgov/audit.h>
#include <gridgov/base.h>
#include <gridgov/bulletin.h>
#include <gridgov/calendar.h>
#include <gridgov/case.h>
#include <gridgov/caselist.h>
#include <gridgov/certificate.h>
#include <gridgov/civil.h>
#include <gridgov/codes.h>
#include <gridgov/discrimination.h>
#include <gridgov/evidence.h>
#include <gridgov/explain.h>
#include <gridgov/facts.h>
#include <gridgov/flow.h>
#include <gridgov/ingest.h>
#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>
#include <gridgov/lifecycle.h>
#include <gridgov/lint.h>
#include <gridgov/metrics.h>
#include <gridgov/month.h>
#include <gridgov/pack.h>
#include <gridgov/policy.h>
#include <gridgov/policy_text.h>
#include <gridgov/rank.h>
#include <gridgov/ratio.h>
#include <gridgov/render.h>
#include <gridgov/replay.h>
#include <gridgov/restate.h>
#include <gridgov/rows.h>
#include <gridgov/score.h>
#include <gridgov/slip.h>
#include <gridgov/standing.h>
#include <gridgov/stream.h>
#include <gridgov/tally.h>
#include <gridgov/taxonomy.h>
#include <gridgov/track.h>
#include <gridgov/units.h>
#include <gridgov/validity.h>
#include <gridgov/worktime.h>

#endif
