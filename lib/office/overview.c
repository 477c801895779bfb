/* SPDX-License-Identifier: Apache-2.0 */
/* A row of the overview is a name (the key, or its Chinese title) and its content. Texts stand as
 * they are; next_steps and numbers are JSON; a parameter of the policy has a row of its own,
 * 考核参数.daily_distance_km. A text that begins with a quote is written as JSON, so that every
 * text comes back. */
#include "overview.h"

#include "base/error.h"
#include "base/json.h"

#include <gridgov/civil.h>

#include <string.h>

#define KEY_SIZE 64 /* bytes of the key of a name; a longer one is no parameter */
#define NESTED_KEY "policy_parameters"
#define NESTED_TITLE "考核参数"

static const struct {
    const char *key, *title, *note;
    int is_json;
} known[] = {
    {"office", "单位", "街道名称", 0},
    {"issuer", "发文机关标志", "", 0},
    {"document_number", "发文字号", "如 百办〔2021〕45号", 0},
    {"title", "标题", "", 0},
    {"addressees", "主送", "", 0},
    {"preamble", "引言", "", 0},
    {"table_title", "评价表标题", "", 0},
    {"cc", "抄送", "", 0},
    {"printed_by", "印发机关", "", 0},
    {"printed_on", "印发日期", "如 2021-10-14", 0},
    {"taxonomy", "事件分类", "内置分类的名称", 0},
    {"calendar", "日历", "内置日历的名称", 0},
    {"policy", "考核细则", "内置细则的名称", 0},
    {"version", "版本", "", 0},
    {"next_steps", "下一步计划", "规则清单（JSON）", 1},
    {"utc_offset_minutes", "时区", "与世界时相差的分钟，北京时间 480", 1},
};

static int is_key(gg_str text, const char *name) {
    char a[KEY_SIZE], b[KEY_SIZE];
    size_t size = gg_text_key(a, sizeof a, text);
    return size > 0 && size <= sizeof a && size == gg_text_key(b, sizeof b, gg_str_of(name)) &&
           memcmp(a, b, size) == 0;
}

int gg_overview_is_name(const char *name) {
    static const char *const names[] = {GG_OVERVIEW_NAME, "参数", "parameters", "overview"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (is_key(gg_str_of(name), names[i])) {
            return 1;
        }
    }
    return 0;
}

/* Content as a JSON value; NULL if it is none. */
static json_t *value_of(gg_str content, int is_json) {
    if (is_json || (content.size > 1 && content.data[0] == '"')) {
        return json_loadb(content.data, content.size, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES,
                          NULL);
    }
    return json_stringn(content.data, content.size);
}

/* The key behind "考核参数." or "policy_parameters."; size 0 if there is none. */
static gg_str nested_key(gg_str name) {
    static const char *const heads[] = {NESTED_TITLE, NESTED_KEY};
    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(heads[i]);
        if (name.size > size + 1 && memcmp(name.data, heads[i], size) == 0 &&
            name.data[size] == '.') {
            return gg_str_make(name.data + size + 1, name.size - size - 1);
        }
    }
    return gg_str_of("");
}

/* Put one row into the document: 1 if its name is known; −1 when memory is short. */
static int put_row(json_t *root, gg_str name, gg_str content) {
    gg_str key = nested_key(name);
    json_t *value;
    if (key.size > 0) {
        json_t *nested = json_object_get(root, NESTED_KEY);
        if (nested == NULL) {
            nested = json_object();
            if (json_object_set_new(root, NESTED_KEY, nested) != 0) {
                return -1;
            }
        }
        value = value_of(content, 0);
        return value != NULL && json_object_setn_new(nested, key.data, key.size, value) == 0 ? 1
                                                                                             : -1;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_key(name, known[i].key) || is_key(name, known[i].title)) {
            value = value_of(content, known[i].is_json);
            value = value != NULL ? value : json_stringn(content.data, content.size);
            return json_object_set_new(root, known[i].key, value) == 0 ? 1 : -1;
        }
    }
    return 0;
}

