/* SPDX-License-Identifier: Apache-2.0 */
/** @file policy.h
 *  How facts become points: groups and indicators with their maxima, the rules that deduct, the
 *  bonus, and the metrics they count. A policy is data (`gridgov.policy/1`, docs/policy.md),
 *  carries its metrics, and is dated. A threshold without a default stays open until the host
 *  configures it; until then what needs it is not assessed.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <string.h>
 *  static int open_with_distance(gridgov_policy **out, gridgov_error *err) {
 *      const char *parameters = "{\"daily_distance_km\": \"2.5\"}";
 *      return gridgov_policy_open(out, "baiguan-2021", 12, parameters, strlen(parameters), err);
 *  }
 *  @endcode */
#ifndef GRIDGOV_POLICY_H
#define GRIDGOV_POLICY_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>
#include <gridgov/metrics.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A policy; immutable. */
typedef struct gridgov_policy gridgov_policy;

/** A group of indicators; pointers are borrowed. */
typedef struct gridgov_policy_group {
    uint32_t struct_size;    /**< sizeof(gridgov_policy_group), set by the caller */
    int32_t reserved;        /**< 0 */
    const char *code;        /**< "app" */
    const char *name;        /**< "平安通 app 考核" */
    gridgov_points max;      /**< sum of its indicators' maxima */
    int64_t first;           /**< index of its first indicator */
    int64_t count;           /**< its indicators: indexes [first, first + count) */
    const char *name_en;     /**< "Ping An Tong app"; "" if the policy gives none */
    gridgov_points floor;    /**< lowest sum of its lines; INT64_MIN: none */
    gridgov_points cap;      /**< highest sum of its lines; INT64_MAX: none */
} gridgov_policy_group;

/** An indicator; pointers are borrowed. */
typedef struct gridgov_indicator {
    uint32_t struct_size;    /**< sizeof(gridgov_indicator), set by the caller */
    int32_t rule_count;      /**< rules, those below others included */
    const char *code;        /**< "online_rate" */
    const char *name;        /**< "日在线率" */
    gridgov_points max;      /**< points at stake, positive; a line never falls below −max */
    int64_t group;           /**< index of its group */
    const char *clause;      /**< the rule in the words of the policy; may be "" */
    const char *source;      /**< where the clause comes from; may be "" */
    const char *certainty;   /**< "published", "reconstructed" or "ours" */
    const char *name_en;     /**< "online rate"; "" if the policy gives none */
    gridgov_points floor;    /**< lowest points of its line; −max unless the policy says otherwise */
    gridgov_points cap;      /**< highest points of its line; 0 unless the policy says otherwise */
    int32_t from_zero;       /**< 1: it earns its points from zero, instead of losing them */
    int32_t reserved;        /**< 0 */
} gridgov_indicator;

/** One rule of an indicator. Rules may stand below others (sum, least, greatest, consecutive): they
 *  are listed in pre-order, so those below one follow it. */
