/* SPDX-License-Identifier: Apache-2.0 */
/** @file bulletin.h
 *  A document with no ink yet: blocks of runs, where a run is text or a reference to a *figure*. A
 *  figure stands in the bulletin once and is printed wherever it is referred to, so prose and
 *  tables cannot disagree. Blocks are built in order: add a block, then its text and figures; in a
 *  table, rows and cells first.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int hello(gridgov_bulletin **out, gridgov_error *err) {
 *      int64_t total = 0;
 *      gridgov_figure figure = {.struct_size = sizeof figure, .kind = GRIDGOV_FIGURE_COUNT,
 *                               .state = GRIDGOV_CELL_VALUE, .numerator = 2975,
 *                               .denominator = 1, .code = "events.total"};
 *      int status = gridgov_bulletin_new(out, err);
 *      if (status == GRIDGOV_OK) status = gridgov_bulletin_add_figure(&total, *out, &figure, err);
 *      if (status == GRIDGOV_OK) {
 *          status = gridgov_bulletin_add_block(*out, GRIDGOV_BLOCK_PARAGRAPH, 0, "", err);
 *      }
 *      if (status == GRIDGOV_OK) status = gridgov_bulletin_add_text(*out, "共上报 ", 10, err);
 *      if (status == GRIDGOV_OK) status = gridgov_bulletin_add_reference(*out, total, err);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_BULLETIN_H
#define GRIDGOV_BULLETIN_H

#include <gridgov/facts.h>
#include <gridgov/issues.h>
#include <gridgov/score.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A bulletin. */
typedef struct gridgov_bulletin gridgov_bulletin;

/** One figure; text is copied in and borrowed out. */
typedef struct gridgov_figure {
    uint32_t struct_size;  /**< sizeof(gridgov_figure), set by the caller */
    int32_t kind;          /**< GRIDGOV_FIGURE_* */
    int32_t state;         /**< GRIDGOV_CELL_*: anything but _VALUE prints `/` or nothing */
    int32_t reserved;      /**< 0 */
    int64_t numerator;     /**< the count or the thousandths */
    int64_t denominator;   /**< of a share or rate, above 0; of a total: out of, thousandths; else 1
                                */
    int64_t base;          /**< of a total: the full marks, thousandths; else 0 */
    const char *code;      /**< stable, unique: "category.urban-management.count" */
} gridgov_figure;

/** One block; pointers are borrowed. */
typedef struct gridgov_block {
    uint32_t struct_size;  /**< sizeof(gridgov_block), set by the caller */
    int32_t kind;          /**< GRIDGOV_BLOCK_* */
    int32_t level;         /**< of a heading, 1 … 3 */
    int32_t column_count;  /**< of a table */
    const char *code;      /**< of a table or section, "categories"; may be "" */
    int64_t first_run;     /**< index of its first run; for a table of its caption */
    int64_t run_count;     /**< its runs; for a table those of its caption */
    int64_t first_cell;    /**< of a table, index of its first cell */
    int64_t cell_count;    /**< of a table, its cells */
    int64_t row_count;     /**< of a table, header rows included */
    int64_t header_row_count; /**< of a table */
} gridgov_block;

/** One cell of a table; columns covered by a span have no cell of their own. */
typedef struct gridgov_table_cell {
    uint32_t struct_size;  /**< sizeof(gridgov_table_cell), set by the caller */
    int32_t header;        /**< 1 in a header row */
    int64_t row;           /**< row of its top left corner, 0-based */
    int64_t column;        /**< column of its top left corner, 0-based */
    int32_t row_span;      /**< rows it covers, 1 or more */
    int32_t column_span;   /**< columns it covers, 1 or more */
    int64_t first_run;     /**< index of its first run */
    int64_t run_count;     /**< its runs */
} gridgov_table_cell;

/** One run; pointers are borrowed. */
typedef struct gridgov_run {
    uint32_t struct_size; /**< sizeof(gridgov_run), set by the caller */
    int32_t reserved;     /**< 0 */
    int64_t figure;       /**< index of the figure; GRIDGOV_NONE for plain text */
    const char *text;     /**< as printed, NUL-terminated UTF-8 */
    size_t size;          /**< bytes */
} gridgov_run;

/** What a bulletin is made from: name and value, "policy" and its digest. */
typedef struct gridgov_pin {
    uint32_t struct_size; /**< sizeof(gridgov_pin), set by the caller */
    int32_t reserved;     /**< 0 */
    const char *name;     /**< "input.events" */
    const char *value;    /**< a digest or a version */
} gridgov_pin;

