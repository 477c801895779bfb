/* SPDX-License-Identifier: Apache-2.0 */
/** @file taxonomy.h
 *  What can happen: the categories of events in the system's own order, with the platform that owns
 *  each. The map category → platform differs between places, so it is data. The built-in taxonomy
 *  `zhejiang-2021` has the 13 categories of the published bulletins.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int64_t find(const gridgov_taxonomy *taxonomy) {
 *      return gridgov_taxonomy_find(taxonomy, "食药安全", 12); // GRIDGOV_NONE if unknown
 *  }
 *  @endcode
 *
 *  Document `gridgov.taxonomy/1`: `{"schema", "version", "name", "title", "source", "certainty",
 *  "open": false, "valid_from", "valid_to", "categories": [{"code", "name", "aliases": [],
 *  "platform", "platform_source", "platform_certainty", "parent", "valid_from", "valid_to",
 *  "source", "certainty", "limits": […]}], "limits": […], "platforms": [{"platform", "name", "successor", "source",
 *  "certainty"}], "crosswalk": [{"from", "to", "taxonomy", "source", "certainty"}]}`. Order in the
 *  file is the system's order; a parent stands before its children and is named by its code.
 *  Identity is (parent, name): names may repeat under different parents, codes and aliases may not.
 *  `valid_to` is the first day after; a category without days of its own has the taxonomy's.
 *  A limit is `{"stage": "close", "kind": "workdays", "count": 7, "start": "next_day", "since":
 *  "report", "condition": "", "roster": "", "source", "certainty"}`: codes of GRIDGOV_STAGE_*,
 *  GRIDGOV_LIMIT_* and GRIDGOV_START_*; `since` is report, accept or dispatch. One hangs on the
 *  condition under which a case is filed (立案条件), `""` for every other. What a category does not
 *  limit its parent does, and what that does not, the list of the document.
 *  `platforms` tells what became of a platform, `crosswalk` where a category of this taxonomy (a
 *  code) goes in another one. Certainty is `published`, `reconstructed` or `ours`. */
#ifndef GRIDGOV_TAXONOMY_H
#define GRIDGOV_TAXONOMY_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A taxonomy; immutable and shared freely between threads. */
typedef struct gridgov_taxonomy gridgov_taxonomy;

/** One category; pointers are borrowed from the taxonomy. */
typedef struct gridgov_category {
    uint32_t struct_size; /**< sizeof(gridgov_category), set by the caller */
    int32_t platform;     /**< GRIDGOV_PLATFORM_*; 0 unknown */
    int64_t parent;       /**< index of the parent; GRIDGOV_NONE at the top */
    const char *code;     /**< stable ASCII code, "urban-management" */
    const char *name;     /**< printed name, "城市管理" */
    gridgov_day from;     /**< first day of validity; GRIDGOV_NO_DAY always */
    gridgov_day to;       /**< first day after; GRIDGOV_NO_DAY for ever */
} gridgov_category;

/** One time limit; pointers are borrowed from the taxonomy. */
typedef struct gridgov_time_limit {
    uint32_t struct_size;  /**< sizeof(gridgov_time_limit), set by the caller */
    int32_t stage;         /**< GRIDGOV_STAGE_* */
    int32_t kind;          /**< GRIDGOV_LIMIT_* */
    int32_t start;         /**< GRIDGOV_START_* */
    int32_t since;         /**< GRIDGOV_STEP_* that sets the clock off */
    int32_t reserved;      /**< 0 */
    int64_t category;      /**< the category that has it; GRIDGOV_NONE: it is for all */
    int64_t count;         /**< hours, minutes or days, as the kind says; ≥ 1 */
    const char *condition; /**< under which the case is filed; "" for every other */
    const char *roster;    /**< name of the roster whose hours count; "" the usual one */
} gridgov_time_limit;

