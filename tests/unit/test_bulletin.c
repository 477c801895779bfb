/* SPDX-License-Identifier: Apache-2.0 */
/* The bulletin's builder and accessors: order of calls, places of cells under spans, figures that
 * stand once, sorted pins. */
#include <gridgov/gridgov.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static gridgov_bulletin *empty(void) {
    gridgov_bulletin *bulletin = NULL;
    gridgov_error err;
    assert_int_equal(gridgov_bulletin_new(&bulletin, &err), GRIDGOV_OK);
    return bulletin;
}

static gridgov_figure count_of(const char *code, int64_t value) {
    return (gridgov_figure){.struct_size = sizeof(gridgov_figure),
                            .kind = GRIDGOV_FIGURE_COUNT,
                            .state = GRIDGOV_CELL_VALUE,
                            .numerator = value,
                            .denominator = 1,
                            .code = code};
}

static void say(gridgov_bulletin *bulletin, const char *text) {
    gridgov_error err;
    assert_int_equal(gridgov_bulletin_add_text(bulletin, text, strlen(text), &err), GRIDGOV_OK);
}

static void block(gridgov_bulletin *bulletin, int32_t kind) {
    gridgov_error err;
    assert_int_equal(
        gridgov_bulletin_add_block(bulletin, kind, kind == GRIDGOV_BLOCK_HEADING ? 1 : 0, "", &err),
        GRIDGOV_OK);
}

static gridgov_table_cell cell_at(const gridgov_bulletin *bulletin, int64_t index) {
    gridgov_table_cell cell = {.struct_size = sizeof cell};
    assert_int_equal(gridgov_bulletin_cell_at(&cell, bulletin, index), GRIDGOV_OK);
    return cell;
}

static void test_a_figure_stands_once_and_prints_everywhere(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_figure figure = count_of("events.total", 2975);
    gridgov_figure view = {.struct_size = sizeof view};
    gridgov_error err = {0};
    int64_t index = -7;
    (void)state;
    assert_int_equal(gridgov_bulletin_add_figure(&index, bulletin, &figure, &err), GRIDGOV_OK);
    assert_int_equal(index, 0);
    assert_int_equal(gridgov_bulletin_add_figure(&index, bulletin, &figure, &err), GRIDGOV_EDATA);
    assert_int_equal(err.rule, 800);
    assert_int_equal(index, GRIDGOV_NONE);
    assert_int_equal(gridgov_bulletin_figure_count(bulletin), 1);
    for (int i = 0; i < 2; i++) {
        gridgov_run run = {.struct_size = sizeof run};
        block(bulletin, GRIDGOV_BLOCK_PARAGRAPH);
        assert_int_equal(gridgov_bulletin_add_reference(bulletin, 0, &err), GRIDGOV_OK);
        assert_int_equal(gridgov_bulletin_run_at(&run, bulletin, i), GRIDGOV_OK);
        assert_int_equal(run.figure, 0);
        assert_string_equal(run.text, "2975");
        assert_int_equal(run.size, 4);
    }
    assert_string_equal(gridgov_bulletin_figure_text(bulletin, 0), "2975");
    assert_null(gridgov_bulletin_figure_text(bulletin, 1));
    assert_null(gridgov_bulletin_figure_text(bulletin, -1));
    assert_int_equal(gridgov_bulletin_figure_find(bulletin, "events.total", 12), 0);
    assert_int_equal(gridgov_bulletin_figure_find(bulletin, "events.tota", 11), GRIDGOV_NONE);
    assert_int_equal(gridgov_bulletin_figure_at(&view, bulletin, 0), GRIDGOV_OK);
    assert_int_equal(view.numerator, 2975);
    assert_string_equal(view.code, "events.total");
    assert_ptr_not_equal(view.code, figure.code); /* copied */
    assert_int_equal(gridgov_bulletin_figure_at(&view, bulletin, 1), GRIDGOV_END);
    assert_int_equal(gridgov_bulletin_add_reference(bulletin, 1, &err), GRIDGOV_ENOTFOUND);
    assert_int_equal(gridgov_bulletin_add_reference(bulletin, -1, &err), GRIDGOV_ENOTFOUND);
    gridgov_bulletin_free(bulletin);
}

