/* SPDX-License-Identifier: Apache-2.0 */
/** @file codes_document.h
 *  Documents: formats, blocks and figures of a bulletin, and what an audit finds in one. Part of
 *  codes.h, whose functions turn each constant into its text and back. */
#ifndef GRIDGOV_CODES_DOCUMENT_H
#define GRIDGOV_CODES_DOCUMENT_H

/** Output formats. */
enum {
    GRIDGOV_FORMAT_MARKDOWN = 1, GRIDGOV_FORMAT_HTML = 2,
    GRIDGOV_FORMAT_JSON = 3, GRIDGOV_FORMAT_CSV = 4,
    GRIDGOV_FORMAT_DOCX = 5, /**< by gridgov_render_office_bytes(), as the next */
    GRIDGOV_FORMAT_XLSX = 6
};

/** Kinds of blocks of a bulletin. */
enum {
    GRIDGOV_BLOCK_TITLE = 1, GRIDGOV_BLOCK_HEADING = 2, GRIDGOV_BLOCK_PARAGRAPH = 3,
    GRIDGOV_BLOCK_TABLE = 4, GRIDGOV_BLOCK_NOTE = 5,
    GRIDGOV_BLOCK_STAMP = 6,  /**< 草稿: incomplete load */
    GRIDGOV_BLOCK_ISSUER = 7, /**< 发文机关 and 发文字号 */
    GRIDGOV_BLOCK_COLOPHON = 8 /**< 版记: 抄送 and 印发 */
};

/** Kinds of figures of a bulletin, as they print. */
enum {
    GRIDGOV_FIGURE_COUNT = 1,  /**< an integer: `2975` */
    GRIDGOV_FIGURE_SHARE = 2,  /**< numerator/denominator as a percentage with 2 decimals, half up:
                                    `28.07%` */
    GRIDGOV_FIGURE_RATE = 3,   /**< the same without needless zeros: `100%`, `66.67%` */
    GRIDGOV_FIGURE_POINTS = 4, /**< thousandths of a point without needless zeros, signed: `-1`,
                                    `+10`, `-2.5` */
    GRIDGOV_FIGURE_TOTAL = 5   /**< numerator thousandths out of denominator: `99`, or `39（满分40）` if
                                    not out of the base */
};

/** Kinds of identities that an audit looks for; see docs/audit.md. */
enum {
    GRIDGOV_CHECK_SUM = 1,         /**< a total is the sum of its parts */
    GRIDGOV_CHECK_ROW_TOTAL = 2,   /**< the total of a row follows from its cells */
    GRIDGOV_CHECK_SHARE = 3,       /**< a share follows from its count and the total */
    GRIDGOV_CHECK_SHARE_SUM = 4,   /**< shares without counts add up to 100 % as far as rounding
                                        allows */
    GRIDGOV_CHECK_RATE = 5,        /**< a rate follows from two counts */
    GRIDGOV_CHECK_ORDER = 6,       /**< what was closed, dispatched or met in time is no more than
                                        there was */
    GRIDGOV_CHECK_PROSE_TABLE = 7, /**< the same figure in prose and in a table */
    GRIDGOV_CHECK_RANGE = 8,       /**< a value lies in the range that its column states */
    GRIDGOV_CHECK_ADJUSTMENT = 9,  /**< an adjustment has a reason */
    GRIDGOV_CHECK_DUPLICATE = 10,  /**< a row stands once */
    GRIDGOV_CHECK_RANK = 11,       /**< a rank follows from the values ranked */
    GRIDGOV_CHECK_CHANGE = 12,     /**< a change (环比, 同比) follows from two figures */
    GRIDGOV_CHECK_MEAN = 13,       /**< a mean follows from a total and a number of days or rows */
    GRIDGOV_CHECK_PERIOD = 14,     /**< titles and body name one period */
    GRIDGOV_CHECK_CONTINUITY = 15, /**< this bulletin opens with what the one before closed with */
    GRIDGOV_CHECK_HEADER = 16      /**< repeated headers agree, and the maxima in a header add up */
};

/** What became of a single claim; see audit.h. */
enum {
    GRIDGOV_VERDICT_UNDEFINED = 0, /**< no value would be right: a denominator of 0 */
    GRIDGOV_VERDICT_FOLLOWS = 1,   /**< the printed number follows, rounded half up where it had to
                                        be rounded */
    GRIDGOV_VERDICT_TRUNCATED = 2, /**< it follows only if digits were cut off */
    GRIDGOV_VERDICT_HALF_EVEN = 3, /**< it follows only if a tie was rounded to the even digit */
    GRIDGOV_VERDICT_DIFFERS = 4    /**< it does not follow */
};

/** How a ratio was rounded to its printed digits. */
enum {
    GRIDGOV_ROUNDING_HALF_UP = 1,  /**< half away from zero */
    GRIDGOV_ROUNDING_TRUNCATE = 2, /**< towards zero */
    GRIDGOV_ROUNDING_HALF_EVEN = 3, /**< half to the even digit, as GB/T 8170 */
    GRIDGOV_ROUNDING_LARGEST_REMAINDER = 4 /**< cut off, then one more where most was cut off, until
                                                the parts give the rounded whole */
};

#endif
