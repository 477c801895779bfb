/* SPDX-License-Identifier: Apache-2.0 */
/** @file track.h
 *  Patrol tracks: position fixes of officers go in, in any number and almost any order; seconds
 *  online, millimetres walked and counts per officer and local day come out. Two neighbouring fixes
 *  of one officer are a *segment* if they lie on the same local day and not farther apart in time
 *  than the gap; what is counted is the time and the length of segments, so leaving out, adding or
 *  delaying a fix changes just the segments beside it. All sums are whole numbers: order, chunks
 *  and workers change no byte of the result.
 *
 *  Memory is flat: it grows with officers, their days, and how many fixes an officer sends within
 *  the lateness, and not with the number of fixes. docs/tracks.md has the rules in full.
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <stdio.h>
 *  static int two_fixes(gridgov_error *err) {
 *      static const gridgov_fix fixes[] = {
 *          {1630888200, 300197000, 1208706000, GRIDGOV_NONE, GRIDGOV_NONE},
 *          {1630888260, 300207000, 1208706000, GRIDGOV_NONE, GRIDGOV_NONE}};
 *      gridgov_tracks *tracks = NULL;
 *      gridgov_track_day day = {.struct_size = sizeof day};
 *      int status = gridgov_tracks_new(&tracks, NULL, err);
 *      if (status == GRIDGOV_OK) status = gridgov_tracks_add(tracks, "W1", 2, fixes, 2, err);
 *      if (status == GRIDGOV_OK) status = gridgov_tracks_seal(tracks, NULL, NULL, err);
 *      if (status == GRIDGOV_OK && gridgov_tracks_day_at(&day, tracks, 0) == GRIDGOV_OK) {
 *          printf("%s: %d s, %d mm\n", day.officer, (int)day.online_s, (int)day.distance_mm);
 *      }
 *      gridgov_tracks_free(tracks);
 *      return status;
 *  }
 *  @endcode */
#ifndef GRIDGOV_TRACK_H
#define GRIDGOV_TRACK_H

#include <gridgov/codes.h>
#include <gridgov/io.h>
#include <gridgov/issues.h>
#include <gridgov/job.h>
#include <gridgov/ledger.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Fixes on their way to days. Unsealed it takes fixes, sealed it answers. */
typedef struct gridgov_tracks gridgov_tracks;

/** One position fix; 24 bytes for ever. */
typedef struct gridgov_fix {
    gridgov_time at;     /**< 1970-01-01 … 2106-02-07; other times are left out and counted */
    int32_t lat_e7;      /**< 10⁻⁷ degrees, −90° … 90° */
    int32_t lon_e7;      /**< 10⁻⁷ degrees, −180° … 180° */
    int32_t accuracy_mm; /**< radius of doubt; negative: unknown */
    int32_t speed_mm_s;  /**< as the device measured it; negative: unknown */
} gridgov_fix;

/** Fixes as plain arrays of @p count, which are read where they lie. Of each of the three groups
 *  (officer, place, the rest) exactly one form is given, the others are NULL. An officer's number and
 *  the same number as text are one officer. */
typedef struct gridgov_fix_columns {
    uint32_t struct_size;        /**< sizeof(gridgov_fix_columns) */
    int32_t datum;               /**< GRIDGOV_DATUM_* of these places; 0: what the tracks declare */
    int64_t count;               /**< fixes */
    const uint32_t *officer_u32; /**< staff numbers */
    const int64_t *officer_i64;  /**< staff numbers, not negative */
    const char *officer_text;    /**< codes: bytes [from, to) of this text, UTF-8 */
    const uint32_t *officer_from; /**< with officer_text */
    const uint32_t *officer_to;  /**< with officer_text; for Arrow's offsets this is from + 1 */
    const gridgov_time *at;      /**< seconds; time_add makes them UTC */
    int64_t time_add;            /**< added to each time: −28800 for stamps in +08:00 */
    const int32_t *lat_e7;       /**< 10⁻⁷ degrees */
    const int32_t *lon_e7;       /**< 10⁻⁷ degrees */
    const double *lat_degrees;   /**< degrees, rounded to 10⁻⁷: product with 10⁷, ties to even */
    const double *lon_degrees;   /**< degrees */
    const int32_t *accuracy_mm;  /**< may be NULL: unknown */
    const int32_t *speed_mm_s;   /**< may be NULL: unknown */
    const uint8_t *begins;       /**< not 0: first fix of a part of a recording, such as a segment of
                                      GPX, not joined to the officer's fix before it; may be NULL: none.
                                      A fix given twice begins a part if it does so both times; for
                                      one that is left out the officer's next begins the part */
} gridgov_fix_columns;

