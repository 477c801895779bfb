/* SPDX-License-Identifier: Apache-2.0 */
/** @file office_render.h
 *  From a bulletin to the files that an office publishes: DOCX to print, XLSX to go on working
 * with. This header belongs to the optional library `gridgov::office` (`gridgov-office.pc`).
 *  @code
 *  #include <gridgov/gridgov.h>
 *  #include <gridgov/office_render.h>
 *  static int publish(const gridgov_bulletin *bulletin, gridgov_error *err) {
 *      return gridgov_render_office_file("bulletin.docx", bulletin, GRIDGOV_FORMAT_DOCX, err);
 *  }
 *  @endcode
 *
 *  Both print what gridgov_render() prints, character by character, and both are read back by
 *  gridgov_document_open_file(). The language of the page is the pin "language", as in render.h.
 *
 *  DOCX: an official document in the spirit of GB/T 9704-2012. A4, margins 37/26/35/28 mm; the
 *  issuer in red above its rule, title 22 pt, body 16 pt in lines of 28 characters, page numbers
 *  `— 1 —` outside. Headings are headings of the outline. Fonts are named with replacements, never
 *  embedded. Header rows of tables repeat on every page, no row is split over two, the rows of one
 *  merged cell stay together, and a table that is too wide for the page gets a page turned
 * sideways. In English the same page has the type of an English report. A second title begins a new
 * page.
 *
 *  XLSX: the prose on one sheet, each table with its caption and the notes below it on a sheet of
 *  its own, the header frozen and repeated in print, A4, one page wide. A figure is a number in the
 *  format that prints it: 28.07% is 0.2807 as a percentage, a signed point keeps its sign. A total
 *  out of other than the full marks, 39（满分40）, is text, since it does not compare with the
 * others; so are `/` and numbers of more than 15 digits, which a spreadsheet cannot hold.
 *
 *  What the bulletin was made from (its pins) stands in the properties of both. Nothing depends on
 *  the time, the place or the processor: equal bulletins make equal parts, and equal files as long
 *  as zlib packs them alike. */
#ifndef GRIDGOV_OFFICE_RENDER_H
#define GRIDGOV_OFFICE_RENDER_H

#include <gridgov/bulletin.h>
#include <gridgov/io.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Render into memory.
 *  @param[out] out       the bytes; yours to free with gridgov_bytes_free()
 *  @param      bulletin  any
 *  @param      format    GRIDGOV_FORMAT_DOCX or GRIDGOV_FORMAT_XLSX
 *  @param[out] err       may be NULL
 *  @return GRIDGOV_OK; GRIDGOV_ELIMIT a table of more columns (63) than a DOCX has, or of more rows
 *          (1 048 576) than a sheet has, or a cell of more than 32 767 characters in a sheet;
 *          GRIDGOV_EARG; GRIDGOV_ENOMEM
 *  @threads safe    @since 0.1 */
GRIDGOV_API gridgov_status gridgov_render_office_bytes(gridgov_bytes **out,
                                                       const gridgov_bulletin *bulletin,
                                                       int32_t format, gridgov_error *err);

/** Render into a file, whole or not at all: the file is written beside its place and renamed.
 *  @param      path      NUL-terminated; an existing file is replaced
 *  @param      bulletin  any
 *  @param      format    GRIDGOV_FORMAT_DOCX or GRIDGOV_FORMAT_XLSX
 *  @param[out] err       may be NULL
 *  @return as gridgov_render_office_bytes(); GRIDGOV_EIO with errno in `detail`    @threads safe
 *  @since 0.1 */
GRIDGOV_API gridgov_status gridgov_render_office_file(const char *path,
                                                      const gridgov_bulletin *bulletin,
                                                      int32_t format, gridgov_error *err);

#ifdef __cplusplus
}
#endif
#endif