static gg_str cell(const gridgov_rows *rows, int64_t column) {
    size_t size = 0;
    const char *text = gridgov_rows_text(rows, column, &size);
    return gg_str_make(text, size);
}

static gridgov_status read_rows(json_t *root, gridgov_rows *rows, gridgov_issues *issues,
                                gridgov_error *err) {
    gridgov_status status;
    while ((status = gridgov_rows_next(rows, err)) == GRIDGOV_OK) {
        gg_str name = gg_text_trim(cell(rows, 0)), content = cell(rows, 1);
        int done;
        if (name.size == 0 || content.size == 0 || is_key(name, "项目") || is_key(name, "item")) {
            continue;
        }
        done = put_row(root, name, content);
        if (done < 0) {
            return gg_fail_memory(err);
        }
        if (done == 0) {
            gridgov_error issue;
            (void)gg_fail(&issue, GG_RULE_OVERVIEW_KEY, NULL, name.data, name.size, NULL, NULL);
            gg_error_at(&issue, gridgov_rows_source_name(rows), gridgov_rows_number(rows), 1);
            gridgov_issues_add(issues, &issue);
        }
    }
    return status < 0 ? status : GRIDGOV_OK;
}

gridgov_status gg_overview_read(gg_buf *json, gridgov_rows *rows, gridgov_issues *issues,
                                gridgov_error *err) {
    json_t *root = json_object();
    gridgov_status status;
    if (root == NULL) {
        return gg_fail_memory(err);
    }
    status = read_rows(root, rows, issues, err);
    if (status == GRIDGOV_OK && json_object_size(root) > 0) {
        if (json_object_set_new(root, "schema", json_string("gridgov.parameters/1")) != 0) {
            status = gg_fail_memory(err);
        }
        gg_json_put_canonical(json, root);
    }
    json_decref(root);
    return status == GRIDGOV_OK && gg_buf_failed(json) ? gg_fail_memory(err) : status;
}

/* Content of a value: a text as it stands, anything else as JSON. */
static void put_content(gg_buf *out, const json_t *value, int is_json) {
    gg_buf_clear(out);
    if (!is_json && json_is_string(value) && json_string_value(value)[0] != '"') {
        gg_buf_add(out, json_string_value(value), json_string_length(value));
    } else {
        gg_json_put_canonical(out, value);
    }
}

/* Parameters of the policy; 1 if memory was short. */
static int write_nested(gg_overview_put put, void *user, json_t *nested, gg_buf *name,
                        gg_buf *content) {
    const char *key;
    json_t *value;
    int failed = 0;
    json_object_foreach(nested, key, value) {
        gg_buf_clear(name);
        gg_buf_text(name, NESTED_TITLE ".");
        gg_buf_text(name, key);
        put_content(content, value, 0);
        failed |= gg_buf_failed(name) || gg_buf_failed(content);
        put(user, gg_buf_data(name), gg_buf_data(content), "");
    }
    return failed;
}

gridgov_status gg_overview_write(gg_overview_put put, void *user, const char *json, size_t size,
                                 gridgov_error *err) {
    gg_json_reader reader;
    gg_buf name = {0}, content = {0};
    int failed = 0;
    GG_TRY(gg_json_open(&reader, "parameters", json, size, "gridgov.parameters/1", NULL, err));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const json_t *value = json_object_get(reader.root, known[i].key);
        if (value != NULL) {
            put_content(&content, value, known[i].is_json);
        } else {
            gg_buf_clear(&content);
        }
        failed |= gg_buf_failed(&content);
        put(user, known[i].title, gg_buf_data(&content), known[i].note);
    }
    failed |= write_nested(put, user, json_object_get(reader.root, NESTED_KEY), &name, &content);
    gg_buf_release(&name);
    gg_buf_release(&content);
    gg_json_close(&reader);
    return failed ? gg_fail_memory(err) : GRIDGOV_OK;
}
