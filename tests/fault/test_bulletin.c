/* SPDX-License-Identifier: Apache-2.0 */
/* A bulletin built by hand and rendered: out of memory at every request, and a sink that refuses at
 * every write. */
#include "support/sweep.h"

#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const int32_t formats[] = {GRIDGOV_FORMAT_MARKDOWN, GRIDGOV_FORMAT_HTML, GRIDGOV_FORMAT_JSON,
                                  GRIDGOV_FORMAT_CSV};

static gridgov_status add_cell(gridgov_bulletin *bulletin, const char *text, gridgov_error *err) {
    gridgov_status status = gridgov_bulletin_add_cell(bulletin, 1, 1, err);
    return status == GRIDGOV_OK ? gridgov_bulletin_add_text(bulletin, text, strlen(text), err)
                                : status;
}

/* A title, a paragraph with a figure, and a table of two rows. */
static gridgov_status fill(gridgov_bulletin *bulletin, gridgov_error *err) {
    int64_t total = 0;
    gridgov_figure figure = {.struct_size = sizeof figure,
                             .kind = GRIDGOV_FIGURE_COUNT,
                             .state = GRIDGOV_CELL_VALUE,
                             .numerator = 2975,
                             .denominator = 1,
                             .code = "events.total"};
    gridgov_status status = gridgov_bulletin_add_figure(&total, bulletin, &figure, err);
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_TITLE, 0, "", err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_text(bulletin, "九月份 <报告> & “分析”",
                                           strlen("九月份 <报告> & “分析”"), err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_PARAGRAPH, 0, "", err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_reference(bulletin, total, err);
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_TABLE, 0, "categories", err);
    }
    for (int32_t row = 0; row < 2 && status == GRIDGOV_OK; row++) {
        status = gridgov_bulletin_add_row(bulletin, row == 0, err);
        if (status == GRIDGOV_OK) {
            status = add_cell(bulletin, row == 0 ? "类型" : "城市管理", err);
        }
        if (status == GRIDGOV_OK) {
            status = add_cell(bulletin, row == 0 ? "数量" : "835", err);
        }
    }
    if (status == GRIDGOV_OK) {
        status = gridgov_bulletin_add_pin(bulletin, "policy", "0123", err);
    }
    return status;
}

static gridgov_status built_and_rendered(gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    gridgov_bulletin *bulletin = NULL;
    gridgov_render_options options;
    gridgov_render_options_init(&options, sizeof options);
    options.table = "categories";
    SWEEP_TRY(status, gridgov_bulletin_new(&bulletin, err), bulletin);
    if (status == GRIDGOV_OK) {
        status = fill(bulletin, err);
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        gridgov_bytes *bytes = NULL;
        SWEEP_TRY(status, gridgov_render_bytes(&bytes, bulletin, formats[i], &options, err), bytes);
        gridgov_bytes_free(bytes);
    }
    gridgov_bulletin_free(bulletin);
    return status;
}

static void test_allocations(void **state) {
    (void)state;
    sweep("bulletin", built_and_rendered, SWEEP_STRICT, 2000, 300);
}

typedef struct sink_state {
    int writes;    /* calls so far */
    int refuse_at; /* the call that is refused; 0 none */
} sink_state;

static int32_t write_some(void *user, const void *data, size_t size) {
    sink_state *sink = user;
    assert_true(data != NULL || size == 0);
    assert_true(sink->refuse_at == 0 || sink->writes < sink->refuse_at); /* none after a refusal */
    sink->writes++;
    return sink->writes == sink->refuse_at ? 28 : 0;
}

static void test_writes(void **state) {
    (void)state;
    gridgov_bulletin *bulletin = NULL;
    gridgov_error err;
    gridgov_render_options options;
    gridgov_render_options_init(&options, sizeof options);
    options.table = "categories";
    assert_int_equal(gridgov_bulletin_new(&bulletin, &err), GRIDGOV_OK);
    assert_int_equal(fill(bulletin, &err), GRIDGOV_OK);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        sink_state whole = {0, 0};
        gridgov_sink sink = {write_some, &whole};
        assert_int_equal(gridgov_render(&sink, bulletin, formats[i], &options, &err), GRIDGOV_OK);
        assert_true(whole.writes > 0);
        for (int n = 1; n <= whole.writes; n++) {
            sink_state failing = {0, n};
            sink.user = &failing;
            memset(&err, 0, sizeof err);
            assert_int_equal(gridgov_render(&sink, bulletin, formats[i], &options, &err),
                             GRIDGOV_EIO);
            assert_int_equal(err.status, GRIDGOV_EIO);
            assert_int_equal(err.detail, 28);
            assert_int_equal(failing.writes, n);
        }
    }
    gridgov_bulletin_free(bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocations),
        cmocka_unit_test(test_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
