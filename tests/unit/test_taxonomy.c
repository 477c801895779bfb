/* SPDX-License-Identifier: Apache-2.0 */
/* Taxonomies: the 13 published categories, look-ups by code, name, alias and path, nearest names,
 * the crosswalk from 24 to 13, and documents that break the rules. */
#include "base/rules.h"

#include <gridgov/civil.h>
#include <gridgov/pack.h>
#include <gridgov/taxonomy.h>

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "{\"schema\":\"gridgov.taxonomy/1\",\"name\":\"t\","

static gridgov_taxonomy *load(const char *json) {
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_error err = {0};
    if (gridgov_taxonomy_load(&taxonomy, json, strlen(json), NULL, &err) != GRIDGOV_OK) {
        fail_msg("%s: %s", err.field, err.message);
    }
    return taxonomy;
}

static gridgov_taxonomy *open_pack(const char *name) {
    gridgov_taxonomy *taxonomy = NULL;
    assert_int_equal(gridgov_taxonomy_open(&taxonomy, name, strlen(name), NULL), GRIDGOV_OK);
    return taxonomy;
}

static int64_t find(const gridgov_taxonomy *taxonomy, const char *text) {
    return gridgov_taxonomy_find(taxonomy, text, strlen(text));
}

/* In the order of the published bulletin's prose. */
static void test_thirteen_categories(void **state) {
    static const char *const names[13] = {
        "其他",     "城市管理", "消防安全", "食药安全", "矛盾纠纷", "生态环境", "交通安全",
        "农林水利", "治安隐患", "工商监管", "治危拆违", "自然灾害", "疫情防控"};
    gridgov_taxonomy *taxonomy = open_pack("zhejiang-2021");
    gridgov_category category = {.struct_size = sizeof category};
    (void)state;
    assert_string_equal(gridgov_taxonomy_name(taxonomy), "zhejiang-2021");
    assert_int_equal(gridgov_taxonomy_is_open(taxonomy), 0);
    assert_int_equal(gridgov_taxonomy_count(taxonomy), 13);
    for (int64_t i = 0; i < 13; i++) {
        assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, i), GRIDGOV_OK);
        assert_string_equal(category.name, names[i]);
        assert_int_equal(category.parent, GRIDGOV_NONE);
        assert_int_equal(find(taxonomy, names[i]), i);
        assert_int_equal(find(taxonomy, category.code), i);
        assert_true(category.from != GRIDGOV_NO_DAY && category.to == GRIDGOV_NO_DAY);
    }
    assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, 13), GRIDGOV_END);
    assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, -1), GRIDGOV_END);
    gridgov_taxonomy_free(taxonomy);
}

static void test_look_ups(void **state) {
    static const struct {
        const char *text;
        const char *code; /* NULL: unknown */
    } cases[] = {
        {"urban-management", "urban-management"},
        {"URBAN-Management", "urban-management"},
        {" 城市 管理\n", "urban-management"},
        {"　城市管理", "urban-management"},
        {"ｕｒｂａｎ－ｍａｎａｇｅｍｅｎｔ", "urban-management"},
        {"城管", "urban-management"},
        {"其它", "other"},
        {"食品药品安全", "food-drug-safety"},
        {"", NULL},
        {"  ", NULL},
        {"城市", NULL},
        {"城市管理/城市管理", NULL},
    };
    gridgov_taxonomy *taxonomy = open_pack("zhejiang-2021");
    char giant[2000];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_category category = {.struct_size = sizeof category};
        int64_t index = find(taxonomy, cases[i].text);
        if (cases[i].code == NULL) {
            assert_int_equal(index, GRIDGOV_NONE);
        } else {
            assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, index), GRIDGOV_OK);
            assert_string_equal(category.code, cases[i].code);
        }
    }
    memset(giant, 'x', sizeof giant);
    assert_int_equal(gridgov_taxonomy_find(taxonomy, giant, sizeof giant), GRIDGOV_NONE);
    gridgov_taxonomy_free(taxonomy);
}

