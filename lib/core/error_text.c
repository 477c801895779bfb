/* SPDX-License-Identifier: Apache-2.0 */
/* Errors for people. The struct holds the English message; the Chinese one is made from the rule's
 * Chinese template, where {field} and {value} come from the struct and {0} and {1} are found again
 * by laying the English template over the English message. That works on a message that was cut,
 * too: what lies behind the cut is drawn as "…". If template and message do not fit, because a host
 * wrote its own message, the English one is shown.
 *
 * The matcher steps back over at most two open placeholders in at most 167 bytes, so its work is
 * bounded. */
#include <gridgov/base.h>
#include <gridgov/codes.h>

#include "base/error.h"
#include "base/line.h"
#include "base/text.h"

#include <string.h>

#define FIELD 0
#define VALUE 1
#define MORE 2  /* the first of {0} {1} */
#define PARTS 4 /* as numbered by gg_line_piece() */
#define LONGEST_CHARACTER 4

/* Texts that the library itself puts in place of {0}. */
static const struct {
    const char *en, *zh;
} words[] = {
    {"text", "文本"},
    {"a whole number", "整数"},
    {"a decimal such as \"2.5\"", "小数（如 \"2.5\"）"},
    {"true or false", "true 或 false"},
    {"an array", "数组"},
    {"an object", "对象"},
    {"no such file or folder", "文件或文件夹不存在"},
    {"permission denied", "没有权限"},
    {"operation not permitted", "操作不允许"},
    {"it is a folder", "它是文件夹"},
    {"it is no folder", "它不是文件夹"},
    {"no space left on the device", "磁盘空间不足"},
    {"read-only file system", "文件系统只读"},
    {"too many open files", "打开的文件过多"},
    {"the path is too long", "路径过长"},
    {"too many symbolic links", "符号链接过多"},
    {"input/output error", "读写错误"},
    {"the file is too large", "文件过大"},
    {"broken pipe", "管道已断开"},
    {"it exists already", "已存在"},
    {"it is in use", "正被占用"},
    {"system error", "系统错误"},
    {"a list of text", "文本数组"},
    {"object", "对象"},
    {"object, text", "对象或文本"},
    {"a header, a list of headers, or a number from 1", "表头、表头数组或从 1 起的列号"},
    {"metric", "口径"},
    {"group", "分组"},
    {"category", "类型"},
    {"category further up", "前文的类型"},
    {"the platforms", "各平台"},
    {"the year of the list and its neighbours", "该表所列年份及其前后一年"},
    {"must lie after valid_from", "须晚于 valid_from"},
    {"at least one is needed", "至少须有一项"},
    {"a code is 1 to 256 visible ASCII characters without a slash",
     "编码应为 1 至 256 个可见 ASCII 字符，不含斜杠"},
    {"a name has 1 to 256 bytes", "名称应为 1 至 256 字节"},
    {"an alias has 1 to 256 bytes", "别名应为 1 至 256 字节"},
    {"one ASCII character other than a quote or a line end", "引号和换行以外的一个 ASCII 字符"},
    {"not a form of times", "不是时间格式"},
    {"the ledger is sealed", "台账已封存"},
    {"the ledger is not sealed", "台账尚未封存"},
    {"the units are sealed", "单位表已封存"},
    {"the units are not sealed", "单位表尚未封存"},
    {"the month has been run", "本月已运行"},
    {"the month has not been run", "本月尚未运行"},
    {"facts without a ledger cannot be counted again", "没有台账的统计结果不能重新统计"},
    {"not a clock of the whole case", "不是整件案件的计时"},
    {"nothing here asks for a time", "此处不涉及用时"},
    {"closed_within asks for a closing", "closed_within 以结案为准"},
    {"only for tables of events", "只用于事件表"},
    {"unknown rule", "未知的规则编号"},
};

/* A match in progress; a part whose data is NULL is not known yet. */
typedef struct matcher {
    gg_str parts[PARTS];
    int cut; /* the message may lack its end */
    char field[sizeof(((gridgov_error *)0)->field) *
               3]; /* as in the message: a bad byte becomes three */
    char value[sizeof(((gridgov_error *)0)->value) * 3];
} matcher;

/* A member of the struct, which a host may have filled to the brim. */
static gg_str member(const char *text, size_t room) {
    const char *end = memchr(text, '\0', room);
    return gg_str_make(text, end == NULL ? room : (size_t)(end - text));
}

/* Past expected at the start of *text. Of a cut message the end of expected may be missing. */
static int take(const matcher *m, gg_str *text, gg_str expected) {
    size_t size = expected.size < text->size ? expected.size : text->size;
    if ((size != 0 && memcmp(text->data, expected.data, size) != 0) ||
        (size < expected.size && !m->cut)) {
        return 0;
    }
    *text = gg_str_make(text->data + size, text->size - size);
    return 1;
}