/** Windows of a day that tracks may have. */
#define GRIDGOV_TRACK_WINDOWS 4

/** Rules of counting, and what it may cost. gridgov_track_options_init() sets the defaults: no
 *  filter is on but the gap. */
typedef struct gridgov_track_options {
    uint32_t struct_size;       /**< sizeof(gridgov_track_options) */
    int32_t datum;              /**< GRIDGOV_DATUM_* of all places; WGS-84 */
    int32_t utc_offset_minutes; /**< of the local day; 480 */
    int32_t gap_s;              /**< longest segment in seconds, 1 … 86400; 300 */
    int32_t lateness_s;         /**< how late a fix may come, 0 … 86400; 600 */
    int32_t speed_max_mm_s;     /**< a faster segment breaks the track; 0: off */
    int32_t accuracy_max_mm;    /**< a fix of a larger known radius is left out; 0: off */
    int32_t jitter_mm;          /**< a shorter segment counts no distance; 0: off */
    int32_t jump_mm;            /**< a longer segment breaks the track, up to 50 km; 5 km */
    int32_t minimum_online_s;   /**< a day with fewer seconds is not online; 0 */
    gridgov_day day_from;       /**< fixes of earlier local days are left out; GRIDGOV_NO_DAY: off */
    gridgov_day day_to;         /**< and those from this day on; GRIDGOV_NO_DAY: off */
    int32_t window_from[GRIDGOV_TRACK_WINDOWS]; /**< minutes of the local day: fixes outside all */
    int32_t window_to[GRIDGOV_TRACK_WINDOWS];   /**< windows are left out; from 0 to 0: no window */
    int32_t workers;            /**< threads of one call, 1 … 64; 1 */
    int32_t reserved;           /**< 0 */
    int64_t spill_memory;       /**< bytes in which fixes of any lateness are sorted, 16 each; 0: 16 MiB
                                     with a folder, and without one none are sorted: late ones are left
                                     out, reported and counted */
    const char *spill_folder;   /**< where more fixes than that go; NULL: more are ::GRIDGOV_ELIMIT */
    int32_t join_parts;         /**< where a part of a recording begins, 0: the track breaks; 1: it
                                     goes on */
    int32_t reserved_parts;     /**< 0 */
} gridgov_track_options;

/** What became of all fixes: read = kept + duplicates + each reason to leave out. */
typedef struct gridgov_track_summary {
    uint32_t struct_size; /**< sizeof(gridgov_track_summary), set by the caller */
    int32_t reserved;     /**< 0 */
    int64_t read;         /**< fixes given */
    int64_t kept;         /**< fixes counted */
    int64_t duplicates;   /**< same officer, second and place as one that was kept */
    int64_t invalid;      /**< no such time or place */
    int64_t inaccurate;   /**< known to be less accurate than allowed */
    int64_t too_fast;     /**< the device's own speed is above the gate */
    int64_t outside;      /**< outside the days or windows */
    int64_t too_late;     /**< later than the lateness, and no folder to sort in */
    int64_t late;         /**< among the kept: came after a later one of the same officer (not counted
                               with a folder) */
    int64_t fast_segments; /**< segments broken by the speed gate */
    int64_t long_segments; /**< segments broken by their length */
    int64_t officers;     /**< officers with at least one kept fix */
    int64_t days;         /**< officer-days */
} gridgov_track_summary;