static void test_platforms(void **state) {
    static const struct {
        const char *code;
        int32_t platform;
    } cases[] = {
        {"other", GRIDGOV_PLATFORM_UNKNOWN},
        {"urban-management", GRIDGOV_PLATFORM_ENFORCEMENT},
        {"food-drug-safety", GRIDGOV_PLATFORM_MARKET},
        {"market-regulation", GRIDGOV_PLATFORM_MARKET},
        {"public-security", GRIDGOV_PLATFORM_SECURITY},
        {"disputes", GRIDGOV_PLATFORM_SECURITY},
        {"epidemic-control", GRIDGOV_PLATFORM_SERVICE},
    };
    gridgov_taxonomy *taxonomy = open_pack("zhejiang-2021"), *finer = open_pack("zhejiang-24");
    gridgov_category category = {.struct_size = sizeof category};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, find(taxonomy, cases[i].code)),
                         GRIDGOV_OK);
        assert_int_equal(category.platform, cases[i].platform);
    }
    /* The map differs between places, which is why it is data. */
    assert_int_equal(gridgov_taxonomy_at(&category, finer, find(finer, "disputes")), GRIDGOV_OK);
    assert_int_equal(category.platform, GRIDGOV_PLATFORM_ENFORCEMENT);
    gridgov_taxonomy_free(taxonomy);
    gridgov_taxonomy_free(finer);
}

static void test_crosswalk_of_24(void **state) {
    gridgov_taxonomy *finer = open_pack("zhejiang-24"), *coarse = open_pack("zhejiang-2021");
    gridgov_pack pack = {.struct_size = sizeof pack};
    int used[24] = {0};
    json_t *root = NULL, *list = NULL;
    (void)state;
    assert_int_equal(gridgov_taxonomy_count(finer), 24);
    assert_int_equal(gridgov_pack_find(&pack, GRIDGOV_PACK_TAXONOMY, "zhejiang-24", 11, NULL),
                     GRIDGOV_OK);
    root = json_loadb(pack.data, pack.size, 0, NULL);
    list = json_object_get(root, "crosswalk");
    assert_int_equal(json_array_size(list), 24);
    for (size_t i = 0; i < json_array_size(list); i++) {
        gridgov_category from = {.struct_size = sizeof from}, to = {.struct_size = sizeof to};
        const json_t *entry = json_array_get(list, i);
        int64_t index = find(finer, json_string_value(json_object_get(entry, "from")));
        assert_int_equal(gridgov_taxonomy_at(&from, finer, index), GRIDGOV_OK);
        assert_int_equal(used[index]++, 0);
        assert_int_equal(
            gridgov_taxonomy_at(&to, coarse,
                                find(coarse, json_string_value(json_object_get(entry, "to")))),
            GRIDGOV_OK);
        if (find(coarse, from.code) != GRIDGOV_NONE) {
            assert_string_equal(from.name, to.name);
        } else {
            assert_string_equal(json_string_value(json_object_get(entry, "certainty")), "ours");
        }
    }
    json_decref(root);
    gridgov_taxonomy_free(finer);
    gridgov_taxonomy_free(coarse);
}

static void test_nearest(void **state) {
    gridgov_taxonomy *taxonomy =
        load(HEAD "\"categories\":[{\"code\":\"a\",\"name\":\"城市管理\"},"
                  "{\"code\":\"b\",\"name\":\"消防安全\",\"aliases\":[\"防火\"]},"
                  "{\"code\":\"c\",\"name\":\"食药安全\"},{\"code\":\"d\",\"name\":\"交通安全\"},"
                  "{\"code\":\"e\",\"name\":\"other\"}]}");
    int64_t near[5] = {7, 7, 7, 7, 7};
    (void)state;
    /* One edit from the first; shares no character with the others. */
    assert_int_equal(gridgov_taxonomy_nearest(near, 3, taxonomy, "城市管里", 12), 1);
    assert_int_equal(near[0], 0);
    /* All three differ in two characters: the taxonomy's order decides. */
    assert_int_equal(gridgov_taxonomy_nearest(near, 5, taxonomy, "生产安全", 12), 3);
    assert_int_equal(near[0], 1);
    assert_int_equal(near[1], 2);
    assert_int_equal(near[2], 3);
    assert_int_equal(near[3], 7);
    /* Only as many as asked for. */
    near[1] = 7;
    assert_int_equal(gridgov_taxonomy_nearest(near, 1, taxonomy, "交通安", 9), 1);
    assert_int_equal(near[0], 3);
    assert_int_equal(near[1], 7);
    /* An alias counts for its category. */
    assert_int_equal(gridgov_taxonomy_nearest(near, 2, taxonomy, "防火类", 9), 1);
    assert_int_equal(near[0], 1);
    assert_int_equal(gridgov_taxonomy_nearest(near, 2, taxonomy, "违停", 6), 0);
    assert_int_equal(gridgov_taxonomy_nearest(near, 2, taxonomy, "", 0), 0);
    assert_int_equal(gridgov_taxonomy_nearest(near, 0, taxonomy, "城管", 6), 0);
    assert_int_equal(gridgov_taxonomy_nearest(NULL, 2, taxonomy, "城管", 6), 0);
    assert_int_equal(gridgov_taxonomy_nearest(near, 2, NULL, "城管", 6), 0);
    gridgov_taxonomy_free(taxonomy);
}