typedef struct gridgov_score_rule {
    uint32_t struct_size;    /**< sizeof(gridgov_score_rule), set by the caller */
    int32_t kind;            /**< GRIDGOV_SCORE_RULE_* */
    int64_t numerator;       /**< index of the metric counted */
    int64_t denominator;     /**< index of the metric it is compared with; GRIDGOV_NONE for counts
                                  */
    gridgov_points points;   /**< points deducted each time, positive; 0 for bands and while not
                                  configured */
    int64_t threshold_milli; /**< percent, thousandths: full marks at or above; −1 if not used */
    int32_t when_empty;      /**< of a ratio 0/0: GRIDGOV_CELL_BLANK full marks, or
                                  GRIDGOV_CELL_NOT_APPLICABLE */
    int32_t band_count;      /**< bands of GRIDGOV_SCORE_RULE_BANDS */
    int32_t complement;      /**< 1: the ratio is (denominator − numerator)/denominator */
    int32_t part;            /**< GRIDGOV_PART_*; 0 if not used */
    int32_t configured;      /**< 0 if it needs a parameter that was left open: its indicator is not
                                  assessed */
    int32_t reserved;        /**< 0 */
    int64_t limit;           /**< quota, task, or count to reach, whole units; 0 if not used */
    int64_t minimum_denominator; /**< smaller denominators are treated as 0/0; 0: any is judged */
    int64_t parent;          /**< index of the rule it stands below; GRIDGOV_NONE at the top */
    int32_t span;            /**< rules below it, itself included */
    int32_t is_award;        /**< 1: it gives points instead of taking them */
    int32_t months;          /**< months in a row of GRIDGOV_SCORE_RULE_CONSECUTIVE; 0 if not used */
    int32_t rounding;        /**< GRIDGOV_ROUNDING_* of a quota in proportion; 0 if not used */
    int64_t scale;           /**< metric, or GRIDGOV_COUNT_*, that a quota stands in proportion to, the days of a task, or
                                  of a table's columns; GRIDGOV_NONE */
    int64_t scale_out_of;    /**< its denominator, or whom a count is shared by; GRIDGOV_NONE */
    int32_t column_count;    /**< edges of a table's columns; its band_count edges are of rows */
    int32_t term_count;      /**< metrics that the numerator is a sum of; see
                                  gridgov_policy_term_at() */
    const char *clause;      /**< the rule's own words; "": see the indicator */
    const char *source;      /**< "": see the indicator */
    const char *certainty;   /**< "": see the indicator */
} gridgov_score_rule;

/** Which operand of a rule. */
enum {
    GRIDGOV_OPERAND_NUMERATOR = 1,   /**< what is counted */
    GRIDGOV_OPERAND_DENOMINATOR = 2, /**< out of what */
    GRIDGOV_OPERAND_SCALE = 3,       /**< as gridgov_score_rule.scale */
    GRIDGOV_OPERAND_SCALE_OUT_OF = 4 /**< as gridgov_score_rule.scale_out_of */
};

/** What stands in place of a metric where a quota is in proportion to the days of a grid. */
enum {
    GRIDGOV_COUNT_GRID_DAYS = -2,  /**< calendar days of the period on which the grid exists */
    GRIDGOV_COUNT_PERIOD_DAYS = -3 /**< all its calendar days */
};

/** One metric of an operand, which is the sum of times · metric. */
typedef struct gridgov_score_term {
    uint32_t struct_size;    /**< sizeof(gridgov_score_term), set by the caller */
    int32_t optional;        /**< 1: adds nothing where it is unknown */
    int64_t metric;          /**< index in the metrics, or GRIDGOV_COUNT_* */
    int64_t times;           /**< whole factor, not 0 */
} gridgov_score_term;

/** One band: applies when the value (count, or percent in thousandths) is at least @p at_least. */
typedef struct gridgov_score_band {
    uint32_t struct_size;    /**< sizeof(gridgov_score_band), set by the caller */
    int32_t reserved;        /**< 0 */
    int64_t at_least;        /**< lower edge: a count, or thousandths of a percent; INT64_MIN for
                                  the last band */
    gridgov_points points;   /**< points deducted, zero or positive */
} gridgov_score_band;

/** A parameter; pointers are borrowed. Numbers count units of the last decimal: 2500 with three
 *  decimals is 2.5. */
typedef struct gridgov_policy_parameter {
    uint32_t struct_size;    /**< sizeof(gridgov_policy_parameter), set by the caller */
    int32_t configured;      /**< 1 if it has a value, by default or given; 0: left open */
    const char *name;        /**< "daily_distance_km", the key of a parameters document */
    const char *title;       /**< what it is, in Chinese */
    const char *unit;        /**< "公里"; may be "" */
    int64_t value;           /**< 0 while it is open */
    int64_t min;             /**< smallest value allowed */
    int64_t max;             /**< largest value allowed */
    int32_t decimals;        /**< 0 … 3 */
    int32_t reserved;        /**< 0 */
    const char *source;      /**< where the default comes from; may be "" */
    const char *certainty;   /**< "published", "reconstructed" or "ours" */
} gridgov_policy_parameter;

