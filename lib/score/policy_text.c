/* SPDX-License-Identifier: Apache-2.0 */
/* The clauses of a policy as a Markdown document: chapters for groups, sections for indicators,
 * then what is done with the totals, then the parameters. */
#include "policy_clauses.h"
#include "rule_words.h"

#include "base/error.h"
#include "base/markup.h"

#include <gridgov/policy_text.h>

#include <string.h>

static const char *in(int32_t lang, const char *zh, const char *en) {
    return lang == GRIDGOV_LANG_EN ? en : zh;
}

static void put(gg_buf *buf, const char *text) {
    gg_put_markdown(buf, gg_str_of(text), 0);
}

/* "一", "十二"; in English "1", "12". */
static void put_number(gg_buf *buf, int64_t number, int32_t lang) {
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (lang == GRIDGOV_LANG_EN || number > 99) {
        gg_buf_int(buf, number);
        return;
    }
    if (number >= 20) {
        gg_buf_text(buf, digits[number / 10]);
    }
    gg_buf_text(buf, number >= 10 ? "十" : "");
    gg_buf_text(buf, digits[number % 10]);
}

static void put_chapter(gg_buf *buf, int64_t *number, const char *title, int32_t lang) {
    gg_buf_text(buf, "\n## ");
    put_number(buf, ++*number, lang);
    gg_buf_text(buf, in(lang, "、", ". "));
    put(buf, title);
    gg_buf_text(buf, "\n\n");
}

/* "- **扣分**：…" */
static void put_line(gg_buf *buf, const gg_clause *clause, int32_t lang) {
    gg_buf_text(buf, "- **");
    put(buf, clause->title);
    gg_buf_text(buf, in(lang, "**：", "**: "));
    put(buf, clause->text);
    gg_buf_byte(buf, '\n');
}

static void put_clauses(gg_buf *buf, const gg_clauses *clauses, int32_t lang) {
    int64_t chapter = 0, section = 0;
    int32_t before = 0;
    for (size_t i = 0; i < clauses->count; i++) {
        const gg_clause *clause = &clauses->items[i];
        switch (clause->kind) {
        case GG_CLAUSE_GROUP:
            put_chapter(buf, &chapter, clause->text, lang);
            break;
        case GG_CLAUSE_INDICATOR:
            gg_buf_text(buf, before == GG_CLAUSE_GROUP ? "### " : "\n### ");
            gg_buf_int(buf, ++section);
            gg_buf_text(buf, ". ");
            put(buf, clause->text);
            gg_buf_text(buf, "\n\n");
            break;
        default:
            if (clause->kind != before && clause->kind == GG_CLAUSE_TOTAL) {
                put_chapter(buf, &chapter, in(lang, "总分的运用", "Totals"), lang);
            } else if (clause->kind != before && clause->kind == GG_CLAUSE_PARAMETER) {
                put_chapter(buf, &chapter, in(lang, "参数", "Parameters"), lang);
            }
            if (strcmp(clause->place, "title") == 0) {
                gg_buf_text(buf, "# ");
                put(buf, clause->text);
                gg_buf_text(buf, "\n\n");
            } else {
                put_line(buf, clause, lang);
            }
            break;
        }
        before = clause->kind;
    }
}

gridgov_status gridgov_policy_text(gridgov_bytes **out, const gridgov_policy *policy, int32_t lang,
                                   gridgov_error *err) {
    gg_clauses clauses = {0};
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (policy == NULL) {
        return gg_fail_arg(err, "policy");
    }
    gg_clauses_read(&clauses, policy, lang);
    put_clauses(&buf, &clauses, lang);
    gg_buf_byte(&buf, '\n');
    put(&buf, policy->name);
    gg_buf_text(&buf, in(lang, "，第 ", ", edition "));
    gg_buf_int(&buf, policy->version);
    gg_buf_text(&buf, in(lang, " 版，SHA-256 ", ", SHA-256 "));
    gg_buf_text(&buf, policy->digest);
    gg_buf_byte(&buf, '\n');
    status = clauses.short_of_memory ? gg_fail_memory(err) : gg_buf_to_bytes(out, &buf, err);
    gg_clauses_release(&clauses);
    gg_buf_release(&buf);
    return status;
}

gridgov_status gridgov_policy_rule_text(gridgov_bytes **out, const gridgov_policy *policy,
                                        int64_t indicator, int64_t rule, int32_t lang,
                                        gridgov_error *err) {
    gg_buf buf = {0};
    gridgov_status status;
    if (out == NULL) {
        return gg_fail_arg(err, "out");
    }
    *out = NULL;
    if (policy == NULL) {
        return gg_fail_arg(err, "policy");
    }
    if (indicator < 0 || indicator >= policy->indicator_count || rule < 0 ||
        rule >= policy->indicators[indicator].rule_count) {
        return gg_fail_arg(err, "rule");
    }
    gg_put_rule_words(&buf, policy, &policy->rules[policy->indicators[indicator].first_rule], rule,
                      lang);
    status = gg_buf_to_bytes(out, &buf, err);
    gg_buf_release(&buf);
    return status;
}
