/* SPDX-License-Identifier: Apache-2.0 */
/* Signals as sentences and as JSON (gridgov.signals/1). */
#include "signals.h"

#include "base/json.h"
#include "base/line.h"
#include "base/num.h"

#define TEXT_SIZE 512
#define METRE 1000

static const char *in(int32_t lang, const char *zh, const char *en) {
    return lang == GRIDGOV_LANG_EN ? en : zh;
}

/* Millimetres as metres. */
static void put_metres(gg_line *line, int64_t mm) {
    char text[GG_NUM_TEXT_SIZE];
    gg_decimal_format(text, mm, 3, 0);
    gg_line_text(line, text);
}

static void put_elements(gg_line *line, uint32_t missing, int32_t lang) {
    int32_t element = 0;
    int listed = 0;
    for (int64_t i = 0; gridgov_code_at(&element, GRIDGOV_KIND_ELEMENT, i) == GRIDGOV_OK; i++) {
        if ((missing & GG_ELEMENT_BIT(element)) != 0) {
            gg_line_text(line, listed++ == 0 ? "" : in(lang, "、", ", "));
            gg_line_text(line, gridgov_code_title(GRIDGOV_KIND_ELEMENT, element, lang));
        }
    }
}

static void put_duplicate(gg_line *line, const gridgov_signal *s, int32_t lang) {
    gg_line_text(line, in(lang, "与 ", "repeats "));
    gg_line_text(line, s->other_id);
    gg_line_text(line, in(lang, " 同类，", ", the same category, "));
    if (s->measured >= 0) {
        gg_line_text(line, in(lang, "相距 ", ""));
        put_metres(line, s->measured);
        gg_line_text(line, in(lang, " 米（不超过 ", " m away (at most "));
        put_metres(line, s->threshold);
        gg_line_text(line, in(lang, " 米）", " m)"));
    } else {
        gg_line_text(line, in(lang, "地点文字相同", "its place in the same words"));
    }
    gg_line_text(line, in(lang, "，晚 ", ", "));
    gg_line_int(line, s->seconds);
    gg_line_text(line, in(lang, " 秒上报", " s later"));
}

static void put_sentence(gg_line *line, const gridgov_signal *s, int32_t lang) {
    gg_line_text(line, s->event_id);
    gg_line_text(line, in(lang, "：", ": "));
    switch (s->kind) {
    case GRIDGOV_SIGNAL_INCOMPLETE:
        gg_line_text(line, in(lang, "缺少要素 ", "lacks "));
        put_elements(line, s->missing, lang);
        break;
    case GRIDGOV_SIGNAL_DUPLICATE:
        put_duplicate(line, s, lang);
        break;
    case GRIDGOV_SIGNAL_CLOSED_AT_ONCE:
        gg_line_text(line, in(lang, "上报后 ", "closed "));
        gg_line_int(line, s->measured);
        gg_line_text(line, in(lang, " 秒办结（不超过 ", " s after its report (at most "));
        gg_line_int(line, s->threshold);
        gg_line_text(line, in(lang, " 秒）", " s)"));
        break;
    case GRIDGOV_SIGNAL_BULK_CLOSING:
        gg_line_text(line, s->agency[0] != '\0' ? s->agency : in(lang, "网格", "the grid"));
        gg_line_text(line, in(lang, " 在截止前 ", " closed "));
        gg_line_int(line, lang == GRIDGOV_LANG_EN ? s->measured : s->seconds);
        gg_line_text(line, in(lang, " 秒内办结 ", " cases within "));
        gg_line_int(line, lang == GRIDGOV_LANG_EN ? s->seconds : s->measured);
        gg_line_text(line, in(lang, " 件（不少于 ", " s before the cut-off (at least "));
        gg_line_int(line, s->threshold);
        gg_line_text(line, in(lang, " 件）", ")"));
        break;
    default:
        gg_line_text(line, in(lang, "转出后又回到 ", "came back to "));
        gg_line_text(line, s->agency);
        gg_line_text(line, in(lang, "，共 ", " "));
        gg_line_int(line, s->measured);
        gg_line_text(line, in(lang, " 次（不少于 ", " times (at least "));
        gg_line_int(line, s->threshold);
        gg_line_text(line, in(lang, " 次）", ")"));
        break;
    }
}

gridgov_status gridgov_signals_text(char *buffer, size_t size, const gridgov_signals *signals,
                                    int64_t index, int32_t lang) {
    gridgov_signal signal = {.struct_size = sizeof signal};
    gg_line line;
    if (buffer == NULL || size == 0) {
        return GRIDGOV_EARG;
    }
    gridgov_status status = gridgov_signals_at(&signal, signals, index);
    if (status == GRIDGOV_OK) {
        gg_line_init(&line, buffer, size);
        put_sentence(&line, &signal, lang);
    }
    return status;
}

