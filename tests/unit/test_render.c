/* SPDX-License-Identifier: Apache-2.0 */
/* The four formats of one small bulletin whose texts try to be read as markup, with the shape of
 * the published table: two header rows, unit cells that span rows, suffixes in header cells, blank
 * and `/`. What is expected is written by hand from GitHub's tables, RFC 4180, RFC 8259 and HTML.
 */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct maker {
    gridgov_bulletin *bulletin;
    gridgov_error err;
} maker;

static void block(maker *m, int32_t kind, int32_t level, const char *code, const char *text) {
    assert_int_equal(gridgov_bulletin_add_block(m->bulletin, kind, level, code, &m->err), 0);
    assert_int_equal(gridgov_bulletin_add_text(m->bulletin, text, strlen(text), &m->err), 0);
}

static void row(maker *m, int32_t header) {
    assert_int_equal(gridgov_bulletin_add_row(m->bulletin, header, &m->err), 0);
}

static void cell(maker *m, int32_t row_span, int32_t column_span, const char *text,
                 const char *suffix) {
    assert_int_equal(gridgov_bulletin_add_cell(m->bulletin, row_span, column_span, &m->err), 0);
    if (text[0] != '\0') {
        assert_int_equal(gridgov_bulletin_add_text(m->bulletin, text, strlen(text), &m->err), 0);
    }
    if (suffix[0] != '\0') {
        assert_int_equal(gridgov_bulletin_add_text(m->bulletin, suffix, strlen(suffix), &m->err),
                         0);
    }
}

static void points(maker *m, const char *code, int32_t state, int64_t value) {
    gridgov_figure figure = {.struct_size = sizeof figure,
                             .kind = GRIDGOV_FIGURE_POINTS,
                             .state = state,
                             .numerator = value,
                             .denominator = 1,
                             .code = code};
    int64_t index = -1;
    cell(m, 1, 1, "", "");
    assert_int_equal(gridgov_bulletin_add_figure(&index, m->bulletin, &figure, &m->err), 0);
    assert_int_equal(gridgov_bulletin_add_reference(m->bulletin, index, &m->err), 0);
}

static void fill_table(maker *m) {
    block(m, GRIDGOV_BLOCK_TABLE, 0, "grids", "评价表");
    row(m, 1);
    cell(m, 2, 1, "单位", "");
    cell(m, 2, 1, "网格", "");
    cell(m, 1, 2, "平安通", " 40 分");
    cell(m, 2, 1, "附加分", "");
    row(m, 1);
    cell(m, 1, 1, "日在线率", " (20 分)");
    cell(m, 1, 1, "日在线时长", " (20 分)");
    row(m, 0);
    cell(m, 2, 1, "高丰|社区", "");
    cell(m, 1, 1, "一\"网格\"", "");
    points(m, "a", GRIDGOV_CELL_BLANK, 0);
    points(m, "b", GRIDGOV_CELL_VALUE, -5000);
    points(m, "c", GRIDGOV_CELL_VALUE, 10000);
    row(m, 0);
    cell(m, 1, 1, "二,网格\n东", "");
    points(m, "d", GRIDGOV_CELL_UNKNOWN, 0);
    points(m, "e", GRIDGOV_CELL_VALUE, 0);
    row(m, 0);
    cell(m, 1, 2, "合计", ""); /* shorter than the table */
}

