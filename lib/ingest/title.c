/* SPDX-License-Identifier: Apache-2.0 */
/* Templates that are filled in by hand write more than a name above a column: *事件编号,
 * 网格名称（必填）, 上报时间(yyyy-MM-dd), 巡查里程（公里）.
 *
 * Brackets are passed over only if what they say is known to change nothing: that the column must
 * be filled in, how it is to be, in which form. Any other word may change the meaning, as in
 * 经度(GCJ-02) or 办结时间(计划), so it stays part of the name. A unit is told apart by the field
 * that the rest names, see columns.c. */
#include "title.h"

#include <string.h>

#define TITLE_SIZE 256 /* bytes of a title; a longer one is no field's name, and stays as it is */
#define REMARK_SIZE 64 /* bytes of a remark's key; a longer one is none */

/* Remarks, as keys. */
static const char *const remarks[] = {
    "必填",      "必填项",   "必录",     "必选",     "必需",     "必须填写", "选填",     "选填项",
    "可选",      "可不填",   "可空",     "可为空",   "非必填",   "非必填项", "required", "optional",
    "mandatory", "单选",     "多选",     "下拉",     "下拉选择", "下拉框",   "选择",     "文本",
    "文本格式",  "数字",     "数值",     "日期",     "日期格式", "日期时间", "时间",     "时间格式",
    "自动",      "自动生成", "系统生成", "系统自动", "只读",     "北京时间", "东八区",   "utc+8",
    "utc+08:00", "gmt+8",    "24小时制",
};

/* Beginnings of remarks about the form. */
static const char *const forms[] = {"格式", "如:", "例如", "例:", "示例", "形如", "format"};

/* What a form of dates is written with, but for Chinese words. */
#define FORM_BYTES "ymdhs-/:.t'\"[]"
static const char *const form_words[] = {"年", "月", "日", "时", "分", "秒"};

/* 1 if a key spells a form of dates, yyyy-mm-dd hh:mm:ss. */
static int is_date_form(gg_str key) {
    size_t at = 0;
    int letters = 0;
    while (at < key.size) {
        size_t step = 0;
        if (strchr(FORM_BYTES, key.data[at]) != NULL) {
            letters += key.data[at] >= 'a' && key.data[at] <= 'z';
            step = 1;
        }
        for (size_t i = 0; step == 0 && i < sizeof form_words / sizeof form_words[0]; i++) {
            const size_t size = strlen(form_words[i]);
            step =
                key.size - at >= size && memcmp(key.data + at, form_words[i], size) == 0 ? size : 0;
        }
        if (step == 0) {
            return 0;
        }
        at += step;
    }
    return letters >= 4; // "yyyy" at least: a unit has fewer
}

/* 1 if what brackets say does not matter. */
static int is_remark(gg_str text) {
    char buffer[REMARK_SIZE];
    gg_str key = gg_str_make(buffer, gg_text_key(buffer, sizeof buffer, text));
    if (key.size > sizeof buffer) {
        return 0;
    }
    for (size_t i = 0; i < sizeof remarks / sizeof remarks[0]; i++) {
        if (gg_str_equal(key, gg_str_of(remarks[i]))) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const size_t size = strlen(forms[i]);
        if (key.size >= size && memcmp(key.data, forms[i], size) == 0) {
            return 1;
        }
    }
    return is_date_form(key);
}

/* Pairs of brackets, opening and closing. */
static const struct {
    const char *open, *close;
} brackets[] = {{"(", ")"},   {"（", "）"}, {"[", "]"},  {"［", "］"},
                {"【", "】"}, {"〔", "〕"}, {"（", ")"}, {"(", "）"}};

static int ends_with(gg_str text, const char *end) {
    const size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

static int begins_with(gg_str text, const char *begin) {
    const size_t size = strlen(begin);
    return text.size >= size && memcmp(text.data, begin, size) == 0;
}

/* Cut the brackets off the end of a text that has something before them; 1 if it had some. */
static int cut_last(gg_str *text, gg_str *inside) {
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        const size_t open = strlen(brackets[i].open), close = strlen(brackets[i].close);
        if (!ends_with(*text, brackets[i].close)) {
            continue;
        }
        for (size_t at = text->size - close; at-- > 1;) {
            if (text->size - at - close >= open &&
                memcmp(text->data + at, brackets[i].open, open) == 0) {
                *inside = gg_text_trim(
                    gg_str_make(text->data + at + open, text->size - at - open - close));
                *text = gg_text_trim(gg_str_make(text->data, at));
                return text->size > 0;
            }
        }
    }
    return 0;
}

/* The same of brackets in front. */
static int cut_first(gg_str *text, gg_str *inside) {
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        const size_t open = strlen(brackets[i].open), close = strlen(brackets[i].close);
        if (!begins_with(*text, brackets[i].open)) {
            continue;
        }
        for (size_t at = open; at + close < text->size; at++) {
            if (memcmp(text->data + at, brackets[i].close, close) == 0) {
                *inside = gg_text_trim(gg_str_make(text->data + open, at - open));
                *text = gg_text_trim(gg_str_make(text->data + at + close, text->size - at - close));
                return text->size > 0;
            }
        }
    }
    return 0;
}

/* Cut one mark off either end; 1 if there was one. */
static int cut_mark(gg_str *text) {
    static const char *const marks[] = {"*", "＊", "★", "☆", "※", "#"};
    static const char *const ends[] = {"*", "＊", "★", "☆", "※", ":", "："};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t size = strlen(marks[i]);
        if (begins_with(*text, marks[i]) && text->size > size) {
            *text = gg_text_trim(gg_str_make(text->data + size, text->size - size));
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t size = strlen(ends[i]);
        if (ends_with(*text, ends[i]) && text->size > size) {
            *text = gg_text_trim(gg_str_make(text->data, text->size - size));
            return 1;
        }
    }
    return 0;
}

void gg_title_read(gg_title *title, gg_str text) {
    gg_str rest, inside = {"", 0};
    int cut = 1;
    title->whole = title->plain = title->name = gg_text_trim(text);
    title->unit = inside;
    if (title->whole.size > TITLE_SIZE) {
        return;
    }
    while (cut) {
        cut = cut_mark(&title->plain);
        rest = title->plain;
        if ((cut_last(&rest, &inside) && is_remark(inside)) ||
            (rest = title->plain, cut_first(&rest, &inside) && is_remark(inside))) {
            title->plain = rest;
            cut = 1;
        }
    }
    rest = title->name = title->plain;
    if (cut_last(&rest, &inside)) {
        title->name = rest;
        title->unit = inside;
        if (begins_with(inside, "单位")) { // （单位：分钟）
            gg_str unit = gg_text_trim(
                gg_str_make(inside.data + strlen("单位"), inside.size - strlen("单位")));
            for (size_t i = 0; i < 2; i++) {
                const char *colon = i == 0 ? ":" : "：";
                if (begins_with(unit, colon)) {
                    unit = gg_text_trim(
                        gg_str_make(unit.data + strlen(colon), unit.size - strlen(colon)));
                }
            }
            title->unit = unit;
        }
    }
}