/* "missing": ["persons", …] */
static void put_missing(gg_buf *buf, uint32_t missing) {
    int32_t element = 0;
    int listed = 0;
    gg_json_put_key(buf, ", ", "missing");
    gg_buf_byte(buf, '[');
    for (int64_t i = 0; gridgov_code_at(&element, GRIDGOV_KIND_ELEMENT, i) == GRIDGOV_OK; i++) {
        if ((missing & GG_ELEMENT_BIT(element)) != 0) {
            gg_buf_text(buf, listed++ == 0 ? "" : ", ");
            gg_json_put_text(buf, gg_str_of(gridgov_code_text(GRIDGOV_KIND_ELEMENT, element)));
        }
    }
    gg_buf_byte(buf, ']');
}

static void put_signal(gg_buf *buf, const gridgov_signals *signals, int64_t index) {
    const gridgov_signal *s = &signals->items[index];
    char text[TEXT_SIZE];
    gg_buf_text(buf, "{\"kind\": ");
    gg_json_put_text(buf, gg_str_of(gridgov_code_text(GRIDGOV_KIND_SIGNAL, s->kind)));
    gg_json_put_member(buf, ", ", "event", s->event_id);
    switch (s->kind) {
    case GRIDGOV_SIGNAL_INCOMPLETE:
        put_missing(buf, s->missing);
        break;
    case GRIDGOV_SIGNAL_DUPLICATE:
        gg_json_put_member(buf, ", ", "repeats", s->other_id);
        if (s->measured >= 0) {
            gg_json_put_number(buf, ", ", "millimetres", s->measured);
            gg_json_put_number(buf, ", ", "at_most_millimetres", s->threshold);
        }
        gg_json_put_number(buf, ", ", "seconds", s->seconds);
        break;
    case GRIDGOV_SIGNAL_CLOSED_AT_ONCE:
        gg_json_put_number(buf, ", ", "seconds", s->measured);
        gg_json_put_number(buf, ", ", "at_most_seconds", s->threshold);
        break;
    case GRIDGOV_SIGNAL_BULK_CLOSING:
        gg_json_put_member(buf, ", ", "agency", s->agency);
        gg_json_put_number(buf, ", ", "cases", s->measured);
        gg_json_put_number(buf, ", ", "at_least_cases", s->threshold);
        gg_json_put_number(buf, ", ", "window_seconds", s->seconds);
        break;
    default:
        gg_json_put_member(buf, ", ", "agency", s->agency);
        gg_json_put_number(buf, ", ", "times", s->measured);
        gg_json_put_number(buf, ", ", "at_least_times", s->threshold);
        break;
    }
    (void)gridgov_signals_text(text, sizeof text, signals, index, GRIDGOV_LANG_ZH);
    gg_json_put_member(buf, ", ", "text", text);
    gg_buf_byte(buf, '}');
}

gridgov_status gridgov_signals_json(gridgov_bytes **out, const gridgov_signals *signals,
                                    gridgov_error *err) {
    int32_t kind = 0;
    gg_buf buf = {0};
    int listed = 0;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (signals == NULL) {
        return gg_fail_arg(err, "signals");
    }
    gg_buf_text(&buf, "{\n  \"schema\": \"gridgov.signals/1\"");
    gg_json_put_member(&buf, ", ", "library", gridgov_version_text());
    gg_json_put_member(&buf, ", ", "ledger_digest", gridgov_ledger_digest(signals->ledger));
    gg_buf_text(&buf, ",\n  \"looked_for\": [");
    for (int64_t i = 0; gridgov_code_at(&kind, GRIDGOV_KIND_SIGNAL, i) == GRIDGOV_OK; i++) {
        if ((signals->covered >> kind & 1) != 0) {
            gg_buf_text(&buf, listed++ == 0 ? "" : ", ");
            gg_json_put_text(&buf, gg_str_of(gridgov_code_text(GRIDGOV_KIND_SIGNAL, kind)));
        }
    }
    gg_buf_text(&buf, "],\n  \"signals\": [");
    for (size_t i = 0; i < signals->count; i++) {
        gg_buf_text(&buf, i == 0 ? "\n    " : ",\n    ");
        put_signal(&buf, signals, (int64_t)i);
    }
    gg_buf_text(&buf, "]\n}\n");
    return gg_buf_to_bytes(out, &buf, err);
}