/** One officer-day. */
typedef struct gridgov_track_day {
    uint32_t struct_size; /**< sizeof(gridgov_track_day), set by the caller */
    gridgov_day day;      /**< local day */
    const char *officer;  /**< borrowed until the next question to the same tracks */
    int64_t fixes;        /**< kept */
    int64_t online_s;     /**< seconds of segments */
    int64_t distance_mm;  /**< millimetres of the same segments, each rounded once */
    int64_t fast_segments; /**< broken by the speed gate: in neither of the two */
    int64_t long_segments; /**< broken by their length: in neither of the two */
    int32_t online;       /**< 1 if online_s reaches the minimum */
    int32_t reserved;     /**< 0 */
} gridgov_track_day;

/** Set options to their defaults.
 *  @param[out] options      the options
 *  @param      struct_size  sizeof *options    @threads safe    @since 0.1 */
GRIDGOV_API void gridgov_track_options_init(gridgov_track_options *options, size_t struct_size);

/** Take the rules of a document `gridgov.tracks/1`; what it does not name stays as it is.
 *  @param      options    initialised; changed only if the call succeeds
 *  @param      json,size  UTF-8
 *  @param      issues     takes every problem, with its JSON pointer; may be NULL
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT; GRIDGOV_EPOLICY; GRIDGOV_ELIMIT; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_track_options_load(gridgov_track_options *options,
                                                      const char *json, size_t size,
                                                      gridgov_issues *issues, gridgov_error *err);

/** Make empty tracks.
 *  @param[out] out      the tracks; yours to free
 *  @param      options  copied, the folder's name too; NULL for the defaults
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EARG an option outside its range; GRIDGOV_EIO the folder cannot be
 *          written to; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_new(gridgov_tracks **out,
                                              const gridgov_track_options *options,
                                              gridgov_error *err);

/** Add fixes of one officer, in the datum of the options.
 *  @param tracks        not sealed
 *  @param officer,size  code, UTF-8 of 1 … 256 bytes
 *  @param fixes         @p count fixes
 *  @param count         ≥ 0
 *  @param[out] err      may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA the code is empty; GRIDGOV_EFORMAT it is no UTF-8;
 *          GRIDGOV_ELIMIT it is too long; GRIDGOV_EIO; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM.
 *          After a failure tracks can only be freed
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_add(gridgov_tracks *tracks, const char *officer,
                                              size_t size, const gridgov_fix *fixes, int64_t count,
                                              gridgov_error *err);

/** Add fixes of any officers, as arrays. Nothing of them is kept after the call.
 *  @param tracks   not sealed
 *  @param columns  the arrays
 *  @param job      ticked with fixes; may be NULL
 *  @param[out] err may be NULL; `row` is the 1-based index of the fix
 *  @return as gridgov_tracks_add(); GRIDGOV_EDATA too if the datum is another than the tracks';
 *          GRIDGOV_ECANCELLED    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_add_columns(gridgov_tracks *tracks,
                                                      const gridgov_fix_columns *columns,
                                                      gridgov_job *job, gridgov_error *err);

/** Finish. From here on tracks answer and take no more fixes.
 *  @param tracks   not sealed
 *  @param issues   takes one issue a reason for which fixes were left out or segments broken, with
 *                  their number; may be NULL
 *  @param job      may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO; GRIDGOV_ECANCELLED; GRIDGOV_ESTATE; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM. After a failure tracks can only be freed    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_seal(gridgov_tracks *tracks, gridgov_issues *issues,
                                               gridgov_job *job, gridgov_error *err);

/** What became of all fixes so far; the two counts of segments once sealed.
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_summary(gridgov_track_summary *summary_out,
                                                  const gridgov_tracks *tracks);

/** Officer-days of sealed tracks, sorted by officer (bytes) and day; 0 before.    @since 0.1 */
GRIDGOV_API int64_t gridgov_tracks_day_count(const gridgov_tracks *tracks);

