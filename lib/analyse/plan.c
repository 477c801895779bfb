/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling metrics. A measure of the closed list is a row of a table, in the same terms that a
 * document of its own conditions uses, so that there is one way of counting cases.
 *
 * How a case answers: outside `among` it is left out. If a condition is known to fail, it adds
 * nothing; otherwise, if one cannot be told, it lacks the data; otherwise it adds its quantity.
 * `needs` puts the question whether something can be told at all before the others: of the cases
 * due, one without a limit lacks the data even if it is open.
 *
 * What a source must tell follows from the conditions: a table gives each the coverage it rests on.
 */
#include "plan.h"

#include "base/mem.h"

#define C(name) GG_BIT(GRIDGOV_CONDITION_##name)
#define COVER(n) GG_BIT(GRIDGOV_COVERAGE_##n)
#define SIZE(array) (sizeof(array) / sizeof *(array))
#define NEVER_COVERED GG_BIT(63) /* no table tells it: only a monthly figure does */

/* One measure: what it asks of cases (all 0 if it counts something else) and what it needs. */
typedef struct measure_row {
    int32_t measure;
    int8_t cases, is_register;
    uint64_t among, among_not, needs, where;
    gg_metric_needs source;
} measure_row;

static const measure_row measures[] = {
    {GRIDGOV_MEASURE_EVENTS_REPORTED, 1, 0, 0, C(OPENING), 0, 0, {COVER(EVENTS), 0}},
    {GRIDGOV_MEASURE_EVENTS_DISPOSED, 1, 0, 0, C(OPENING), 0, 0, {COVER(DISPOSITION), 0}},
    {GRIDGOV_MEASURE_CASES_DUE, 1, 0, 0, C(SUSPENDED), 0, C(DUE), {COVER(CLOSED), 0}},
    {GRIDGOV_MEASURE_CASES_DUE_CLOSED,
     1,
     0,
     0,
     C(SUSPENDED),
     C(DUE),
     C(DUE) | C(CLOSED),
     {COVER(CLOSED), 0}},
    {GRIDGOV_MEASURE_CASES_HELD_DUE,
     1,
     0,
     0,
     C(SUSPENDED),
     0,
     C(HELD_DUE),
     {0, COVER(DUE) | COVER(OVERDUE)}},
    {GRIDGOV_MEASURE_CASES_HELD_OVERDUE,
     1,
     0,
     0,
     C(SUSPENDED),
     0,
     C(HELD_OVERDUE),
     {0, COVER(DUE) | COVER(OVERDUE)}},
    {GRIDGOV_MEASURE_DISPATCH_NEEDED, 1, 0, 0, 0, 0, C(DISPATCH_DUE), {COVER(DISPATCH_DUE), 0}},
    {GRIDGOV_MEASURE_DISPATCH_MISSED,
     1,
     0,
     0,
     0,
     0,
     C(DISPATCH_MISSED),
     {COVER(DISPATCH_DUE) | COVER(DISPATCH), 0}},
    {GRIDGOV_MEASURE_PATROL_REQUIRED_DAYS, 0, 1, 0, 0, 0, 0, {COVER(OFFICERS), 0}},
    {GRIDGOV_MEASURE_PATROL_FAILED_DAYS, 0, 1, 0, 0, 0, 0, {COVER(OFFICERS), 0}},
    {GRIDGOV_MEASURE_VISITS_REQUIRED, 0, 1, 0, 0, 0, 0, {COVER(REQUIRED_VISITS), 0}},
    {GRIDGOV_MEASURE_VISITS_MISSING, 0, 1, 0, 0, 0, 0, {COVER(REQUIRED_VISITS) | COVER(VISITS), 0}},
    {GRIDGOV_MEASURE_REPORTS_MISSING, 0, 1, 0, 0, 0, 0, {COVER(DISPUTE_REPORTS), 0}},
    {GRIDGOV_MEASURE_REPORTS_LATE, 0, 1, 0, 0, 0, 0, {COVER(DISPUTE_REPORTS), 0}},
    {GRIDGOV_MEASURE_MAINTENANCE_DEFECTS, 0, 0, 0, 0, 0, 0, {COVER(MAINTENANCE), 0}},
    {GRIDGOV_MEASURE_AGENCY_HANDLED, 1, 0, 0, 0, 0, 0, {COVER(AGENCY), 0}},
    {GRIDGOV_MEASURE_AGENCY_DISPATCHED,
     1,
     0,
     0,
     0,
     0,
     C(DISPATCHED),
     {COVER(AGENCY) | COVER(DISPATCH), 0}},
    {GRIDGOV_MEASURE_AGENCY_CLOSED, 1, 0, 0, 0, 0, C(CLOSED), {COVER(AGENCY) | COVER(CLOSED), 0}},
    {GRIDGOV_MEASURE_CASES, 1, 0, 0, 0, 0, 0, {COVER(EVENTS), 0}},
    {GRIDGOV_MEASURE_GIVEN, 0, 0, 0, 0, 0, 0, {NEVER_COVERED, 0}},
};
_Static_assert(SIZE(measures) == GRIDGOV_MEASURE_CASES + 1,
               "one row a measure, in the order of their numbers");

