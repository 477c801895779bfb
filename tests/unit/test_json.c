/* SPDX-License-Identifier: Apache-2.0 */
/* Strict JSON: what is refused and where the message points, the getters, and the canonical form.
 */
#include "base/json.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static gridgov_status open_text(gg_json_reader *reader, const char *text, gridgov_issues *issues,
                                gridgov_error *err) {
    return gg_json_open(reader, "policy", text, strlen(text), NULL, issues, err);
}

static void documents_that_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        gridgov_status status;
        int32_t rule;
        int64_t row; // line of the source, 0 where the pointer tells
        const char *field, *value;
    } cases[] = {
        {"", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{}\n}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 2, "", ""},
        {"{\"a\": 1,\n \"a\": 2}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 2, "", ""},
        {"{\"a\": \"x\\u0000\"}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{\"a\": 9223372036854775808}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{'a': 1}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{\"a\": NaN}", GRIDGOV_EFORMAT, GG_RULE_JSON_SYNTAX, 1, "", ""},
        {"{\"a\": \"\xC9\xE7\"}", GRIDGOV_EFORMAT, GG_RULE_UTF8, 0, "", ""},
        {"[1]", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, 0, "", "JSON"},
        {"{\"a\": 1.0}", GRIDGOV_EFORMAT, GG_RULE_JSON_REAL, 0, "/a", "1.0"},
        {"{\"a\": \"2.5\", \"b\": [7, -1e2]}", GRIDGOV_EFORMAT, GG_RULE_JSON_REAL, 0, "/b/1",
         "-1e2"},
        {"{\"1.5\": {\"a/b~\": [[], {\"c\": 101.0}]}}", GRIDGOV_EFORMAT, GG_RULE_JSON_REAL, 0,
         "/1.5/a~1b~0/1/c", "101.0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_json_reader reader;
        gridgov_error err;
        gridgov_error kept;
        gridgov_issues *issues = NULL;
        assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
        assert_int_equal(open_text(&reader, cases[i].text, issues, &err), cases[i].status);
        assert_int_equal(err.status, cases[i].status);
        assert_int_equal(err.rule, cases[i].rule);
        assert_int_equal(err.row, cases[i].row);
        assert_string_equal(err.field, cases[i].field);
        assert_string_equal(err.value, cases[i].value);
        assert_string_equal(err.source, "policy");
        assert_int_equal(gridgov_issues_count(issues), 1);
        assert_int_equal(gridgov_issues_at(&kept, issues, 0), GRIDGOV_OK);
        assert_memory_equal(&kept, &err, sizeof err);
        assert_int_equal(open_text(&reader, cases[i].text, NULL, NULL), cases[i].status);
        gridgov_issues_free(issues);
    }
}

static void messages_say_what_is_wrong(void **state) {
    (void)state;
    gg_json_reader reader;
    gridgov_error err;
    open_text(&reader, "{\"a\": 1, \"a\": 2}", NULL, &err);
    assert_non_null(strstr(err.message, "duplicate"));
    open_text(&reader, "{\"ab\": \"\xC9\xE7\"}", NULL, &err);
    assert_string_equal(err.message, "byte 9 is not UTF-8");
    open_text(&reader, "{\"a\": 2.50}", NULL, &err);
    assert_string_equal(err.message, "a number with a fraction must be written as text: 2.50");
}

static void every_real_number_is_reported(void **state) {
    (void)state;
    gg_json_reader reader;
    gridgov_error entry;
    gridgov_issues *issues = NULL;
    static const char *const expected[][2] = {{"/z", "1.5"}, {"/a/0", "2E0"}, {"/a/2", "-0.0"}};
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(
        open_text(&reader, "{\"z\":1.5,\"s\":\"9.9 \\\" 8.8\",\"a\":[2E0,3,-0.0]}", issues, NULL),
        GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_issues_count(issues), 3);
    for (int64_t i = 0; i < 3; i++) {
        assert_int_equal(gridgov_issues_at(&entry, issues, i), GRIDGOV_OK);
        assert_string_equal(entry.field, expected[i][0]);
        assert_string_equal(entry.value, expected[i][1]);
    }
    gridgov_issues_free(issues);
}

