/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every request while a bulletin is rendered as DOCX and as XLSX: the status and
 * the error say so, no file is cut short, and nothing leaks. What minizip and zlib take by
 * themselves is not failed. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>
#include <gridgov/office_render.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static gridgov_bulletin *bulletin;

static void say(const char *text) {
    assert_int_equal(gridgov_bulletin_add_text(bulletin, text, strlen(text), NULL), GRIDGOV_OK);
}

static void block(int32_t kind, const char *text) {
    int32_t level = kind == GRIDGOV_BLOCK_HEADING ? 1 : 0;
    assert_int_equal(gridgov_bulletin_add_block(bulletin, kind, level, "t", NULL), GRIDGOV_OK);
    say(text);
}

static void cell(int32_t rows, int32_t columns, const char *text) {
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, rows, columns, NULL), GRIDGOV_OK);
    say(text);
}

/* Every kind of block, a table with spans, figures and points at stake, and one turned sideways. */
static void make(void) {
    int64_t total = 0;
    gridgov_figure figure = {.struct_size = sizeof figure,
                             .kind = GRIDGOV_FIGURE_SHARE,
                             .state = GRIDGOV_CELL_VALUE,
                             .numerator = 1,
                             .denominator = 3,
                             .code = "share"};
    assert_int_equal(gridgov_bulletin_new(&bulletin, NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_pin(bulletin, "policy", "0123", NULL), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_figure(&total, bulletin, &figure, NULL), GRIDGOV_OK);
    block(GRIDGOV_BLOCK_ISSUER, "街道办事处文件\n办〔2021〕1号");
    block(GRIDGOV_BLOCK_STAMP, "草稿");
    block(GRIDGOV_BLOCK_TITLE, "街道九月份“基层治理四平台”事件数据分析研判报告");
    block(GRIDGOV_BLOCK_HEADING, "一、情况");
    block(GRIDGOV_BLOCK_PARAGRAPH, "共上报 ");
    assert_int_equal(gridgov_bulletin_add_reference(bulletin, total, NULL), GRIDGOV_OK);
    block(GRIDGOV_BLOCK_TABLE, "评价表");
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 1, NULL), GRIDGOV_OK);
    cell(1, 1, "单位");
    cell(1, 1, "及时率");
    say(" (2 分)");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, NULL), GRIDGOV_OK);
        if (i == 0) {
            cell(2, 1, "甲社区");
        }
        assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, NULL), GRIDGOV_OK);
        assert_int_equal(gridgov_bulletin_add_reference(bulletin, total, NULL), GRIDGOV_OK);
    }
    block(GRIDGOV_BLOCK_NOTE, "附注");
    block(GRIDGOV_BLOCK_TABLE, "宽表");
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 1, NULL), GRIDGOV_OK);
    for (int i = 0; i < 9; i++) {
        cell(1, 1, "Responsibilities");
    }
    block(GRIDGOV_BLOCK_COLOPHON, "抄送：区府办。");
}

static gridgov_status render(int32_t format, gridgov_error *err) {
    gridgov_bytes *bytes = NULL;
    gridgov_status status = GRIDGOV_OK;
    SWEEP_TRY(status, gridgov_render_office_bytes(&bytes, bulletin, format, err), bytes);
    if (status == GRIDGOV_OK) {
        size_t size = 0;
        const char *data = gridgov_bytes_data(bytes, &size);
        sweep_note(data, size);
    }
    gridgov_bytes_free(bytes);
    return status;
}

static gridgov_status render_docx(gridgov_error *err) {
    return render(GRIDGOV_FORMAT_DOCX, err);
}

static gridgov_status render_xlsx(gridgov_error *err) {
    return render(GRIDGOV_FORMAT_XLSX, err);
}

static void rendering_docx(void **state) {
    (void)state;
    make();
    sweep("a bulletin as DOCX", render_docx, SWEEP_STRICT, 3000, 100);
    gridgov_bulletin_free(bulletin);
}

static void rendering_xlsx(void **state) {
    (void)state;
    make();
    sweep("a bulletin as XLSX", render_xlsx, SWEEP_STRICT, 3000, 100);
    gridgov_bulletin_free(bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rendering_docx),
        cmocka_unit_test(rendering_xlsx),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
