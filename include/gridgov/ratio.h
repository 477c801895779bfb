/* SPDX-License-Identifier: Apache-2.0 */
/** @file ratio.h
 *  Ratios of metrics, and weighted sums of ratios with grades. Both are named in the metrics
 *  document and never stored: they follow from two cells, with their one rounding when they are
 *  asked for. A ratio of nothing to nothing is neither 0 % nor 100 %: it is not applicable and
 *  prints `/`.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t closing_rate(const gridgov_facts *facts, int64_t agency) {
 *      const gridgov_metrics *metrics = gridgov_facts_metrics(facts);
 *      gridgov_ratio_value value = {.struct_size = sizeof value};
 *      int64_t ratio = gridgov_metrics_ratio_find(metrics, "结案率", 9);
 *      gridgov_facts_ratio(&value, facts, agency, ratio);
 *      return value.state == GRIDGOV_CELL_VALUE ? value.percent_hundredths : -1;
 *  }
 *  @endcode
 *
 *  In a `gridgov.metrics/1` document: `"ratios": [{"code", "name", "name_en", "numerator",
 *  "denominator", "complement", "source", "certainty"}]`, numerator and denominator being codes of
 *  metrics of one dimension; `"composites": [{"code", "name", "name_en", "terms": [{"ratio" or
 *  "metric", "weight"}], "grades": [{"code", "at_least"}], "source", "certainty"}]`. Weights are
 *  percent and add up to 100; a term that names a metric is that count as a share of the greatest
 *  among the rows; grades fall, the last one begins at 0. */
#ifndef GRIDGOV_RATIO_H
#define GRIDGOV_RATIO_H

#include <gridgov/facts.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One ratio; pointers are borrowed. */
typedef struct gridgov_ratio {
    uint32_t struct_size; /**< sizeof(gridgov_ratio), set by the caller */
    int32_t dimension;    /**< GRIDGOV_DIMENSION_* of both metrics */
    int64_t numerator;    /**< index of a metric */
    int64_t denominator;  /**< index of a metric */
    int32_t complement;   /**< 1: the ratio is 1 − numerator/denominator */
    int32_t reserved;     /**< 0 */
    const char *code;     /**< "closing_rate" */
    const char *name;     /**< "结案率" */
    const char *name_en;  /**< "closing rate" */
} gridgov_ratio;

/** A ratio of one row. */
typedef struct gridgov_ratio_value {
    uint32_t struct_size; /**< sizeof(gridgov_ratio_value), set by the caller */
    int32_t state;        /**< GRIDGOV_CELL_VALUE; _NOT_APPLICABLE: the denominator is 0 or not
                               applicable; _UNKNOWN */
    int64_t numerator;    /**< of a complement: what is left of the denominator; 0 unless a value */
    int64_t denominator;  /**< 0 unless a value */
    int64_t missing;      /**< atoms that lacked the data, in either of the two counts */
    int64_t percent_hundredths; /**< hundredths of a per cent, rounded half away from zero: 6667 is
                                     66.67 % */
} gridgov_ratio_value;

/** A weighted sum of ratios, out of 100 points; pointers are borrowed. */
typedef struct gridgov_composite {
    uint32_t struct_size; /**< sizeof(gridgov_composite), set by the caller */
    int32_t dimension;    /**< GRIDGOV_DIMENSION_* of all terms */
    int64_t term_count;   /**< terms */
    int64_t grade_count;  /**< grades; 0: none */
    const char *code;     /**< "department" */
    const char *name;     /**< "部门综合评价" */
    const char *name_en;  /**< English name */
} gridgov_composite;

/** One term of a composite. */
typedef struct gridgov_composite_term {
    uint32_t struct_size; /**< sizeof(gridgov_composite_term), set by the caller */
    int32_t reserved;     /**< 0 */
    int64_t ratio;        /**< index of a ratio; GRIDGOV_NONE */
    int64_t metric;       /**< index of a metric, as a share of the greatest; GRIDGOV_NONE */
    gridgov_points weight; /**< points of a full term, thousandths */
} gridgov_composite_term;

/** A composite of one row. */
typedef struct gridgov_composite_value {
    uint32_t struct_size;  /**< sizeof(gridgov_composite_value), set by the caller */
    int32_t state;         /**< GRIDGOV_CELL_VALUE; _NOT_APPLICABLE a term is; _UNKNOWN a term is */
    gridgov_points points; /**< the sum of the terms, each rounded once; 0 unless a value */
    const char *grade;     /**< code of the grade, "A"; "" without grades or without a value */
} gridgov_composite_value;

/** Number of ratios; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_metrics_ratio_count(const gridgov_metrics *metrics);
/** One ratio.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_metrics_ratio_at(gridgov_ratio *ratio_out,
                                                    const gridgov_metrics *metrics, int64_t index);
/** Index of a ratio by code or by its Chinese or English name; GRIDGOV_NONE.    @threads safe
 *  @since 0.1 */
GRIDGOV_API int64_t gridgov_metrics_ratio_find(const gridgov_metrics *metrics, const char *text,
                                               size_t size);

/** Number of composites; 0 for NULL.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_metrics_composite_count(const gridgov_metrics *metrics);
/** One composite.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_metrics_composite_at(gridgov_composite *composite_out,
                                                        const gridgov_metrics *metrics,
                                                        int64_t index);
/** One term of a composite.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_metrics_term_at(gridgov_composite_term *term_out,
                                                   const gridgov_metrics *metrics,
                                                   int64_t composite, int64_t index);

/** A ratio of one row.
 *  @param[out] value_out  the ratio
 *  @param      facts      any
 *  @param      row        row of the ratio's dimension
 *  @param      ratio      index into the ratios of the metrics counted
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_ratio(gridgov_ratio_value *value_out,
                                               const gridgov_facts *facts, int64_t row,
                                               int64_t ratio);

/** A composite of one row.
 *  @param[out] value_out  the composite
 *  @param      facts      any
 *  @param      row        row of the composite's dimension
 *  @param      composite  index into the composites of the metrics counted
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_facts_composite(gridgov_composite_value *value_out,
                                                   const gridgov_facts *facts, int64_t row,
                                                   int64_t composite);

#ifdef __cplusplus
}
#endif
#endif
