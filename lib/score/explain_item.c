/* SPDX-License-Identifier: Apache-2.0 */
/* One piece of evidence as a sentence: who or what, the day or the moments, and the figure beside
 * what was asked. What the office left unsaid is said to be unsaid. */
#include "explain_model.h"

#include "base/num.h"

#include <string.h>

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

static void put_moment(gg_buf *buf, const gridgov_explanation *e, gridgov_time time) {
    gg_put_moment(buf, time, e->utc_offset_minutes);
}

/* "1 天 2 小时 29 分": whole minutes, rounded up, so that one second late is not "0 分". */
static void put_duration(gg_buf *buf, int64_t seconds, int32_t lang) {
    const int64_t whole = (seconds + MINUTE - 1) / MINUTE * MINUTE;
    const int64_t days = whole / DAY, hours = whole % DAY / HOUR, minutes = whole % HOUR / MINUTE;
    const char *gap = "";
    if (days > 0) {
        gg_buf_int(buf, days);
        gg_buf_text(buf, gg_in(lang, " 天", " d"));
        gap = " ";
    }
    if (hours > 0) {
        gg_buf_text(buf, gap);
        gg_buf_int(buf, hours);
        gg_buf_text(buf, gg_in(lang, " 小时", " h"));
        gap = " ";
    }
    if (minutes > 0 || (days == 0 && hours == 0)) {
        gg_buf_text(buf, gap);
        gg_buf_int(buf, minutes);
        gg_buf_text(buf, gg_in(lang, " 分", " min"));
    }
}

/* "，时限 2021-09-08 07:31". */
static void put_limit(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    if (atom->limit_at != GRIDGOV_NO_TIME) {
        gg_buf_text(buf, gg_in(e->lang, "，时限 ", ", limit "));
        put_moment(buf, e, atom->limit_at);
    }
}

/* "，2021-09-09 10:00 办结，超时 1 天 2 小时 29 分". */
static void put_late(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom,
                     const char *zh, const char *en) {
    gg_buf_text(buf, gg_in(e->lang, "，", ", "));
    gg_buf_text(buf, gg_in(e->lang, "", en));
    put_moment(buf, e, atom->at);
    gg_buf_text(buf, gg_in(e->lang, zh, ""));
    if (atom->limit_at != GRIDGOV_NO_TIME && atom->at > atom->limit_at) {
        gg_buf_text(buf, gg_in(e->lang, "，超时 ", ", late by "));
        put_duration(buf, atom->at - atom->limit_at, e->lang);
    }
}

static void put_event(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    const int32_t lang = e->lang;
    gg_buf_text(buf, gg_in(lang, "事件 ", "event "));
    gg_buf_text(buf, atom->id);
    if (atom->text[0] != '\0') {
        gg_buf_text(buf, gg_in(lang, "（", " ("));
        gg_buf_text(buf, atom->text);
        gg_buf_text(buf, gg_in(lang, "）", ")"));
    }
    switch (atom->reason) {
    case GRIDGOV_REASON_DISPOSITION:
        gg_buf_text(buf, gg_in(lang, "，认定为", ", disposition: "));
        gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_DISPOSITION, atom->state, lang));
        break;
    case GRIDGOV_REASON_CLOSED_LATE:
        put_limit(buf, e, atom);
        put_late(buf, e, atom, " 办结", "closed ");
        break;
    case GRIDGOV_REASON_PASSED_ON_LATE:
        put_limit(buf, e, atom);
        put_late(buf, e, atom, " 流转", "passed on ");
        break;
    default:
        put_limit(buf, e, atom);
        if (atom->reason != GRIDGOV_REASON_COUNTED) {
            gg_buf_text(buf, gg_in(lang, "，", ", "));
            gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_REASON, atom->reason, lang));
        }
        break;
    }
}

static void put_day_figures(gg_buf *buf, const gridgov_atom *atom, int32_t lang) {
    const int is_short = atom->minutes >= 0 && atom->minutes < atom->minimum_minutes;
    const int is_near = atom->metres >= 0 && atom->metres < atom->minimum_metres;
    if (is_short) {
        gg_buf_text(buf, gg_in(lang, " 在线 ", ", "));
        gg_buf_int(buf, atom->minutes);
        gg_buf_text(buf, gg_in(lang, " 分钟，应不少于 ", " minutes online of at least "));
        gg_buf_int(buf, atom->minimum_minutes);
        gg_buf_text(buf, gg_in(lang, " 分钟", ""));
    }
    gg_buf_text(buf, is_short && is_near ? gg_in(lang, "；", ";") : "");
    if (is_near) {
        gg_buf_text(buf, gg_in(lang, " 里程 ", " "));
        gg_put_points(buf, atom->metres);
        gg_buf_text(buf, gg_in(lang, " 公里，应不少于 ", " km of at least "));
        gg_put_points(buf, atom->minimum_metres);
        gg_buf_text(buf, gg_in(lang, " 公里", " km"));
    }
}