/** Open a built-in taxonomy.
 *  @param[out] out        the taxonomy; yours to free
 *  @param      name,size  "zhejiang-2021"; "zhejiang-24", a finer one; "as-found" is an empty one,
 *                         for files that bring their own list
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_taxonomy_open(gridgov_taxonomy **out, const char *name,
                                                 size_t size, gridgov_error *err);

/** Load a taxonomy document.
 *  @param[out] out        the taxonomy; yours to free
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem of the document; may be NULL
 *  @param[out] err        the first problem; may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT no JSON; GRIDGOV_EPOLICY a key or a value breaks the schema;
 *          GRIDGOV_EDATA a bad date; GRIDGOV_ELIMIT too large; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_taxonomy_load(gridgov_taxonomy **out, const char *json,
                                                 size_t size, gridgov_issues *issues,
                                                 gridgov_error *err);

/** Name of the taxonomy.    @return borrowed; "" for NULL    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_taxonomy_name(const gridgov_taxonomy *taxonomy);

/** SHA-256 over what the taxonomy says, 64 hexadecimal digits.
 *  @return borrowed    @threads safe    @since 0.1 */
GRIDGOV_API const char *gridgov_taxonomy_digest(const gridgov_taxonomy *taxonomy);

/** 1 if the taxonomy takes its categories from the data ("as-found"), so that no name is unknown.
 *  @threads safe    @since 0.1 */
GRIDGOV_API int32_t gridgov_taxonomy_is_open(const gridgov_taxonomy *taxonomy);

/** Number of categories.    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_taxonomy_count(const gridgov_taxonomy *taxonomy);

/** One category, in the system's order.
 *  @param[out] category_out  the category
 *  @param      taxonomy      any taxonomy
 *  @param      index         0 … count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_taxonomy_at(gridgov_category *category_out,
                                               const gridgov_taxonomy *taxonomy, int64_t index);

/** Index of the category that @p text names by code, name or alias. Blanks inside and around do not
 *  count. A name that stands under several parents is found only as `parent/name`.
 *  @return the index; GRIDGOV_NONE if unknown or ambiguous    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_taxonomy_find(const gridgov_taxonomy *taxonomy, const char *text,
                                          size_t size);

/** The known categories nearest to an unknown name, by edits of characters, then by order.
 *  @param[out] indexes    room for @p count indexes
 *  @param      count      how many at most
 *  @param      taxonomy   any taxonomy
 *  @param      text,size  the unknown name
 *  @return how many were written: only names that share a character, nearest first; an alias counts
 *          for its category    @threads safe    @since 0.1 */
GRIDGOV_API int64_t gridgov_taxonomy_nearest(int64_t *indexes, int64_t count,
                                             const gridgov_taxonomy *taxonomy, const char *text,
                                             size_t size);

/** One limit of a category alone, in the order of the document.
 *  @param[out] limit_out  the limit
 *  @param      taxonomy   any
 *  @param      category   index; GRIDGOV_NONE: those for all
 *  @param      index      0 …
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_taxonomy_limit_at(gridgov_time_limit *limit_out,
                                                     const gridgov_taxonomy *taxonomy,
                                                     int64_t category, int64_t index);

/** The limit that applies to a case: its category's, its parent's, or that for all; of each the one
 *  for its condition, else the one for none.
 *  @param[out] limit_out       the limit
 *  @param      taxonomy        NULL has none
 *  @param      category        index; GRIDGOV_NONE, or one the taxonomy does not have: for all
 *  @param      stage           GRIDGOV_STAGE_*
 *  @param      condition,size  UTF-8; "" none
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_taxonomy_limit_find(gridgov_time_limit *limit_out,
                                                       const gridgov_taxonomy *taxonomy,
                                                       int64_t category, int32_t stage,
                                                       const char *condition, size_t size);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param taxonomy  may be NULL
 *  @return @p taxonomy    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_taxonomy *gridgov_taxonomy_hold(const gridgov_taxonomy *taxonomy);

/** Free a taxonomy; NULL is allowed. A ledger that uses it keeps it alive.    @since 0.1 */
GRIDGOV_API void gridgov_taxonomy_free(gridgov_taxonomy *taxonomy);

#ifdef __cplusplus
}
#endif
#endif