static void make(maker *m) {
    gridgov_figure total = {.struct_size = sizeof total,
                            .kind = GRIDGOV_FIGURE_TOTAL,
                            .state = GRIDGOV_CELL_VALUE,
                            .numerator = 39000,
                            .denominator = 40000,
                            .base = 100000,
                            .code = "total"};
    int64_t index;
    *m = (maker){.bulletin = NULL};
    assert_int_equal(gridgov_bulletin_new(&m->bulletin, &m->err), 0);
    block(m, GRIDGOV_BLOCK_ISSUER, 0, "", "街道办文件\n百办〔2021〕45号");
    block(m, GRIDGOV_BLOCK_STAMP, 0, "", "草稿");
    block(m, GRIDGOV_BLOCK_TITLE, 0, "", "<b>报告</b> & \"分析\"");
    block(m, GRIDGOV_BLOCK_PARAGRAPH, 0, "addressees", "各村：");
    block(m, GRIDGOV_BLOCK_HEADING, 1, "events", "一、*情况*");
    block(m, GRIDGOV_BLOCK_PARAGRAPH, 0, "", "总分 ");
    assert_int_equal(gridgov_bulletin_add_figure(&index, m->bulletin, &total, &m->err), 0);
    assert_int_equal(gridgov_bulletin_add_reference(m->bulletin, index, &m->err), 0);
    assert_int_equal(
        gridgov_bulletin_add_text(m->bulletin, "\n1. 第二行", strlen("\n1. 第二行"), &m->err), 0);
    fill_table(m);
    block(m, GRIDGOV_BLOCK_NOTE, 0, "", "截止 09 月 30 日");
    block(m, GRIDGOV_BLOCK_COLOPHON, 0, "", "抄送：区委\n印发");
    assert_int_equal(gridgov_bulletin_add_pin(m->bulletin, "policy", "00ff", &m->err), 0);
}

/* The rendered text; the caller frees the bytes. */
static const char *render(gridgov_bytes **bytes, const gridgov_bulletin *bulletin, int32_t format,
                          int32_t bom) {
    gridgov_render_options options;
    gridgov_error err;
    size_t size = 0;
    gridgov_render_options_init(&options, sizeof options);
    assert_int_equal(options.bom, 1);
    assert_null(options.table);
    options.bom = bom;
    options.table = "grids";
    assert_int_equal(gridgov_render_bytes(bytes, bulletin, format, &options, &err), GRIDGOV_OK);
    const char *text = gridgov_bytes_data(*bytes, &size);
    assert_int_equal(strlen(text), size);
    return text;
}

static void check(int32_t format, int32_t bom, const char *expected) {
    maker m;
    gridgov_bytes *bytes = NULL;
    make(&m);
    assert_string_equal(render(&bytes, m.bulletin, format, bom), expected);
    gridgov_bytes_free(bytes);
    gridgov_bulletin_free(m.bulletin);
}

static void test_markdown(void **state) {
    (void)state;
    check(GRIDGOV_FORMAT_MARKDOWN, 0,
          "**街道办文件**\n\n**百办〔2021〕45号**\n"
          "\n> **草稿**\n"
          "\n# \\<b>报告\\</b> & \"分析\"\n"
          "\n各村：\n"
          "\n## 一、\\*情况\\*\n"
          "\n总分 39（满分40）\n\n1\\. 第二行\n"
          "\n**评价表**\n\n"
          "| 单位 | 网格 | 平安通 40 分 · 日在线率 (20 分) | 平安通 40 分 · 日在线时长 (20 分) | "
          "附加分 |\n"
          "| --- | --- | --- | --- | --- |\n"
          "| 高丰\\|社区 | 一\"网格\" | | -5 | +10 |\n"
          "| | 二,网格<br>东 | / | 0 | |\n"
          "| 合计 | | | | |\n"
          "\n> 截止 09 月 30 日\n"
          "\n---\n\n抄送：区委\\\n印发\n");
}

static void test_csv(void **state) {
    static const char plain[] = "单位,网格,日在线率,日在线时长,附加分\r\n"
                                "高丰|社区,\"一\"\"网格\"\"\",,-5,+10\r\n"
                                "高丰|社区,\"二,网格\n东\",/,0,\r\n"
                                "合计,,,,\r\n";
    char with_bom[sizeof plain + 3];
    (void)state;
    check(GRIDGOV_FORMAT_CSV, 0, plain);
    snprintf(with_bom, sizeof with_bom, "\xEF\xBB\xBF%s", plain);
    check(GRIDGOV_FORMAT_CSV, 1, with_bom);
}