/* What the conditions of a metric's own rest on; one that is not listed rests on the rows alone. */
static const struct {
    uint64_t conditions;
    gg_metric_needs source;
} condition_sources[] = {
    {C(JUDGED) | C(VALID) | C(INVALID) | C(DUPLICATE) | C(SENT_BACK), {COVER(DISPOSITION), 0}},
    {C(DISPATCH_DUE) | C(DISPATCH_MISSED) | C(DISPATCHED_IN_TIME), {COVER(DISPATCH_DUE), 0}},
    {C(SELF_FOUND) | C(DISPATCHED) | C(DISPATCHED_IN_TIME) | C(DISPATCH_MISSED) | C(REDISPATCHED) |
         C(PING_PONG) | C(ACCEPTED) | C(FILED) | C(MERGED) | C(SPLIT) | C(ACKNOWLEDGED) |
         C(RETURNED) | C(VERIFIED) | C(REWORKED) | C(EXTENDED) | C(REOPENED) | C(URGED) | C(RATED) |
         C(SATISFIED) | C(AWAITING_CLOSE) | C(FIRST_TIME_RIGHT) | C(EXCUSED),
     {COVER(DISPATCH), 0}},
    {C(CLOSED) | C(CLOSED_IN_TIME) | C(HANDLED) | C(HANDLED_IN_TIME) | C(AWAITING_CLOSE) |
         C(FIRST_TIME_RIGHT),
     {COVER(CLOSED), 0}},
    {C(LIMITED), {COVER(DUE), 0}},
    {C(CLOSED_IN_TIME) | C(HANDLED_IN_TIME) | C(OVERDUE) | C(HELD_DUE) | C(HELD_OVERDUE),
     {0, COVER(DUE) | COVER(OVERDUE)}},
};

static const int attribution_bits[] = {
    [GRIDGOV_ATTRIBUTION_PERIOD] = GG_IN_PERIOD,     [GRIDGOV_ATTRIBUTION_REPORT] = GG_IN_REPORT,
    [GRIDGOV_ATTRIBUTION_DISPATCH] = GG_IN_DISPATCH, [GRIDGOV_ATTRIBUTION_DUE] = GG_IN_DUE,
    [GRIDGOV_ATTRIBUTION_CLOSE] = GG_IN_CLOSE,
};

size_t gg_measure_index(int32_t measure) {
    return (size_t)(measure == GRIDGOV_MEASURE_GIVEN ? GRIDGOV_MEASURE_CASES : measure - 1);
}

int gg_measure_is_cases(int32_t measure) {
    return measures[gg_measure_index(measure)].cases;
}

int gg_measure_is_register(int32_t measure) {
    return measures[gg_measure_index(measure)].is_register;
}

gg_metric_needs gg_metric_needs_of(const gridgov_metric *metric) {
    gg_metric_needs needs = measures[gg_measure_index(metric->measure)].source;
    const uint64_t asked = metric->where | metric->where_not | metric->any | metric->any_not |
                           metric->among | metric->among_not;
    for (size_t i = 0; i < SIZE(condition_sources); i++) {
        if (asked & condition_sources[i].conditions) {
            needs.all |= condition_sources[i].source.all;
            needs.any |= condition_sources[i].source.any;
        }
    }
    if (metric->measure != GRIDGOV_MEASURE_CASES) {
        needs.all |= metric->minimum_minutes >= 0 ? COVER(PATROL_MINUTES) : 0;
        needs.all |= metric->minimum_metres >= 0 ? COVER(PATROL_DISTANCE) : 0;
        return needs;
    }
    needs.all |= metric->dispositions != 0 ? COVER(DISPOSITION) : 0;
    needs.all |= metric->dimension == GRIDGOV_DIMENSION_AGENCY ? COVER(AGENCY) : 0;
    needs.all |= metric->within_seconds >= 0 || metric->quantity >= GRIDGOV_QUANTITY_SECONDS ||
                         metric->attribution == GRIDGOV_ATTRIBUTION_CLOSE
                     ? COVER(CLOSED)
                     : 0;
    needs.all |= metric->attribution == GRIDGOV_ATTRIBUTION_DUE ? COVER(DUE) : 0;
    needs.all |= metric->attribution == GRIDGOV_ATTRIBUTION_DISPATCH ||
                         (metric->quantity > GRIDGOV_QUANTITY_CASES &&
                          metric->quantity < GRIDGOV_QUANTITY_SECONDS)
                     ? COVER(DISPATCH)
                     : 0;
    return needs;
}

