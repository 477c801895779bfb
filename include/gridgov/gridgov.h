/* SPDX-License-Identifier: Apache-2.0 */
/** @file gridgov.h
 *  All of the core library. Rows become events, steps and activities (ledger.h); they are counted by metrics
 *  into facts (facts.h); facts are scored by a policy into scorecards (score.h); scorecards are composed into a bulletin
 *  (bulletin.h) and rendered into bytes (render.h). A host that wants just that takes month.h. */
#ifndef GRIDGOV_GRIDGOV_H
#define GRIDGOV_GRIDGOV_H

#include <gridgov/base.h>
#include <gridgov/bulletin.h>
#include <gridgov/calendar.h>
#include <gridgov/civil.h>
#include <gridgov/codes.h>
#include <gridgov/facts.h>
#include <gridgov/ingest.h>
#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>
#include <gridgov/metrics.h>
#include <gridgov/month.h>
#include <gridgov/pack.h>
#include <gridgov/policy.h>
#include <gridgov/render.h>
#include <gridgov/rows.h>
#include <gridgov/score.h>
#include <gridgov/taxonomy.h>
#include <gridgov/units.h>

#endif