static void test_csv_of_one_row(void **state) {
    static const char *const rows[] = {"高丰|社区,\"一\"\"网格\"\"\",,-5,+10\r\n",
                                       "高丰|社区,\"二,网格\n东\",/,0,\r\n", "合计,,,,\r\n"};
    gridgov_render_options options;
    gridgov_bytes *bytes = NULL;
    char expected[256];
    maker m;
    (void)state;
    make(&m);
    gridgov_render_options_init(&options, sizeof options);
    options.table = "grids";
    options.bom = 0;
    for (int64_t i = 0; i < 3; i++) {
        options.only_row = i + 1;
        snprintf(expected, sizeof expected, "单位,网格,日在线率,日在线时长,附加分\r\n%s", rows[i]);
        assert_int_equal(
            gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err), 0);
        assert_string_equal(gridgov_bytes_data(bytes, NULL), expected);
        gridgov_bytes_free(bytes);
    }
    options.only_row = 4;
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err),
                     GRIDGOV_ENOTFOUND);
    assert_string_equal(m.err.field, "row");
    options.only_row = -1;
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err),
                     GRIDGOV_EARG);
    gridgov_bulletin_free(m.bulletin);
}

static void test_json(void **state) {
    (void)state;
    check(
        GRIDGOV_FORMAT_JSON, 0,
        "{\n\"schema\": \"gridgov.bulletin/1\",\n\"library\": \"" GRIDGOV_VERSION_TEXT "\",\n"
        "\"pins\": {\n  \"policy\": \"00ff\"\n},\n"
        "\"figures\": [\n"
        "  {\"code\": \"total\", \"kind\": \"total\", \"state\": \"value\", \"numerator\": 39000,"
        " \"denominator\": 40000, \"base\": 100000, \"text\": \"39（满分40）\"},\n"
        "  {\"code\": \"a\", \"kind\": \"points\", \"state\": \"blank\", \"text\": \"\"},\n"
        "  {\"code\": \"b\", \"kind\": \"points\", \"state\": \"value\", \"numerator\": -5000,"
        " \"denominator\": 1, \"text\": \"-5\"},\n"
        "  {\"code\": \"c\", \"kind\": \"points\", \"state\": \"value\", \"numerator\": 10000,"
        " \"denominator\": 1, \"text\": \"+10\"},\n"
        "  {\"code\": \"d\", \"kind\": \"points\", \"state\": \"unknown\", \"text\": \"/\"},\n"
        "  {\"code\": \"e\", \"kind\": \"points\", \"state\": \"value\", \"numerator\": 0,"
        " \"denominator\": 1, \"text\": \"0\"}\n],\n"
        "\"blocks\": [\n"
        "  {\"kind\": \"issuer\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": "
        "\"街道办文件\\n百办〔2021〕45号\"}]},\n"
        "  {\"kind\": \"stamp\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": \"草稿\"}]},\n"
        "  {\"kind\": \"title\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": \"<b>报告</b> "
        "& \\\"分析\\\"\"}]},\n"
        "  {\"kind\": \"paragraph\", \"level\": 0, \"code\": \"addressees\", \"runs\": [{\"text\": "
        "\"各村：\"}]},\n"
        "  {\"kind\": \"heading\", \"level\": 1, \"code\": \"events\", \"runs\": [{\"text\": "
        "\"一、*情况*\"}]},\n"
        "  {\"kind\": \"paragraph\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": \"总分 "
        "\"},"
        " {\"figure\": \"total\", \"text\": \"39（满分40）\"}, {\"text\": \"\\n1. 第二行\"}]},\n"
        "  {\"kind\": \"table\", \"level\": 0, \"code\": \"grids\", \"runs\": [{\"text\": "
        "\"评价表\"}], \"rows\": [\n"
        "    [{\"column\": 0, \"row_span\": 2, \"column_span\": 1, \"header\": true, \"runs\": "
        "[{\"text\": \"单位\"}]},"
        " {\"column\": 1, \"row_span\": 2, \"column_span\": 1, \"header\": true, \"runs\": "
        "[{\"text\": \"网格\"}]},"
        " {\"column\": 2, \"row_span\": 1, \"column_span\": 2, \"header\": true, \"runs\": "
        "[{\"text\": \"平安通\"}, {\"text\": \" 40 分\"}]},"
        " {\"column\": 4, \"row_span\": 2, \"column_span\": 1, \"header\": true, \"runs\": "
        "[{\"text\": \"附加分\"}]}],\n"
        "    [{\"column\": 2, \"row_span\": 1, \"column_span\": 1, \"header\": true, \"runs\": "
        "[{\"text\": \"日在线率\"}, {\"text\": \" (20 分)\"}]},"
        " {\"column\": 3, \"row_span\": 1, \"column_span\": 1, \"header\": true, \"runs\": "
        "[{\"text\": \"日在线时长\"}, {\"text\": \" (20 分)\"}]}],\n"
        "    [{\"column\": 0, \"row_span\": 2, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"text\": \"高丰|社区\"}]},"
        " {\"column\": 1, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"text\": \"一\\\"网格\\\"\"}]},"
        " {\"column\": 2, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"figure\": \"a\", \"text\": \"\"}]},"
        " {\"column\": 3, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"figure\": \"b\", \"text\": \"-5\"}]},"
        " {\"column\": 4, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"figure\": \"c\", \"text\": \"+10\"}]}],\n"
        "    [{\"column\": 1, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"text\": \"二,网格\\n东\"}]},"
        " {\"column\": 2, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"figure\": \"d\", \"text\": \"/\"}]},"
        " {\"column\": 3, \"row_span\": 1, \"column_span\": 1, \"header\": false, \"runs\": "
        "[{\"figure\": \"e\", \"text\": \"0\"}]}],\n"
        "    [{\"column\": 0, \"row_span\": 1, \"column_span\": 2, \"header\": false, \"runs\": "
        "[{\"text\": \"合计\"}]}]\n"
        "  ]},\n"
        "  {\"kind\": \"note\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": \"截止 09 月 "
        "30 日\"}]},\n"
        "  {\"kind\": \"colophon\", \"level\": 0, \"code\": \"\", \"runs\": [{\"text\": "
        "\"抄送：区委\\n印发\"}]}\n"
        "]\n}\n");
}

