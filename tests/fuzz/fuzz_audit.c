/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a bulletin, and after a NUL byte the text of the one before. Any bytes are audited or
 * refused; findings stand in the order of the text, inside it, with at least one cell each; JSON is
 * written; and a second audit of the same bytes says the same. */
#include <gridgov/gridgov.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int truth) {
    if (!truth) {
        abort();
    }
}

static int64_t count_lines(const char *text, size_t size) {
    int64_t lines = 1;
    for (size_t i = 0; i < size; i++) {
        lines += text[i] == '\n' || text[i] == '\r';
    }
    return lines;
}

static void check_findings(const gridgov_findings *findings, int64_t lines) {
    gridgov_finding finding = {.struct_size = sizeof finding};
    gridgov_finding_cell cell = {.struct_size = sizeof cell};
    int64_t line = 0;
    for (int64_t i = 0; gridgov_findings_at(&finding, findings, i) == GRIDGOV_OK; i++) {
        demand(finding.line >= line && finding.line <= lines && finding.cell_count > 0);
        demand(finding.code != NULL && finding.column > 0);
        line = finding.line;
        for (int64_t k = 0; k < finding.cell_count; k++) {
            demand(gridgov_findings_cell_at(&cell, findings, i, k) == GRIDGOV_OK);
            demand(cell.line > 0 && cell.line <= lines && (cell.table > 0) == (cell.row > 0));
        }
        demand(gridgov_findings_cell_at(&cell, findings, i, finding.cell_count) == GRIDGOV_END);
        demand(gridgov_findings_explanation(findings, i, GRIDGOV_LANG_ZH) != NULL);
        demand(gridgov_findings_explanation(findings, i, GRIDGOV_LANG_EN) != NULL);
    }
}

static gridgov_bytes *audit(const char *text, size_t size, const gridgov_audit_options *options) {
    gridgov_findings *findings = NULL;
    gridgov_bytes *json = NULL;
    gridgov_error err = {0};
    gridgov_status status = gridgov_audit_text(&findings, text, size, options, NULL, &err);
    demand((findings != NULL) == (status == GRIDGOV_OK));
    demand(status == GRIDGOV_OK || err.status == status);
    if (findings != NULL) {
        check_findings(findings, count_lines(text, size));
        demand(gridgov_findings_json(&json, findings, GRIDGOV_LANG_ZH, &err) == GRIDGOV_OK);
    }
    gridgov_findings_free(findings);
    return json;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *nul = size > 0 ? memchr(text, 0, size) : NULL;
    size_t head = nul == NULL ? size : (size_t)(nul - text);
    gridgov_audit_options options;
    gridgov_audit_options_init(&options, sizeof options);
    if (nul != NULL) {
        options.previous = nul + 1;
        options.previous_size = size - head - 1;
    }
    if (data == NULL) {
        return 0;
    }
    gridgov_bytes *first = audit(text, head, &options);
    gridgov_bytes *second = audit(text, head, &options);
    size_t sizes[2] = {0, 0};
    const char *one = gridgov_bytes_data(first, &sizes[0]);
    const char *two = gridgov_bytes_data(second, &sizes[1]);
    demand(sizes[0] == sizes[1] && (sizes[0] == 0 || memcmp(one, two, sizes[0]) == 0));
    gridgov_bytes_free(second);
    gridgov_bytes_free(first);
    return 0;
}
