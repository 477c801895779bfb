/* SPDX-License-Identifier: Apache-2.0 */
/* ZIP over minizip (APPNOTE 6.3: stored and deflated parts). The directory is listed once, within a
 * limit on parts; a part is refused before a byte of it is unpacked if its header says too many
 * bytes or too many for its packed size, and minizip hands out no more bytes than the header says.
 * Parts may not overlap, so that no byte of the file is unpacked under two names. So the memory is
 * that of the list and of one window of inflate, and the time is bounded by the limits and the size
 * of the file, whatever it holds.
 *
 * The bytes come through callbacks that cannot fail hard; what the operating system said is kept
 * and reported by the call that ran into it. minizip and zlib take their memory past base/mem.h;
 * where they tell that it was short, so do we. */
#include "package.h"

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/os.h"

#include <string.h>
#include <unzip.h>

#define WINDOW 16384     /* bytes read from a file at once */
#define NAME_SIZE 512    /* bytes of a part's name; a longer one is no Office part */
#define OPEN_ROOM 4096   /* more bytes than minizip asks for at once to open a package */
#define FLAG_ENCRYPTED 1 /* general purpose bit 0 */
#define METHOD_STORED 0
#define METHOD_DEFLATED 8

const gg_package_limits gg_package_defaults = {10000, (int64_t)1 << 30, 200};

typedef struct part {
    unz64_file_pos place;
    const char *name;
} part;

/* The stream that minizip reads; it reads the directory byte by byte, hence a window of a file. */
typedef struct input {
    int fd; /* −1: memory */
    const unsigned char *data;
    int64_t size, at;
    unsigned char window[WINDOW];
    int64_t window_at;     /* offset in the file of the window */
    size_t filled;         /* bytes of it */
    gridgov_error failure; /* status 0 while all is well */
} input;

struct gg_package {
    input input;
    unzFile zip;
    gg_package_limits limits;
    gg_arena arena; /* names */
    part *parts;
    size_t count, capacity;
    gg_map names;    /* key of a name → index */
    uint64_t packed; /* bytes of all parts */
    int64_t current; /* part that is open; −1 */
    int64_t size;    /* of it */
};

static voidpf open_input(voidpf opaque, const void *name, int mode) {
    (void)name;
    (void)mode;
    return opaque;
}

/* Bytes of a file from an offset that are in the window, which is filled anew if there are none. */
static size_t look(input *in, int64_t at) {
    if (at < in->window_at || at >= in->window_at + (int64_t)in->filled) {
        size_t count = 1;
        in->window_at = at;
        in->filled = 0;
        while (in->filled < WINDOW && count > 0 &&
               gg_file_read_at(&count, in->fd, in->window + in->filled, WINDOW - in->filled,
                               at + (int64_t)in->filled, &in->failure) == GRIDGOV_OK) {
            in->filled += count;
        }
    }
    return (size_t)(in->window_at + (int64_t)in->filled - at);
}

static uLong read_input(voidpf opaque, voidpf stream, void *buffer, uLong size) {
    input *in = stream;
    int64_t left = in->size > in->at ? in->size - in->at : 0;
    size_t wanted = (int64_t)size < left ? (size_t)size : (size_t)left, done = 0;
    (void)opaque;
    if (in->fd < 0) {
        memcpy(buffer, in->data + in->at, wanted);
        done = wanted;
    }
    while (in->fd >= 0 && done < wanted && in->failure.status == 0) {
        int64_t at = in->at + (int64_t)done;
        size_t here = look(in, at);
        here = here < wanted - done ? here : wanted - done;
        if (here == 0) {
            break; // the file has become shorter
        }
        memcpy((char *)buffer + done, in->window + (at - in->window_at), here);
        done += here;
    }
    in->at += (int64_t)done;
    return (uLong)done;
}

static uLong write_input(voidpf opaque, voidpf stream, const void *buffer, uLong size) {
    (void)opaque;
    (void)stream;
    (void)buffer;
    (void)size;
    return 0;
}

static ZPOS64_T tell_input(voidpf opaque, voidpf stream) {
    (void)opaque;
    return (ZPOS64_T)((input *)stream)->at;
}

static long seek_input(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    input *in = stream;
    int64_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? in->at
                   : origin == ZLIB_FILEFUNC_SEEK_END ? in->size
                                                      : 0;
    (void)opaque;
    if (offset > (ZPOS64_T)(in->size - (base < in->size ? base : in->size))) {
        return -1;
    }
    in->at = base + (int64_t)offset;
    return 0;
}

