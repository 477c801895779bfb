/* SPDX-License-Identifier: Apache-2.0 */
/** @file validity.h
 *  What is doubtful about reports: those that lack an element of a valid report, those that repeat
 *  an earlier one, and patterns worth a look: closed within seconds, closed in bulk before the
 *  cut-off, sent back to an agency that had passed it on. Every signal states what was measured and
 *  the threshold it was held to. A signal decides nothing: no disposition is changed, no metric
 *  reads it, and no point is lost by it. A person decides, and the decision enters as a disposition.
 *
 *  Thresholds and required elements are data (`gridgov.validity/1`, docs/validity.md).
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t repeated(const gridgov_ledger *ledger, const gridgov_tally_options *month) {
 *      gridgov_signals *signals = NULL;
 *      gridgov_signal signal = {.struct_size = sizeof signal};
 *      int64_t count = 0;
 *      gridgov_signals_find(&signals, ledger, NULL, month, NULL, NULL);
 *      for (int64_t i = 0; gridgov_signals_at(&signal, signals, i) == GRIDGOV_OK; i++) {
 *          count += signal.kind == GRIDGOV_SIGNAL_DUPLICATE;
 *      }
 *      gridgov_signals_free(signals);
 *      return count;
 *  }
 *  @endcode */
#ifndef GRIDGOV_VALIDITY_H
#define GRIDGOV_VALIDITY_H

#include <gridgov/facts.h>
#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Thresholds and required elements; immutable. */
typedef struct gridgov_validity gridgov_validity;

/** The signals of a period; immutable. */
typedef struct gridgov_signals gridgov_signals;

/** One signal; pointers are borrowed. */
typedef struct gridgov_signal {
    uint32_t struct_size;  /**< sizeof(gridgov_signal), set by the caller */
    int32_t kind;          /**< GRIDGOV_SIGNAL_* */
    int64_t event;         /**< index of the event */
    int64_t other;         /**< duplicate: the earlier event; else GRIDGOV_NONE */
    int64_t measured;      /**< duplicate: millimetres between the two, −1 if by place alone; closed at
                                once: seconds; bulk: cases in the window; back: times it came back;
                                incomplete: elements that are missing */
    int64_t threshold;     /**< what it was held to, in the same unit */
    int64_t seconds;       /**< duplicate: between the two reports; bulk: the window it was found in;
                                else −1 */
    uint32_t missing;      /**< incomplete: bit n set: GRIDGOV_ELEMENT_ n is missing */
    int32_t reserved;      /**< 0 */
    const char *event_id;  /**< number of the event */
    const char *other_id;  /**< number of the earlier event; "" */
    const char *agency;    /**< bulk: who closed; back: who had it twice; "" the grid itself */
} gridgov_signal;

/** Load thresholds and required elements.
 *  @param[out] out        yours to free
 *  @param      json,size  `gridgov.validity/1`; what it leaves out has its default
 *  @param      issues     takes every problem; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT too large; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_validity_load(gridgov_validity **out, const char *json,
                                                 size_t size, gridgov_issues *issues,
                                                 gridgov_error *err);

/** The default document, "standard".    @return static text    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_validity_standard(size_t *size_out);

/** Free them; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_validity_free(gridgov_validity *validity);

/** Find the signals of a period.
 *  @param[out] out       the signals; yours to free. They keep the ledger alive
 *  @param      ledger    sealed
 *  @param      validity  NULL: the default document
 *  @param      options   period, cut-off and zone; required
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE not sealed; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_signals_find(gridgov_signals **out, const gridgov_ledger *ledger,
                                                const gridgov_validity *validity,
                                                const gridgov_tally_options *options,
                                                gridgov_job *job, gridgov_error *err);

/** Number of signals; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_signals_count(const gridgov_signals *signals);
/** One signal, by event, then kind.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_signals_at(gridgov_signal *signal_out,
                                              const gridgov_signals *signals, int64_t index);
/** Which kinds could be looked for: bit n set if GRIDGOV_SIGNAL_ n was; the ledger does not tell
 *  what the others need.    @threads safe    @since 0.1 */
GRIDGOV_API uint32_t gridgov_signals_covered(const gridgov_signals *signals);

/** One signal as a sentence.
 *  @param[out] buffer   NUL-terminated, cut at @p size
 *  @param      size     bytes of the buffer
 *  @param      signals  any
 *  @param      index    of the signal
 *  @param      lang     GRIDGOV_LANG_*
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_signals_text(char *buffer, size_t size,
                                                const gridgov_signals *signals, int64_t index,
                                                int32_t lang);

/** All signals as `gridgov.signals/1` (docs/validity.md).
 *  @param[out] out      the bytes; yours to free
 *  @param      signals  any
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_signals_json(gridgov_bytes **out, const gridgov_signals *signals,
                                                gridgov_error *err);

/** Free signals; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_signals_free(gridgov_signals *signals);

#ifdef __cplusplus
}
#endif
#endif
