/* SPDX-License-Identifier: Apache-2.0 */
/* Files and folders, in a folder of its own below the system's folder for temporary files. */
#include "base/os.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];

/* A path below the folder of the test; valid until the fourth call after. */
static const char *at(const char *name) {
    static char paths[4][256];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", root, name);
    return path;
}

static int set_up(void **state) {
    (void)state;
    snprintf(root, sizeof root, "/tmp/gridgov-test-XXXXXX");
    return mkdtemp(root) == NULL ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    gg_buf names = {0};
    int result = gg_folder_list(&names, root, NULL) == GRIDGOV_OK ? 0 : -1;
    for (const char *name = gg_buf_data(&names); *name != '\0'; name += strlen(name) + 1) {
        if (unlink(at(name)) != 0) {
            rmdir(at(name));
        }
    }
    gg_buf_release(&names);
    return rmdir(root) == 0 ? result : -1;
}

static void stored_bytes_are_loaded(void **state) {
    (void)state;
    static char large[200001];
    gg_buf buf = {0};
    for (size_t i = 0; i < sizeof large; i++) {
        large[i] = (char)(i * 7 + i / 251);
    }
    assert_int_equal(gg_file_store(at("large"), large, sizeof large, NULL), GRIDGOV_OK);
    gg_buf_text(&buf, "before");
    assert_int_equal(gg_file_load(&buf, at("large"), sizeof large, NULL), GRIDGOV_OK);
    assert_int_equal(buf.size, 6 + sizeof large);
    assert_memory_equal(buf.data, "before", 6);
    assert_memory_equal(buf.data + 6, large, sizeof large);
    gg_buf_clear(&buf);
    assert_int_equal(gg_file_store(at("large"), "new", 3, NULL), GRIDGOV_OK);
    assert_int_equal(gg_file_load(&buf, at("large"), 3, NULL), GRIDGOV_OK);
    assert_string_equal(gg_buf_data(&buf), "new");
    gg_buf_clear(&buf);
    assert_int_equal(gg_file_store(at("empty"), NULL, 0, NULL), GRIDGOV_OK);
    assert_int_equal(gg_file_load(&buf, at("empty"), 0, NULL), GRIDGOV_OK);
    assert_int_equal(buf.size, 0);
    gg_buf_release(&buf);
}

static void a_file_beyond_the_limit_is_refused(void **state) {
    (void)state;
    gg_buf buf = {0};
    gridgov_error err;
    assert_int_equal(gg_file_store(at("four"), "1234", 4, NULL), GRIDGOV_OK);
    gg_buf_text(&buf, "kept");
    assert_int_equal(gg_file_load(&buf, at("four"), 3, &err), GRIDGOV_ELIMIT);
    assert_string_equal(err.message, "the file is larger than 3 bytes");
    assert_string_equal(err.source, at("four"));
    assert_string_equal(gg_buf_data(&buf), "kept");
    assert_int_equal(buf.size, 4);
    assert_int_equal(gg_file_load(&buf, at("four"), 4, &err), GRIDGOV_OK);
    assert_string_equal(gg_buf_data(&buf), "kept1234");
    gg_buf_release(&buf);
}

