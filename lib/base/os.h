/* SPDX-License-Identifier: Apache-2.0 */
/* The operating system, POSIX.1-2008: reading files in blocks, writing whole files, listing
 * folders. */
#ifndef GG_OS_H
#define GG_OS_H

#include "buf.h"

#include <gridgov/base.h>

#include <stddef.h>
#include <stdint.h>

/* Open for reading; *fd_out is -1 on failure. EIO with errno in detail and the path as source. A
 * folder is an error. */
gridgov_status gg_file_open(int *fd_out, const char *path, gridgov_error *err);
/* Read up to size bytes; *read_out 0 at the end. Interrupted reads go on. */
gridgov_status gg_file_read(size_t *read_out, int fd, void *data, size_t size, gridgov_error *err);
/* The same from an offset of the file, whatever was read before; what cannot seek is EIO. */
gridgov_status gg_file_read_at(size_t *read_out, int fd, void *data, size_t size, int64_t offset,
                               gridgov_error *err);
/* Bytes of a file that can seek. */
gridgov_status gg_file_size(int64_t *size_out, int fd, gridgov_error *err);
void gg_file_close(int fd);
/* Where the next gg_file_read() reads. */
gridgov_status gg_file_seek(int fd, int64_t offset, gridgov_error *err);
/* Bytes of a regular file; -1 for anything else, which may not be read from any offset. */
int64_t gg_file_regular_size(int fd);
/* Append a whole file of at most limit bytes to buf; ELIMIT beyond. */
gridgov_status gg_file_load(gg_buf *buf, const char *path, size_t limit, gridgov_error *err);
/* 1 a regular file (or a link to one), 2 a folder, 3 something else (a pipe, a device), 0 nothing.
 */
int gg_path_kind(const char *path);
/* Write a whole file or nothing: beside its place, flushed to disk, then renamed. */
gridgov_status gg_file_store(const char *path, const void *data, size_t size, gridgov_error *err);
/* A file in the making: what is added stands beside its place, or goes straight into what is no
 * regular file. Finished, it is flushed to disk and renamed; freed before that, it was never there.
 */
typedef struct gg_draft gg_draft;
gridgov_status gg_draft_open(gg_draft **out, const char *path, gridgov_error *err);
gridgov_status gg_draft_add(gg_draft *draft, const void *data, size_t size, gridgov_error *err);
gridgov_status gg_draft_finish(gg_draft *draft, gridgov_error *err);
void gg_draft_free(gg_draft *draft);
/* A new file in a folder, for reading and writing, that has no name and goes away when it is
 * closed. */
gridgov_status gg_scratch_open(int *fd_out, const char *folder, gridgov_error *err);
/* Write all of it where the file's last write ended. source names the file for messages. */
gridgov_status gg_file_append(int fd, const void *data, size_t size, const char *source,
                              gridgov_error *err);
/* Bytes that are all going to be used, at the boundary of a page: a hint to the system. */
void gg_pages_advise(void *data, size_t size);
/* Names in a folder without "." and "..", sorted by bytes, as NUL-separated text ending with an
 * empty name. */
gridgov_status gg_folder_list(gg_buf *names, const char *path, gridgov_error *err);

#endif