static const char html_body[] =
    "<body>\n<main>\n"
    "<p class=\"issuer\">街道办文件</p>\n<p class=\"number\">百办〔2021〕45号</p>\n<hr "
    "class=\"rule\">\n"
    "<p class=\"stamp\" role=\"note\">草稿</p>\n"
    "<h1>&lt;b&gt;报告&lt;/b&gt; &amp; &quot;分析&quot;</h1>\n"
    "<p class=\"addressees\">各村：</p>\n"
    "<h2>一、*情况*</h2>\n"
    "<p>总分 39（满分40）</p>\n<p>1. 第二行</p>\n"
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"caption-1\">\n"
    "<table>\n<caption id=\"caption-1\">评价表</caption>\n"
    "<thead>\n"
    "<tr><th scope=\"col\" rowspan=\"2\">单位</th><th scope=\"col\" rowspan=\"2\">网格</th>"
    "<th scope=\"col\" colspan=\"2\">平安通<small> 40 分</small></th>"
    "<th scope=\"col\" rowspan=\"2\">附加分</th></tr>\n"
    "<tr><th scope=\"col\">日在线率<small> (20 分)</small></th>"
    "<th scope=\"col\">日在线时长<small> (20 分)</small></th></tr>\n"
    "</thead>\n<tbody>\n"
    "<tr><th scope=\"row\" rowspan=\"2\">高丰|社区</th><th "
    "scope=\"row\">一&quot;网格&quot;</th>"
    "<td></td><td>-5</td><td>+10</td></tr>\n"
    "<tr><th scope=\"row\">二,网格<br>东</th><td>/</td><td>0</td></tr>\n"
    "<tr><th scope=\"row\" colspan=\"2\">合计</th></tr>\n"
    "</tbody>\n</table>\n</div>\n"
    "<p class=\"note\">截止 09 月 30 日</p>\n"
    "<footer class=\"colophon\">\n<p>抄送：区委</p>\n<p>印发</p>\n</footer>\n"
    "</main>\n</body>\n</html>\n";

