/* SPDX-License-Identifier: Apache-2.0 */
/** @file certificate.h
 *  A certificate: one grid's score as a self-contained JSON document that anyone can check without
 *  this library. It holds the part of the policy that scored, every cell that the policy reads with
 *  all of its atoms, the points that were given, the lines and the total, and a chain of digests
 *  over all of it. docs/certificate.md states the format and how to check it;
 *  examples/checker/check_certificate.py does so in another language.
 *
 *  The last link of the chain is the certificate's seal. Whoever publishes the seals of all grids
 *  with the bulletin cannot change a certificate afterwards.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int certify(gridgov_bytes **out, const gridgov_scorecards *cards, gridgov_error *err) {
 *      char seal[GRIDGOV_SEAL_SIZE];
 *      return gridgov_certificate_make(out, seal, cards, 0, NULL, NULL, err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_CERTIFICATE_H
#define GRIDGOV_CERTIFICATE_H

#include <gridgov/evidence.h>
#include <gridgov/io.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of a seal: 64 hexadecimal digits and NUL. */
#define GRIDGOV_SEAL_SIZE 65

/** Make the certificate of one card, `gridgov.certificate/1`.
 *  @param[out] out       the bytes; yours to free
 *  @param[out] seal      its seal, ::GRIDGOV_SEAL_SIZE bytes; may be NULL
 *  @param      cards     scored
 *  @param      card      0 … count−1
 *  @param      evidence  of dimension unit, all metrics, at least the card's row, from the cards'
 *                        facts; NULL: found here. Who certifies many cards finds it once
 *  @param      job       may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_END no such card; GRIDGOV_ESTATE the facts have no ledger;
 *          GRIDGOV_ERANGE; GRIDGOV_ECANCELLED; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_certificate_make(gridgov_bytes **out, char *seal,
                                                    const gridgov_scorecards *cards, int64_t card,
                                                    const gridgov_evidence *evidence,
                                                    gridgov_job *job, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