/** Open a built-in policy.
 *  @param[out] out                         the policy; yours to free
 *  @param      name,size                   "baiguan-2021"
 *  @param      parameters,parameters_size  JSON object of parameter values; size 0: none
 *  @param[out] err                         may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EPOLICY an unknown parameter or a value outside
 *          its range; GRIDGOV_EFORMAT; GRIDGOV_ELIMIT too large; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_open(gridgov_policy **out, const char *name, size_t size,
                                               const char *parameters, size_t parameters_size,
                                               gridgov_error *err);

/** Load a policy document.
 *  @param[out] out        the policy; yours to free
 *  @param      json,size  UTF-8
 *  @param      parameters,parameters_size  as in gridgov_policy_open()
 *  @param      issues     takes every problem, with its JSON pointer; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT too large; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_load(gridgov_policy **out, const char *json, size_t size,
                                               const char *parameters, size_t parameters_size,
                                               gridgov_issues *issues, gridgov_error *err);

/** Name, "baiguan-2021".    @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_policy_name(const gridgov_policy *policy);

/** Printed title.
 *  @param policy  any
 *  @param lang    GRIDGOV_LANG_*; a policy without an English title has its Chinese one
 *  @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_policy_title(const gridgov_policy *policy, int32_t lang);

/** SHA-256 over what the policy says, its metrics and configured parameters included, 64
 *  hexadecimal digits. Notes, the order of keys and the spelling of numbers do not count.
 *  @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_policy_digest(const gridgov_policy *policy);

/** The metrics it counts; borrowed.    @threads safe    @since 0.1 */
GRIDGOV_API const gridgov_metrics *gridgov_policy_metrics(const gridgov_policy *policy);

/** First day of validity and first day after; GRIDGOV_NO_DAY where open.
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_validity(gridgov_day *from, gridgov_day *to,
                                                   const gridgov_policy *policy);

/** Points of a grid that loses nothing: the sum of all maxima.    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_points gridgov_policy_base(const gridgov_policy *policy);

/** Printed name of the bonus column, "附加分".
 *  @param policy  any
 *  @param lang    as in gridgov_policy_title()
 *  @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_policy_bonus_name(const gridgov_policy *policy, int32_t lang);

/** Number of parameters, the numbers that an office sets.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_parameter_count(const gridgov_policy *policy);
/** One parameter, sorted by name, with the value that this policy was opened with.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_parameter_at(gridgov_policy_parameter *parameter_out,
                                                       const gridgov_policy *policy,
                                                       int64_t index);

/** Number of groups.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_group_count(const gridgov_policy *policy);
/** One group.    @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_group_at(gridgov_policy_group *group_out,
                                                   const gridgov_policy *policy, int64_t index);

/** Number of indicators, in published order: group by group.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_indicator_count(const gridgov_policy *policy);
/** One indicator.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_indicator_at(gridgov_indicator *indicator_out,
                                                       const gridgov_policy *policy, int64_t index);
/** Index of an indicator by code or printed name; GRIDGOV_NONE.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_policy_indicator_find(const gridgov_policy *policy, const char *text,
                                                  size_t size);

/** One rule of an indicator: those that deduct, then those that award.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_rule_at(gridgov_score_rule *rule_out,
                                                  const gridgov_policy *policy, int64_t indicator,
                                                  int64_t index);
/** One metric of an operand of a rule.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_term_at(gridgov_score_term *term_out,
                                                  const gridgov_policy *policy, int64_t indicator,
                                                  int64_t rule, int32_t operand, int64_t index);
/** One band of a rule, best first; one stage, first first; or of a table one edge of its rows, then
 *  one of its columns, then its cells row by row.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_policy_band_at(gridgov_score_band *band_out,
                                                  const gridgov_policy *policy, int64_t indicator,
                                                  int64_t rule, int64_t index);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param policy  may be NULL
 *  @return @p policy    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_policy *gridgov_policy_hold(const gridgov_policy *policy);

/** Free a policy; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_policy_free(gridgov_policy *policy);

#ifdef __cplusplus
}
#endif
#endif
