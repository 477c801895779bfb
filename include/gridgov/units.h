/* SPDX-License-Identifier: Apache-2.0 */
/** @file units.h
 *  Who and where: districts, streets, communities and grids as a dated tree, the agencies stationed
 *  beside it, and the officers who hold grids. Filled row by row, sealed, then immutable. Names of
 *  grids need not be unique: the key is a code, or (unit, grid) written `高丰社区/一网格`.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  static int two_units(gridgov_units **out, gridgov_error *err) {
 *      gridgov_unit community = {.struct_size = sizeof community, .kind = GRIDGOV_UNIT_COMMUNITY,
 *                                .parent = GRIDGOV_NONE, .name = "高丰社区", .code = "",
 *                                .from = GRIDGOV_NO_DAY, .to = GRIDGOV_NO_DAY};
 *      gridgov_unit grid = {.struct_size = sizeof grid, .kind = GRIDGOV_UNIT_GRID,
 *                           .name = "一网格", .code = "",
 *                           .from = GRIDGOV_NO_DAY, .to = GRIDGOV_NO_DAY};
 *      int status = gridgov_units_new(out, err);
 *      if (status == GRIDGOV_OK) status = gridgov_units_add(&grid.parent, *out, &community, err);
 *      if (status == GRIDGOV_OK) status = gridgov_units_add(NULL, *out, &grid, err);
 *      if (status == GRIDGOV_OK) status = gridgov_units_seal(*out, err);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_UNITS_H
#define GRIDGOV_UNITS_H

#include <gridgov/codes.h>
#include <gridgov/issues.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Units, agencies and officers. */
typedef struct gridgov_units gridgov_units;

/** One unit or agency. As input its text is copied; as output it is borrowed. */
typedef struct gridgov_unit {
    uint32_t struct_size; /**< sizeof(gridgov_unit), set by the caller */
    int32_t kind;         /**< GRIDGOV_UNIT_* */
    int64_t parent;       /**< index of the unit above; GRIDGOV_NONE at the top and for agencies */
    const char *code;     /**< unique code, or "" */
    const char *name;     /**< printed name, as written; blanks inside do not count in look-ups */
    gridgov_day from;     /**< first day; GRIDGOV_NO_DAY since ever */
    gridgov_day to;       /**< first day after; GRIDGOV_NO_DAY for ever */
    int32_t platform;     /**< agencies: GRIDGOV_PLATFORM_* */
    int32_t reserved;     /**< 0 */
} gridgov_unit;

/** One officer (网格员) holding one grid for a time. An officer who moves has several. */
typedef struct gridgov_officer {
    uint32_t struct_size; /**< sizeof(gridgov_officer), set by the caller */
    int32_t reserved;     /**< 0 */
    const char *code;     /**< staff number or phone, unique a person */
    const char *name;     /**< may be "" */
    int64_t grid;         /**< index of the grid */
    gridgov_day from;     /**< first day; GRIDGOV_NO_DAY since ever */
    gridgov_day to;       /**< first day after; GRIDGOV_NO_DAY for ever */
} gridgov_officer;

