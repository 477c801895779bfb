/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate that is being written, and how its members are. */
#ifndef GG_CERTIFICATE_MODEL_H
#define GG_CERTIFICATE_MODEL_H

#include "score_model.h"

#include "base/digest.h"

#include <gridgov/evidence.h>

typedef struct gg_certifying {
    const gridgov_scorecards *cards;
    const gridgov_evidence *evidence;
    const gridgov_facts *facts;
    gridgov_evidence *past[GG_HISTORY_MAX]; /* of the earlier months that a rule looks at */
    const gridgov_policy *policy;
    gridgov_scorecard card;
    int64_t index;
    int32_t offset;
    gg_buf out;     /* the document */
    gg_buf section; /* the section at hand */
    gg_buf links;   /* the links so far, as a JSON array */
    char link[GG_DIGEST_TEXT_SIZE];
} gg_certifying;

/* Write the section at hand into the document as an item of a list, "facts/3", and link it. */
void gg_certificate_link_item(gg_certifying *c, const char *list, int64_t index);

/* A member; its name is preceded by a comma unless an object has just begun. */
void gg_certificate_key(gg_buf *buf, const char *key);
void gg_certificate_text(gg_buf *buf, const char *key, const char *text);
void gg_certificate_int(gg_buf *buf, const char *key, int64_t value);
void gg_certificate_flag(gg_buf *buf, const char *key, int32_t value);
/* The code of a constant; "" for 0 where it is none. */
void gg_certificate_code(gg_buf *buf, const char *key, int32_t kind, int32_t value);
void gg_certificate_time(gg_buf *buf, const char *key, gridgov_time time, int32_t offset);

/* certificate_facts.c: find the evidence of the earlier months; it is the caller's to free. */
gridgov_status gg_certificate_find_past(gg_certifying *c, gridgov_job *job, gridgov_error *err);
/* The sections "facts" and "earlier". 0, or -1 when memory is short. */
int gg_certificate_facts(gg_certifying *c);

#endif
