/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that needs the operating system: POSIX.1-2008 files and folders, and two hints that a
 * system may know beyond that. Calls broken off by a signal go on; every descriptor is closed on
 * exec. Failures carry errno in detail and the path as source; their text comes from a table, since
 * strerror() follows the host's locale and may share a buffer between threads.
 *
 * A file is stored beside its place, flushed, and renamed, so that a reader sees the old bytes or
 * the new ones and never half of them. What is no regular file (a terminal, a pipe, /dev/null) is
 * written straight into: a rename would replace the device. */
#include "base/os.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

#define BLOCK ((size_t)65536)
#define STORE_TRIES 100
#define WRITE_BEHIND ((int64_t)8 << 20)
#define LINK_LIMIT 40      /* symbolic links in a row, as Linux allows */
#define NEW_FILE_MODE 0666 /* less the umask */

static const struct {
    int number;
    const char *text;
} reasons[] = {
    {ENOENT, "no such file or folder"}, {EACCES, "permission denied"},
    {EPERM, "operation not permitted"}, {EISDIR, "it is a folder"},
    {ENOTDIR, "it is no folder"},       {ENOSPC, "no space left on the device"},
    {EROFS, "read-only file system"},   {EMFILE, "too many open files"},
    {ENFILE, "too many open files"},    {ENAMETOOLONG, "the path is too long"},
    {ELOOP, "too many symbolic links"}, {EIO, "input/output error"},
    {EFBIG, "the file is too large"},   {EPIPE, "broken pipe"},
    {EEXIST, "it exists already"},      {EBUSY, "it is in use"},
};

static gridgov_status fail_os(gridgov_error *err, int number, const char *path) {
    const char *text = "system error";
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].number == number) {
            text = reasons[i].text;
        }
    }
    gridgov_status status = number == ENOMEM ? gg_fail_memory(err)
                                             : gg_fail(err, GG_RULE_OS, NULL, NULL, 0, text, NULL);
    if (err != NULL) {
        err->detail = number;
    }
    gg_error_at(err, path, 0, 0);
    return status;
}