static void test_html(void **state) {
    static const char *const forbidden[] = {"<script", "http://", "https://", "url(",
                                            "<link",   "<img",    "@import",  "<b>"};
    maker m;
    gridgov_bytes *bytes = NULL;
    (void)state;
    make(&m);
    const char *page = render(&bytes, m.bulletin, GRIDGOV_FORMAT_HTML, 0);
    assert_ptr_equal(strstr(page, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n"), page);
    assert_non_null(strstr(page, "<meta charset=\"utf-8\">"));
    assert_non_null(strstr(page, "<title>&lt;b&gt;报告&lt;/b&gt; &amp; &quot;分析&quot;</title>"));
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        assert_null(strstr(page, forbidden[i]));
    }
    const char *found = strstr(page, "<body>");
    assert_non_null(found);
    assert_string_equal(found, html_body);
    gridgov_bytes_free(bytes);
    assert_int_equal(gridgov_bulletin_add_pin(m.bulletin, "language", "en", &m.err), 0);
    assert_non_null(
        strstr(render(&bytes, m.bulletin, GRIDGOV_FORMAT_HTML, 0), "<html lang=\"en\">"));
    gridgov_bytes_free(bytes);
    gridgov_bulletin_free(m.bulletin);
}

static void test_empty_bulletin(void **state) {
    gridgov_bulletin *bulletin = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_render_options options;
    (void)state;
    assert_int_equal(gridgov_bulletin_new(&bulletin, &err), GRIDGOV_OK);
    assert_string_equal(render(&bytes, bulletin, GRIDGOV_FORMAT_MARKDOWN, 0), "");
    gridgov_bytes_free(bytes);
    assert_string_equal(
        render(&bytes, bulletin, GRIDGOV_FORMAT_JSON, 0),
        "{\n\"schema\": \"gridgov.bulletin/1\",\n\"library\": \"" GRIDGOV_VERSION_TEXT
        "\",\n\"pins\": {},\n\"figures\": [],\n\"blocks\": []\n}\n");
    gridgov_bytes_free(bytes);
    assert_non_null(
        strstr(render(&bytes, bulletin, GRIDGOV_FORMAT_HTML, 0), "<title>gridgov</title>"));
    gridgov_bytes_free(bytes);
    gridgov_render_options_init(&options, sizeof options);
    options.table = "grids";
    assert_int_equal(gridgov_render_bytes(&bytes, bulletin, GRIDGOV_FORMAT_CSV, &options, &err),
                     GRIDGOV_ENOTFOUND);
    assert_null(bytes);
    assert_string_equal(err.value, "grids");
    /* A table without rows or columns is still a table. */
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_TABLE, 0, "grids", &err),
                     0);
    assert_string_equal(render(&bytes, bulletin, GRIDGOV_FORMAT_CSV, 0), "");
    gridgov_bytes_free(bytes);
    assert_non_null(
        strstr(render(&bytes, bulletin, GRIDGOV_FORMAT_HTML, 0), "<table>\n<tbody>\n</tbody>"));
    gridgov_bytes_free(bytes);
    gridgov_bulletin_free(bulletin);
}