static void put_officer_day(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    gg_buf_text(buf, gg_in(e->lang, "网格员 ", "officer "));
    gg_buf_text(buf, atom->id);
    gg_buf_byte(buf, ' ');
    gg_put_day(buf, atom->day);
    switch (atom->reason) {
    case GRIDGOV_REASON_TIME_SHORT:
    case GRIDGOV_REASON_DISTANCE_SHORT:
    case GRIDGOV_REASON_BOTH_SHORT:
        put_day_figures(buf, atom, e->lang);
        break;
    case GRIDGOV_REASON_COUNTED:
        break;
    default:
        gg_buf_text(buf, gg_in(e->lang, " ", ", "));
        gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_REASON, atom->reason, e->lang));
        break;
    }
}

static void put_activity(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    const int32_t lang = e->lang;
    if (atom->kind == GRIDGOV_ATOM_VISIT) {
        gg_buf_text(buf, gg_in(lang, "走访对象 ", "visit to "));
        gg_buf_text(buf, atom->id);
        if (atom->reason == GRIDGOV_REASON_NOT_VISITED) {
            gg_buf_text(buf, gg_in(lang, "，本期没有走访记录", ", no record in the period"));
        }
    } else if (atom->kind == GRIDGOV_ATOM_REPORT) {
        gg_buf_text(buf, gg_in(lang, "月报", "monthly report"));
        put_limit(buf, e, atom);
        if (atom->reason == GRIDGOV_REASON_SUBMITTED_LATE) {
            put_late(buf, e, atom, " 报送", "submitted ");
        } else if (atom->reason == GRIDGOV_REASON_NOT_SUBMITTED) {
            gg_buf_text(buf, gg_in(lang, "，未报送", ", not submitted"));
        }
    } else {
        gg_buf_text(buf, gg_in(lang, "维护检查", "maintenance check"));
        if (atom->day != GRIDGOV_NO_DAY) {
            gg_buf_byte(buf, ' ');
            gg_put_day(buf, atom->day);
        }
        gg_buf_text(buf, gg_in(lang, "：", ": "));
        gg_buf_text(buf, gridgov_code_title(GRIDGOV_KIND_DEFECT, atom->state, lang));
        gg_buf_byte(buf, ' ');
        gg_buf_int(buf, atom->count);
        gg_buf_text(buf, gg_in(lang, " 条", ""));
        gg_buf_text(buf, atom->id[0] == '\0' ? "" : gg_in(lang, "，", ", "));
        gg_buf_text(buf, atom->id);
    }
}

static void put_adjustment(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    gridgov_adjustment given = {.struct_size = sizeof given, .key = "", .authority = ""};
    const int32_t lang = e->lang;
    (void)gridgov_facts_adjustment_at(&given, e->cards->facts, atom->index);
    gg_buf_text(buf, given.points > 0 ? "+" : "");
    gg_put_points(buf, given.points);
    gg_buf_text(buf, gg_in(lang, " 分：", " points: "));
    if (given.unexplained) {
        gg_buf_text(buf, gg_in(lang, "单位没有载明理由", "the office gave no reason"));
    } else {
        gg_buf_text(buf, given.reason);
    }
    gg_buf_text(buf, gg_in(lang, "（", " ("));
    if (given.key[0] != '\0') {
        gg_buf_text(buf, gg_in(lang, "编号 ", "number "));
        gg_buf_text(buf, given.key);
        gg_buf_text(buf, gg_in(lang, "，", ", "));
    }
    gg_buf_text(buf, given.kind == GRIDGOV_ACTIVITY_DEDUCTION ? gg_in(lang, "来源 ", "source ")
                                                              : gg_in(lang, "批准 ", "authority "));
    gg_buf_text(buf, given.authority);
    gg_buf_text(buf, gg_in(lang, "）", ")"));
}

void gg_put_item(gg_buf *buf, const gridgov_explanation *e, const gridgov_atom *atom) {
    switch (atom->kind) {
    case GRIDGOV_ATOM_EVENT:
        put_event(buf, e, atom);
        return;
    case GRIDGOV_ATOM_OFFICER_DAY:
        put_officer_day(buf, e, atom);
        return;
    case GRIDGOV_ATOM_FIGURE:
        gg_buf_text(buf, gg_in(e->lang, "月度数 ", "monthly figure "));
        gg_buf_text(buf, atom->id);
        gg_buf_text(buf, " = ");
        gg_buf_int(buf, atom->count);
        gg_buf_text(buf, gg_in(e->lang, "（来源 ", " (source "));
        gg_buf_text(buf, atom->text);
        gg_buf_text(buf, gg_in(e->lang, "）", ")"));
        return;
    case GRIDGOV_ATOM_ADJUSTMENT:
        put_adjustment(buf, e, atom);
        return;
    default:
        put_activity(buf, e, atom);
        return;
    }
}