static void test_figures_that_are_refused_change_nothing(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_figure share = count_of("share", 1);
    gridgov_figure odd = count_of("odd", 1);
    gridgov_figure unnamed = count_of("", 1);
    gridgov_figure old = {.struct_size = 4, .kind = GRIDGOV_FIGURE_COUNT, .code = "x"};
    (void)state;
    share.kind = GRIDGOV_FIGURE_SHARE;
    share.denominator = 0;
    odd.kind = 17;
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &share, NULL), GRIDGOV_EDATA);
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &odd, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &unnamed, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &old, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, NULL, NULL), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_figure(NULL, NULL, &share, NULL), GRIDGOV_EARG);
    unnamed.code = "\xff";
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &unnamed, NULL), GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_bulletin_figure_count(bulletin), 0);
    assert_int_equal(gridgov_bulletin_figure_find(bulletin, "share", 5), GRIDGOV_NONE);
    share.denominator = 2; /* the refused code is still free */
    assert_int_equal(gridgov_bulletin_add_figure(NULL, bulletin, &share, NULL), GRIDGOV_OK);
    gridgov_bulletin_free(bulletin);
}

/* The header of the published table: two cells over two rows, one over two columns, then the rest.
 */
static void test_cells_step_over_spans(void **state) {
    static const int64_t expected[][4] = {
        /* row, column, row span, column span */
        {0, 0, 2, 1}, {0, 1, 1, 2}, {0, 3, 2, 1}, {1, 1, 1, 1}, {1, 2, 1, 1}, {2, 0, 2, 1},
        {2, 1, 1, 1}, {2, 2, 1, 1}, {2, 3, 1, 1}, {3, 1, 1, 1}, {3, 2, 1, 1}, {3, 3, 1, 1},
    };
    gridgov_bulletin *bulletin = empty();
    gridgov_block view = {.struct_size = sizeof view};
    gridgov_error err;
    int64_t row = -1;
    (void)state;
    block(bulletin, GRIDGOV_BLOCK_TABLE);
    say(bulletin, "caption");
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        if (expected[i][0] != row) {
            row = expected[i][0];
            assert_int_equal(gridgov_bulletin_add_row(bulletin, row < 2, &err), GRIDGOV_OK);
        }
        assert_int_equal(gridgov_bulletin_add_cell(bulletin, (int32_t)expected[i][2],
                                                   (int32_t)expected[i][3], &err),
                         GRIDGOV_OK);
        say(bulletin, "x");
        say(bulletin, "y");
    }
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        gridgov_table_cell cell = cell_at(bulletin, (int64_t)i);
        assert_int_equal(cell.row, expected[i][0]);
        assert_int_equal(cell.column, expected[i][1]);
        assert_int_equal(cell.row_span, expected[i][2]);
        assert_int_equal(cell.column_span, expected[i][3]);
        assert_int_equal(cell.header, expected[i][0] < 2);
        assert_int_equal(cell.first_run, 1 + 2 * (int64_t)i);
        assert_int_equal(cell.run_count, 2);
    }
    assert_int_equal(gridgov_bulletin_block_at(&view, bulletin, 0), GRIDGOV_OK);
    assert_int_equal(view.column_count, 4);
    assert_int_equal(view.row_count, 4);
    assert_int_equal(view.header_row_count, 2);
    assert_int_equal(view.run_count, 1);
    assert_int_equal(view.cell_count, 12);
    gridgov_bulletin_free(bulletin);
}