/* Names may repeat under different parents. */
static void test_paths(void **state) {
    gridgov_taxonomy *taxonomy =
        load(HEAD "\"valid_to\":\"2030-01-01\",\"categories\":["
                  "{\"code\":\"1\",\"name\":\"城市管理\"},"
                  "{\"code\":\"1.1\",\"name\":\"噪声\",\"parent\":\"1\"},"
                  "{\"code\":\"1.2\",\"name\":\"违停\",\"parent\":\"1\",\"aliases\":[\"乱停\"]},"
                  "{\"code\":\"2\",\"name\":\"生态 环境\"},"
                  "{\"code\":\"2.1\",\"name\":\"噪声\",\"parent\":\"2\","
                  "\"valid_from\":\"2021-01-01\",\"valid_to\":\"2022-01-01\"}]}");
    gridgov_category category = {.struct_size = sizeof category};
    gridgov_day day = 0;
    (void)state;
    assert_int_equal(find(taxonomy, "噪声"), GRIDGOV_NONE);
    assert_int_equal(find(taxonomy, "城市管理/噪声"), 1);
    assert_int_equal(find(taxonomy, "生态环境 ／ 噪声"), 4);
    assert_int_equal(find(taxonomy, "违停"), 2);
    assert_int_equal(find(taxonomy, "城市管理/违停"), 2);
    assert_int_equal(find(taxonomy, "乱停"), 2);
    assert_int_equal(find(taxonomy, "2.1"), 4);
    assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, 4), GRIDGOV_OK);
    assert_int_equal(category.parent, 3);
    gridgov_day_parse(&day, "2021-01-01", 10, NULL);
    assert_int_equal(category.from, day);
    gridgov_day_parse(&day, "2022-01-01", 10, NULL);
    assert_int_equal(category.to, day);
    /* The taxonomy's own days where a category has none. */
    assert_int_equal(gridgov_taxonomy_at(&category, taxonomy, 0), GRIDGOV_OK);
    gridgov_day_parse(&day, "2030-01-01", 10, NULL);
    assert_int_equal(category.from, GRIDGOV_NO_DAY);
    assert_int_equal(category.to, day);
    gridgov_taxonomy_free(taxonomy);
}

static void test_as_found(void **state) {
    gridgov_taxonomy *taxonomy = open_pack("as-found");
    (void)state;
    assert_int_equal(gridgov_taxonomy_is_open(taxonomy), 1);
    assert_int_equal(gridgov_taxonomy_count(taxonomy), 0);
    assert_int_equal(find(taxonomy, "城市管理"), GRIDGOV_NONE);
    gridgov_taxonomy_free(taxonomy);
}

#define ONE "\"categories\":[{\"code\":\"a\",\"name\":\"甲\"}"