static int is_time(int32_t quantity) {
    return quantity == GRIDGOV_QUANTITY_SECONDS || quantity == GRIDGOV_QUANTITY_WORK_SECONDS;
}

static int asks_work(const gridgov_metric *metric) {
    return metric->quantity == GRIDGOV_QUANTITY_WORK_SECONDS ||
           (metric->within_seconds >= 0 && metric->within_work);
}

static gg_plan_item compile(const gridgov_metric *metric, size_t index) {
    const measure_row *row = &measures[gg_measure_index(metric->measure)];
    gg_plan_item item = {
        .metric = index,
        .among = row->among | metric->among,
        .among_not = row->among_not | metric->among_not,
        .where = row->where | metric->where,
        .where_not = metric->where_not,
        .any = metric->any,
        .any_not = metric->any_not,
        .within = metric->within_seconds,
        .dispositions = metric->dispositions,
        .quantity = (int8_t)metric->quantity,
        .taken = (int8_t)(metric->within_work ? GRIDGOV_QUANTITY_WORK_SECONDS
                                              : GRIDGOV_QUANTITY_SECONDS),
        .timed = is_time(metric->quantity) ||
                 (metric->within_seconds >= 0 && (metric->within_work || metric->clock != 0)),
        .cut_off = (int8_t)metric->cut_off};
    if (metric->clock != 0) {
        item.taken = (int8_t)GG_CLOCK_QUANTITY(metric->clock, metric->within_work != 0);
        if (is_time(metric->quantity)) {
            item.quantity = (int8_t)GG_CLOCK_QUANTITY(
                metric->clock, metric->quantity == GRIDGOV_QUANTITY_WORK_SECONDS);
        }
    }
    item.among |= GG_BIT(attribution_bits[metric->attribution]);
    item.needs = row->needs | item.among | item.among_not;
    return item;
}

int gg_plan_open(gg_plan *plan, const gridgov_metrics *metrics) {
    const size_t count = (size_t)gridgov_metrics_count(metrics);
    *plan = (gg_plan){.looks_outside = 0};
    for (size_t i = 0; i < GG_DIMENSIONS; i++) {
        plan->items[i] = gg_calloc(count, sizeof **plan->items);
        if (plan->items[i] == NULL) {
            return -1;
        }
    }
    for (size_t i = 0; i < count; i++) {
        gridgov_metric metric = {.struct_size = sizeof metric};
        (void)gridgov_metrics_at(&metric, metrics, (int64_t)i);
        if (!gg_measure_is_cases(metric.measure)) {
            continue;
        }
        plan->items[metric.dimension][plan->counts[metric.dimension]++] = compile(&metric, i);
        plan->looks_outside |= metric.attribution > GRIDGOV_ATTRIBUTION_REPORT;
        plan->looks_back |= metric.cut_off == GRIDGOV_CUT_OFF_PERIOD;
        plan->asks_work |= asks_work(&metric);
        plan->clocks |= metric.clock != 0 ? 1 << metric.clock : 0;
        plan->clocks_work |= metric.clock != 0 && asks_work(&metric);
    }
    return 0;
}

void gg_plan_release(gg_plan *plan) {
    for (size_t i = 0; i < GG_DIMENSIONS; i++) {
        gg_free(plan->items[i]);
    }
}

/* 1 if it was closed within the limit of time, 0 if not, −1 unknown. */
static int within(const gg_plan_item *item, uint64_t is, const int64_t *quantities) {
    const int64_t taken = quantities[item->taken];
    if (!(is & C(CLOSED))) {
        return 0;
    }
    return taken < 0 ? -1 : taken <= item->within;
}

int64_t gg_plan_answer(const gg_plan_item *item, uint64_t is, uint64_t known, int32_t disposition,
                       const int64_t *quantities) {
    const uint64_t fails = known & ~is;
    if ((item->among & fails) | (item->among_not & is)) {
        return GG_LEFT_OUT;
    }
    if (item->needs & ~known) {
        return GG_LACKING;
    }
    int lacks = ((item->where | item->where_not) & ~known) != 0;
    if ((item->where & fails) | (item->where_not & is)) {
        return 0;
    }
    if ((item->any | item->any_not) && !((item->any & is) | (item->any_not & fails))) {
        if (!((item->any | item->any_not) & ~known)) {
            return 0;
        }
        lacks = 1;
    }
    if (item->dispositions != 0) {
        if (disposition != GRIDGOV_DISPOSITION_UNKNOWN &&
            !(item->dispositions >> disposition & 1)) {
            return 0;
        }
        lacks |= disposition == GRIDGOV_DISPOSITION_UNKNOWN;
    }
    if (item->within >= 0) {
        const int kept = within(item, is, quantities);
        if (kept == 0) {
            return 0;
        }
        lacks |= kept < 0;
    }
    return lacks || quantities[item->quantity] < 0 ? GG_LACKING : quantities[item->quantity];
}