static int open_again(const char *path, int flags, mode_t mode) {
    int fd;
    do {
        fd = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

gridgov_status gg_file_open(int *fd_out, const char *path, gridgov_error *err) {
    *fd_out = -1;
    int fd = open_again(path, O_RDONLY, 0);
    if (fd < 0) {
        return fail_os(err, errno, path);
    }
    struct stat info;
    int number = fstat(fd, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
    if (number != 0) {
        close(fd);
        return fail_os(err, number, path);
    }
    *fd_out = fd;
    return GRIDGOV_OK;
}

gridgov_status gg_file_read(size_t *read_out, int fd, void *data, size_t size, gridgov_error *err) {
    *read_out = 0;
    ssize_t count;
    do {
        count = read(fd, data, size < SSIZE_MAX ? size : SSIZE_MAX);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return fail_os(err, errno, NULL);
    }
    *read_out = (size_t)count;
    return GRIDGOV_OK;
}

gridgov_status gg_file_read_at(size_t *read_out, int fd, void *data, size_t size, int64_t offset,
                               gridgov_error *err) {
    *read_out = 0;
    ssize_t count;
    do {
        count = pread(fd, data, size < SSIZE_MAX ? size : SSIZE_MAX, (off_t)offset);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return fail_os(err, errno, NULL);
    }
    *read_out = (size_t)count;
    return GRIDGOV_OK;
}

gridgov_status gg_file_size(int64_t *size_out, int fd, gridgov_error *err) {
    *size_out = 0;
    off_t end = lseek(fd, 0, SEEK_END);
    if (end < 0) {
        return fail_os(err, errno, NULL);
    }
    *size_out = (int64_t)end;
    return GRIDGOV_OK;
}

gridgov_status gg_file_seek(int fd, int64_t offset, gridgov_error *err) {
    return lseek(fd, (off_t)offset, SEEK_SET) < 0 ? fail_os(err, errno, NULL) : GRIDGOV_OK;
}

int64_t gg_file_regular_size(int fd) {
    struct stat info;
    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? (int64_t)info.st_size : -1;
}

void gg_file_close(int fd) {
    if (fd >= 0) {
        close(fd);
    }
}

static gridgov_status fail_limit(gridgov_error *err, size_t limit, const char *path) {
    char digits[GG_NUM_TEXT_SIZE];
    gg_int_format(digits, limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
    gridgov_status status = gg_fail(err, GG_RULE_FILE_LIMIT, NULL, NULL, 0, digits, NULL);
    gg_error_at(err, path, 0, 0);
    return status;
}

gridgov_status gg_file_load(gg_buf *buf, const char *path, size_t limit, gridgov_error *err) {
    size_t before = buf->size;
    char *block = NULL;
    int fd;
    gridgov_status status = gg_file_open(&fd, path, err);
    if (status < 0) {
        return status;
    }
    block = gg_calloc(BLOCK, 1);
    if (block == NULL) {
        status = gg_fail_memory(err);
        goto done;
    }
    for (;;) {
        size_t count;
        status = gg_file_read(&count, fd, block, BLOCK, err);
        if (status < 0 || count == 0) {
            break;
        }
        if (count > limit - (buf->size - before)) {
            status = fail_limit(err, limit, path);
            break;
        }
        gg_buf_add(buf, block, count);
        if (gg_buf_failed(buf)) {
            status = gg_fail_memory(err);
            break;
        }
    }
    gg_error_at(status < 0 ? err : NULL, path, 0, 0);
done:
    if (status < 0 && buf->data != NULL) {
        buf->size = before;
        buf->data[before] = '\0';
    }
    gg_free(block);
    gg_file_close(fd);
    return status;
}

int gg_path_kind(const char *path) {
    struct stat info;
    if (stat(path, &info) != 0) {
        return 0;
    }
    return S_ISREG(info.st_mode) ? 1 : S_ISDIR(info.st_mode) ? 2 : 3;
}

/* Write everything; 0, or errno. */
static int write_all(int fd, const char *data, size_t size) {
    while (size != 0) {
        ssize_t count = write(fd, data, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        if (count > 0) {
            data += count;
            size -= (size_t)count;
        }
    }
    return 0;
}

/* Flush to disk; 0, or errno. Some file systems cannot, which is no failure of the write. */
static int flush(int fd) {
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS ? 0 : errno;
}

/* Make the new name last through a power cut. Best effort: the bytes themselves are safe by now. */
static void flush_folder(const char *path, size_t folder_size) {
    char folder[PATH_MAX];
    gg_text_copy(folder, sizeof folder, folder_size == 0 ? "." : path,
                 folder_size == 0 ? 1 : folder_size);
    int fd = open_again(folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd >= 0) {
        (void)flush(fd);
        close(fd);
    }
}

/* Create a file of a free name beside path and leave its name in beside; the descriptor, or -1 and
 * errno. */
static int create_beside(gg_buf *beside, const char *path, size_t folder_size, int access) {
    for (int i = 0; i < STORE_TRIES; i++) {
        gg_buf_clear(beside);
        gg_buf_add(beside, path, folder_size);
        gg_buf_text(beside, ".gridgov-");
        gg_buf_int(beside, (int64_t)getpid());
        gg_buf_byte(beside, '-');
        gg_buf_int(beside, i);
        gg_buf_text(beside, ".tmp");
        if (gg_buf_failed(beside)) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open_again(gg_buf_data(beside), access | O_CREAT | O_EXCL, NEW_FILE_MODE);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

gridgov_status gg_scratch_open(int *fd_out, const char *folder, gridgov_error *err) {
    gg_buf path = {0};
    gg_buf beside = {0};
    *fd_out = -1;
    gg_buf_text(&path, folder);
    gg_buf_byte(&path, '/');
    if (gg_buf_failed(&path)) {
        gg_buf_release(&path);
        return gg_fail_memory(err);
    }
    int number = 0;
    int fd = create_beside(&beside, path.data, path.size, O_RDWR);
    if (fd < 0) {
        number = errno;
    } else if (unlink(gg_buf_data(&beside)) != 0) {
        number = errno;
        close(fd);
    } else {
        *fd_out = fd;
    }
    gg_buf_release(&beside);
    gg_buf_release(&path);
    return number == 0 ? GRIDGOV_OK : fail_os(err, number, folder);
}

gridgov_status gg_file_append(int fd, const void *data, size_t size, const char *source,
                              gridgov_error *err) {
    int number = write_all(fd, data, size);
    return number == 0 ? GRIDGOV_OK : fail_os(err, number, source);
}

/* What a symbolic link finally names, written to target; path itself if it is no link. 0, or errno.
 * A relative link starts at the folder of the link. */
static int follow(char target[PATH_MAX], const char *path) {
    char next[PATH_MAX];
    size_t size = strlen(path);
    if (size >= PATH_MAX) {
        return ENAMETOOLONG;
    }
    memcpy(target, path, size + 1);
    for (int links = 0; links < LINK_LIMIT; links++) {
        ssize_t count = readlink(target, next, sizeof next);
        if (count < 0) {
            return errno == EINVAL || errno == ENOENT ? 0 : errno; // no link, or nothing there yet
        }
        const char *slash = strrchr(target, '/');
        size_t folder = slash == NULL || next[0] == '/' ? 0 : (size_t)(slash - target) + 1;
        if (folder + (size_t)count >= PATH_MAX) {
            return ENAMETOOLONG;
        }
        memcpy(target + folder, next, (size_t)count);
        target[folder + (size_t)count] = '\0';
    }
    return ELOOP;
}

struct gg_draft {
    int fd;                /* −1: none */
    gg_buf path;           /* as it was given, for messages */
    gg_buf beside;         /* the file's name until it is finished; empty: there is none */
    int64_t begun, behind; /* bytes that are being written to disk, and behind them */
    char target[PATH_MAX]; /* its place, behind symbolic links, which stay */
};

/* Create the file beside its place; 0, or errno. */
static int begin_beside(gg_draft *draft, const struct stat *old) {
    const char *slash = strrchr(draft->target, '/');
    draft->fd = create_beside(&draft->beside, draft->target,
                              slash == NULL ? 0 : (size_t)(slash - draft->target) + 1, O_WRONLY);
    if (draft->fd < 0) {
        const int number = errno;
        gg_buf_clear(&draft->beside);
        return number;
    }
    if (old != NULL) {
        (void)fchmod(draft->fd,
                     old->st_mode & 07777); // a file system without modes has none to keep
    }
    return 0;
}

gridgov_status gg_draft_open(gg_draft **out, const char *path, gridgov_error *err) {
    struct stat info;
    const int there = stat(path, &info) == 0;
    int number = 0;
    gg_draft *draft = gg_calloc(1, sizeof *draft);
    *out = NULL;
    if (draft == NULL) {
        return fail_os(err, ENOMEM, path);
    }
    draft->fd = -1;
    gg_buf_text(&draft->path, path);
    if (gg_buf_failed(&draft->path)) {
        number = ENOMEM;
    } else if (there && S_ISDIR(info.st_mode)) {
        number = EISDIR;
    } else if (there && !S_ISREG(info.st_mode)) {
        draft->fd = open_again(path, O_WRONLY, 0);
        number = draft->fd < 0 ? errno : 0;
    } else if ((number = follow(draft->target, path)) == 0) {
        number = begin_beside(draft, there ? &info : NULL);
    }
    if (number != 0) {
        gg_draft_free(draft);
        return fail_os(err, number, path);
    }
    *out = draft;
    return GRIDGOV_OK;
}

/* Let the system begin to write what is behind: less is left to wait for when the file is flushed.
 */
static void write_behind(gg_draft *draft, size_t size) {
#if defined(SYNC_FILE_RANGE_WRITE)
    draft->behind += (int64_t)size;
    if (draft->behind >= WRITE_BEHIND && draft->beside.size > 0) {
        (void)sync_file_range(draft->fd, draft->begun, draft->behind, SYNC_FILE_RANGE_WRITE);
        draft->begun += draft->behind;
        draft->behind = 0;
    }
#else
    (void)draft;
    (void)size;
#endif
}

gridgov_status gg_draft_add(gg_draft *draft, const void *data, size_t size, gridgov_error *err) {
    const int number = write_all(draft->fd, data, size);
    write_behind(draft, size);
    return number == 0 ? GRIDGOV_OK : fail_os(err, number, gg_buf_data(&draft->path));
}

gridgov_status gg_draft_finish(gg_draft *draft, gridgov_error *err) {
    const int regular = draft->beside.size > 0;
    int number = regular ? flush(draft->fd) : 0;
    if (close(draft->fd) != 0 && number == 0 && errno != EINTR) {
        number = errno;
    }
    draft->fd = -1;
    if (number == 0 && regular && rename(gg_buf_data(&draft->beside), draft->target) != 0) {
        number = errno;
    }
    if (number != 0) {
        return fail_os(err, number, gg_buf_data(&draft->path));
    }
    if (regular) {
        const char *slash = strrchr(draft->target, '/');
        gg_buf_clear(&draft->beside);
        flush_folder(draft->target, slash == NULL ? 0 : (size_t)(slash - draft->target) + 1);
    }
    return GRIDGOV_OK;
}

void gg_draft_free(gg_draft *draft) {
    if (draft == NULL) {
        return;
    }
    if (draft->fd >= 0) {
        close(draft->fd);
    }
    if (draft->beside.size > 0) {
        (void)unlink(gg_buf_data(&draft->beside));
    }
    gg_buf_release(&draft->beside);
    gg_buf_release(&draft->path);
    gg_free(draft);
}

gridgov_status gg_file_store(const char *path, const void *data, size_t size, gridgov_error *err) {
    gg_draft *draft = NULL;
    gridgov_status status = gg_draft_open(&draft, path, err);
    if (status == GRIDGOV_OK) {
        status = gg_draft_add(draft, data, size, err);
    }
    if (status == GRIDGOV_OK) {
        status = gg_draft_finish(draft, err);
    }
    gg_draft_free(draft);
    return status;
}

void gg_pages_advise(void *data, size_t size) {
#if defined(MADV_HUGEPAGE)
    (void)madvise(data, size, MADV_HUGEPAGE);
#else
    (void)data;
    (void)size;
#endif
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Append the names in text (NUL-separated, count of them) in order. */
static gridgov_status add_sorted(gg_buf *names, const gg_buf *text, size_t count,
                                 gridgov_error *err) {
    const char **order = gg_calloc(count, sizeof *order);
    if (order == NULL) {
        return gg_fail_memory(err);
    }
    const char *at = gg_buf_data(text);
    for (size_t i = 0; i < count; i++) {
        order[i] = at;
        at += strlen(at) + 1;
    }
    qsort(order, count, sizeof *order, by_bytes);
    for (size_t i = 0; i < count; i++) {
        gg_buf_add(names, order[i], strlen(order[i]) + 1);
    }
    gg_buf_byte(names, '\0');
    gg_free(order);
    return gg_buf_failed(names) ? gg_fail_memory(err) : GRIDGOV_OK;
}

gridgov_status gg_folder_list(gg_buf *names, const char *path, gridgov_error *err) {
    gg_buf text = {0};
    size_t count = 0;
    gridgov_status status = GRIDGOV_OK;
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return fail_os(err, errno, path);
    }
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            status = errno == 0 ? GRIDGOV_OK : fail_os(err, errno, path);
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            gg_buf_add(&text, entry->d_name, strlen(entry->d_name) + 1);
            count++;
        }
    }
    closedir(folder);
    if (status == GRIDGOV_OK) {
        status = gg_buf_failed(&text) ? gg_fail_memory(err) : add_sorted(names, &text, count, err);
    }
    gg_error_at(status < 0 ? err : NULL, path, 0, 0);
    gg_buf_release(&text);
    return status;
}