static int close_input(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

static int error_input(voidpf opaque, voidpf stream) {
    (void)opaque;
    return ((input *)stream)->failure.status != 0;
}

static gridgov_status fail_broken(gg_package *package, const char *why, gridgov_error *err) {
    if (package->input.failure.status != 0) {
        if (err != NULL) {
            *err = package->input.failure;
        }
        return package->input.failure.status;
    }
    return gg_fail(err, GG_RULE_ZIP_BROKEN, NULL, NULL, 0, why, NULL);
}

/* The same behind a call of minizip that says why it failed. */
static gridgov_status fail_call(gg_package *package, int result, const char *name,
                                gridgov_error *err) {
    return result == UNZ_INTERNALERROR || result == Z_MEM_ERROR ? gg_fail_memory(err)
                                                                : fail_broken(package, name, err);
}

static gridgov_status fail_limit(int32_t rule, const char *part_name, int64_t limit,
                                 gridgov_error *err) {
    char digits[GG_NUM_TEXT_SIZE];
    (void)gg_int_format(digits, limit);
    return gg_fail(err, rule, NULL, part_name, gg_str_of(part_name).size, digits, NULL);
}

/* Key of a part's name: see gg_package_find(). A relation may hold the other slash as well. */
static gg_str name_key(char *buffer, gg_str name) {
    size_t size = 0;
    while (name.size > 0 && (name.data[0] == '/' || name.data[0] == '\\')) {
        name = gg_str_make(name.data + 1, name.size - 1);
    }
    for (; size < name.size && size < NAME_SIZE; size++) {
        char byte = name.data[size];
        buffer[size] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a')
                       : byte == '\\'             ? '/'
                                                  : byte;
    }
    return gg_str_make(buffer, size);
}

static gridgov_status add_part(gg_package *package, gridgov_error *err) {
    unz_file_info64 info;
    char name[NAME_SIZE], key_buffer[NAME_SIZE];
    part *added;
    gg_str key;
    if (unzGetCurrentFileInfo64(package->zip, &info, name, sizeof name - 1, NULL, 0, NULL, 0) !=
        UNZ_OK) {
        return fail_broken(package, "its directory cannot be read", err);
    }
    name[sizeof name - 1] = '\0';
    for (char *slash = strchr(name, '\\'); slash != NULL; slash = strchr(slash, '\\')) {
        *slash = '/'; // a program on Windows wrote its own paths
    }
    if ((int64_t)package->count == package->limits.parts) {
        return fail_limit(GG_RULE_ZIP_PARTS, "", package->limits.parts, err);
    }
    if (gg_grow((void **)&package->parts, package->count, &package->capacity,
                sizeof *package->parts) != 0) {
        return gg_fail_memory(err);
    }
    package->packed += info.compressed_size;
    if (info.compressed_size > (uint64_t)package->input.size ||
        package->packed > (uint64_t)package->input.size) {
        return fail_broken(package, "its parts overlap, or are longer than the file", err);
    }
    added = &package->parts[package->count];
    added->name = gg_arena_text(&package->arena, name, gg_utf8_valid(name, strlen(name)));
    key = name_key(key_buffer, gg_str_of(name));
    if (added->name != NULL && gg_map_get(&package->names, key, -1) >= 0) {
        return gg_fail(err, GG_RULE_PART_TWICE, NULL, name, strlen(name), NULL, NULL);
    }
    if (added->name == NULL || gg_map_set(&package->names, key, (int64_t)package->count) != 0) {
        return gg_fail_memory(err);
    }
    if (unzGetFilePos64(package->zip, &added->place) != UNZ_OK) {
        return fail_broken(package, "its directory cannot be read", err);
    }
    package->count++;
    return GRIDGOV_OK;
}

static gridgov_status list_parts(gg_package *package, gridgov_error *err) {
    int result = unzGoToFirstFile(package->zip);
    while (result == UNZ_OK) {
        GG_TRY(add_part(package, err));
        result = unzGoToNextFile(package->zip);
    }
    return result == UNZ_END_OF_LIST_OF_FILE
               ? GRIDGOV_OK
               : fail_broken(package, "its directory cannot be read", err);
}

static gridgov_status open_zip(gg_package *package, const gg_package_source *source,
                               gridgov_error *err) {
    zlib_filefunc64_def functions = {open_input, read_input,  write_input, tell_input,
                                     seek_input, close_input, error_input, &package->input};
    package->input.fd = -1;
    package->input.data = source->data;
    package->input.size = (int64_t)source->size;
    if (source->path != NULL) {
        GG_TRY(gg_file_open(&package->input.fd, source->path, err));
        GG_TRY(gg_file_size(&package->input.size, package->input.fd, err));
    }
    package->zip = unzOpen2_64("", &functions);
    if (package->zip == NULL) {
        // It does not say whether the directory or memory was missing: see if there is any.
        void *room = gg_calloc(1, OPEN_ROOM);
        if (room == NULL) {
            return gg_fail_memory(err);
        }
        gg_free(room);
        package->zip = unzOpen2_64("", &functions);
    }
    if (package->zip == NULL) {
        return fail_broken(package, "it has no directory, or was cut off", err);
    }
    return list_parts(package, err);
}

gridgov_status gg_package_open(gg_package **out, const gg_package_source *source,
                               const gg_package_limits *limits, gridgov_error *err) {
    gg_package *package = gg_calloc(1, sizeof *package);
    gridgov_status status;
    *out = NULL;
    if (package == NULL) {
        return gg_fail_memory(err);
    }
    package->limits = *limits;
    package->current = -1;
    status = open_zip(package, source, err);
    if (status < 0) {
        gg_package_close(package);
        return status;
    }
    *out = package;
    return GRIDGOV_OK;
}

static int end_part(gg_package *package) {
    int result = UNZ_OK;
    if (package->current >= 0) {
        result = unzCloseCurrentFile(package->zip);
        package->current = -1;
    }
    return result;
}

void gg_package_close(gg_package *package) {
    if (package == NULL) {
        return;
    }
    (void)end_part(package);
    if (package->zip != NULL) {
        (void)unzClose(package->zip);
    }
    gg_file_close(package->input.fd);
    gg_map_release(&package->names);
    gg_arena_release(&package->arena);
    gg_free(package->parts);
    gg_free(package);
}

int64_t gg_package_find(const gg_package *package, gg_str name) {
    char buffer[NAME_SIZE];
    return gg_map_get(&package->names, name_key(buffer, name), -1);
}

const char *gg_package_name(const gg_package *package, int64_t index) {
    return index >= 0 && (uint64_t)index < package->count ? package->parts[index].name : "";
}

gridgov_status gg_package_begin(gg_package *package, int64_t index, gridgov_error *err) {
    unz_file_info64 info;
    const char *name = gg_package_name(package, index);
    int result;
    (void)end_part(package);
    if (unzGoToFilePos64(package->zip, &package->parts[index].place) != UNZ_OK ||
        unzGetCurrentFileInfo64(package->zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK) {
        return fail_broken(package, name, err);
    }
    if ((info.flag & FLAG_ENCRYPTED) != 0) {
        return gg_fail(err, GG_RULE_FILE_ENCRYPTED, NULL, NULL, 0, NULL, NULL);
    }
    if (info.compression_method != METHOD_STORED && info.compression_method != METHOD_DEFLATED) {
        return gg_fail(err, GG_RULE_ZIP_METHOD, NULL, name, strlen(name), NULL, NULL);
    }
    if (info.uncompressed_size > (uint64_t)package->limits.unpacked) {
        return fail_limit(GG_RULE_ZIP_SIZE, name, package->limits.unpacked, err);
    }
    if ((int64_t)info.uncompressed_size > GG_PACKAGE_SMALL &&
        info.uncompressed_size / (uint64_t)package->limits.ratio > info.compressed_size) {
        return fail_limit(GG_RULE_ZIP_RATIO, name, package->limits.ratio, err);
    }
    result = unzOpenCurrentFile(package->zip);
    if (result != UNZ_OK) {
        return fail_call(package, result, name, err);
    }
    package->current = index;
    package->size = (int64_t)info.uncompressed_size;
    return GRIDGOV_OK;
}

gridgov_status gg_package_read(gg_package *package, void *data, size_t size, size_t *read_out,
                               gridgov_error *err) {
    const char *name = gg_package_name(package, package->current);
    unsigned room = size < (size_t)1 << 20 ? (unsigned)size : 1U << 20;
    int count;
    *read_out = 0;
    if (package->current < 0) {
        return GRIDGOV_OK;
    }
    count = unzReadCurrentFile(package->zip, data, room);
    if (count < 0 || (count == 0 && end_part(package) != UNZ_OK)) {
        return fail_call(package, count, name, err);
    }
    *read_out = (size_t)count;
    return GRIDGOV_OK;
}

int64_t gg_package_size(const gg_package *package) {
    return package->size;
}
