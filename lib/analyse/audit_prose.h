/* SPDX-License-Identifier: Apache-2.0 */
/* What sentences say in figures: counts with what they count, and what the percentages behind them
 * mean. */
#ifndef GG_AUDIT_PROSE_H
#define GG_AUDIT_PROSE_H

#include "audit_model.h"

enum {
    GG_SAYS_COUNT = 1,      /* "835 条" */
    GG_SAYS_SHARE = 2,      /* "占 28.07%" */
    GG_SAYS_RATE = 3,       /* "结案率 99.95%" */
    GG_SAYS_CHANGE = 4,     /* "环比下降 22.21%", signed */
    GG_SAYS_POINTS = 5,     /* "上升 0.35 个百分点", signed */
    GG_SAYS_DIFFERENCE = 6, /* "减少 62 件", signed */
    GG_SAYS_BASE = 7,       /* "上月 24575 件", "上月为 99.60%" */
    GG_SAYS_MEAN = 8,       /* "日均 10169 件" */
    GG_SAYS_OTHER = 9       /* a percentage whose meaning is not known */
};

typedef struct gg_saying {
    int32_t kind; /* GG_SAYS_* */
    int32_t figure;
    int32_t paragraph;
    int32_t sentence; /* counted through the document */
    int32_t clause;   /* between commas and the like, counted through the document */
    int32_t section;  /* headings passed */
    int32_t of_which; /* 1: "其中" stands in the clause or opens its sentence */
    int32_t rough;    /* 1: 约, 余, 近, 超过: not to be computed with */
    gg_str label;     /* the words before the number, back to the last mark or number */
    gg_str unit;      /* 件, 条 … */
} gg_saying;

typedef struct gg_prose {
    gg_saying *items;
    size_t count, room;
} gg_prose;

/* audit_prose.c */
void gg_audit_read_prose(gg_audit *audit);
void gg_audit_prose_release(gg_audit *audit);
/* A label without the words around the name: "其中消防安全类诉求共" is 消防安全. */
gg_str gg_audit_bare_label(gg_str label);

/* Is it the count of a whole: "共受理", "上报" …? */
int gg_audit_is_whole(const gg_saying *saying);
/* May one be part of the other? The same measure word, or none. */
int gg_audit_same_unit(const gg_saying *a, const gg_saying *b);

/* audit_sentences.c: shares and lists in sentences; then what follows. */
void gg_audit_check_prose(gg_audit *audit);
/* audit_trends.c: rates, changes and means in sentences. */
void gg_audit_check_prose_rates(gg_audit *audit);
void gg_audit_check_prose_changes(gg_audit *audit);
void gg_audit_check_prose_means(gg_audit *audit);
/* audit_period.c: days of the period that a paragraph or the document is about; 0 if unknown.
 * *exact is 1 if two dates or a week say so, 0 if it is a month or longer, of which workdays might
 * be meant. */
int64_t gg_audit_period_days(const gg_audit *audit, int32_t paragraph, int *exact);

#endif