/* depth arrays, the outermost in an object. */
static gridgov_status open_nested(int depth, gridgov_error *err) {
    gg_json_reader reader;
    gg_buf buf = {0};
    gg_buf_text(&buf, "{\"]]]\":");
    for (int i = 1; i < depth; i++) {
        gg_buf_byte(&buf, '[');
    }
    for (int i = 1; i < depth; i++) {
        gg_buf_byte(&buf, ']');
    }
    gg_buf_text(&buf, depth > 1 ? "}" : "0}");
    gridgov_status status = gg_json_open(&reader, "policy", buf.data, buf.size, NULL, NULL, err);
    if (status == GRIDGOV_OK) {
        gg_json_close(&reader);
    }
    gg_buf_release(&buf);
    return status;
}

static void depth_is_limited_before_parsing(void **state) {
    (void)state;
    gridgov_error err;
    assert_int_equal(open_nested(1, &err), GRIDGOV_OK);
    assert_int_equal(open_nested(64, &err), GRIDGOV_OK);
    assert_int_equal(open_nested(65, &err), GRIDGOV_ELIMIT);
    assert_int_equal(err.rule, GG_RULE_JSON_DEPTH);
    assert_int_equal(open_nested(1000000, &err), GRIDGOV_ELIMIT);
    gg_json_reader reader;
    assert_int_equal(
        open_text(&reader, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                  NULL, &err),
        GRIDGOV_ELIMIT);
    assert_int_equal(
        open_text(
            &reader,
            "{\"a\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\":0}",
            NULL, &err),
        GRIDGOV_OK); // brackets inside text do not nest
    gg_json_close(&reader);
}

static void size_is_limited(void **state) {
    (void)state;
    const size_t limit = (size_t)16 * 1024 * 1024;
    gg_json_reader reader;
    gridgov_error err;
    gg_buf buf = {0};
    gg_buf_text(&buf, "{}");
    while (buf.size < limit) {
        gg_buf_byte(&buf, ' ');
    }
    assert_int_equal(gg_json_open(&reader, "policy", buf.data, buf.size, NULL, NULL, &err),
                     GRIDGOV_OK);
    gg_json_close(&reader);
    gg_buf_byte(&buf, ' ');
    assert_int_equal(gg_json_open(&reader, "policy", buf.data, buf.size, NULL, NULL, &err),
                     GRIDGOV_ELIMIT);
    assert_int_equal(err.rule, GG_RULE_JSON_SIZE);
    gg_buf_release(&buf);
}

