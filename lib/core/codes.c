/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of constants and back, over the tables of all parts. */
#include "core/code.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

#define KEY_SIZE 96 /* bytes; longer than any word of the tables */

static const gg_code langs[] = {
    {GRIDGOV_LANG_ZH, "zh", "中文", "Chinese", "zh-cn|zh_CN|汉语|简体中文"},
    {GRIDGOV_LANG_EN, "en", "英文", "English", "en-us|en-gb|英语"},
};

static const gg_code severities[] = {
    {GRIDGOV_SEVERITY_NOTE, "note", "提示", "note", "说明|info"},
    {GRIDGOV_SEVERITY_WARNING, "warning", "警告", "warning", "warn"},
    {GRIDGOV_SEVERITY_ERROR, "error", "错误", "error", ""},
};

static const gg_code tris[] = {
    {GRIDGOV_TRI_UNKNOWN, "unknown", "未知", "unknown", "不详|不明|待定|n/a|/|-|—"},
    {GRIDGOV_TRI_NO, "no", "否", "no", "n|false|f|0|无|没有|不是|不|假|×|✗"},
    {GRIDGOV_TRI_YES, "yes", "是", "yes", "y|true|t|1|有|是的|真|对|√|✓"},
};

static const gg_code_table own[GG_CODE_KINDS] = {
    [GRIDGOV_KIND_LANG] = GG_CODE_TABLE(langs),
    [GRIDGOV_KIND_SEVERITY] = GG_CODE_TABLE(severities),
    [GRIDGOV_KIND_TRI] = GG_CODE_TABLE(tris),
};

static const gg_code_table *const parts[] = {
    own, gg_codes_case, gg_codes_count, gg_codes_data, gg_codes_document, gg_codes_score,
};

/* Kinds have gaps between them, whose table is empty. */
static gg_code_table table_of(int32_t kind) {
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        if (kind >= 0 && kind < GG_CODE_KINDS && parts[p][kind].rows != NULL) {
            return parts[p][kind];
        }
    }
    return (gg_code_table){NULL, 0};
}

static const gg_code *find(int32_t kind, int32_t value) {
    gg_code_table table = table_of(kind);
    for (size_t i = 0; i < table.count; i++) {
        if (table.rows[i].value == value) {
            return &table.rows[i];
        }
    }
    return NULL;
}

const char *gridgov_code_text(int32_t kind, int32_t value) {
    const gg_code *found = find(kind, value);
    return found == NULL ? NULL : found->text;
}

const char *gridgov_code_title(int32_t kind, int32_t value, int32_t lang) {
    const gg_code *found = find(kind, value);
    if (found == NULL) {
        return NULL;
    }
    return lang == GRIDGOV_LANG_ZH ? found->zh : found->en;
}

gridgov_status gridgov_code_at(int32_t *value_out, int32_t kind, int64_t index) {
    if (value_out == NULL) {
        return GRIDGOV_EARG;
    }
    *value_out = 0;
    gg_code_table table = table_of(kind);
    if (table.rows == NULL) {
        return GRIDGOV_EARG;
    }
    if (index < 0 || (uint64_t)index >= table.count) {
        return GRIDGOV_END;
    }
    *value_out = table.rows[index].value;
    return GRIDGOV_OK;
}

/* Is the word's key the one looked for? */
static int is_word(gg_str key, const char *word, size_t size) {
    char buffer[KEY_SIZE];
    size_t needed = gg_text_key(buffer, sizeof buffer, gg_str_make(word, size));
    return needed == key.size && memcmp(buffer, key.data, needed) == 0;
}

static int names(const gg_code *row, gg_str key) {
    if (is_word(key, row->text, strlen(row->text)) || is_word(key, row->zh, strlen(row->zh)) ||
        is_word(key, row->en, strlen(row->en))) {
        return 1;
    }
    for (const char *word = row->aliases; *word != '\0';) {
        size_t size = strcspn(word, "|");
        if (is_word(key, word, size)) {
            return 1;
        }
        word += size;
        word += *word == '|';
    }
    return 0;
}

gridgov_status gridgov_code_value(int32_t *value_out, int32_t kind, const char *text, size_t size) {
    char buffer[KEY_SIZE];
    if (value_out == NULL) {
        return GRIDGOV_EARG;
    }
    *value_out = 0;
    gg_code_table table = table_of(kind);
    if (table.rows == NULL || text == NULL) {
        return GRIDGOV_EARG;
    }
    size_t needed = gg_text_key(buffer, sizeof buffer, gg_str_make(text, size));
    if (needed == 0 || needed > sizeof buffer) {
        return GRIDGOV_ENOTFOUND;
    }
    gg_str key = gg_str_make(buffer, needed);
    for (size_t i = 0; i < table.count; i++) {
        if (names(&table.rows[i], key)) {
            *value_out = table.rows[i].value;
            return GRIDGOV_OK;
        }
    }
    return GRIDGOV_ENOTFOUND;
}