/** Make an empty set.
 *  @param[out] out  the units; yours to free
 *  @param[out] err  may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_new(gridgov_units **out, gridgov_error *err);

/** Add a unit or an agency. Order of adding is the published order.
 *  @param[out] index_out  its index; may be NULL
 *  @param      units      not sealed
 *  @param      unit       parent of a higher kind (smaller number), code unique, (parent, name)
 *                         unique
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA a rule is broken; GRIDGOV_EFORMAT no UTF-8; GRIDGOV_ELIMIT a
 *          code or a name beyond 256 bytes; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_add(int64_t *index_out, gridgov_units *units,
                                             const gridgov_unit *unit, gridgov_error *err);

/** Add an officer's hold of a grid.
 *  @param units    not sealed
 *  @param officer  its grid is a grid; no overlap in time with the same officer's other holds
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA; GRIDGOV_EFORMAT no UTF-8; GRIDGOV_ELIMIT more than 4096 holds
 *          of one officer or text beyond 256 bytes; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_add_officer(gridgov_units *units,
                                                     const gridgov_officer *officer,
                                                     gridgov_error *err);

/** Say which agency stands directly above another one (交办 goes down one step, 上报 up one step; see
 *  GRIDGOV_GUARD_DIRECT). Who is never told to have one may stand below the street itself, or it is not
 *  known.
 *  @param units       not sealed
 *  @param agency      index of an agency
 *  @param superior    index of the agency above it; GRIDGOV_NONE takes it back
 *  @param[out] err    may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA it would stand above itself; GRIDGOV_ESTATE; GRIDGOV_EARG no
 *          agency    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_set_superior(gridgov_units *units, int64_t agency,
                                                      int64_t superior, gridgov_error *err);

/** Index of the agency directly above an agency; GRIDGOV_NONE if none was told, for other units and
 *  for NULL.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_units_superior(const gridgov_units *units, int64_t agency);

/** Forget the units and officers added last, for a caller that adds all of a table or nothing. Who
 *  stays and stood below one that goes has no superior any more.
 *  @param units          not sealed
 *  @param count          units and agencies that stay
 *  @param officer_count  officers' holds that stay; their grids stay too
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_rewind(gridgov_units *units, int64_t count,
                                                int64_t officer_count, gridgov_error *err);

/** Finish; from here on the units are immutable.
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE already sealed; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_seal(gridgov_units *units, gridgov_error *err);

/** 1 if the units are sealed; 0 if not, and for NULL.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int32_t gridgov_units_is_sealed(const gridgov_units *units);

/** SHA-256 over units, agencies and officers, 64 hexadecimal digits; "" before sealing and for NULL.
 *  @return borrowed    @threads safe once sealed    @since 0.1 */
GRIDGOV_API const char *gridgov_units_digest(const gridgov_units *units);

/** Number of units and agencies; 0 for NULL.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_units_count(const gridgov_units *units);

/** One unit or agency.
 *  @param[out] unit_out  the unit
 *  @param      units     any
 *  @param      index     0 … count−1
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_at(gridgov_unit *unit_out, const gridgov_units *units,
                                            int64_t index);

/** Find the unit that @p text names by code, else by name, else by a path `unit/name` (or longer,
 *  each part straight below the one before it; the first may be a code). Blanks do not count, nor
 *  does the width of digits, letters and `/`.
 *  @param[out] index_out   its index; GRIDGOV_NONE unless exactly one fits
 *  @param[out] count_out   how many fit; may be NULL
 *  @param      units       any
 *  @param      kind        GRIDGOV_UNIT_*, or 0 for any but agencies
 *  @param      text,size   UTF-8
 *  @param[out] err         may be NULL; when ambiguous the message lists candidates
 *  @return GRIDGOV_OK; GRIDGOV_ENOTFOUND; GRIDGOV_EDATA ambiguous; GRIDGOV_EARG
 *  @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_find(int64_t *index_out, int64_t *count_out,
                                              const gridgov_units *units, int32_t kind,
                                              const char *text, size_t size, gridgov_error *err);

/** The indexes of every unit that @p text may name, in published order.
 *  @param[out] indexes    room for @p count indexes; may be NULL if count is 0
 *  @param      count      how many at most
 *  @param      units      any
 *  @param      kind       as in gridgov_units_find()
 *  @param      text,size  UTF-8
 *  @return how many fit in all    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_units_candidates(int64_t *indexes, int64_t count,
                                             const gridgov_units *units, int32_t kind,
                                             const char *text, size_t size);

/** Number of officers' holds; 0 for NULL.    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_units_officer_count(const gridgov_units *units);

/** One officer's hold. Sealed units sort them by (code, from); before that they stand as added.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_EARG    @threads safe once sealed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_units_officer_at(gridgov_officer *officer_out,
                                                    const gridgov_units *units, int64_t index);

/** Index of the hold that an officer has on a day; the first hold of that code if @p day is
 *  GRIDGOV_NO_DAY.
 *  @return the index; GRIDGOV_NONE if there is none    @threads safe once sealed    @since 0.1 */
GRIDGOV_API int64_t gridgov_units_officer_find(const gridgov_units *units, const char *code,
                                               size_t size, gridgov_day day);

/** Another hold of the same object, so that it outlives the first holder; free it once more.
 *  @param units  may be NULL
 *  @return @p units    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_units *gridgov_units_hold(const gridgov_units *units);

/** Free units; NULL is allowed. A ledger that uses them keeps them alive.    @since 0.1 */
GRIDGOV_API void gridgov_units_free(gridgov_units *units);

#ifdef __cplusplus
}
#endif
#endif