/** Make an empty bulletin.
 *  @param[out] out  the bulletin; yours to free
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_new(gridgov_bulletin **out, gridgov_error *err);

/** Add a figure.
 *  @param[out] index_out  its index; may be NULL
 *  @param      bulletin   any
 *  @param      figure     its code is not empty
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA its code stands already, or a share without a denominator;
 *          GRIDGOV_ERANGE a share beyond every number; GRIDGOV_EFORMAT its code is not UTF-8;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_figure(int64_t *index_out,
                                                       gridgov_bulletin *bulletin,
                                                       const gridgov_figure *figure,
                                                       gridgov_error *err);
/** Start a block.
 *  @param bulletin  any
 *  @param kind      GRIDGOV_BLOCK_*
 *  @param level     of a heading, 1 … 3; 0 otherwise
 *  @param code      of a table or section; "" otherwise
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT the code is not UTF-8; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_block(gridgov_bulletin *bulletin, int32_t kind,
                                                      int32_t level, const char *code,
                                                      gridgov_error *err);
/** Start a row of the current table.
 *  @param bulletin  its last block is a table
 *  @param header    1 a header row, which stand before all others; 0 not
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE no table, or a header below; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_row(gridgov_bulletin *bulletin, int32_t header,
                                                    gridgov_error *err);
/** Start a cell of the current row, in the next column that no span covers.
 *  @param bulletin     has a row
 *  @param row_span     rows it covers, 1 … 65 534; cut at the end of the header or the table
 *  @param column_span  columns it covers, 1 or more; a table has 1000 columns at most
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE no row; GRIDGOV_EARG a span that does not fit; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_cell(gridgov_bulletin *bulletin, int32_t row_span,
                                                     int32_t column_span, gridgov_error *err);
/** Add text to the current block, caption or cell.
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE no block; GRIDGOV_EFORMAT not UTF-8; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_text(gridgov_bulletin *bulletin, const char *text,
                                                     size_t size, gridgov_error *err);
/** Add a reference to a figure, which prints there.
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE no block; GRIDGOV_ENOTFOUND no such figure; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_reference(gridgov_bulletin *bulletin,
                                                          int64_t figure, gridgov_error *err);
/** Add a pin; a name that stands already takes the new value.
 *  @param bulletin    any
 *  @param name,value  UTF-8; the name is not empty
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_add_pin(gridgov_bulletin *bulletin, const char *name,
                                                    const char *value, gridgov_error *err);

/** Number of blocks; 0 for NULL.    @threads safe once built    @since 0.1 */
GRIDGOV_API int64_t gridgov_bulletin_block_count(const gridgov_bulletin *bulletin);
/** Number of figures; 0 for NULL.    @threads safe once built    @since 0.1 */
GRIDGOV_API int64_t gridgov_bulletin_figure_count(const gridgov_bulletin *bulletin);

/** One block.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once built    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_block_at(gridgov_block *block_out,
                                                     const gridgov_bulletin *bulletin,
                                                     int64_t index);
/** One cell.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once built    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_cell_at(gridgov_table_cell *cell_out,
                                                    const gridgov_bulletin *bulletin,
                                                    int64_t index);
/** One run.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once built    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_run_at(gridgov_run *run_out,
                                                   const gridgov_bulletin *bulletin, int64_t index);
/** One figure.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once built    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_figure_at(gridgov_figure *figure_out,
                                                      const gridgov_bulletin *bulletin,
                                                      int64_t index);
/** A figure as printed; NULL past the last.
 *  @return borrowed    @threads safe once built    @since 0.1 */
GRIDGOV_API const char *gridgov_bulletin_figure_text(const gridgov_bulletin *bulletin,
                                                     int64_t index);
/** Index of a figure by code; GRIDGOV_NONE.    @threads safe once built    @since 0.1 */
GRIDGOV_API int64_t gridgov_bulletin_figure_find(const gridgov_bulletin *bulletin, const char *code,
                                                 size_t size);
/** One pin, sorted by name.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once built    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_pin_at(gridgov_pin *pin_out,
                                                   const gridgov_bulletin *bulletin, int64_t index);

/** Value of a pin by name; NULL where it has none.
 *  @return borrowed    @threads safe once built    @since 0.1 */
GRIDGOV_API const char *gridgov_bulletin_pin_value(const gridgov_bulletin *bulletin,
                                                   const char *name);

/** Compose the monthly bulletin: 信息报送情况, 派驻机构事件处理情况, 下一步计划, 指标评价表. A section whose data is missing
 *  says so.
 *  @param[out] out       the bulletin; yours to free
 *  @param      facts     counts of the month
 *  @param      cards     scorecards of the same facts; NULL: no evaluation table
 *  @param      parameters,parameters_size  `gridgov.parameters/1` (docs/month-folder.md): office,
 *                                          title, thresholds of the next steps; size 0: none
 *  @param      excluded  rows that a load left out; above 0 stamps 草稿
 *  @param      lang      GRIDGOV_LANG_*
 *  @param      issues    e.g. unknown categories with the nearest known names; may be NULL
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT or GRIDGOV_EPOLICY of @p parameters; GRIDGOV_ERANGE;
 *          GRIDGOV_ELIMIT too large; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_bulletin_compose(gridgov_bulletin **out,
                                                    const gridgov_facts *facts,
                                                    const gridgov_scorecards *cards,
                                                    const char *parameters, size_t parameters_size,
                                                    int64_t excluded, int32_t lang,
                                                    gridgov_issues *issues, gridgov_error *err);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param bulletin  may be NULL; not to be added to any more
 *  @return @p bulletin    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_bulletin *gridgov_bulletin_hold(const gridgov_bulletin *bulletin);

/** Free a bulletin; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_bulletin_free(gridgov_bulletin *bulletin);

#ifdef __cplusplus
}
#endif
#endif
