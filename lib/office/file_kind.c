/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is, by its first bytes, and for the two containers of Office by what lies in them: a
 * ZIP package by its parts, a compound file ([MS-CFB]) by the names of its streams. An encrypted
 * workbook is a compound file with the stream EncryptedPackage ([MS-OFFCRYPTO] 2.3). */
#include "file_kind.h"

#include "base/error.h"
#include "base/os.h"
#include "compound.h"

#include <gridgov/codes.h>
#include <gridgov/office.h>

#include <string.h>

#define HEAD 4096 /* bytes that are looked at */

static const unsigned char zip_magic[4] = {'P', 'K', 3, 4};
static const unsigned char empty_zip_magic[4] = {'P', 'K', 5, 6};

static gridgov_status read_head(unsigned char *head, size_t *size_out,
                                const gg_package_source *source, gridgov_error *err) {
    gridgov_status status = GRIDGOV_OK;
    size_t count = 1;
    int fd;
    *size_out = 0;
    if (source->path == NULL) {
        *size_out = source->size < HEAD ? source->size : HEAD;
        memcpy(head, source->data, *size_out);
        return GRIDGOV_OK;
    }
    GG_TRY(gg_file_open(&fd, source->path, err));
    while (status == GRIDGOV_OK && count > 0 && *size_out < HEAD) {
        status = gg_file_read(&count, fd, head + *size_out, HEAD - *size_out, err);
        *size_out += count;
    }
    gg_error_at(status < 0 ? err : NULL, source->path, 0, 0);
    gg_file_close(fd);
    return status;
}

/* 1 if the last component of a part's name is this one. */
static int is_called(const char *part, const char *name) {
    size_t size = strlen(part), wanted = strlen(name);
    return size >= wanted && (size == wanted || part[size - wanted - 1] == '/') &&
           gg_str_equal_nocase(gg_str_make(part + size - wanted, wanted), gg_str_of(name));
}

static int32_t kind_of_package(const gg_package *package) {
    static const struct {
        const char *name;
        int32_t kind;
    } signs[] = {
        {"workbook.xml", GRIDGOV_FILE_XLSX},
        {"workbook.bin", GRIDGOV_FILE_XLSB},
        {"document.xml", GRIDGOV_FILE_DOCX},
        {"mimetype", GRIDGOV_FILE_ODF},
    };
    for (size_t s = 0; s < sizeof signs / sizeof signs[0]; s++) {
        for (int64_t i = 0; gg_package_name(package, i)[0] != '\0'; i++) {
            if (is_called(gg_package_name(package, i), signs[s].name)) {
                return signs[s].kind;
            }
        }
    }
    return GRIDGOV_FILE_OTHER;
}

static gridgov_status find_package_kind(int32_t *kind_out, const gg_package_source *source,
                                        gridgov_error *damage, gridgov_error *err) {
    gg_package *package = NULL;
    gridgov_error problem = {0};
    gridgov_status status = gg_package_open(&package, source, &gg_package_defaults, &problem);
    *kind_out = GRIDGOV_FILE_OTHER;
    if (status == GRIDGOV_OK) {
        *kind_out = kind_of_package(package);
        gg_package_close(package);
    } else if (status == GRIDGOV_ENOMEM || status == GRIDGOV_EIO) {
        *kind_out = 0;
        if (err != NULL) {
            *err = problem;
        }
        return status;
    } else if (damage != NULL) {
        *damage = problem;
    }
    return GRIDGOV_OK;
}

/* A compound file that is damaged is taken for a workbook, whose reader says what is wrong. */
static gridgov_status find_compound_kind(int32_t *kind_out, const gg_package_source *source,
                                         gridgov_error *err) {
    gg_compound *compound = NULL;
    gridgov_error problem = {0};
    gridgov_status status = gg_compound_open(&compound, source, &problem);
    *kind_out = GRIDGOV_FILE_XLS;
    if (status == GRIDGOV_ENOMEM || status == GRIDGOV_EIO) {
        *kind_out = 0;
        if (err != NULL) {
            *err = problem;
        }
        return status;
    }
    if (status == GRIDGOV_OK) {
        *kind_out = gg_compound_has(compound, "EncryptedPackage") ? GRIDGOV_FILE_ENCRYPTED
                    : gg_compound_has(compound, "WordDocument")   ? GRIDGOV_FILE_DOC
                    : gg_compound_has(compound, "Workbook") || gg_compound_has(compound, "Book")
                        ? GRIDGOV_FILE_XLS
                        : GRIDGOV_FILE_OTHER;
        gg_compound_close(compound);
    }
    return GRIDGOV_OK;
}