static void test_bad_documents(void **state) {
    static const struct {
        const char *json;
        gridgov_status status;
        int32_t rule;
        const char *field;
    } cases[] = {
        {"[]", GRIDGOV_EPOLICY, 0, NULL},
        {"{\"schema\":\"gridgov.taxonomy/2\"}", GRIDGOV_EPOLICY, GG_RULE_JSON_SCHEMA, NULL},
        {HEAD "\"version\":1}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING, "/categories"},
        {HEAD ONE "],\"closed\":1}", GRIDGOV_EPOLICY, GG_RULE_JSON_KEY, NULL},
        {HEAD ONE ",7]}", GRIDGOV_EPOLICY, GG_RULE_JSON_TYPE, "/categories/1"},
        {HEAD ONE ",{\"name\":\"乙\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/categories/1/code"},
        {HEAD ONE ",{\"code\":\"b\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_MISSING,
         "/categories/1/name"},
        {HEAD ONE ",{\"code\":\"A\",\"name\":\"乙\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_DUPLICATE,
         "/categories/1/code"},
        {HEAD ONE ",{\"code\":\"乙\",\"name\":\"乙\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_RULE,
         "/categories/1/code"},
        {HEAD ONE ",{\"code\":\"a/b\",\"name\":\"乙\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_RULE,
         "/categories/1/code"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\" 甲\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_DUPLICATE,
         "/categories/1/name"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"　\"}]}", GRIDGOV_EPOLICY, GG_RULE_JSON_RULE,
         "/categories/1/name"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"aliases\":[\"甲\"]}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_DUPLICATE, "/categories/1/aliases"},
        {HEAD "\"categories\":[{\"code\":\"a\",\"name\":\"甲\",\"aliases\":[\"丙\"]},"
              "{\"code\":\"b\",\"name\":\"乙\",\"aliases\":[\"丙\"]}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_DUPLICATE, "/categories/1/aliases"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"aliases\":[3]}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_TYPE, "/categories/1/aliases"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"parent\":\"c\"},"
                  "{\"code\":\"c\",\"name\":\"丙\"}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_REFERENCE, "/categories/1/parent"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"parent\":\"b\"}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_REFERENCE, "/categories/1/parent"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"platform\":\"moon\"}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_CODE, "/categories/1/platform"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"platform_certainty\":\"so\"}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_CODE, "/categories/1/platform_certainty"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"valid_from\":\"2021-13-01\"}]}",
         GRIDGOV_EDATA, GG_RULE_DAY, "/categories/1/valid_from"},
        {HEAD ONE ",{\"code\":\"b\",\"name\":\"乙\",\"valid_from\":\"2021-01-01\","
                  "\"valid_to\":\"2021-01-01\"}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_RULE, "/categories/1/valid_to"},
        {HEAD ONE "],\"crosswalk\":[{\"from\":\"b\",\"to\":\"x\",\"taxonomy\":\"y\"}]}",
         GRIDGOV_EPOLICY, GG_RULE_JSON_REFERENCE, "/crosswalk/0/from"},
        {HEAD ONE "],\"crosswalk\":[{\"from\":\"a\",\"taxonomy\":\"y\"}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_MISSING, "/crosswalk/0/to"},
        {HEAD ONE "],\"platforms\":[{\"platform\":\"moon\",\"name\":\"x\"}]}", GRIDGOV_EPOLICY,
         GG_RULE_JSON_CODE, "/platforms/0/platform"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        gridgov_taxonomy *taxonomy = (gridgov_taxonomy *)&cases;
        gridgov_error err = {0};
        gridgov_status status =
            gridgov_taxonomy_load(&taxonomy, cases[i].json, strlen(cases[i].json), NULL, &err);
        assert_null(taxonomy);
        assert_true(status < 0);
        assert_int_equal(err.status, status);
        if (cases[i].rule != 0 && (status != cases[i].status || err.rule != cases[i].rule)) {
            fail_msg("case %d: status %d, rule %d, %s: %s", (int)i, (int)status, (int)err.rule,
                     err.field, err.message);
        }
        if (cases[i].field != NULL) {
            assert_string_equal(err.field, cases[i].field);
        }
    }
}

static void test_long_names(void **state) {
    char json[2048], name[258];
    (void)state;
    for (size_t size = 256; size <= 257; size++) {
        gridgov_taxonomy *taxonomy = NULL;
        gridgov_status status = GRIDGOV_OK;
        memset(name, 'n', size);
        name[size] = '\0';
        assert_true(snprintf(json, sizeof json,
                             HEAD
                             "\"categories\":[{\"code\":\"a\",\"name\":\"%s\"},{\"code\":\"b\","
                             "\"name\":\"%s\",\"parent\":\"a\"}]}",
                             name, name) < (int)sizeof json);
        status = gridgov_taxonomy_load(&taxonomy, json, strlen(json), NULL, NULL);
        assert_int_equal(status, size == 256 ? GRIDGOV_OK : GRIDGOV_EPOLICY);
        if (status == GRIDGOV_OK) {
            char path[514];
            assert_true(snprintf(path, sizeof path, "%s/%s", name, name) == 513);
            assert_int_equal(find(taxonomy, path), 1);
            assert_int_equal(find(taxonomy, name), GRIDGOV_NONE);
        }
        gridgov_taxonomy_free(taxonomy);
    }
}

static void test_digest(void **state) {
    gridgov_taxonomy *plain =
        load(HEAD "\"categories\":[{\"code\":\"a\",\"name\":\"甲\",\"aliases\":[\"x\",\"y\"]}]}");
    gridgov_taxonomy *same =
        load("{\"categories\":[{\"name\":\"甲\",\"note\":\"n\",\"aliases\":[\"y\",\"x\"],"
             "\"source\":\"s\",\"code\":\"a\"}],\"open\":false,\"name\":\"u\","
             "\"schema\":\"gridgov.taxonomy/1\",\"crosswalk\":[]}");
    gridgov_taxonomy *moved =
        load(HEAD "\"categories\":[{\"code\":\"a\",\"name\":\"甲\",\"aliases\":[\"x\",\"y\"],"
                  "\"platform\":\"综治工作\"}]}");
    gridgov_taxonomy *walked =
        load(HEAD "\"categories\":[{\"code\":\"a\",\"name\":\"甲\",\"aliases\":[\"x\",\"y\"]}],"
                  "\"crosswalk\":[{\"from\":\"a\",\"to\":\"b\",\"taxonomy\":\"z\"}]}");
    (void)state;
    assert_int_equal(strlen(gridgov_taxonomy_digest(plain)), 64);
    assert_string_equal(gridgov_taxonomy_digest(plain), gridgov_taxonomy_digest(same));
    assert_string_not_equal(gridgov_taxonomy_digest(plain), gridgov_taxonomy_digest(moved));
    assert_string_not_equal(gridgov_taxonomy_digest(plain), gridgov_taxonomy_digest(walked));
    gridgov_taxonomy_free(plain);
    gridgov_taxonomy_free(same);
    gridgov_taxonomy_free(moved);
    gridgov_taxonomy_free(walked);
}

static void test_every_problem_is_listed(void **state) {
    static const char json[] = HEAD "\"categories\":[{\"code\":\"a\"},{\"name\":\"x\"},"
                                    "{\"code\":\"b\",\"name\":\"y\",\"platform\":\"z\"}]}";
    gridgov_taxonomy *taxonomy = NULL;
    gridgov_issues *issues = NULL;
    (void)state;
    assert_int_equal(gridgov_issues_new(&issues, 0, NULL), GRIDGOV_OK);
    assert_true(gridgov_taxonomy_load(&taxonomy, json, sizeof json - 1, issues, NULL) < 0);
    assert_null(taxonomy);
    assert_true(gridgov_issues_count(issues) >= 3);
    gridgov_issues_free(issues);
}

static void test_arguments_and_holders(void **state) {
    gridgov_taxonomy *taxonomy = open_pack("zhejiang-2021");
    gridgov_taxonomy *second = gridgov_taxonomy_hold(taxonomy), *none = (gridgov_taxonomy *)&state;
    gridgov_category category = {.struct_size = sizeof category};
    gridgov_error err = {0};
    (void)state;
    assert_ptr_equal(second, taxonomy);
    gridgov_taxonomy_free(taxonomy);
    assert_int_equal(gridgov_taxonomy_count(second), 13);
    assert_int_equal(gridgov_taxonomy_open(&none, "nowhere", 7, &err), GRIDGOV_ENOTFOUND);
    assert_null(none);
    assert_int_equal(gridgov_taxonomy_open(NULL, "as-found", 8, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_taxonomy_load(NULL, "{}", 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_taxonomy_load(&none, NULL, 2, NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_taxonomy_at(NULL, second, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_taxonomy_at(&category, NULL, 0), GRIDGOV_EARG);
    category.struct_size = 0;
    assert_int_equal(gridgov_taxonomy_at(&category, second, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_taxonomy_find(NULL, "a", 1), GRIDGOV_NONE);
    assert_int_equal(gridgov_taxonomy_find(second, NULL, 1), GRIDGOV_NONE);
    assert_int_equal(gridgov_taxonomy_count(NULL), 0);
    assert_int_equal(gridgov_taxonomy_is_open(NULL), 0);
    assert_string_equal(gridgov_taxonomy_name(NULL), "");
    assert_string_equal(gridgov_taxonomy_digest(NULL), "");
    assert_null(gridgov_taxonomy_hold(NULL));
    gridgov_taxonomy_free(second);
    gridgov_taxonomy_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thirteen_categories),
        cmocka_unit_test(test_look_ups),
        cmocka_unit_test(test_platforms),
        cmocka_unit_test(test_crosswalk_of_24),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_as_found),
        cmocka_unit_test(test_bad_documents),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_every_problem_is_listed),
        cmocka_unit_test(test_arguments_and_holders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