static void what_cannot_be_opened_says_why(void **state) {
    (void)state;
    gridgov_error err;
    int fd = 5;
    assert_int_equal(gg_file_open(&fd, at("nothing"), &err), GRIDGOV_EIO);
    assert_int_equal(fd, -1);
    assert_int_equal(err.detail, ENOENT);
    assert_string_equal(err.source, at("nothing"));
    assert_string_equal(err.message, "the system refused: no such file or folder");
    assert_int_equal(gg_file_open(&fd, root, &err), GRIDGOV_EIO);
    assert_int_equal(fd, -1);
    assert_int_equal(err.detail, EISDIR);
    assert_int_equal(gg_file_open(&fd, at("nothing"), NULL), GRIDGOV_EIO);
    gg_file_close(-1);
    size_t count = 5;
    char byte;
    assert_int_equal(gg_file_read(&count, -1, &byte, 1, &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, EBADF);
    assert_int_equal(count, 0);
}

static void a_file_is_read_in_blocks(void **state) {
    (void)state;
    char block[4];
    size_t count;
    int fd;
    assert_int_equal(gg_file_store(at("seven"), "1234567", 7, NULL), GRIDGOV_OK);
    assert_int_equal(gg_file_open(&fd, at("seven"), NULL), GRIDGOV_OK);
    assert_int_equal(gg_file_read(&count, fd, block, 4, NULL), GRIDGOV_OK);
    assert_int_equal(count, 4);
    assert_int_equal(gg_file_read(&count, fd, block, 4, NULL), GRIDGOV_OK);
    assert_int_equal(count, 3);
    assert_memory_equal(block, "567", 3);
    assert_int_equal(gg_file_read(&count, fd, block, 4, NULL), GRIDGOV_OK);
    assert_int_equal(count, 0);
    gg_file_close(fd);
}

static void kinds_of_paths(void **state) {
    (void)state;
    assert_int_equal(gg_file_store(at("kind"), "", 0, NULL), GRIDGOV_OK);
    assert_int_equal(symlink("kind", at("link")), 0);
    assert_int_equal(gg_path_kind(at("kind")), 1);
    assert_int_equal(gg_path_kind(at("link")), 1);
    assert_int_equal(gg_path_kind(root), 2);
    assert_int_equal(gg_path_kind(at("nothing")), 0);
    assert_int_equal(gg_path_kind("/dev/null"), 3);
    assert_int_equal(gg_path_kind(""), 0);
}

static int entries(const char *path) {
    gg_buf names = {0};
    int count = 0;
    assert_int_equal(gg_folder_list(&names, path, NULL), GRIDGOV_OK);
    for (const char *name = gg_buf_data(&names); *name != '\0'; name += strlen(name) + 1) {
        count++;
    }
    gg_buf_release(&names);
    return count;
}

static void a_store_that_fails_leaves_nothing(void **state) {
    (void)state;
    gridgov_error err;
    int before = entries(root);
    assert_int_equal(gg_file_store(root, "x", 1, &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, EISDIR);
    assert_int_equal(gg_file_store(at("no/such"), "x", 1, &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, ENOENT);
    assert_string_equal(err.source, at("no/such"));
    assert_int_equal(gg_file_store("", "x", 1, &err), GRIDGOV_EIO);
    static char large[10000];
    memset(large, 'x', sizeof large - 1);
    assert_int_equal(gg_file_store(large, "x", 1, &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, ENAMETOOLONG);
    assert_int_equal(entries(root), before);
}

static void a_store_keeps_mode_and_links(void **state) {
    (void)state;
    struct stat info;
    gg_buf buf = {0};
    assert_int_equal(gg_file_store(at("mode"), "old", 3, NULL), GRIDGOV_OK);
    assert_int_equal(chmod(at("mode"), 0640), 0);
    assert_int_equal(symlink("mode", at("to-mode")), 0);
    assert_int_equal(symlink(at("to-mode"), at("to-link")), 0);
    assert_int_equal(gg_file_store(at("to-link"), "new", 3, NULL), GRIDGOV_OK);
    assert_int_equal(lstat(at("to-link"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(lstat(at("to-mode"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(at("mode"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(gg_file_load(&buf, at("mode"), 10, NULL), GRIDGOV_OK);
    assert_string_equal(gg_buf_data(&buf), "new");
    gg_buf_release(&buf);
    gridgov_error err;
    assert_int_equal(symlink("loop", at("loop")), 0);
    assert_int_equal(gg_file_store(at("loop"), "x", 1, &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, ELOOP);
}

static void a_draft_that_is_given_up_was_never_there(void **state) {
    (void)state;
    static char block[1 << 20];
    gg_buf names = {0};
    gg_buf buf = {0};
    gg_draft *draft = NULL;
    memset(block, 'x', sizeof block);
    assert_int_equal(gg_file_store(at("kept"), "old", 3, NULL), GRIDGOV_OK);
    assert_int_equal(gg_draft_open(&draft, at("kept"), NULL), GRIDGOV_OK);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(gg_draft_add(draft, block, sizeof block, NULL), GRIDGOV_OK);
    }
    gg_draft_free(draft);
    assert_int_equal(gg_file_load(&buf, at("kept"), 100, NULL), GRIDGOV_OK);
    assert_string_equal(buf.data, "old");
    assert_int_equal(gg_draft_open(&draft, at("kept"), NULL), GRIDGOV_OK);
    assert_int_equal(gg_draft_add(draft, "new", 3, NULL), GRIDGOV_OK);
    assert_int_equal(gg_draft_add(draft, "er", 2, NULL), GRIDGOV_OK);
    gg_buf_clear(&buf);
    assert_int_equal(gg_file_load(&buf, at("kept"), 100, NULL), GRIDGOV_OK);
    assert_string_equal(buf.data, "old");
    assert_int_equal(gg_draft_finish(draft, NULL), GRIDGOV_OK);
    gg_draft_free(draft);
    gg_buf_clear(&buf);
    assert_int_equal(gg_file_load(&buf, at("kept"), 100, NULL), GRIDGOV_OK);
    assert_string_equal(buf.data, "newer");
    assert_int_equal(gg_folder_list(&names, root, NULL), GRIDGOV_OK);
    assert_null(strstr(names.data, ".gridgov-"));
    gg_buf_release(&names);
    gg_buf_release(&buf);
    gg_draft_free(NULL);
}

static void a_device_is_written_not_replaced(void **state) {
    (void)state;
    struct stat info;
    gridgov_error err;
    assert_int_equal(gg_file_store("/dev/null", "x", 1, NULL), GRIDGOV_OK);
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    if (stat("/dev/full", &info) == 0) {
        assert_int_equal(gg_file_store("/dev/full", "x", 1, &err), GRIDGOV_EIO);
        assert_int_equal(err.detail, ENOSPC);
        assert_string_equal(err.message, "the system refused: no space left on the device");
    }
}

static void names_are_sorted_by_bytes(void **state) {
    (void)state;
    gg_buf names = {0};
    gridgov_error err;
    assert_int_equal(mkdir(at("list"), 0700), 0);
    assert_int_equal(gg_folder_list(&names, at("list"), NULL), GRIDGOV_OK);
    assert_int_equal(names.size, 1);
    assert_memory_equal(gg_buf_data(&names), "", 1);
    gg_buf_clear(&names);
    static const char *const files[] = {"list/b",  "list/社",  "list/B",
                                        "list/.x", "list/a10", "list/a"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_int_equal(gg_file_store(at(files[i]), "", 0, NULL), GRIDGOV_OK);
    }
    assert_int_equal(gg_folder_list(&names, at("list"), NULL), GRIDGOV_OK);
    static const char expected[] = ".x\0B\0a\0a10\0b\0社\0";
    assert_int_equal(names.size, sizeof expected);
    assert_memory_equal(gg_buf_data(&names), expected, sizeof expected);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_int_equal(unlink(at(files[i])), 0);
    }
    gg_buf_release(&names);
    assert_int_equal(gg_folder_list(&names, at("nothing"), &err), GRIDGOV_EIO);
    assert_int_equal(err.detail, ENOENT);
    assert_string_equal(err.source, at("nothing"));
    gg_buf_release(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_bytes_are_loaded),
        cmocka_unit_test(a_file_beyond_the_limit_is_refused),
        cmocka_unit_test(what_cannot_be_opened_says_why),
        cmocka_unit_test(a_file_is_read_in_blocks),
        cmocka_unit_test(kinds_of_paths),
        cmocka_unit_test(a_store_that_fails_leaves_nothing),
        cmocka_unit_test(a_store_keeps_mode_and_links),
        cmocka_unit_test(a_draft_that_is_given_up_was_never_there),
        cmocka_unit_test(a_device_is_written_not_replaced),
        cmocka_unit_test(names_are_sorted_by_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