static void test_spans_stay_in_their_part(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_error err;
    (void)state;
    block(bulletin, GRIDGOV_BLOCK_TABLE);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 5, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 9, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(cell_at(bulletin, 0).row_span, 1); /* the header has one row */
    assert_int_equal(cell_at(bulletin, 1).column, 0);   /* not pushed aside by it */
    assert_int_equal(cell_at(bulletin, 1).row_span, 2); /* the body has two */
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 1, &err), GRIDGOV_ESTATE);
    gridgov_bulletin_free(bulletin);
}

static void test_spans_that_are_refused(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_error err;
    (void)state;
    block(bulletin, GRIDGOV_BLOCK_TABLE);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 0, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 65535, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1001, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 2, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 2, &err),
                     GRIDGOV_EARG); /* runs into it */
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 998, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err),
                     GRIDGOV_EARG); /* 1000 are full */
    assert_int_equal(cell_at(bulletin, 3).column, 2);
    gridgov_bulletin_free(bulletin);
}

static void test_order_of_calls(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_error err = {0};
    (void)state;
    assert_int_equal(gridgov_bulletin_add_text(bulletin, "x", 1, &err), GRIDGOV_ESTATE);
    assert_int_equal(err.rule, 3);
    assert_int_equal(gridgov_bulletin_add_reference(bulletin, 0, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err), GRIDGOV_ESTATE);
    block(bulletin, GRIDGOV_BLOCK_PARAGRAPH);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_ESTATE);
    block(bulletin, GRIDGOV_BLOCK_TABLE);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_text(bulletin, "x", 1, &err), GRIDGOV_ESTATE);
    assert_int_equal(gridgov_bulletin_add_cell(bulletin, 1, 1, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_row(bulletin, 0, &err), GRIDGOV_OK);
    assert_int_equal(gridgov_bulletin_add_text(bulletin, "x", 1, &err),
                     GRIDGOV_ESTATE); /* new row */
    block(bulletin, GRIDGOV_BLOCK_NOTE);
    say(bulletin, "x"); /* goes to the note, not to the cell */
    assert_int_equal(cell_at(bulletin, 0).run_count, 0);
    gridgov_bulletin_free(bulletin);
}

static void test_blocks(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_block view = {.struct_size = sizeof view};
    gridgov_error err;
    (void)state;
    assert_int_equal(gridgov_bulletin_add_block(bulletin, 0, 0, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, 9, 0, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_HEADING, 0, "", &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_HEADING, 4, "", &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_NOTE, 1, "", &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_NOTE, 0, NULL, &err),
                     GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_NOTE, 0, "\xc3", &err),
                     GRIDGOV_EFORMAT);
    assert_int_equal(gridgov_bulletin_block_count(bulletin), 0);
    assert_int_equal(gridgov_bulletin_add_block(bulletin, GRIDGOV_BLOCK_HEADING, 3, "plan", &err),
                     GRIDGOV_OK);
    say(bulletin, "三、");
    say(bulletin, "");
    say(bulletin, "下一步计划");
    block(bulletin, GRIDGOV_BLOCK_PARAGRAPH);
    assert_int_equal(gridgov_bulletin_block_at(&view, bulletin, 0), GRIDGOV_OK);
    assert_int_equal(view.kind, GRIDGOV_BLOCK_HEADING);
    assert_int_equal(view.level, 3);
    assert_string_equal(view.code, "plan");
    assert_int_equal(view.run_count, 3);
    assert_int_equal(gridgov_bulletin_block_at(&view, bulletin, 1), GRIDGOV_OK);
    assert_int_equal(view.first_run, 3);
    assert_int_equal(gridgov_bulletin_block_at(&view, bulletin, 2), GRIDGOV_END);
    gridgov_bulletin_free(bulletin);
}