static void schema_is_required_when_asked_for(void **state) {
    (void)state;
    static const struct {
        const char *text;
        gridgov_status status;
        int32_t rule;
        const char *value;
    } cases[] = {
        {"\xEF\xBB\xBF{\"schema\": \"gridgov.policy/1\"}", GRIDGOV_OK, 0, ""},
        {"{\"schema\": \"gridgov.policy/2\"}", GRIDGOV_EPOLICY, GG_RULE_JSON_SCHEMA,
         "gridgov.policy/2"},
        {"{\"schema\": 1}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "schema"},
        {"{}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "schema"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_json_reader reader;
        gridgov_error err = {.status = 0};
        gridgov_status status = gg_json_open(&reader, "policy", cases[i].text,
                                             strlen(cases[i].text), "gridgov.policy/1", NULL, &err);
        assert_int_equal(status, cases[i].status);
        assert_int_equal(err.rule, cases[i].rule);
        assert_string_equal(err.value, cases[i].value);
        assert_string_equal(err.field, status < 0 ? "/schema" : "");
        if (status == GRIDGOV_OK) {
            assert_int_equal(gg_json_status(&reader, &err), GRIDGOV_OK);
            gg_json_close(&reader);
        }
    }
}

static const char document[] = "{\"text\": \"社区\", \"int\": 7, \"digits\": \" -12 \", "
                               "\"decimal\": \"2.5\", \"yes\": true, \"no\": false,"
                               " \"null\": null, \"array\": [1], \"object\": {\"a\": 1}, \"huge\": "
                               "9223372036854775807, \"$comment\": 1, \"notes\": 2,"
                               " \"word\": \"seven\", \"fine\": \"2.5555\", \"range\": \"10.5\"}";

/* Open the document above for one getter. */
static void begin(gg_json_reader *reader, gridgov_issues **issues) {
    assert_int_equal(gridgov_issues_new(issues, 0, NULL), GRIDGOV_OK);
    assert_int_equal(open_text(reader, document, *issues, NULL), GRIDGOV_OK);
}

/* Exactly one problem was reported, of this rule, at this pointer; rule 0: none. */
static void end(gg_json_reader *reader, gridgov_issues *issues, int32_t rule, const char *field,
                const char *message) {
    gridgov_error err = {.status = 0};
    gridgov_error entry;
    gridgov_status status = gg_json_status(reader, &err);
    assert_int_equal(gridgov_issues_count(issues), rule == 0 ? 0 : 1);
    assert_int_equal(status, rule == 0 ? GRIDGOV_OK : GRIDGOV_EPOLICY);
    assert_int_equal(err.rule, rule);
    if (rule != 0) {
        assert_string_equal(err.field, field);
        assert_string_equal(err.message, message);
        assert_int_equal(gridgov_issues_at(&entry, issues, 0), GRIDGOV_OK);
        assert_memory_equal(&entry, &err, sizeof err);
    }
    gg_json_close(reader);
    gridgov_issues_free(issues);
}

static void text_members(void **state) {
    (void)state;
    static const struct {
        const char *key;
        int required;
        const char *expected;
        int32_t rule;
        const char *message;
    } cases[] = {
        {"text", 1, "社区", 0, NULL},
        {"none", 0, "fallback", 0, NULL},
        {"none", 1, "fallback", GG_RULE_JSON_MISSING, "key none is missing"},
        {"int", 0, "fallback", GG_RULE_JSON_TYPE, "int is expected to be text"},
        {"null", 0, "fallback", GG_RULE_JSON_TYPE, "null is expected to be text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_json_reader reader;
        gridgov_issues *issues;
        char field[64];
        begin(&reader, &issues);
        assert_string_equal(
            gg_json_text(&reader, reader.root, "/x", cases[i].key, cases[i].required, "fallback"),
            cases[i].expected);
        gg_json_pointer_key(field, "/x", cases[i].key);
        end(&reader, issues, cases[i].rule, field, cases[i].message);
    }
}

static void whole_number_members(void **state) {
    (void)state;
    static const struct {
        const char *key;
        int required;
        int64_t min, max, expected;
        int32_t rule;
        const char *message;
    } cases[] = {
        {"int", 1, 7, 7, 7, 0, NULL},
        {"digits", 1, -12, 100, -12, 0, NULL},
        {"huge", 1, 0, INT64_MAX, INT64_MAX, 0, NULL},
        {"none", 0, 0, 1, -5, 0, NULL},
        {"none", 1, 0, 1, -5, GG_RULE_JSON_MISSING, "key none is missing"},
        {"int", 1, 8, 100, -5, GG_RULE_JSON_RANGE, "7 lies outside 8 … 100"},
        {"int", 1, 0, 6, -5, GG_RULE_JSON_RANGE, "7 lies outside 0 … 6"},
        {"digits", 1, 0, 6, -5, GG_RULE_JSON_RANGE, " -12  lies outside 0 … 6"},
        {"decimal", 1, 0, 6, -5, GG_RULE_JSON_TYPE, "decimal is expected to be a whole number"},
        {"word", 1, 0, 6, -5, GG_RULE_JSON_TYPE, "word is expected to be a whole number"},
        {"yes", 1, 0, 6, -5, GG_RULE_JSON_TYPE, "yes is expected to be a whole number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_json_reader reader;
        gridgov_issues *issues;
        char field[64];
        begin(&reader, &issues);
        assert_true(gg_json_int(&reader, reader.root, "", cases[i].key, cases[i].required, -5,
                                cases[i].min, cases[i].max) == cases[i].expected);
        gg_json_pointer_key(field, "", cases[i].key);
        end(&reader, issues, cases[i].rule, field, cases[i].message);
    }
}

static void decimal_members(void **state) {
    (void)state;
    static const struct {
        const char *key;
        int64_t min, max, expected;
        int32_t rule;
        const char *message;
    } cases[] = {
        {"decimal", 0, 2500, 2500, 0, NULL},
        {"int", 0, 7000, 7000, 0, NULL},
        {"digits", -12000, 0, -12000, 0, NULL},
        {"none", 0, 7000, -5, 0, NULL},
        {"decimal", 0, 2499, -5, GG_RULE_JSON_RANGE, "2.5 lies outside 0 … 2.499"},
        {"range", -500, 10000, -5, GG_RULE_JSON_RANGE, "10.5 lies outside -0.5 … 10"},
        {"huge", 0, INT64_MAX, -5, GG_RULE_JSON_RANGE,
         "9223372036854775807 lies outside 0 … 9223372036854775.807"},
        {"fine", 0, 7000, -5, GG_RULE_JSON_TYPE,
         "fine is expected to be a decimal such as \"2.5\""},
        {"array", 0, 7000, -5, GG_RULE_JSON_TYPE,
         "array is expected to be a decimal such as \"2.5\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gg_json_reader reader;
        gridgov_issues *issues;
        char field[64];
        begin(&reader, &issues);
        assert_true(gg_json_decimal(&reader, reader.root, "/p/0", cases[i].key, 3, 0, -5,
                                    cases[i].min, cases[i].max) == cases[i].expected);
        gg_json_pointer_key(field, "/p/0", cases[i].key);
        end(&reader, issues, cases[i].rule, field, cases[i].message);
    }
}

static void other_members(void **state) {
    (void)state;
    gg_json_reader reader;
    gridgov_issues *issues;
    begin(&reader, &issues);
    assert_int_equal(gg_json_bool(&reader, reader.root, "", "yes", 0), 1);
    assert_int_equal(gg_json_bool(&reader, reader.root, "", "no", 1), 0);
    assert_int_equal(gg_json_bool(&reader, reader.root, "", "none", 1), 1);
    assert_int_equal(json_array_size(gg_json_array(&reader, reader.root, "", "array", 1)), 1);
    assert_int_equal(json_object_size(gg_json_object(&reader, reader.root, "", "object", 1)), 1);
    assert_null(gg_json_array(&reader, reader.root, "", "none", 0));
    assert_null(gg_json_object(&reader, reader.root, "", "none", 0));
    assert_null(
        gg_json_text(&reader, NULL, "/gone", "x", 1, NULL)); // its absence was reported before
    end(&reader, issues, 0, NULL, NULL);
    begin(&reader, &issues);
    assert_int_equal(gg_json_bool(&reader, reader.root, "", "int", 1), 1);
    end(&reader, issues, GG_RULE_JSON_TYPE, "/int", "int is expected to be true or false");
    begin(&reader, &issues);
    assert_null(gg_json_array(&reader, reader.root, "", "object", 0));
    end(&reader, issues, GG_RULE_JSON_TYPE, "/object", "object is expected to be an array");
    begin(&reader, &issues);
    assert_null(gg_json_object(&reader, reader.root, "", "array", 0));
    end(&reader, issues, GG_RULE_JSON_TYPE, "/array", "array is expected to be an object");
    begin(&reader, &issues);
    assert_null(gg_json_array(&reader, reader.root, "", "none", 1));
    end(&reader, issues, GG_RULE_JSON_MISSING, "/none", "key none is missing");
}

static void unknown_keys_are_reported_all(void **state) {
    (void)state;
    static const char *const keys[] = {"text",  "int",    "digits", "decimal", "yes",  "no", "null",
                                       "array", "object", "huge",   "word",    "fine", NULL};
    static const char *const fewer[] = {"text", NULL};
    gg_json_reader reader;
    gridgov_issues *issues;
    begin(&reader, &issues);
    gg_json_known(&reader, reader.root, "", keys); // "$comment" and "notes" are free
    end(&reader, issues, GG_RULE_JSON_KEY, "/range", "unknown key range");
    begin(&reader, &issues);
    gg_json_known(&reader, reader.root, "/x", fewer);
    gg_json_known(&reader, NULL, "/x", fewer);
    gg_json_problem(&reader, GG_RULE_JSON_RULE, "/y", NULL, "max", "weights add up to 101");
    assert_int_equal(gridgov_issues_count(issues), 13);
    assert_string_equal(reader.first.field, "/x/int"); // the first stays the first
    gg_json_close(&reader);
    gridgov_issues_free(issues);
}

static void pointers_are_escaped_and_cut(void **state) {
    (void)state;
    char buffer[64];
    gg_json_pointer_at(buffer, "", 0);
    assert_string_equal(buffer, "/0");
    gg_json_pointer_key(buffer, buffer, "a/b~c");
    assert_string_equal(buffer, "/0/a~1b~0c");
    gg_json_pointer_at(buffer, buffer, 12);
    assert_string_equal(buffer, "/0/a~1b~0c/12");
    for (int i = 0; i < 40; i++) {
        gg_json_pointer_key(buffer, buffer, i % 2 ? "社区" : "~~~~");
        assert_true(strlen(buffer) < sizeof buffer);
        assert_int_equal(gg_utf8_valid(buffer, strlen(buffer)), strlen(buffer));
    }
    assert_memory_equal(buffer, "/0/a~1b~0c/12/~0~0~0~0/社区", 29);
}

static void text_is_written_with_escapes(void **state) {
    (void)state;
    gg_buf buf = {0};
    const char text[] = "a\"b\\c/\b\f\n\r\t\x01\x1F\x7F\0社\xFF";
    gg_json_put_text(&buf, gg_str_make(text, sizeof text - 1));
    assert_string_equal(
        gg_buf_data(&buf),
        "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\\u0000社\xEF\xBF\xBD\"");
    gg_buf_release(&buf);
}

static void canonical_form_is_the_same_for_any_order(void **state) {
    (void)state;
    static const char *const texts[] = {
        "{\"b\": [1, -2, true, false, null], \"a\": {\"社\": \"x\\n\", \"Z\": {}, \"\": []}}",
        "{\"a\":{\"\":[ ],\"Z\":{ },\"\\u793e\":\"x\\u000a\"},\n\"b\":[1,-2,true,false,null]}"};
    for (size_t i = 0; i < 2; i++) {
        gg_json_reader reader;
        gg_buf buf = {0};
        assert_int_equal(open_text(&reader, texts[i], NULL, NULL), GRIDGOV_OK);
        gg_json_put_canonical(&buf, reader.root);
        assert_string_equal(
            gg_buf_data(&buf),
            "{\"a\":{\"\":[],\"Z\":{},\"社\":\"x\\n\"},\"b\":[1,-2,true,false,null]}");
        gg_buf_release(&buf);
        gg_json_close(&reader);
    }
}

static void what_no_document_holds_fails(void **state) {
    (void)state;
    gg_buf buf = {0};
    json_t *real = json_real(1.5);
    gg_json_put_canonical(&buf, real);
    assert_true(gg_buf_failed(&buf));
    json_decref(real);
    gg_buf_clear(&buf);
    json_t *deep = json_array();
    for (int i = 0; i < 80; i++) {
        json_t *outer = json_array();
        json_array_append_new(outer, deep);
        deep = outer;
    }
    gg_json_put_canonical(&buf, deep);
    assert_true(gg_buf_failed(&buf));
    json_decref(deep);
    gg_buf_release(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_that_are_refused),
        cmocka_unit_test(messages_say_what_is_wrong),
        cmocka_unit_test(every_real_number_is_reported),
        cmocka_unit_test(depth_is_limited_before_parsing),
        cmocka_unit_test(size_is_limited),
        cmocka_unit_test(schema_is_required_when_asked_for),
        cmocka_unit_test(text_members),
        cmocka_unit_test(whole_number_members),
        cmocka_unit_test(decimal_members),
        cmocka_unit_test(other_members),
        cmocka_unit_test(unknown_keys_are_reported_all),
        cmocka_unit_test(pointers_are_escaped_and_cut),
        cmocka_unit_test(text_is_written_with_escapes),
        cmocka_unit_test(canonical_form_is_the_same_for_any_order),
        cmocka_unit_test(what_no_document_holds_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