/* Does the template yield the text? Fills in the parts that were not known. As deep as the template
 * has placeholders. */
static int match(matcher *m, const char *template, gg_str text) {
    gg_str literal;
    int part;
    const char *rest = gg_line_piece(&literal, &part, template);
    if (!take(m, &text, literal)) {
        return 0;
    }
    if (part < 0) {
        return text.size == 0;
    }
    if (text.size == 0 && m->cut && part >= MORE) {
        return match(m, rest, text); // lost, and so is what follows
    }
    if (m->parts[part].data != NULL) {
        return take(m, &text, m->parts[part]) && match(m, rest, text);
    }
    for (size_t size = 0; size <= text.size; size++) {
        m->parts[part] = gg_str_make(text.data, size);
        if (match(m, rest, gg_str_make(text.data + size, text.size - size))) {
            return 1;
        }
    }
    m->parts[part].data = NULL;
    return 0;
}

static gg_str chinese_word(gg_str text) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (gg_str_equal(text, gg_str_of(words[i].en))) {
            return gg_str_of(words[i].zh);
        }
    }
    return text;
}

/* Read the message by its rule; 0 if it was not made from it. */
static int read_message(matcher *m, const gg_rule *rule, const gridgov_error *err, gg_str message) {
    gg_line clean;
    memset(m, 0, sizeof *m);
    m->cut = message.size + LONGEST_CHARACTER >= sizeof err->message;
    gg_line_init(&clean, m->field, sizeof m->field);
    gg_line_str(&clean, member(err->field, sizeof err->field));
    m->parts[FIELD] = gg_str_make(m->field, clean.size);
    gg_line_init(&clean, m->value, sizeof m->value);
    gg_line_str(&clean, member(err->value, sizeof err->value));
    m->parts[VALUE] = gg_str_make(m->value, clean.size);
    return rule != NULL && match(m, rule->en, message);
}

/* Codes that the refusals of a life cycle name, as the field says them; a last one that was cut is
 * drawn as "…". kind 0 leaves the text as it is. */
static gg_str chinese_codes(char *buffer, size_t room, gg_str codes, int32_t kind, int cut) {
    gg_line line;
    if (kind == 0) {
        return codes;
    }
    gg_line_init(&line, buffer, room);
    for (size_t at = 0, size; at < codes.size; at += size + 1) {
        int32_t value;
        for (size = 0; at + size < codes.size && codes.data[at + size] != ',';) {
            size++;
        }
        const gg_str code = gg_str_make(codes.data + at, size);
        gg_line_text(&line, at == 0 ? "" : "、");
        if (gridgov_code_value(&value, kind, code.data, code.size) == GRIDGOV_OK) {
            gg_line_text(&line, gridgov_code_title(kind, value, GRIDGOV_LANG_ZH));
        } else if (cut && at + size == codes.size) {
            gg_line_text(&line, "…");
        } else {
            gg_line_str(&line, code);
        }
    }
    return gg_str_make(buffer, line.size);
}

/* Which parts of a refusal are codes. */
static const struct {
    int32_t rule, value, more;
} refusals[] = {
    {GG_RULE_STEP_STATE, 0, GRIDGOV_KIND_STEP},
    {GG_RULE_STEP_ROLE, GRIDGOV_KIND_ROLE, GRIDGOV_KIND_ROLE},
    {GG_RULE_STEP_REASON, 0, 0},
    {GG_RULE_STEP_REASON_MISSING, 0, 0},
    {GG_RULE_STEP_HOLDER, 0, 0},
    {GG_RULE_STEP_FIRST, 0, GRIDGOV_KIND_STEP},
    {GG_RULE_STEP_LEVEL, 0, 0},
    {GG_RULE_STEP_EXTENSIONS, 0, 0},
    {GG_RULE_STEP_ASKED, 0, GRIDGOV_KIND_STEP},
    {GG_RULE_STEP_CREATOR, GRIDGOV_KIND_ROLE, GRIDGOV_KIND_ROLE},
    {GG_RULE_STEP_ITSELF, 0, GRIDGOV_KIND_STEP},
    {GG_RULE_STEP_DIRECT, 0, 0},
};

/* The refusals of a life cycle, with their codes as words. */
static int add_refusal(gg_line *line, const gg_rule *rule, const matcher *m) {
    char field[64], value[96], more[512];
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].rule == rule->number) {
            const gg_str rest = m->parts[MORE].data == NULL ? gg_str_of("…") : m->parts[MORE];
            const gg_str name =
                m->parts[MORE + 1].data == NULL ? gg_str_of("…") : m->parts[MORE + 1];
            const gg_line_parts parts = {
                chinese_codes(field, sizeof field, m->parts[FIELD], GRIDGOV_KIND_STEP, 0),
                chinese_codes(value, sizeof value, m->parts[VALUE], refusals[i].value, 0),
                {chinese_codes(more, sizeof more, rest, refusals[i].more, m->cut), name}};
            gg_line_template(line, rule->zh, &parts);
            return 1;
        }
    }
    return 0;
}

