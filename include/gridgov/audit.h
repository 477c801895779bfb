/* SPDX-License-Identifier: Apache-2.0 */
/** @file audit.h
 *  What does not add up in a bulletin that is already printed. An audit reads the *text* of a bulletin: prose, and tables
 *  separated by tabs, pipes (Markdown), commas or wide gaps. It finds the identities that the figures ought to keep (a total is the sum of
 *  its rows, a share follows from count and total, prose and table say the same), counts those that hold, and for each that does not
 *  makes a *finding* whose place is the smallest set of printed figures that contains the fault. Everything is computed in
 *  integers from the printed digits. A finding says what does not agree; it accuses nobody.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int audit(const char *text, size_t size, gridgov_error *err) {
 *      gridgov_findings *findings = NULL;
 *      gridgov_finding finding = {.struct_size = sizeof finding};
 *      int status = gridgov_audit_text(&findings, text, size, NULL, NULL, err);
 *      for (int64_t i = 0; gridgov_findings_at(&finding, findings, i) == GRIDGOV_OK; i++) {
 *          printf("%d: %s\n", (int)finding.line, gridgov_findings_explanation(findings, i, GRIDGOV_LANG_ZH));
 *      }
 *      gridgov_findings_free(findings);
 *      return status;
 *  }
 *  @endcode
 *  Single claims of a host's own need no document: the gridgov_audit_claim functions judge one printed number each. */
#ifndef GRIDGOV_AUDIT_H
#define GRIDGOV_AUDIT_H

#include <gridgov/codes.h>
#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an audit found. */
typedef struct gridgov_findings gridgov_findings;

/** Options of an audit; zero is the default of each. */
typedef struct gridgov_audit_options {
    uint32_t struct_size;    /**< sizeof(gridgov_audit_options), set by the caller */
    int32_t reserved;        /**< 0 */
    const char *previous;    /**< text of the bulletin before, to check that its closing figures open this one; may be NULL */
    size_t previous_size;    /**< bytes */
    int64_t finding_limit;   /**< findings kept, 1 … 100 000; 0 means 1000; the rest are counted */
} gridgov_audit_options;

/** One finding; text is borrowed. Table, row, column and line are those of its first cell. */
typedef struct gridgov_finding {
    uint32_t struct_size;  /**< sizeof(gridgov_finding), set by the caller */
    int32_t rule;          /**< permanent number, see gridgov_rule_code() */
    int32_t severity;      /**< GRIDGOV_SEVERITY_* */
    int32_t table;         /**< 1-based number of the table in the text; 0 in prose */
    int64_t row;           /**< 1-based row of the table, header rows counted; 0 in prose */
    int64_t column;        /**< 1-based column of the table; in prose the position in the line, in characters */
    int64_t line;          /**< 1-based line of the text */
    int64_t cell_count;    /**< cells of the smallest set that contains the fault, 1 or more */
    const char *code;      /**< stable code of the rule, "share-denominator" */
    const char *printed;   /**< as printed; the first cell's where there are several */
    const char *expected;  /**< what would agree; "" if no single value would */
} gridgov_finding;

/** One cell of a finding; text is borrowed. */
typedef struct gridgov_finding_cell {
    uint32_t struct_size; /**< sizeof(gridgov_finding_cell), set by the caller */
    int32_t table;        /**< as in ::gridgov_finding */
    int64_t row;          /**< as in ::gridgov_finding */
    int64_t column;       /**< as in ::gridgov_finding */
    int64_t line;         /**< as in ::gridgov_finding */
    const char *name;     /**< what the figure is the figure of: "城市管理" */
    const char *printed;  /**< as printed */
} gridgov_finding_cell;

/** Where a line of a text stands in the document that it was read from. */
typedef struct gridgov_document_place {
    uint32_t struct_size; /**< sizeof(gridgov_document_place), set by the caller */
    int32_t table;        /**< 1-based number of the table in a DOCX, or of the sheet; 0 in prose */
    int64_t row;          /**< 1-based row of the table or the sheet; 0 in prose */
    const char *sheet;    /**< name of the sheet; NULL in a DOCX */
} gridgov_document_place;

/** Tell where a line of the text stands.
 *  @param[out] place_out  to be filled; its text must live as long as the call that asks
 *  @param      line       1-based
 *  @param      user       given with the function
 *  @return GRIDGOV_OK; another value: not known, and the place in the text stands */
typedef gridgov_status (*gridgov_document_place_fn)(gridgov_document_place *place_out, int64_t line, void *user);

