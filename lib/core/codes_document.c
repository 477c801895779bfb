/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of <gridgov/codes_document.h>. */
#include "core/code.h"

static const gg_code formats[] = {
    {GRIDGOV_FORMAT_MARKDOWN, "markdown", "Markdown", "Markdown", "md"},
    {GRIDGOV_FORMAT_HTML, "html", "网页", "web page", "htm"},
    {GRIDGOV_FORMAT_JSON, "json", "JSON", "JSON", ""},
    {GRIDGOV_FORMAT_CSV, "csv", "CSV", "CSV", ""},
    {GRIDGOV_FORMAT_DOCX, "docx", "Word 文档", "Word document", "word"},
    {GRIDGOV_FORMAT_XLSX, "xlsx", "Excel 工作簿", "Excel workbook", "excel"},
};

static const gg_code blocks[] = {
    {GRIDGOV_BLOCK_TITLE, "title", "标题", "title", ""},
    {GRIDGOV_BLOCK_HEADING, "heading", "小标题", "heading", ""},
    {GRIDGOV_BLOCK_PARAGRAPH, "paragraph", "段落", "paragraph", ""},
    {GRIDGOV_BLOCK_TABLE, "table", "表格", "table", ""},
    {GRIDGOV_BLOCK_NOTE, "note", "注", "note", ""},
    {GRIDGOV_BLOCK_STAMP, "stamp", "草稿", "stamp", "戳记"},
    {GRIDGOV_BLOCK_ISSUER, "issuer", "发文机关", "issuer", ""},
    {GRIDGOV_BLOCK_COLOPHON, "colophon", "版记", "colophon", ""},
};

static const gg_code figures[] = {
    {GRIDGOV_FIGURE_COUNT, "count", "计数", "count", ""},
    {GRIDGOV_FIGURE_SHARE, "share", "占比", "share", ""},
    {GRIDGOV_FIGURE_RATE, "rate", "比率", "rate", ""},
    {GRIDGOV_FIGURE_POINTS, "points", "分值", "points", ""},
    {GRIDGOV_FIGURE_TOTAL, "total", "总分", "total", ""},
};

static const gg_code checks[] = {
    {GRIDGOV_CHECK_SUM, "sum", "合计", "sums", ""},
    {GRIDGOV_CHECK_ROW_TOTAL, "row_total", "行总分", "row totals", ""},
    {GRIDGOV_CHECK_SHARE, "share", "占比", "shares", ""},
    {GRIDGOV_CHECK_SHARE_SUM, "share_sum", "占比之和", "sums of shares", ""},
    {GRIDGOV_CHECK_RATE, "rate", "比率", "rates", ""},
    {GRIDGOV_CHECK_ORDER, "order", "大小关系", "orders of size", ""},
    {GRIDGOV_CHECK_PROSE_TABLE, "prose_table", "文表一致", "prose against tables", ""},
    {GRIDGOV_CHECK_RANGE, "range", "取值范围", "ranges", ""},
    {GRIDGOV_CHECK_ADJUSTMENT, "adjustment", "加减分理由", "reasons of adjustments", ""},
    {GRIDGOV_CHECK_DUPLICATE, "duplicate", "行不重复", "rows that stand once", ""},
    {GRIDGOV_CHECK_RANK, "rank", "排名", "ranks", ""},
    {GRIDGOV_CHECK_CHANGE, "change", "环比同比", "changes", ""},
    {GRIDGOV_CHECK_MEAN, "mean", "平均数", "means", ""},
    {GRIDGOV_CHECK_PERIOD, "period", "期间一致", "periods", ""},
    {GRIDGOV_CHECK_CONTINUITY, "continuity", "前后期衔接", "continuity", ""},
    {GRIDGOV_CHECK_HEADER, "header", "表头一致", "headers", ""},
};

static const gg_code verdicts[] = {
    {GRIDGOV_VERDICT_UNDEFINED, "undefined", "无定义", "undefined", ""},
    {GRIDGOV_VERDICT_FOLLOWS, "follows", "相符", "follows", ""},
    {GRIDGOV_VERDICT_TRUNCATED, "truncated", "截尾后相符", "truncated", ""},
    {GRIDGOV_VERDICT_HALF_EVEN, "half_even", "四舍六入五成双后相符", "half to even", ""},
    {GRIDGOV_VERDICT_DIFFERS, "differs", "不符", "differs", ""},
};

static const gg_code roundings[] = {
    {GRIDGOV_ROUNDING_HALF_UP, "half_up", "四舍五入", "half up", ""},
    {GRIDGOV_ROUNDING_TRUNCATE, "truncate", "截尾", "truncation", "去尾"},
    {GRIDGOV_ROUNDING_HALF_EVEN, "half_even", "四舍六入五成双", "half to even", ""},
    {GRIDGOV_ROUNDING_LARGEST_REMAINDER, "largest_remainder", "最大余额", "largest remainder", ""},
};

const gg_code_table gg_codes_document[GG_CODE_KINDS] = {
    [GRIDGOV_KIND_FORMAT] = GG_CODE_TABLE(formats),
    [GRIDGOV_KIND_BLOCK] = GG_CODE_TABLE(blocks),
    [GRIDGOV_KIND_FIGURE] = GG_CODE_TABLE(figures),
    [GRIDGOV_KIND_CHECK] = GG_CODE_TABLE(checks),
    [GRIDGOV_KIND_VERDICT] = GG_CODE_TABLE(verdicts),
    [GRIDGOV_KIND_ROUNDING] = GG_CODE_TABLE(roundings),
};