static void add_chinese(gg_line *line, const gg_rule *rule, const matcher *m) {
    if (add_refusal(line, rule, m)) {
        return;
    }
    gg_line_parts parts = {m->parts[FIELD], m->parts[VALUE], {gg_str_of("…"), gg_str_of("…")}};
    for (int i = 0; i < 2; i++) {
        if (m->parts[MORE + i].data != NULL) {
            parts.more[i] = chinese_word(m->parts[MORE + i]);
        }
    }
    gg_line_template(line, rule->zh, &parts);
}

static int says(const gg_rule *rule, const char *placeholder) {
    return rule != NULL && strstr(rule->en, placeholder) != NULL;
}

/* Row, column, field and value, as far as they exist and the message does not say them itself. */
static void add_position(gg_line *line, const gridgov_error *err, const gg_rule *rule, int zh) {
    gg_str field = member(err->field, says(rule, "{field}") ? 0 : sizeof err->field);
    gg_str value = member(err->value, says(rule, "{value}") ? 0 : sizeof err->value);
    int placed = err->row > 0 || err->column > 0;
    if (err->row > 0) {
        gg_line_text(line, zh ? "第 " : "row ");
        gg_line_int(line, err->row);
        gg_line_text(line, zh ? " 行" : err->column > 0 ? ", " : "");
    }
    if (err->column > 0) {
        gg_line_text(line, zh ? "第 " : "column ");
        gg_line_int(line, err->column);
        gg_line_text(line, zh ? " 列" : "");
    }
    if (field.size != 0) {
        gg_line_text(line, !placed ? "" : zh ? "（" : " (");
        gg_line_str(line, field);
        gg_line_text(line, !placed ? "" : zh ? "）" : ")");
    }
    if (value.size != 0) {
        gg_line_text(line, zh ? "“" : placed || field.size != 0 ? " \"" : "\"");
        gg_line_str(line, value);
        gg_line_text(line, zh ? "”" : "\"");
    }
    if (placed || field.size != 0 || value.size != 0) {
        gg_line_text(line, zh ? "：" : ": ");
    }
}

size_t gridgov_error_text(char *buffer, size_t size, const gridgov_error *err, int32_t lang) {
    gg_line line;
    int zh = lang == GRIDGOV_LANG_ZH;
    gg_line_init(&line, buffer, size);
    if (err == NULL) {
        return 0;
    }
    matcher m;
    gg_str source = member(err->source, sizeof err->source);
    gg_str message = member(err->message, sizeof err->message);
    const gg_rule *rule = gg_rule_find(err->rule);
    if (!read_message(&m, rule, err, message)) {
        rule = NULL;
    }
    if (source.size != 0) {
        gg_line_str(&line, source);
        gg_line_text(&line, zh ? "：" : ": ");
    }
    add_position(&line, err, rule, zh);
    if (message.size == 0) {
        gg_line_text(&line, gridgov_status_name(err->status));
    } else if (zh && rule != NULL) {
        add_chinese(&line, rule, &m);
    } else {
        gg_line_str(&line, message);
    }
    return line.whole;
}

gridgov_status gridgov_error_set(gridgov_error *err, int32_t rule, const char *field,
                                 const char *value, size_t value_size, const char *more) {
    if (gg_rule_find(rule) == NULL) {
        return gg_fail(err, GG_RULE_INTERNAL, field, value, value_size, "unknown rule", NULL);
    }
    return gg_fail(err, rule, field, value, value_size, more, NULL);
}

int32_t gridgov_rule_severity(int32_t rule) {
    const gg_rule *found = gg_rule_find(rule);
    return found == NULL ? GRIDGOV_SEVERITY_ERROR : found->severity;
}

const char *gridgov_rule_code(int32_t rule) {
    const gg_rule *found = gg_rule_find(rule);
    return found == NULL ? NULL : found->code;
}

int32_t gridgov_rule_find(const char *code, size_t size) {
    const gg_rule *rule;
    for (int64_t i = 0; code != NULL && (rule = gg_rule_at(i)) != NULL; i++) {
        if (gg_str_equal(gg_str_of(rule->code), gg_str_make(code, size))) {
            return rule->number;
        }
    }
    return 0;
}

gridgov_status gridgov_rule_at(int32_t *rule_out, int64_t index) {
    const gg_rule *rule = gg_rule_at(index);
    if (rule_out == NULL) {
        return GRIDGOV_EARG;
    }
    *rule_out = rule == NULL ? 0 : rule->number;
    return rule == NULL ? GRIDGOV_END : GRIDGOV_OK;
}