/** One officer-day.
 *  @return GRIDGOV_OK; GRIDGOV_END; GRIDGOV_ESTATE not sealed; GRIDGOV_EARG    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_day_at(gridgov_track_day *day_out,
                                                 const gridgov_tracks *tracks, int64_t index);

/** Write the officer-days as CSV: officer,day,fixes,online_s,distance_mm.
 *  @param sink     takes the bytes, piece by piece
 *  @param tracks   sealed
 *  @param job      may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EIO the sink refused; GRIDGOV_ECANCELLED; GRIDGOV_ESTATE;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_write_csv(const gridgov_sink *sink,
                                                    const gridgov_tracks *tracks, gridgov_job *job,
                                                    gridgov_error *err);

/** Add each officer-day to a ledger as a patrol day (whole minutes and metres, cut and rounded) and
 *  cover both sources there. Officers that a roster does not know go to @p issues.
 *  @param ledger   not sealed; rewound if the call fails
 *  @param tracks   sealed
 *  @param issues   may be NULL
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_to_ledger(gridgov_ledger *ledger,
                                                    const gridgov_tracks *tracks,
                                                    gridgov_issues *issues, gridgov_error *err);

/** Sealed tracks as bytes: versioned, little-endian, with a check sum; equal results give equal bytes.
 *  @param[out] out     the bytes; yours to free
 *  @param      tracks  sealed
 *  @param[out] err     may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ESTATE; GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_save(gridgov_bytes **out, const gridgov_tracks *tracks,
                                               gridgov_error *err);

/** The tracks that were saved, sealed. Bytes from anywhere may be given.
 *  @param[out] out        the tracks; yours to free
 *  @param      data,size  the bytes
 *  @param[out] err        may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EFORMAT cut, damaged or impossible; GRIDGOV_EVERSION; GRIDGOV_EARG;
 *          GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_load(gridgov_tracks **out, const char *data, size_t size,
                                               gridgov_error *err);

/** Add the officer-days of other tracks under the same rules, none of which may be here already.
 *  Associative and commutative.
 *  @param tracks   sealed; as it was if the call fails
 *  @param other    sealed
 *  @param[out] err may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_EDATA a common officer-day; GRIDGOV_ESTATE other rules, or not sealed;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_tracks_merge(gridgov_tracks *tracks, const gridgov_tracks *other,
                                                gridgov_error *err);

/** Free tracks; NULL is allowed.    @since 0.1 */
GRIDGOV_API void gridgov_tracks_free(gridgov_tracks *tracks);

/** Millimetres on the ellipsoid between pairs of places, by the same kernel: within 0.51 mm of the
 *  geodesic up to 5 km and 0.6 mm up to 50 km, rounding included; INT64_MAX beyond 50 km.
 *  @param[out] mm_out     @p count lengths
 *  @param      lat1_e7,lon1_e7,lat2_e7,lon2_e7  @p count places each, 10⁻⁷ degrees
 *  @param      count      pairs
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_distances(int64_t *mm_out, const int32_t *lat1_e7,
                                             const int32_t *lon1_e7, const int32_t *lat2_e7,
                                             const int32_t *lon2_e7, int64_t count);

/** Convert places of a datum to CGCS2000/WGS-84 in place; right to 10⁻⁷ degrees (1 cm).
 *  @param lat_e7,lon_e7  @p count places, 10⁻⁷ degrees
 *  @param count          places
 *  @param datum          GRIDGOV_DATUM_*
 *  @return GRIDGOV_OK; GRIDGOV_EARG    @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_places_to_wgs84(int32_t *lat_e7, int32_t *lon_e7, int64_t count,
                                                   int32_t datum);

#ifdef __cplusplus
}
#endif
#endif