/** Set options to their defaults.
 *  @param[out] options  the options
 *  @param      size     sizeof *options    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_audit_options_init(gridgov_audit_options *options, size_t size);

/** Audit the text of a bulletin.
 *  @param[out] out        the findings; yours to free
 *  @param      text,size  UTF-8, with or without a byte order mark; read only during the call
 *  @param      options    NULL: the defaults
 *  @param      job        may be NULL
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK, findings or not; GRIDGOV_EFORMAT the text is not UTF-8; GRIDGOV_ELIMIT more than 64 MiB, 1024 columns or
 *          four million figures; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_text(gridgov_findings **out, const char *text, size_t size,
                                              const gridgov_audit_options *options, gridgov_job *job,
                                              gridgov_error *err);

/** Findings kept, in the order of the text; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_findings_count(const gridgov_findings *findings);

/** Findings of one severity, those beyond the limit included; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_findings_severity_count(const gridgov_findings *findings, int32_t severity);

/** Identities that hold, so that "clean" means something; 0 for NULL.
 *  @param findings  of an audit
 *  @param check     GRIDGOV_CHECK_*    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_findings_checked(const gridgov_findings *findings, int32_t check);

/** One finding.
 *  @return GRIDGOV_OK; GRIDGOV_END past the last; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_findings_at(gridgov_finding *finding_out,
                                               const gridgov_findings *findings, int64_t index);

/** One cell of a finding.
 *  @param[out] cell_out  the cell
 *  @param      findings  of an audit
 *  @param      index     of the finding
 *  @param      cell      0 … cell_count−1
 *  @return GRIDGOV_OK; GRIDGOV_END past the last; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_findings_cell_at(gridgov_finding_cell *cell_out,
                                                    const gridgov_findings *findings, int64_t index,
                                                    int64_t cell);

/** A finding as a sentence: what was printed, what would agree, and what would explain the difference.
 *  @param findings  of an audit
 *  @param index     of the finding
 *  @param lang      GRIDGOV_LANG_*; another value means English
 *  @return borrowed; NULL past the last    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_findings_explanation(const gridgov_findings *findings, int64_t index,
                                                     int32_t lang);

/** All of it as `gridgov.audit/1`: {"schema", "checked", "findings"}; docs/audit.md describes every member.
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_findings_json(gridgov_bytes **out, const gridgov_findings *findings,
                                                 int32_t lang, gridgov_error *err);

/** The same with the places of the document that the text was read from: `table` and `row` are its own, and a workbook's places
 *  have `sheet` and `cell`. gridgov_document_findings_json() of `gridgov::office` is this for its documents.
 *  @param[out] out       yours to free
 *  @param      findings  of an audit
 *  @param      lang      GRIDGOV_LANG_*
 *  @param      place     may be NULL: the places of the text
 *  @param      user      handed to @p place
 *  @param[out] err       may be NULL
 *  @return as gridgov_findings_json()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_findings_json_placed(gridgov_bytes **out, const gridgov_findings *findings,
                                                        int32_t lang, gridgov_document_place_fn place,
                                                        void *user, gridgov_error *err);

/** Free findings; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_findings_free(gridgov_findings *findings);

/** What became of a claim. */
typedef struct gridgov_claim {
    uint32_t struct_size;  /**< sizeof(gridgov_claim), set by the caller */
    int32_t verdict;       /**< GRIDGOV_VERDICT_* */
    int64_t printed;       /**< the printed number in units of its last digit: 2811 for "28.11%" */
    int64_t expected;      /**< rounded half up to as many decimals, same units; 0 if undefined */
    int32_t decimals;      /**< printed decimals */
    int32_t reserved;      /**< 0 */
    int64_t low;           /**< of a share: least denominator that gives the printed digits under any rounding; 0 if none does */
    int64_t high;          /**< of a share: greatest such denominator; INT64_MAX if there is no greatest */
    char expected_text[32];/**< `expected` as it would be printed, "28.07%"; "" if undefined */
} gridgov_claim;

/** Judge "num of den is printed per cent".
 *  @param[out] claim_out  the verdict
 *  @param      num,den    counts; den 0 is ::GRIDGOV_VERDICT_UNDEFINED
 *  @param      printed,size  the printed percentage, "28.11%" or "28.11"; full-width digits and thousands commas are read too
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK whatever the verdict; GRIDGOV_EDATA @p printed is no number; GRIDGOV_ERANGE; GRIDGOV_EARG
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_share(gridgov_claim *claim_out, int64_t num, int64_t den,
                                                     const char *printed, size_t size,
                                                     gridgov_error *err);

/** Judge "from base to current is a change of printed per cent", signed: (current − base)/base. A base of 0 is undefined
 *  (新增).    @return as gridgov_audit_claim_share()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_change(gridgov_claim *claim_out, int64_t current,
                                                      int64_t base, const char *printed, size_t size,
                                                      gridgov_error *err);

/** Judge "a total over count is printed", as a daily mean.
 *  @return as gridgov_audit_claim_share()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_mean(gridgov_claim *claim_out, int64_t total,
                                                    int64_t count, const char *printed, size_t size,
                                                    gridgov_error *err);

/** Judge "the parts add up to total".
 *  @param[out] claim_out  expected is the sum of the parts
 *  @param      parts,count  any; NULL and 0 is the sum 0
 *  @param      total      as printed
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ERANGE; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_sum(gridgov_claim *claim_out, const int64_t *parts,
                                                   int64_t count, int64_t total, gridgov_error *err);

/** Judge "base and the cells of a row add up to its total": 100 and the signed points of a grid.
 *  @return as gridgov_audit_claim_sum()    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_row_total(gridgov_claim *claim_out, int64_t base,
                                                         const int64_t *cells, int64_t count,
                                                         int64_t total, gridgov_error *err);

/** Judge one rank of a list.
 *  @param[out] claim_out  expected is the competition rank ("1224")
 *  @param      values,count  all values of the list, 1 or more
 *  @param      index      the one that is ranked
 *  @param      rank       as printed; the dense rank ("1223") and any rank among equals follow as well
 *  @param      ascending  1 if the least value ranks first, else 0
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_claim_rank(gridgov_claim *claim_out, const int64_t *values,
                                                    int64_t count, int64_t index, int64_t rank,
                                                    int32_t ascending, gridgov_error *err);

/** Denominators that give every printed share under one rounding, exactly: the interval of integers that all shares leave.
 *  @param[out] low_out,high_out  first and last; 1 and 0 if there is none
 *  @param      counts,printed,count  numerators above 0 and their shares in units of the last digit, 2811 for 28.11 %
 *  @param      decimals   of the shares, 0 … 6
 *  @param      rounding   GRIDGOV_ROUNDING_*
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_audit_denominators(int64_t *low_out, int64_t *high_out,
                                                      const int64_t *counts, const int64_t *printed,
                                                      int64_t count, int32_t decimals,
                                                      int32_t rounding, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
