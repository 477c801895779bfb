/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov_audit_text(): the order of the work. The text becomes a document; columns and sentences
 * are understood; each check adds the identities it can vouch for; the solver explains those that
 * are broken; and what depends on believed values (ranks, adjustments, periods) comes last.
 * Findings are then put into the order of the text.
 *
 * A table with far more places than cells (one row of a thousand columns over a million rows of
 * one) is not looked into: its cost would not be bounded by the size of the text. */
#include "audit_checks.h"
#include "audit_model.h"
#include "audit_prose.h"

#include "base/error.h"
#include "base/mem.h"

#include <string.h>

#define PLACES_A_CELL 8
#define PLACES_FREE 65536

void gridgov_audit_options_init(gridgov_audit_options *options, size_t size) {
    const gridgov_audit_options full = {.struct_size = 0};
    gg_options_write(options, size, &full, sizeof full);
}

/* Is there data, and is the table about as wide as its rows? */
int gg_audit_is_regular(const gg_audit *audit, const gg_audit_table *table) {
    size_t cells = 0;
    for (size_t r = table->first_row; r < table->first_row + table->row_count; r++) {
        cells += (size_t)audit->document.rows[r].count;
    }
    return table->row_count > (size_t)table->header_rows &&
           (size_t)table->columns * table->row_count <= cells * PLACES_A_CELL + PLACES_FREE;
}

/* Text to figures: what a bulletin needs to be audited, or to be compared with the next. */
static void understand(gg_audit *audit, const char *text, size_t size) {
    audit->status = gg_audit_read(&audit->document, text, size, audit->job, audit->err);
    for (size_t t = 0; t < audit->document.table_count && gg_audit_go_on(audit, "headers"); t++) {
        gg_audit_vote_headers(audit, &audit->document.tables[t]);
    }
    if (gg_audit_go_on(audit, "columns")) {
        gg_audit_read_columns(audit);
    }
    if (gg_audit_go_on(audit, "prose")) {
        gg_audit_read_prose(audit);
    }
}

static void check_tables(gg_audit *audit, void (*const *checks)(gg_audit *, const gg_audit_table *),
                         size_t count) {
    for (size_t t = 0; t < audit->document.table_count; t++) {
        const gg_audit_table *table = &audit->document.tables[t];
        if (!gg_audit_is_regular(audit, table)) {
            continue;
        }
        for (size_t i = 0; i < count && gg_audit_go_on(audit, "tables"); i++) {
            checks[i](audit, table);
        }
    }
}

static void check_all(gg_audit *audit, gg_audit *previous) {
    static void (*const identities[])(gg_audit *, const gg_audit_table *) = {
        gg_audit_check_header, gg_audit_check_sums,  gg_audit_check_row_totals,
        gg_audit_check_shares, gg_audit_check_rates, gg_audit_check_changes};
    static void (*const judgements[])(gg_audit *, const gg_audit_table *) = {
        gg_audit_check_ranks, gg_audit_check_duplicates, gg_audit_check_adjustments};
    check_tables(audit, identities, sizeof identities / sizeof identities[0]);
    if (gg_audit_go_on(audit, "prose")) {
        gg_audit_check_prose(audit);
    }
    if (gg_audit_go_on(audit, "matches")) {
        gg_audit_check_matches(audit);
    }
    if (previous != NULL && gg_audit_go_on(audit, "continuity")) {
        gg_audit_check_continuity(audit, previous);
    }
    if (gg_audit_go_on(audit, "solve")) {
        gg_audit_solve(audit);
    }
    check_tables(audit, judgements, sizeof judgements / sizeof judgements[0]);
    if (gg_audit_go_on(audit, "periods")) {
        gg_audit_check_periods(audit);
    }
}

static void release(gg_audit *audit) {
    gg_audit_prose_release(audit);
    gg_audit_columns_release(audit);
    gg_free(audit->terms);
    gg_free(audit->identities);
    gg_free(audit->figures);
    gg_audit_document_release(&audit->document);
    gridgov_findings_free(audit->findings);
}

gridgov_status gridgov_audit_text(gridgov_findings **out, const char *text, size_t size,
                                  const gridgov_audit_options *options, gridgov_job *job,
                                  gridgov_error *err) {
    gridgov_audit_options given = {.struct_size = sizeof given};
    gg_audit audit = {.job = job, .err = err};
    gg_audit previous = {.job = job, .err = err};
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (text == NULL && size > 0) {
        return gg_fail_arg(err, "text");
    }
    if (gg_options_read(&given, sizeof given, options) != 0 || given.reserved != 0 ||
        (given.previous == NULL && given.previous_size > 0)) {
        return gg_fail_arg(err, "options");
    }
    int compares = given.previous_size > 0;
    audit.status = gg_audit_findings_new(&audit.findings, given.finding_limit, err);
    if (audit.status == GRIDGOV_OK && compares) {
        audit.status = gg_audit_findings_new(&previous.findings, 1, err);
    }
    if (audit.status == GRIDGOV_OK && compares) {
        understand(&previous, given.previous, given.previous_size);
        gg_error_at(err, previous.status < 0 ? "previous" : NULL, 0, 0);
        audit.status = previous.status;
    }
    if (audit.status == GRIDGOV_OK) {
        understand(&audit, text == NULL ? "" : text, size);
    }
    if (audit.status == GRIDGOV_OK) {
        check_all(&audit, compares ? &previous : NULL);
    }
    if (audit.status == GRIDGOV_OK) {
        audit.status = gg_audit_sort_findings(audit.findings, err);
    }
    if (audit.status == GRIDGOV_OK) {
        *out = audit.findings;
        audit.findings = NULL;
    }
    release(&previous);
    release(&audit);
    return audit.status;
}