static void test_text_must_be_utf8_without_nul(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_error err = {0};
    gridgov_run run = {.struct_size = sizeof run};
    (void)state;
    block(bulletin, GRIDGOV_BLOCK_PARAGRAPH);
    assert_int_equal(gridgov_bulletin_add_text(bulletin, "a\xff", 2, &err), GRIDGOV_EFORMAT);
    assert_int_equal(err.rule, 100);
    assert_int_equal(gridgov_bulletin_add_text(bulletin, "a\0b", 3, &err), GRIDGOV_EFORMAT);
    assert_int_equal(err.rule, 102);
    assert_int_equal(gridgov_bulletin_add_text(bulletin, NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_run_at(&run, bulletin, 0), GRIDGOV_END);
    say(bulletin, "网格");
    assert_int_equal(gridgov_bulletin_run_at(&run, bulletin, 0), GRIDGOV_OK);
    assert_int_equal(run.figure, GRIDGOV_NONE);
    assert_string_equal(run.text, "网格");
    gridgov_bulletin_free(bulletin);
}

static void test_pins_are_sorted_and_replaced(void **state) {
    static const char *const names[] = {"policy", "calendar", "input.events", "policy"};
    static const char *const values[] = {"1", "2", "3", "4"};
    static const char *const sorted[][2] = {
        {"calendar", "2"}, {"input.events", "3"}, {"policy", "4"}};
    gridgov_bulletin *bulletin = empty();
    gridgov_pin pin = {.struct_size = sizeof pin};
    gridgov_error err;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(gridgov_bulletin_add_pin(bulletin, names[i], values[i], &err), GRIDGOV_OK);
    }
    for (int64_t i = 0; i < 3; i++) {
        assert_int_equal(gridgov_bulletin_pin_at(&pin, bulletin, i), GRIDGOV_OK);
        assert_string_equal(pin.name, sorted[i][0]);
        assert_string_equal(pin.value, sorted[i][1]);
    }
    assert_int_equal(gridgov_bulletin_pin_at(&pin, bulletin, 3), GRIDGOV_END);
    assert_int_equal(gridgov_bulletin_add_pin(bulletin, "", "x", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_pin(bulletin, "x", NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_pin(bulletin, "x", "\xff", &err), GRIDGOV_EARG);
    gridgov_bulletin_free(bulletin);
}

static void test_null_and_small_views(void **state) {
    gridgov_bulletin *bulletin = empty();
    gridgov_block small = {.struct_size = 8}; /* room for the kind alone */
    gridgov_block none = {.struct_size = 7};
    gridgov_error err;
    (void)state;
    block(bulletin, GRIDGOV_BLOCK_NOTE);
    small.level = 42;
    assert_int_equal(gridgov_bulletin_block_at(&small, bulletin, 0), GRIDGOV_OK);
    assert_int_equal(small.kind, GRIDGOV_BLOCK_NOTE);
    assert_int_equal(small.level, 42);
    assert_int_equal(gridgov_bulletin_block_at(&none, bulletin, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_block_at(NULL, bulletin, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_block_at(&small, NULL, 0), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_new(NULL, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_block(NULL, 1, 0, "", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_row(NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_cell(NULL, 1, 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_text(NULL, "x", 1, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_reference(NULL, 0, &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_add_pin(NULL, "x", "y", &err), GRIDGOV_EARG);
    assert_int_equal(gridgov_bulletin_block_count(NULL), 0);
    assert_int_equal(gridgov_bulletin_figure_count(NULL), 0);
    assert_null(gridgov_bulletin_figure_text(NULL, 0));
    assert_int_equal(gridgov_bulletin_figure_find(NULL, "x", 1), GRIDGOV_NONE);
    gridgov_bulletin_free(NULL);
    gridgov_bulletin_free(bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_figure_stands_once_and_prints_everywhere),
        cmocka_unit_test(test_figures_that_are_refused_change_nothing),
        cmocka_unit_test(test_cells_step_over_spans),
        cmocka_unit_test(test_spans_stay_in_their_part),
        cmocka_unit_test(test_spans_that_are_refused),
        cmocka_unit_test(test_order_of_calls),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_text_must_be_utf8_without_nul),
        cmocka_unit_test(test_pins_are_sorted_and_replaced),
        cmocka_unit_test(test_null_and_small_views),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