/* 1 if the bytes begin as the records of a sheet without a compound file around them, as Excel 4
 * and older wrote, and programs that know how little Excel needs still do: BOF, with one of its
 * lengths. */
static int begins_records(const unsigned char *head, size_t size) {
    return size >= 8 && head[0] == 0x09 &&
           (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) && head[3] == 0 &&
           (head[2] == 4 || head[2] == 6 || head[2] == 8 || head[2] == 16) &&
           (head[6] == 0x10 || head[6] == 0x05) && head[7] == 0;
}

/* 1 if the bytes hold a word, letters in either case. */
static int holds(const unsigned char *bytes, size_t size, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= size; i++) {
        if (gg_str_equal_nocase(gg_str_make((const char *)bytes + i, length), gg_str_of(word))) {
            return 1;
        }
    }
    return 0;
}

static int32_t kind_of_markup(const unsigned char *head, size_t size) {
    int is_page = holds(head, size, "<html");
    if (!is_page && holds(head, size, "\"urn:schemas-microsoft-com:office:spreadsheet\"")) {
        return GRIDGOV_FILE_SHEET_XML;
    }
    return is_page || holds(head, size, "<table") ? GRIDGOV_FILE_SHEET_HTML : GRIDGOV_FILE_HTML;
}

static int32_t kind_of_text(const unsigned char *head, size_t size) {
    size_t at = size >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (memchr(head, 0, size) != NULL) {
        return GRIDGOV_FILE_OTHER;
    }
    while (at < size &&
           (head[at] == ' ' || head[at] == '\t' || head[at] == '\r' || head[at] == '\n')) {
        at++;
    }
    return at < size && head[at] == '<' ? kind_of_markup(head, size) : GRIDGOV_FILE_TEXT;
}

gridgov_status gg_file_kind(int32_t *kind_out, const gg_package_source *source,
                            gridgov_error *damage, gridgov_error *err) {
    unsigned char head[HEAD];
    size_t size;
    *kind_out = 0;
    if (damage != NULL) {
        damage->status = GRIDGOV_OK;
    }
    if (source->path != NULL && gg_path_kind(source->path) == 3) {
        *kind_out = GRIDGOV_FILE_TEXT; // a pipe, which is read once
        return GRIDGOV_OK;
    }
    GG_TRY(read_head(head, &size, source, err));
    if (size >= sizeof zip_magic && (memcmp(head, zip_magic, sizeof zip_magic) == 0 ||
                                     memcmp(head, empty_zip_magic, sizeof empty_zip_magic) == 0)) {
        return find_package_kind(kind_out, source, damage, err);
    }
    if (gg_compound_begins(head, size)) {
        return find_compound_kind(kind_out, source, err);
    }
    if (begins_records(head, size)) {
        *kind_out = GRIDGOV_FILE_XLS;
        return GRIDGOV_OK;
    }
    *kind_out = kind_of_text(head, size);
    return GRIDGOV_OK;
}

gridgov_status gg_fail_kind(int32_t kind, const char *expected, gridgov_error *err) {
    const char *name = gridgov_code_text(GRIDGOV_KIND_FILE, kind);
    if (kind == GRIDGOV_FILE_ENCRYPTED) {
        return gg_fail(err, GG_RULE_FILE_ENCRYPTED, NULL, NULL, 0, NULL, NULL);
    }
    return gg_fail(err, GG_RULE_FILE_KIND, NULL, name, gg_str_of(name).size, expected, NULL);
}

gridgov_status gridgov_file_kind(int32_t *kind_out, const char *path, gridgov_error *err) {
    if (kind_out == NULL || path == NULL) {
        return gg_fail_arg(err, kind_out == NULL ? "kind_out" : "path");
    }
    return gg_file_kind(kind_out, &(gg_package_source){.path = path}, NULL, err);
}

gridgov_status gridgov_file_kind_bytes(int32_t *kind_out, const void *data, size_t size,
                                       gridgov_error *err) {
    if (kind_out == NULL || (data == NULL && size > 0)) {
        return gg_fail_arg(err, kind_out == NULL ? "kind_out" : "data");
    }
    return gg_file_kind(
        kind_out, &(gg_package_source){.data = data != NULL ? data : "", .size = size}, NULL, err);
}