typedef struct collector {
    size_t size, largest;
    int32_t refuse_at, calls;
} collector;

static int32_t collect(void *user, const void *data, size_t size) {
    collector *c = user;
    (void)data;
    c->calls++;
    c->size += size;
    c->largest = size > c->largest ? size : c->largest;
    return c->calls == c->refuse_at ? 42 : 0;
}

static void test_sink(void **state) {
    maker m;
    collector c = {0};
    gridgov_sink sink = {collect, &c};
    gridgov_bytes *bytes = NULL;
    size_t size = 0;
    (void)state;
    make(&m);
    for (int i = 0; i < 3000; i++) { /* beyond one piece */
        block(&m, GRIDGOV_BLOCK_PARAGRAPH, 0, "", "网格员应知应会掌握情况检查");
    }
    assert_int_equal(gridgov_render(&sink, m.bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL, &m.err), 0);
    assert_int_equal(
        gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL, &m.err), 0);
    gridgov_bytes_data(bytes, &size);
    assert_int_equal(c.size, size);
    assert_true(c.calls > 1 && c.largest <= 65536);
    gridgov_bytes_free(bytes);
    c = (collector){.refuse_at = 2};
    assert_int_equal(gridgov_render(&sink, m.bulletin, GRIDGOV_FORMAT_MARKDOWN, NULL, &m.err),
                     GRIDGOV_EIO);
    assert_int_equal(m.err.detail, 42);
    assert_int_equal(c.calls, 2);
    gridgov_bulletin_free(m.bulletin);
}

static void test_file_is_whole_or_not_there(void **state) {
    char folder[] = "/tmp/gridgov-render-XXXXXX";
    char path[64], missing[64], text[16] = "";
    maker m;
    gridgov_render_options options;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/grids.csv", folder);
    snprintf(missing, sizeof missing, "%s/none/grids.csv", folder);
    make(&m);
    gridgov_render_options_init(&options, sizeof options);
    options.table = "nothing";
    assert_int_equal(gridgov_render_file(path, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err),
                     GRIDGOV_ENOTFOUND);
    assert_int_equal(access(path, F_OK), -1);
    options.table = "grids";
    assert_int_equal(gridgov_render_file(path, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err),
                     0);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, 9, file), 9);
    fclose(file);
    assert_memory_equal(text, "\xEF\xBB\xBF单位", 9);
    assert_int_equal(gridgov_render_file(missing, m.bulletin, GRIDGOV_FORMAT_CSV, &options, &m.err),
                     GRIDGOV_EIO);
    assert_int_not_equal(m.err.detail, 0);
    gridgov_bulletin_free(m.bulletin);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left behind */
}

static void test_bad_calls(void **state) {
    maker m;
    gridgov_bytes *bytes = NULL;
    gridgov_sink none = {NULL, NULL};
    gridgov_render_options tiny = {.struct_size = 4};
    (void)state;
    make(&m);
    assert_int_equal(gridgov_render(NULL, m.bulletin, 1, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render(&none, m.bulletin, 1, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(NULL, m.bulletin, 1, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(&bytes, NULL, 1, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, 0, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, 7, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_DOCX, NULL, &m.err),
                     GRIDGOV_EUNSUPPORTED);
    assert_string_equal(m.err.message, "the format docx is made by the library gridgov::office");
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, 1, &tiny, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_render_bytes(&bytes, m.bulletin, GRIDGOV_FORMAT_CSV, NULL, NULL),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_render_file(NULL, m.bulletin, 1, NULL, NULL), GRIDGOV_EARG);
    assert_null(bytes);
    gridgov_bulletin_free(m.bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown),       cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_of_one_row), cmocka_unit_test(test_json),
        cmocka_unit_test(test_html),           cmocka_unit_test(test_empty_bulletin),
        cmocka_unit_test(test_sink),           cmocka_unit_test(test_file_is_whole_or_not_there),
        cmocka_unit_test(test_bad_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
